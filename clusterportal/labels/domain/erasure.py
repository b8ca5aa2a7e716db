"""Erasing a person from files that prove an assessment."""

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
from clusterportal.labels.models import Proof


def _find(search: Search) -> list[Finding]:
    """Also those of deleted assessments: their files stay for a while."""
    named = {hit.record for hit in search.within(Proof, "name")}
    return [
        Finding(
            str(one.pk),
            _("Proof"),
            one.name,
            str(one.assessment) if is_kept else _("of a deleted assessment"),
            places=frozenset([(Proof._meta.db_table, str(one.pk))]),
            is_own=False,
        )
        for one, is_kept in _proofs()
        if str(one.pk) in named or _names(one, search.person)
    ]


def _proofs() -> Iterator[tuple[Proof, bool]]:
    """All proofs with whether they are kept; of those that are gone what the history says."""
    kept = list(Proof.objects.select_related("assessment__criteria_set").order_by("pk"))
    yield from ((one, True) for one in kept)
    gone = versions_of(Proof).filter(pgh_label=DELETE).exclude(pgh_obj_id__in=[one.pk for one in kept])
    for pk, file, name in gone.values_list("pgh_obj_id", "file", "name"):
        yield Proof(pk=pk, file=file, name=name), False


def _names(proof: Proof, person: Person) -> bool:
    """What cannot be read is named by the search over all files (`cannot_search`)."""
    if person.spots(proof.name):
        return True
    try:
        with at_hand(proof.file.storage, str(proof.file.name)) as path:
            return file_search.names(path, person)
    except (file_search.Unsearchable, OSError):
        return False


def _erase(keys: list[str], person: Person) -> int:
    """The file goes with all that is known of it, so it cannot be brought back."""
    found = [one for one, _is_kept in _proofs() if str(one.pk) in keys]
    for one in found:
        Proof.objects.filter(pk=one.pk).delete()
        forget_versions(Proof, [one.pk])
        transaction.on_commit(partial(one.file.storage.delete, str(one.file.name)))
    return len(found)


erasable("proof", find=_find, erase=_erase)
