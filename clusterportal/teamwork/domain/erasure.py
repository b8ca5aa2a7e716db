"""Erasing a person from what this room keeps: mails to them, and files that name them."""

from collections.abc import Iterator
from functools import partial

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from clusterportal.core.stored_files import at_hand
from clusterportal.history import file_search
from clusterportal.history.changes import DELETE, versions_of
from clusterportal.history.erasure import Finding, erasable, forget_versions
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


def _find_attachments(search: Search) -> list[Finding]:
    """Also those of deleted notes: their files stay for a while."""
    named = {hit.record for hit in search.within(Attachment, "name")}
    return [
        Finding(
            str(one.pk),
            _("Attachment"),
            one.name,
            str(one.actor) if is_kept else _("of a deleted note"),
            places=frozenset([(Attachment._meta.db_table, str(one.pk))]),
            is_own=False,
            url=one.note.get_absolute_url() if is_kept else "",
        )
        for one, is_kept in _attachments()
        if str(one.pk) in named or _names(one, search.person)
    ]


def _attachments() -> Iterator[tuple[Attachment, bool]]:
    """All attachments with whether they are kept; of those that are gone what the history says."""
    kept = list(Attachment.objects.select_related("actor", "note").order_by("pk"))
    yield from ((one, True) for one in kept)
    gone = versions_of(Attachment).filter(pgh_label=DELETE).exclude(pgh_obj_id__in=[one.pk for one in kept])
    for pk, file, name in gone.values_list("pgh_obj_id", "file", "name"):
        yield Attachment(pk=pk, file=file, name=name), False


def _names(attachment: Attachment, person: Person) -> bool:
    """What cannot be read is named by the search over all files (`cannot_search`)."""
    if person.spots(attachment.name):
        return True
    try:
        with at_hand(attachment.file.storage, str(attachment.file.name)) as path:
            return file_search.names(path, person)
    except (file_search.Unsearchable, OSError):
        return False


def _erase_attachments(keys: list[str], person: Person) -> int:
    """The file goes with all that is known of it, so it cannot be brought back."""
    found = [one for one, _is_kept in _attachments() if str(one.pk) in keys]
    for one in found:
        Attachment.objects.filter(pk=one.pk).delete()
        forget_versions(Attachment, [one.pk])
        transaction.on_commit(partial(one.file.storage.delete, str(one.file.name)))
    return len(found)


erasable("letter", find=_find_mails, erase=_erase_mails)
erasable("attachment", find=_find_attachments, erase=_erase_attachments)
