"""The causal chain on a cluster's monitor: five columns from input to impact."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clusterportal.clusters.models import Cluster
from clusterportal.core.spark import Spark, spark
from clusterportal.kpis.domain.board import IndicatorStanding, prefers_quantity, standings
from clusterportal.kpis.domain.periods import name_of
from clusterportal.kpis.domain.texts import value_text
from clusterportal.kpis.enums import Stage
from clusterportal.pages.presenters.methods import Method


@dataclass(frozen=True)
class IndicatorEntry:
    """One indicator as the page writes it: `value` is empty where `reason` says why."""

    name: str
    unit: str
    value: str
    reason: str
    about: str  # period and frequency
    records: str
    anchor: str
    is_example: bool
    documented_in: str  # the source, where the value is that of a documented example


@dataclass(frozen=True)
class Row:
    """One indicator with its course in the table; empty texts where nothing can be said."""

    entry: IndicatorEntry
    target: str
    course: Spark | None
    course_text: str
    trend: str
    comparison: str


def chain(cluster: Cluster, *, today: date) -> dict:
    """Context of the section: says, columns (stage, entries), rows, responsible, hint, methods."""
    found = standings(cluster, today=today)
    entries = [_entry(one) for one in found]
    columns = [
        {
            "stage": stage.label,
            "code": stage.value,
            "entries": [entry for one, entry in zip(found, entries, strict=True) if one.kpi.stage == stage],
        }
        for stage in Stage
    ]
    return {
        "says": _says(found),
        "columns": columns if found else [],
        "rows": [_row(one, entry) for one, entry in zip(found, entries, strict=True)],
        "responsible": _responsible(found),
        "hint": _("Quantity before quality: outputs are counted, outcomes are not.")
        if prefers_quantity(found)
        else "",
        "methods": [
            Method(f"kpi-{one.kpi.code}", one.kpi.name, one.kpi.method) for one in found if one.kpi.method
        ],
    }


def _says(found: Sequence[IndicatorStanding]) -> str:
    """How many indicators have a value, and which links of the chain have none."""
    if not found:
        return _("No indicators of the causal chain are kept yet.")
    known = sum(one.value is not None for one in found)
    text = ngettext(
        "%(known)s of %(count)s indicator has a value.",
        "%(known)s of %(count)s indicators have a value.",
        len(found),
    ) % {"known": known, "count": len(found)}
    silent = [
        str(stage.label)
        for stage in Stage
        if not any(one.value is not None for one in found if one.kpi.stage == stage)
    ]
    if not silent:
        return text
    return f"{text} " + _("Nothing is recorded for: %(stages)s.") % {"stages": ", ".join(silent)}


def _entry(one: IndicatorStanding) -> IndicatorEntry:
    kpi, example = one.kpi, one.example
    parts = [name_of(one.period, kpi.frequency)] if one.period else []
    if kpi.is_computed:
        parts.append(_("computed"))
    parts.append(str(kpi.get_frequency_display()))
    return IndicatorEntry(
        name=kpi.name,
        unit=kpi.unit,
        value=_value(one),
        reason="" if one.reason is None else str(one.reason.label),
        about=" · ".join(parts),
        records=example.records if example else one.records,
        anchor=f"m-kpi-{kpi.code}" if kpi.method else "",
        is_example=kpi.is_example,
        documented_in=example.source if example else "",
    )


def _value(one: IndicatorStanding) -> str:
    """The value, for want of one what a documented example states; empty without both."""
    if one.value is None:
        return value_text(Decimal(one.example.value), one.kpi.unit) if one.example else ""
    return value_text(one.value, one.kpi.unit)


def _row(one: IndicatorStanding, entry: IndicatorEntry) -> Row:
    kpi = one.kpi
    said = [
        f"{name_of(period, kpi.frequency)}: {_('not recorded') if value is None else value_text(value, kpi.unit)}"
        for period, value in one.course
    ]
    return Row(
        entry=entry,
        target="" if one.target is None else value_text(one.target, kpi.unit),
        course=spark([value for _period, value in one.course], goal=one.target),
        course_text=", ".join(said),
        trend=_trend(one),
        comparison=_comparison(one),
    )


def _trend(one: IndicatorStanding) -> str:
    if one.trend is None:
        return _("first value") if one.value is not None and len(one.course) == 1 else ""
    first, last = (value_text(value, one.kpi.unit) for value in (one.trend.first, one.trend.last))
    words = {"way": one.trend.words, "first": first, "last": last}
    return _("%(way)s: %(first)s to %(last)s") % words


def _comparison(one: IndicatorStanding) -> str:
    """Only over several other clusters, so that no value of one of them can be told."""
    if one.benchmark is None:
        return ""
    words = {
        "position": one.benchmark.position,
        "count": one.benchmark.count,
        "median": value_text(one.benchmark.median, one.kpi.unit),
    }
    return _("place %(position)s of %(count)s, median of the others %(median)s") % words


def _responsible(found: Sequence[IndicatorStanding]) -> str:
    """Who keeps the chain, where it is one for all; else it is said of none."""
    names = {one.kpi.responsible for one in found}
    return names.pop() if len(names) == 1 else ""
