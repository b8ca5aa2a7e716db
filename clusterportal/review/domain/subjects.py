"""Proposals about records of rooms above: these say what becomes of them, the review who decides and who is told."""

from collections.abc import Callable
from dataclasses import dataclass

from clusterportal.review.models import Proposal


@dataclass(frozen=True)
class SubmittedField:
    """One line of what was sent in: a field, how everybody sees it today, and what it would say."""

    label: str
    before: str
    after: str
    language: str = ""


@dataclass(frozen=True)
class Subject:
    """What a room does with proposals of its kind."""

    page: Callable[[Proposal], str]  # where the reviewer reads it in the admin
    # (proposal=, by=): the public address of what came of it; raises ReviewError. Where it `can_wait`, `at=` too: the
    # moment from which everybody sees it, or None.
    accept: Callable[..., str]
    turn_down: Callable[..., None]  # (proposal=): it was rejected or withdrawn
    rows: Callable[[Proposal], list[SubmittedField]] | None = (
        None  # what the reviewer reads beside the buttons
    )
    can_wait: bool = False


_subjects: dict[str, Subject] = {}


def review_also(kind: str, subject: Subject) -> None:
    """Let proposals of this kind wait in the review queue; called in `ready()` of the room."""
    _subjects[kind] = subject


def subject_of(proposal: Proposal) -> Subject | None:
    """None for proposals about actors."""
    return _subjects.get(proposal.kind)
