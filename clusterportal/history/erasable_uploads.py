"""Uploads that name a person: the file goes with its record and all versions of it, so it cannot be brought back."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import models, transaction
from django.utils.functional import Promise

from clusterportal.core.stored_files import at_hand
from clusterportal.history import file_search
from clusterportal.history.changes import DELETE, versions_of
from clusterportal.history.erasure import PersonFinding, erasable, forget_versions
from clusterportal.history.mentions import Search
from clusterportal.history.person import Person

Text = str | Promise


@dataclass(frozen=True)
class Uploads:
    """A model with a `file` and its `name`, and what people are told of it where a person is found.

    `where`: what an upload belongs to; `where_gone`: the same of one whose record is deleted, as its file stays for a
    while. `link`: the page of one that is kept.
    """

    model: type[models.Model]
    kind: Text
    where: Callable[[Any], str]
    where_gone: Text
    belongs_to: tuple[str, ...]  # read with each record
    link: Callable[[Any], str] = lambda _upload: ""

    def find(self, search: Search) -> list[PersonFinding]:
        named = {hit.record for hit in search.within(self.model, "name")}
        table = self.model._meta.db_table
        return [
            PersonFinding(
                str(one.pk),
                str(self.kind),
                one.name,
                self.where(one) if is_kept else str(self.where_gone),
                places=frozenset([(table, str(one.pk))]),
                is_own=False,
                url=self.link(one) if is_kept else "",
            )
            for one, is_kept in self._all()
            if str(one.pk) in named or _names(one, search.person)
        ]

    def erase(self, keys: list[str], _person: Person) -> int:
        found = [one for one, _is_kept in self._all() if str(one.pk) in keys]
        for one in found:
            self.model._default_manager.filter(pk=one.pk).delete()
            forget_versions(self.model, [one.pk])
            transaction.on_commit(partial(one.file.storage.delete, str(one.file.name)))
        return len(found)

    def _all(self) -> Iterator[tuple[Any, bool]]:
        """All uploads with whether they are kept; of those that are gone what the history says."""
        kept = list(self.model._default_manager.select_related(*self.belongs_to).order_by("pk"))
        yield from ((one, True) for one in kept)
        gone = versions_of(self.model).filter(pgh_label=DELETE)
        gone = gone.exclude(pgh_obj_id__in=[one.pk for one in kept])
        for pk, file, name in gone.values_list("pgh_obj_id", "file", "name"):
            yield self.model(pk=pk, file=file, name=name), False


def erasable_uploads(code: str, uploads: Uploads) -> None:
    """Find and erase these with everything else of a person."""
    erasable(code, find=uploads.find, erase=uploads.erase)


def _names(upload, person: Person) -> bool:
    """What cannot be read is named by the search over all files (`cannot_search`)."""
    if person.spots(upload.name):
        return True
    try:
        with at_hand(upload.file.storage, str(upload.file.name)) as path:
            return file_search.names(path, person)
    except (file_search.Unsearchable, OSError):
        return False
