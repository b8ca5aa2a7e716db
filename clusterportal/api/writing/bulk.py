"""Many records at once: each with its own result, what can be done of them in one act."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from actors.columns.parts import CLUSTERS
from actors.models import Actor
from clusterportal.api.writing.changing import errors_by_row, planned, write
from clusterportal.api.writing.locating import Item, locate
from clusterportal.api.writing.preconditions import Version
from clusterportal.api.writing.reach import Reach, versions
from clusterportal.api.writing.shape import HeldRecord, row_of
from clusterportal.core.api.problems import InvalidParameters, Refused
from clusterportal.intake.plan import Entry, Outcome, Plan, Probable

MOST_RECORDS = 500  # records
DONE = {Outcome.NEW: "created", Outcome.CHANGED: "changed", Outcome.UNCHANGED: "unchanged"}
NOT_DONE = ("possible", "invalid", "not_found", "forbidden", "conflict", "not_written")


@transaction.atomic
def write_many(
    data: list,
    *,
    reach: Reach,
    cluster: str | None,
    language: str | None,
    is_atomic: bool,
    probable: Probable,
) -> list[dict[str, Any]]:
    """Writes the records of `data`; returns the result of each, in their order.

    A record names its actor by `uid`, `slug` or an identifier; where it names none of the registry, a draft is made,
    a member of `cluster` where the record names no cluster. A new one that may be in the registry already is made or
    left out as `probable` says. `is_atomic`: all of them, or nothing and the problem 422.
    """
    items = [Item(number, one if isinstance(one, dict) else {}) for number, one in enumerate(data, start=1)]
    for item, one in zip(items, data, strict=True):
        if not isinstance(one, dict):
            item.refuse("invalid", body=_("Send one JSON object."))
    locate([item for item in items if not item.status], reach)
    located = {item.pk for item in items if item.pk}
    # In one order, so that two who write the same actors wait for each other instead of blocking each other.
    list(Actor.objects.with_keys(located).order_by("pk").select_for_update(of=("self",)).values_list("pk"))
    records = reach.records(located)
    current = versions(records)
    rows: dict[int, dict] = {}
    for item in items:
        if not item.status and (row := _row(item, reach, records, current, cluster, language)):
            rows[item.number] = row
    plan = planned(rows, reach=reach, probable=probable)
    results = _results(items, plan, reach)
    if is_atomic and not all(one["status"] in DONE.values() for one in results):
        for one in results:
            if one["status"] in ("created", "changed"):
                one["status"] = "not_written"
        raise Refused(422, _("Nothing was written: not all records can be taken."), results=results)
    write(plan, reach=reach)
    _name(results, plan, reach)
    return results


def _row(
    item: Item,
    reach: Reach,
    records: dict[int, dict],
    current: dict[int, str],
    cluster: str | None,
    language: str | None,
) -> dict | None:
    """The record as a row; None, and the item is refused, where it cannot be read or is about another version."""
    record = records.get(item.pk, {}) if item.pk else {}
    try:
        row = row_of(item.data, known=HeldRecord(record, reach.clusters), language=language)
    except InvalidParameters as error:
        item.status, item.errors = "invalid", error.errors
        return None
    if item.pk is None:
        if cluster and CLUSTERS.column not in row:
            row[CLUSTERS.column] = [{"cluster": cluster}]
        return row
    seen = item.data.get("version")
    if seen is not None and not Version((str(seen),)).is_met(current[item.pk]):
        item.refuse("conflict", version=_("The record was changed since you read it."))
        return None
    return row | {"uid": record["uid"]}


# ---------- results ----------
def _results(items: list[Item], plan: Plan, reach: Reach) -> list[dict[str, Any]]:
    entries = {entry.row: entry for entry in plan.entries}
    errors = errors_by_row(plan)
    shown = _shown_candidates(plan, reach)
    results = []
    for item in items:
        result = {"row": item.number, "status": item.status, "uid": None, "slug": None, "version": None}
        if item.status:
            result["errors"] = item.errors
        elif (entry := entries[item.number]).outcome in DONE:
            result["status"] = DONE[entry.outcome]
        elif entry.outcome is Outcome.POSSIBLE:
            result |= {"status": "possible", "candidates": shown[entry.row]}
        else:
            result |= {"status": "invalid", "errors": errors.get(entry.row, {})}
        results.append(result)
    return results


def _shown_candidates(plan: Plan, reach: Reach) -> dict[int, list[dict[str, Any]]]:
    """The actors that rows probably mean, by row; all of them are ones that the key may know."""
    pks = [candidate.pk for entry in plan.entries for candidate in entry.candidates]
    uids = dict(Actor.objects.with_keys(pks).values_list("pk", "uid")) if pks else {}
    return {entry.row: [_candidate(one, uids) for one in entry.candidates] for entry in plan.entries}


def _candidate(one, uids: dict) -> dict[str, Any]:
    return {"uid": str(uids[one.pk]), "name": one.title, "why": one.why, "similarity": one.similarity}


def _name(results: list[dict[str, Any]], plan: Plan, reach: Reach) -> None:
    """Adds id, slug and version to the results of records that are in the registry now."""
    entries: dict[int, Entry] = {entry.row: entry for entry in plan.entries if entry.outcome in DONE}
    records = reach.records([entry.pk for entry in entries.values() if entry.pk])
    current = versions(records)
    for one in results:
        if (entry := entries.get(one["row"])) and entry.pk in records:
            record = records[entry.pk]
            one |= {"uid": record["uid"], "slug": record["slug"], "version": current[entry.pk]}
