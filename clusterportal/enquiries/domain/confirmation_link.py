"""The link by which a visitor confirms an enquiry."""

from datetime import timedelta

from clusterportal.core.signed_links import SignedLink

VALID_FOR = timedelta(days=2)
CONFIRMATION = SignedLink("pages:enquiry-confirm", salt="enquiries.confirm", valid_for=VALID_FOR)


def confirmation_address(enquiry) -> str:
    return CONFIRMATION.address(str(enquiry.uid), language=enquiry.language)
