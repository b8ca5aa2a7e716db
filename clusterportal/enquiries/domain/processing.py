"""What the room keeps of people, for the record of processing."""

from django.utils.translation import gettext_lazy as _

from clusterportal.enquiries.domain.confirmation_link import VALID_FOR
from clusterportal.enquiries.domain.retention import KEPT_FOR
from clusterportal.enquiries.models import PERSONAL, Enquiry, EnquiryMail
from clusterportal.history.processing import Activity, Basis, Kept, Term, no_people, process

process(
    Activity(
        code="enquiries",
        name=_("Enquiries of visitors"),
        purpose=_(
            "Passing on what a visitor seeks to an actor, to the management of a cluster or to the operator."
        ),
        bases=(Basis.CONSENT,),
        people=_("Visitors who write, and those who receive what they wrote"),
        recipients=_("The actor that is named, the management of its clusters, or the operator"),
        kept=(
            Kept(Enquiry, PERSONAL, Term(_("after the confirmation"), KEPT_FOR, "enquiries.forget")),
            Kept(
                _("Enquiries that nobody confirmed"),
                [_("All details")],
                Term(_("after they were written"), VALID_FOR, "enquiries.forget"),
            ),
            Kept(EnquiryMail, ["to"], Term(_("after the confirmation"), KEPT_FOR, "enquiries.forget")),
        ),
    )
)
no_people(Enquiry, "subject", "subject_page", "language", why="what a page of the portal is called")
no_people(EnquiryMail, "reason", "language", why="what a mail server answered, without the address")
