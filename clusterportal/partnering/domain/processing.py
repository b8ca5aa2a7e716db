"""What the room keeps of people, for the record of processing."""

from django.utils.translation import gettext_lazy as _

from clusterportal.history.processing import Activity, Basis, Kept, Term, no_people, process
from clusterportal.partnering.domain.follower_links import VALID_FOR
from clusterportal.partnering.domain.retention import KEPT_FOR
from clusterportal.partnering.models import Follower, PartnerSearch, SearchMail

_FORGET = "partnering.forget"
_TEXT = Term(_("as long as the search stands"))
process(
    Activity(
        code="partner_search",
        name=_("Partner search"),
        purpose=_(
            "Bringing those together who offer and who seek, and telling followers what becomes of a search."
        ),
        bases=(Basis.CONSENT, Basis.CONTRACT),
        people=_("Followers of a search, and representatives of organisations"),
        recipients=_("The organisation that seeks, where somebody writes to it"),
        kept=(
            Kept(Follower, ["email", "language"], Term(_("after the search ended"), KEPT_FOR, _FORGET)),
            Kept(
                _("Followers who never confirmed"),
                [_("All details")],
                Term(_("after they asked"), VALID_FOR, _FORGET),
            ),
            Kept(SearchMail, ["to"], Term(_("after the mail was due"), KEPT_FOR, _FORGET)),
            Kept(PartnerSearch, ["title", "text", "outcome_note"], _TEXT, may_name=True),
            Kept(PartnerSearch, ["source", "slug"], _TEXT, may_name=True),
        ),
    )
)
no_people(SearchMail, "reason", why="what a mail server answered, without the address")
