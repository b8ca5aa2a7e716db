"""Links by which people without an account follow, stop following, and decline suggestions."""

from datetime import timedelta

from clusterportal.core.signed_links import SignedLink

VALID_FOR = timedelta(days=2)  # as of enquiries
CONFIRMATION = SignedLink("pages:follow-confirm", salt="partnering.follow", valid_for=VALID_FOR)
STOP = SignedLink("pages:follow-stop", salt="partnering.stop")
DECLINE = SignedLink("pages:suggestions-decline", salt="partnering.decline")
