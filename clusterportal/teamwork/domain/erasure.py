"""Erasing a person from what this room keeps: mails to them, and files that name them."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusterportal.history.erasable_uploads import Uploads, erasable_uploads
from clusterportal.history.erasure import Finding, erasable
from clusterportal.history.mentions import Search
from clusterportal.history.person import Person
from clusterportal.teamwork.models import Attachment, OutgoingMail


def _find_mails(search: Search) -> list[Finding]:
    hits = {hit.record: hit for hit in search.within(OutgoingMail, "to", "name")}
    mails = OutgoingMail.objects.filter(pk__in=hits).select_related("letter").order_by("pk")
    return [
        Finding(
            str(one.pk),
            _("Letter"),
            str(one.letter),
            f"{one.to} · {date_format(one.due_at)}",
            places=frozenset([hits[str(one.pk)].place]),
            is_sure=search.person.has_email(one.to),
        )
        for one in mails
    ]


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
