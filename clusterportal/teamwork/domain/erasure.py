"""Erasing a person from what this room keeps: mails to them, and files that name them."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusterportal.history.addressed_records import addressed_records
from clusterportal.history.erasable_uploads import Uploads, erasable_uploads
from clusterportal.history.erasure import PersonFinding, erasable
from clusterportal.history.mentions import Search
from clusterportal.history.person import Person
from clusterportal.teamwork.models import Attachment, OutgoingMail


def _find_mails(search: Search) -> list[PersonFinding]:
    return addressed_records(
        search,
        OutgoingMail.objects.select_related("letter"),
        address="to",
        also=("name",),
        kind=_("Letter"),
        title=lambda mail: mail.letter,
        detail=lambda mail: f"{mail.to} · {date_format(mail.due_at)}",
    )


def _erase_mails(keys: list[str], person: Person) -> int:
    """One that waits goes unsent with it."""
    return OutgoingMail.objects.filter(pk__in=keys).delete()[0]


erasable("letter", find=_find_mails, erase=_erase_mails)
erasable_uploads(
    "attachment",
    Uploads(
        Attachment,
        kind=gettext_lazy("Attachment"),
        where=lambda attachment: str(attachment.actor),
        where_gone=gettext_lazy("of a deleted note"),
        belongs_to=("actor", "note"),
        link=lambda attachment: attachment.note.get_absolute_url(),
    ),
)
