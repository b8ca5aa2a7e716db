"""What the room keeps of people, for the record of processing."""

from django.utils.translation import gettext_lazy as _

from clusterportal.history.processing import Activity, Basis, Kept, Term, call, no_people, process
from clusterportal.quality.domain.reminders import FORGET_AFTER
from clusterportal.quality.models import DuplicatePair, LinkCheck, Merge, Reminder

_REGISTRY = Term(_("as long as the registry stands, so that a merge can be taken back"))
process(
    Activity(
        code="quality",
        name=_("Keeping entries right"),
        purpose=_(
            "Asking organisations whether their entry is still right, and removing entries that stand twice."
        ),
        bases=(Basis.INTEREST,),
        people=_("People to whom an organisation's mail goes"),
        recipients=_("Those who maintain the registry"),
        kept=(
            Kept(Reminder, ["to"], Term(_("after the letter"), FORGET_AFTER, "quality.send_reminders")),
            Kept(Merge, ["merged_name", "merged_slug", "before"], _REGISTRY, may_name=True),
            Kept(DuplicatePair, ["note"], Term(_("as long as both entries stand")), may_name=True),
            Kept(LinkCheck, ["url", "final_url"], Term(_("as long as the entry stands")), may_name=True),
        ),
    )
)
no_people(DuplicatePair, "reasons", why="codes of what is alike")
no_people(LinkCheck, "reason", why="what a web server answered")
call(Merge, _("Merges"), before=_("Entry before the merge"))
