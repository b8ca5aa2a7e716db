"""The network of a cluster over the years on the monitor: five panels, and the same years as a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from operator import itemgetter

import numpy as np
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clusterportal.clusters.models import Cluster
from clusterportal.core.disclosure import too_few
from clusterportal.core.indicator import Reason
from clusterportal.network.domain import measures
from clusterportal.network.domain.graph import Network
from clusterportal.network.domain.groups import by_main_layer
from clusterportal.network.domain.history import History, history_of
from clusterportal.network.domain.measures import Measured
from clusterportal.network.enums import Border
from clusterportal.pages.drawing.network_years import NetworkYear, Panel
from clusterportal.pages.drawing.network_years import network_years as drawn
from clusterportal.pages.drawing.shapes import Column
from clusterportal.pages.presenters.indicator_text import digits_of
from clusterportal.pages.presenters.methods import Method
from clusterportal.pages.presenters.network_projects import exports_of
from layers.models import Layer

PAST_PANELS = 4


@dataclass(frozen=True)
class YearRow:
    """A year as a panel and as a row of the table; `year` None is today. Figures are written out, or say why not."""

    year: int | None
    members: int
    ties: int
    undated: int
    density: str
    joined: int | None
    stability: str
    url: str
    panel: Panel


@dataclass(frozen=True)
class _Moment:
    """What stood at the end of a year, or today: with a known beginning, and altogether."""

    year: int | None
    dated: Network
    whole: Network


def network_years(cluster: Cluster, *, today: date) -> dict:
    """Template context of the section on the network over the years.

    It holds finding, rows (YearRow), picture (Years), undated_members, left_out (lines), unplaced
    (members), exports (format, address), description.
    """
    history = history_of(cluster)
    years = panel_years(history.years_of_change(before=today.year), today=today)
    moments = [_Moment(year, *history.on(date(year, 12, 31))) for year in years]
    moments.append(_Moment(None, *history.on(today, is_today=True)))
    picture, unplaced = _picture(history, moments)
    rows = _rows(moments, picture.panels, cluster)
    return {
        "finding": _finding(rows),
        "rows": rows,
        "picture": picture,
        "undated_members": history.undated_members,
        "left_out": sum(panel.left_out for panel in picture.panels),
        "unplaced": unplaced,
        "exports": exports_of(cluster),
        "description": moments[-1].whole.description,
        "methods": [_method()],
    }


def panel_years(changed: Sequence[int], *, today: date) -> list[int]:
    """At most PAST_PANELS of the years in which something changed, spread over the time up to today."""
    if len(changed) <= PAST_PANELS:
        return list(changed)
    first, left = changed[0], list(changed)
    chosen = []
    for number in range(PAST_PANELS):
        wanted = first + number * (today.year - first) / PAST_PANELS
        nearest = min(left, key=lambda year: (abs(year - wanted), year))
        left.remove(nearest)
        chosen.append(nearest)
    return sorted(chosen)


def _picture(history: History, moments: Sequence[_Moment]):
    """The panels, and how many of today's members are on no layer."""
    layers = list(Layer.objects.order_by("position"))
    actors = history.network.actors
    # The last one is for NONE.
    positions = np.array([*(layer.position for layer in layers), 0])[by_main_layer(history.network).numbers]
    columns = [Column(layer.position, str(layer.name)) for layer in layers]
    standings = []
    for moment in moments:
        dated, whole = moment.dated.numbered_ties(actors), moment.whole.numbered_ties(actors)
        ties, undated = (
            np.column_stack(np.divmod(some, max(len(actors), 1)))
            for some in (dated, np.setdiff1d(whole, dated, assume_unique=True))
        )
        label, members = str(moment.year or _("today")), np.searchsorted(actors, moment.whole.actors)
        standings.append(NetworkYear(label, members, ties, undated))
    unplaced = int((positions[standings[-1].actors] == 0).sum())
    return drawn(columns, positions, standings), unplaced


def _rows(moments: Sequence[_Moment], panels: Sequence[Panel], cluster: Cluster) -> list[YearRow]:
    inside = {"cluster": cluster.slug, "border": str(Border.INSIDE)}
    rows = []
    for number, (moment, panel) in enumerate(zip(moments, panels, strict=True)):
        before = moments[number - 1] if number else None
        query = inside | ({"year": moment.year} if moment.year else {})
        members = moment.whole.actors
        rows.append(
            YearRow(
                year=moment.year,
                members=len(members),
                ties=len(moment.whole.ties),
                undated=len(moment.whole.ties) - len(moment.dated.ties),
                density=_percent(measures.density(moment.whole), moment.whole),
                joined=len(np.setdiff1d(members, before.whole.actors)) if before else None,
                stability=_percent(measures.tie_stability(before.dated, moment.dated), moment.whole)
                if before
                else "–",
                url=f"{reverse('pages:network')}?{urlencode(query)}",
                panel=panel,
            )
        )
    return rows


def _percent(value: Measured, network: Network) -> str:
    if too_few(network.size):
        value = Reason.TOO_FEW
    return str(value.label) if isinstance(value, Reason) else f"{digits_of(100 * value, '%')} %"


def _finding(rows: Sequence[YearRow]) -> str:
    """Where the network grew most; what is missing to see it grow."""
    today = rows[-1]
    if not today.ties and not any(row.ties for row in rows):
        return _("No tie between two members has been recorded yet.")
    if not any(row.ties for row in rows[:-1]):
        return _("Since when the ties stand is not recorded: the network cannot be seen to grow.")
    steps = [(row.ties - row.undated - before.ties, before, row) for before, row in pairwise(rows)]
    step, before, row = max(steps, key=itemgetter(0))
    if step <= 0:
        return _("The number of dated ties has not grown since %(year)s.") % {"year": rows[0].year}
    text = ngettext(
        "The largest step lies between %(first)s and %(last)s: %(number)s more tie.",
        "The largest step lies between %(first)s and %(last)s: %(number)s more ties.",
        step,
    )
    last = str(row.year) if row.year else _("today")
    return text % {"first": before.year, "last": last, "number": number_format(step)}


def _method() -> Method:
    text = _(
        "A panel shows who was a member at the end of the year, and the ties that stood then. A member without a "
        "recorded first day counts from its first dated tie; ties without a recorded beginning stand under today "
        "alone. Density: ties divided by all pairs of members. Tie stability: ties that both years have, divided by "
        "ties that one of them has; ties without a beginning are left out of it."
    )
    return Method("network_years", str(_("Network over the years")), text)
