"""The proof of what contact persons agreed to: who noted it when, by which wording, and how it was withdrawn.

Read from the history, which no writer can bypass; it stays as long as `contact_retention` keeps it.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, Q, QuerySet, Value, Window
from django.db.models.functions import Coalesce, Lag

from actors.models import ContactPerson
from clusterportal.history.acts import CONSENT, words_of
from clusterportal.history.changes import DELETE, versions_of

_NEVER = Value(date.min)


@dataclass(frozen=True)
class ConsentStep:
    """A consent that was noted or withdrawn. `wording` is empty where no form of the portal asked for it."""

    at: datetime
    person: str
    actor_id: int
    is_given: bool
    given_on: date | None  # the day that was noted; of a withdrawal the day of the consent that ended
    by: str  # name of the account
    how: str
    wording: str


def steps() -> QuerySet:
    """Versions of contact persons in which a consent came, changed or went, the latest first; for `step_of`."""
    before = Window(Lag("consent_on"), partition_by=F("pgh_obj_id"), order_by=F("pgh_id").asc())
    changed = Q(today__lt=F("yesterday")) | Q(today__gt=F("yesterday"))
    return (
        versions_of(ContactPerson)
        .annotate(before=before)
        .annotate(today=Coalesce("consent_on", _NEVER), yesterday=Coalesce("before", _NEVER))
        .filter(changed | Q(pgh_label=DELETE, consent_on__isnull=False))
        .select_related("pgh_context")
        .order_by("-pgh_id")
    )


def step_of(version) -> ConsentStep:
    """One row of `steps`, told."""
    about = version.pgh_context.metadata if version.pgh_context else {}
    is_given = version.consent_on is not None and version.pgh_label != DELETE
    return ConsentStep(
        at=version.pgh_created_at,
        person=version.name,
        actor_id=version.actor_id,
        is_given=is_given,
        given_on=version.consent_on or version.before,
        by=str(about.get("username", "")),
        how=words_of(about),
        wording=about.get(CONSENT, "") if is_given else "",
    )
