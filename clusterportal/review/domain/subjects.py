"""What else waits in the review queue: records of rooms above, which say here how they are shown and decided.

A room registers its model in `ready()`; the queue, the conversation and the mails are those of all proposals.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from clusterportal.review.domain.moves import ReviewError
from clusterportal.review.models import Proposal


@dataclass(frozen=True)
class Row:
    """One line of what is submitted: a field, how everybody sees it today, and what it would say."""

    label: str
    before: str
    after: str
    language: str = ""


@dataclass(frozen=True)
class Subject:
    """Records of `model`, which have a `uid`. `values` are what shall become of a record that is public already;

    empty where the record itself waits. `accept` and `turn_down` are called inside the deciding transaction.
    """

    model: type[models.Model]
    rows: Callable[[Any, dict], list[Row]]
    accept: Callable[..., None]  # (record, values, by=)
    turn_down: Callable[[Any, dict], None]  # (record, values): rejected or withdrawn
    address: Callable[[Any], str]  # the public page; empty where there is none
    preview: Callable[[Any], str] | None = None  # where the reviewer sees and edits the record


_subjects: dict[str, Subject] = {}


def register_subject(subject: Subject) -> None:
    """Let records of the model wait in the queue."""
    _subjects[subject.model._meta.label_lower] = subject


def subject_of(proposal: Proposal) -> Subject:
    return _subjects[proposal.subject]


def submitted(proposal: Proposal, *, locked: bool = False) -> Any:
    """The record that waits. Raises ReviewError when it is gone."""
    records = subject_of(proposal).model._default_manager.all()
    found = (records.select_for_update(of=("self",)) if locked else records).filter(uid=proposal.subject_uid)
    if (record := found.first()) is None:
        raise ReviewError(_("What was submitted is no longer there."))
    return record


def rows_of(proposal: Proposal) -> list[Row]:
    """What the reviewer reads; nothing where the record is gone."""
    try:
        record = submitted(proposal)
    except ReviewError:
        return []
    return subject_of(proposal).rows(record, proposal.record)


def preview_of(proposal: Proposal) -> str:
    """Where the reviewer sees and edits what waits; empty where the record is gone or its room has no such page."""
    preview = subject_of(proposal).preview
    try:
        return preview(submitted(proposal)) if preview else ""
    except ReviewError:
        return ""


def version_of(proposal: Proposal) -> str:
    """What changes with the record; empty where it is gone."""
    found = subject_of(proposal).model._default_manager.filter(uid=proposal.subject_uid)
    moment = found.values_list("updated_at", flat=True).first()
    return moment.isoformat() if moment else ""


def accept(proposal: Proposal, *, by) -> Any:
    """Publishes what waits; returns the record. Raises ReviewError."""
    record = submitted(proposal, locked=True)
    subject_of(proposal).accept(record, proposal.record, by=by)
    return record


def turn_down(proposal: Proposal) -> None:
    """Rejected or withdrawn; a record that is gone needs nothing."""
    try:
        record = submitted(proposal, locked=True)
    except ReviewError:
        return
    subject_of(proposal).turn_down(record, proposal.record)
