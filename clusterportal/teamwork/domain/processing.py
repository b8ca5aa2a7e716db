"""What the room keeps of people, for the record of processing."""

from django.utils.translation import gettext_lazy as _

from clusterportal.history.processing import Activity, Basis, Kept, Term, call, no_people, process
from clusterportal.history.unused_files import KEPT_FOR
from clusterportal.teamwork.domain.letters import FORGET_AFTER
from clusterportal.teamwork.models import Attachment, Letter, MailSetting, News, Note, OutgoingMail

_NOTE = Term(_("as long as the note stands, and longest as the actor does"))
process(
    Activity(
        code="teamwork",
        name=_("Notes and letters of the team"),
        purpose=_(
            "Keeping in touch with the organisations of a cluster, and sharing in the team what was agreed."
        ),
        bases=(Basis.INTEREST,),
        people=_("Contact persons of organisations, and the team"),
        recipients=_("The team of the cluster; of letters those to whom they are written"),
        kept=(
            Kept(Note, ["text"], _NOTE, may_name=True),
            Kept(Attachment, ["file", "name"], _NOTE, may_name=True),
            Kept(
                _("Files of deleted notes"),
                [_("File")],
                Term(_("after the note was deleted"), KEPT_FOR, "teamwork.keep_day"),
                may_name=True,
            ),
            Kept(
                OutgoingMail, ["to", "name"], Term(_("after the letter"), FORGET_AFTER, "teamwork.keep_day")
            ),
            Kept(OutgoingMail, ["about"], Term(_("as long as the letter stands")), may_name=True),
            Kept(
                Letter,
                ["subject", "text", "reply_to"],
                Term(_("as long as the letter stands")),
                may_name=True,
            ),
        ),
    )
)
no_people(Attachment, "media_type", why="a code")
no_people(Letter, "language", why="a code")
no_people(OutgoingMail, "reason", why="what a mail server answered, without the address")
call(MailSetting, _("Wishes for mails"))
call(News, _("News for the team"))
