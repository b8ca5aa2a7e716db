"""Records that partners send, planned and written as every import is: within reach of the key, in one act."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from actors.columns.parts import OWN_PARTS
from actors.models import Membership
from clusterportal.api.writing.preconditions import Version
from clusterportal.api.writing.reach import Reach, versions
from clusterportal.api.writing.shape import HeldRecord, row_of
from clusterportal.api.writing.showing import as_json, field_of
from clusterportal.core.api.absolute_addresses import Addresses
from clusterportal.core.api.problems import InvalidRecord, Refused
from clusterportal.core.publication import PublicationState, power_needed
from clusterportal.history.acts import act
from clusterportal.intake.applying import apply_plan
from clusterportal.intake.plan import Outcome, Plan, Probable
from clusterportal.intake.planning import make_plan
from clusterportal.intake.profiles import profile
from clusterportal.intake.publishing import refuse_what_public_may_not_lack

ACT = "api"
_FOR_NEW = (PublicationState.DRAFT, PublicationState.IN_REVIEW, PublicationState.PUBLISHED)


@transaction.atomic
def change(
    actor_key: str,
    data: Any,
    *,
    reach: Reach,
    expected: Version,
    language: str | None,
    is_whole: bool,
    addresses: Addresses,
) -> dict:
    """Writes what `data` says of the actor under this id or slug; returns the record as it is then.

    `expected`: the version that the writer has seen; the actor is locked from the comparison to the end, so that
    nothing is overwritten unseen. Raises problems 403, 404, 409, 412, 422, and 400 for a body of another shape.
    """
    actor = reach.locked(actor_key)
    records = reach.records([actor.pk])
    expected.compare(versions(records)[actor.pk])
    record = records[actor.pk]
    if isinstance(data, dict) and data.get("uid") not in (None, record["uid"]):
        raise InvalidRecord({"uid": [_("The body is about another actor than the address.")]})
    known = HeldRecord(record, reach.clusters)
    row = row_of(data, known=known, language=language, is_whole=is_whole) | {"uid": record["uid"]}
    plan = planned({1: row}, reach=reach)
    if plan.has_invalid:
        raise InvalidRecord(errors_by_row(plan)[1])
    write(plan, reach=reach)
    after = reach.records([actor.pk])
    return as_json(after[actor.pk], version=versions(after)[actor.pk], addresses=addresses)


def planned(rows: Mapping[int, dict], *, reach: Reach, probable: Probable = Probable.NEW) -> Plan:
    """What writing the rows (by number) would do; what cannot be done is refused, each with its reasons."""
    rules = replace(profile("registry"), replaces=frozenset(OWN_PARTS), matches_names=False)
    plan = make_plan(
        [(number, dict(row)) for number, row in rows.items()],
        profile=rules,
        writes_for=reach.clusters,
        probable=probable,
    )
    _refuse_moves(plan)
    refuse_what_public_may_not_lack(plan)
    return plan


def _refuse_moves(plan: Plan) -> None:
    """Publication states change by the one table of moves; a new actor begins before or with its publication."""
    for entry in plan.entries:
        target = entry.fields.get("state")
        if entry.outcome is Outcome.NEW and target not in _FOR_NEW:
            plan.refuse(entry, ("publication", str(target), _("A new actor cannot begin in this state.")))
        elif entry.outcome is Outcome.CHANGED and target:
            current = entry.before["state"]
            if power_needed(current=current, target=target) is None:
                names = {"before": current, "after": target}
                text = _("There is no way from “%(before)s” to “%(after)s”.") % names
                plan.refuse(entry, ("publication", target, text))


def write(plan: Plan, *, reach: Reach) -> None:
    """Writes the rows that can be taken, in one act of the partner. Raises Refused when somebody was quicker.

    Who publishes an actor clears it for the own clusters as well, as in the admin.
    """
    published = [entry for entry in plan.entries if entry.fields.get("state") == PublicationState.PUBLISHED]
    partner = reach.key.partner
    try:
        with transaction.atomic(), act(ACT, by=partner.account, username=partner.name, key=reach.key.name):
            apply_plan(plan, label=ACT)
            if published:
                members = Membership.objects.filter(actor__in=[entry.pk for entry in published])
                members.filter(cluster__slug__in=reach.clusters, is_cleared=False).update(is_cleared=True)
    except IntegrityError as error:
        raise Refused(409, _("Somebody else wrote the same at this moment. Please send it again.")) from error


def errors_by_row(plan: Plan) -> dict[int, dict[str, list[str]]]:
    """Why rows are not taken, by row and by the name of the field in JSON."""
    found: dict[int, dict[str, list[str]]] = {}
    for problem in plan.problems:
        reasons = found.setdefault(problem.row, {}).setdefault(field_of(problem.column), [])
        if problem.reason not in reasons:
            reasons.append(problem.reason)
    return found
