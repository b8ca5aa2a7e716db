"""Writing accepted values into the registry, by the same plan as every import: checked, complete or not at all."""

from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from actors.columns.parts import CONTACTS, PARTS
from actors.models import Actor
from clusterportal.history.acts import CONSENT, act
from clusterportal.intake.applying import apply_plan
from clusterportal.intake.planning import make_plan
from clusterportal.intake.profiles import profile
from clusterportal.review.domain.moves import ReviewError


class CannotWrite(ReviewError):
    """The values are not valid together; `problems` names (column, reason)."""

    def __init__(self, problems: list[tuple[str, str]]):
        self.problems = problems
        super().__init__(" ".join(f"{column}: {reason}" if column else reason for column, reason in problems))


def planned(row: dict, *, by=None):
    """The plan of one row, within the rights of `by`; None may write everything. Raises CannotWrite."""
    rules = replace(profile("registry"), replaces=frozenset(PARTS))  # somebody decided about each item
    plan = make_plan([(1, dict(row))], profile=rules, by=by)
    if plan.has_invalid:
        raise CannotWrite([(problem.column, problem.reason) for problem in plan.problems])
    return plan


@transaction.atomic
def write(*, uid, row: dict, by, as_representative: bool = False, consent: str = "") -> Actor:
    """Makes or changes the actor with this permanent id; the history says that `by` did it.

    `as_representative`: the caller has checked that `by`, who has no rights of staff, speaks for the actor.
    `consent`: to what contact persons agreed; the history keeps it as the proof.
    Raises CannotWrite, and then nothing is written.
    """
    plan = planned(row | {"uid": str(uid)}, by=None if as_representative else by)
    entry = plan.entries[0]
    if entry.pk and entry.pk != Actor.objects.filter(uid=uid).values_list("pk", flat=True).first():
        holder = Actor.objects.get(pk=entry.pk)
        raise CannotWrite([("", _("“%(actor)s” stands in the registry already.") % {"actor": holder})])
    proof: dict[str, Any] = {CONSENT: consent} if consent and CONTACTS.column in row else {}
    with act("review", by=by, **proof):
        apply_plan(plan, label="review")
        return Actor.objects.get(uid=uid)
