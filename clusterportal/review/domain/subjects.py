"""Proposals about records of rooms above: these say what becomes of them, the review who decides and who is told."""

from collections.abc import Callable
from dataclasses import dataclass

from clusterportal.review.models import Proposal


@dataclass(frozen=True)
class Subject:
    """What a room does with proposals of its kind."""

    page: Callable[[Proposal], str]  # where the reviewer reads it in the admin
    accept: Callable[..., str]  # (proposal=, by=): the public address of what came of it; raises ReviewError
    turn_down: Callable[..., None]  # (proposal=): it was rejected or withdrawn


_subjects: dict[str, Subject] = {}


def review_also(kind: str, subject: Subject) -> None:
    """Let proposals of this kind wait in the review queue; called in `ready()` of the room."""
    _subjects[kind] = subject


def subject_of(proposal: Proposal) -> Subject | None:
    """None for proposals about actors."""
    return _subjects.get(proposal.kind)
