"""Erasing a person from files of contributions; texts and names are found by the search over all tables."""

from collections.abc import Iterator
from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _

from clusterportal.core.stored_files import at_hand
from clusterportal.history import file_search
from clusterportal.history.changes import DELETE, versions_of
from clusterportal.history.erasure import Finding, erasable, forget_versions
from clusterportal.history.mentions import Search
from clusterportal.history.person import Person
from clusterportal.history.text_columns import leave_out
from clusterportal.newsroom.models import ContributionDocument, File


def _find(search: Search) -> list[Finding]:
    """Also those of deleted contributions: their files stay for a while."""
    named = {hit.record for hit in search.within(File, "name")}
    return [
        Finding(
            str(one.pk),
            _("File of a contribution"),
            one.name,
            str(one.contribution) if is_kept else _("of a deleted contribution"),
            places=frozenset([(File._meta.db_table, str(one.pk))]),
            is_own=False,
        )
        for one, is_kept in _files()
        if str(one.pk) in named or _names(one, search.person)
    ]


def _files() -> Iterator[tuple[File, bool]]:
    """All files with whether they are kept; of those that are gone what the history says."""
    kept = list(File.objects.select_related("contribution").order_by("pk"))
    yield from ((one, True) for one in kept)
    gone = versions_of(File).filter(pgh_label=DELETE).exclude(pgh_obj_id__in=[one.pk for one in kept])
    for pk, file, name in gone.values_list("pgh_obj_id", "file", "name"):
        yield File(pk=pk, file=file, name=name), False


def _names(kept: File, person: Person) -> bool:
    """What cannot be read is named by the search over all files (`cannot_search`)."""
    if person.spots(kept.name):
        return True
    try:
        with at_hand(kept.file.storage, str(kept.file.name)) as path:
            return file_search.names(path, person)
    except (file_search.Unsearchable, OSError):
        return False


def _erase(keys: list[str], person: Person) -> int:
    """The file goes with all that is known of it, so it cannot be brought back."""
    found = [one for one, _is_kept in _files() if str(one.pk) in keys]
    for one in found:
        File.objects.filter(pk=one.pk).delete()
        forget_versions(File, [one.pk])
        transaction.on_commit(partial(one.file.storage.delete, str(one.file.name)))
    return len(found)


erasable("contribution_file", find=_find, erase=_erase)
leave_out(
    ContributionDocument._meta.db_table, "the search's own words, made anew from the contributions by trigger"
)
