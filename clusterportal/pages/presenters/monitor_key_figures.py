"""The key figures of a cluster: eight of its indicators, each with its course over the years."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actors.enums import COMPANIES, ActorKind
from clusterportal.clusters.models import Cluster
from clusterportal.core.indicator import Indicator
from clusterportal.core.spark import Spark, spark
from clusterportal.management.domain.indicators import all_indicators
from clusterportal.management.domain.years import YEARS, years_before
from clusterportal.pages.presenters.indicator_text import digits, said
from clusterportal.pages.presenters.methods import Method
from clusterportal.pages.presenters.network_methods import network_methods
from clusterportal.pages.presenters.plan_methods import plan_methods

# Codes in the order of the page; where a room has no such figure, the next ones move up.
SHOWN = (
    "members",
    "companies_share",
    "network_density",
    "network_holders",
    "open_gaps",
    "events_in_year",
    "projects_started",
    "own_share",
    "network_mean_degree",
    "network_isolates",
)
MOST_FIGURES = 8


@dataclass(frozen=True)
class Tile:
    """A key figure: `digits` is empty where `indicator.reason` says why; `past` is what it was before."""

    indicator: Indicator
    digits: str
    note: str
    spark: Spark | None
    label: str
    past: str


def key_figures(cluster: Cluster, *, today: date) -> dict:
    """Template context: tiles, has_past (is there any figure of an earlier year?), methods.

    `further_methods` are those of the figures that stand in the API alone: its answers lead here too.
    """
    known = {one.code: one for one in all_indicators(cluster, as_of=today)}
    chosen = [known[code] for code in SHOWN if code in known][:MOST_FIGURES]
    past = years_before(cluster, [one.code for one in chosen], today=today)
    own = _OWN_METHODS | network_methods(cluster, today=today)
    return {
        "tiles": [_tile(one, past[one.code], today) for one in chosen],
        "has_past": any(past.values()),
        "methods": _methods({one.code: one for one in chosen}, own),
        "further_methods": [*_methods(known, own), *plan_methods(known)],
    }


def _tile(indicator: Indicator, past: dict[int, float], today: date) -> Tile:
    if indicator.value is None:
        return Tile(indicator, "", "", None, "", "")
    by_year = {**past, indicator.as_of.year: float(indicator.value)}
    years = range(today.year - YEARS, today.year + 1)
    course = ", ".join(f"{year} {digits(indicator, by_year[year])}" for year in years if year in by_year)
    drawn = spark([by_year.get(year) for year in years])
    label = _("%(label)s, course: %(course)s") % {"label": indicator.label, "course": course}
    note = _NOTES.get(indicator.code, _of_actors)(indicator)
    return Tile(indicator, digits(indicator, indicator.value), note, drawn, label, _past(past, indicator))


def _past(past: dict[int, float], indicator: Indicator) -> str:
    """The first and the last year before that of the figure."""
    years = [year for year in past if year < indicator.as_of.year]
    shown = sorted({min(years), max(years)}) if years else []
    return ", ".join(f"{year}: {digits(indicator, past[year])}" for year in shown)


def _of_actors(indicator: Indicator) -> str:
    if indicator.actors is None:
        return ""
    text = ngettext("from %(number)s actor", "from %(number)s actors", indicator.actors)
    return text % {"number": number_format(indicator.actors, force_grouping=True)}


def _companies(indicator: Indicator) -> str:
    if indicator.value is None or indicator.actors is None:
        return ""
    part = round(indicator.value * indicator.actors / 100)
    return _("%(part)s of %(all)s") % {
        "part": number_format(part, force_grouping=True),
        "all": number_format(indicator.actors, force_grouping=True),
    }


# What stands under the value, where it is more than the number of actors.
_NOTES: dict[str, Callable[[Indicator], str]] = {
    "members": lambda indicator: _("published and cleared by the cluster"),
    "companies_share": _companies,
    "open_gaps": lambda indicator: _("empty cells of the matrix"),
}


def _methods(known: dict[str, Indicator], own: dict[str, Callable[[Indicator], Method]]) -> list[Method]:
    """How each figure comes about that the API names too; rooms with a section of their own say it better there."""
    found: dict[str, Method] = {}
    for code, one in known.items():
        made = own[code](one) if code in own else Method(one.method, one.label, _plainly(one))
        found.setdefault(one.method, made)  # several figures may have one method: the first names it
    return list(found.values())


def _plainly(indicator: Indicator) -> str:
    """What can be said of any figure: what it is today, since when, and on how many actors it stands."""
    if indicator.actors is None:
        return _("Computed from the registry; on %(day)s: %(value)s.") % _words(indicator)
    text = ngettext(
        "Computed from the entries of %(actors)s actor; on %(day)s: %(value)s.",
        "Computed from the entries of %(actors)s actors; on %(day)s: %(value)s.",
        indicator.actors,
    )
    return text % _words(indicator)


def _words(indicator: Indicator) -> dict:
    return {
        "actors": number_format(indicator.actors or 0, force_grouping=True),
        "day": date_format(indicator.as_of),
        "value": said(indicator),
    }


def _members_method(indicator: Indicator) -> Method:
    text = _(
        "Published actors that the cluster has cleared for its pages, with a membership of any kind that has begun "
        "and has not ended. A membership without a first day counts from the day on which it was recorded."
    )
    return Method(indicator.method, indicator.label, text)


def _companies_method(indicator: Indicator) -> Method:
    kinds = ", ".join(str(ActorKind(kind).label) for kind in ActorKind.values if kind in COMPANIES)
    text = _("Members of these kinds, divided by all members: %(kinds)s. On %(day)s: %(value)s.")
    return Method(indicator.method, indicator.label, text % (_words(indicator) | {"kinds": kinds}))


def _gaps_method(indicator: Indicator) -> Method:
    text = _(
        "Cells of the matrix of layers and application areas in which no member stands, in the areas where the "
        "cluster has at least one member. Placements have no dates, so earlier days cannot be computed again."
    )
    return Method(indicator.method, indicator.label, text)


_OWN_METHODS: dict[str, Callable[[Indicator], Method]] = {
    "members": _members_method,
    "companies_share": _companies_method,
    "open_gaps": _gaps_method,
}
