"""Publication: the states, what asks for published records, and the one table of who may move what where."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PublicationState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("In review")
    PUBLISHED = "published", _("Published")
    REJECTED = "rejected", _("Rejected")
    ARCHIVED = "archived", _("Archived")


def is_published(path: str = "") -> models.Q:
    """The condition that a record is published: the one asked, or the one to which `path` leads."""
    return models.Q(**{f"{path}__state" if path else "state": PublicationState.PUBLISHED})


class Power(models.TextChoices):
    """What somebody must be allowed to do in order to make a move."""

    SUBMIT = "submit", _("submit for review")
    PUBLISH = "publish", _("publish")


_S, _P = PublicationState, Power

TRANSITIONS: dict[tuple[str, str], str] = {
    (_S.DRAFT, _S.IN_REVIEW): _P.SUBMIT,
    (_S.DRAFT, _S.PUBLISHED): _P.PUBLISH,
    (_S.DRAFT, _S.ARCHIVED): _P.PUBLISH,
    (_S.IN_REVIEW, _S.DRAFT): _P.SUBMIT,
    (_S.IN_REVIEW, _S.PUBLISHED): _P.PUBLISH,
    (_S.IN_REVIEW, _S.REJECTED): _P.PUBLISH,
    (_S.PUBLISHED, _S.IN_REVIEW): _P.PUBLISH,
    (_S.PUBLISHED, _S.DRAFT): _P.PUBLISH,
    (_S.PUBLISHED, _S.ARCHIVED): _P.PUBLISH,
    (_S.REJECTED, _S.DRAFT): _P.SUBMIT,
    (_S.REJECTED, _S.ARCHIVED): _P.PUBLISH,
    (_S.ARCHIVED, _S.DRAFT): _P.PUBLISH,
    (_S.ARCHIVED, _S.PUBLISHED): _P.PUBLISH,
}


def power_needed(*, current: str, target: str) -> str | None:
    """The power that moving from `current` to `target` takes; None when there is no such move."""
    return TRANSITIONS.get((current, target))


def targets_from(current: str) -> list[str]:
    """The states that `current` can move to."""
    return [target for source, target in TRANSITIONS if source == current]
