"""The life cycle of a cluster on its monitor: the path through the plane, the stage, the factors."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusterportal.clusters.enums import LifeCycle
from clusterportal.clusters.models import Cluster
from clusterportal.core.indicator import Reason
from clusterportal.lifecycle.domain.indicators import records_of
from clusterportal.lifecycle.domain.measuring import MeasuredDay, measure
from clusterportal.lifecycle.domain.path import Outgrown, Stop, outgrown, path_of
from clusterportal.lifecycle.domain.plane import curve, plane
from clusterportal.lifecycle.domain.wording import rounded, said
from clusterportal.lifecycle.enums import Figure
from clusterportal.pages.presenters.life_cycle_methods import methods_of_life_cycle

_NOTICEABLE = 2  # per cent: smaller changes of an axis are called none


@dataclass(frozen=True)
class Fact:
    """One line beside the figures. `digits` leads to `url`, if there is one; `text` follows, or says why no digits."""

    label: str
    text: str
    digits: str = ""
    url: str = ""
    method: str = ""


@dataclass(frozen=True)
class Year:
    """A row of the table of the path."""

    stop: Stop
    heterogeneity: str
    interaction: str


def life_cycle(cluster: Cluster, *, today: date) -> dict:
    """Template context of the section on the life cycle.

    It holds says, is_example, plane, plane_label, curve, curve_label, stages (number, name, is it today's),
    assessment, facts, outgrown (a sentence or nothing), years, actors, network (what counts as a relation), methods.

    Public figures alone; `today` is the day of the server, on which they are computed.
    """
    measured = measure(cluster)
    stops = path_of(cluster, measured)
    placed = [stop for stop in stops if stop.place]
    assessment = stops[-1].assessment
    number = LifeCycle.values.index(assessment.stage) + 1 if assessment else None
    says = _finding(placed, measured)
    return {
        "says": says,
        "is_example": any(stop.is_example for stop in placed),
        "plane": plane([(str(stop.day.year), stop.place, _kind(stop)) for stop in placed if stop.place]),
        "plane_label": _plane_label(placed, says),
        "curve": curve(number),
        "curve_label": _curve_label(assessment, number),
        "stages": [(place, stage.label, place == number) for place, stage in enumerate(LifeCycle, start=1)],
        "assessment": assessment,
        "facts": _facts(cluster, measured),
        "outgrown": _warning(outgrown(stops)),
        "years": [
            Year(
                stop,
                said(stop.heterogeneity, Figure.HETEROGENEITY),
                said(stop.interaction, Figure.INTERACTION),
            )
            for stop in reversed(stops)
        ],
        "actors": measured.actors,
        "network": measured.network_inside,
        "methods": methods_of_life_cycle(measured),
    }


def _kind(stop: Stop) -> str:
    return "live" if stop.is_today else "ring" if stop.is_example else "pt"


# (heterogeneity, interaction): more, as much, less than at the first stop
_COURSES = {
    (1, 1): gettext_lazy("Since %(year)s the knowledge has become more diverse and the cooperation closer."),
    (1, 0): gettext_lazy(
        "Since %(year)s the knowledge has become more diverse, the cooperation is as close."
    ),
    (1, -1): gettext_lazy("Since %(year)s the knowledge has become more diverse, the cooperation looser."),
    (0, 1): gettext_lazy("Since %(year)s the cooperation has become closer, the knowledge is as diverse."),
    (0, 0): gettext_lazy(
        "Since %(year)s neither the diversity of knowledge nor the cooperation has changed."
    ),
    (0, -1): gettext_lazy("Since %(year)s the cooperation has become looser, the knowledge is as diverse."),
    (-1, 1): gettext_lazy("Since %(year)s the cooperation has become closer, the knowledge less diverse."),
    (-1, 0): gettext_lazy(
        "Since %(year)s the knowledge has become less diverse, the cooperation is as close."
    ),
    (-1, -1): gettext_lazy(
        "Since %(year)s the knowledge has become less diverse and the cooperation looser."
    ),
}


def _finding(placed: list[Stop], measured: MeasuredDay) -> str:
    if not placed:
        reasons = [
            measured.value(figure, public=True) for figure in (Figure.HETEROGENEITY, Figure.INTERACTION)
        ]
        reason = next(value.label for value in reasons if isinstance(value, Reason))
        return _("Not measured yet: %(reason)s.") % {"reason": reason}
    first, last = placed[0], placed[-1]
    if len(placed) == 1 or not (first.place and last.place):
        return _(
            "First measurement: the knowledge lies in %(filled)s of %(cells)s cells of the matrix, "
            "and each member has %(degree)s relations on average."
        ) % {
            "filled": measured.counts["filled"],
            "cells": measured.counts["cells"],
            "degree": said(last.interaction, Figure.INTERACTION),
        }
    course = tuple(_direction(old, new) for old, new in zip(first.place, last.place, strict=True))
    return str(_COURSES[course]) % {"year": first.day.year}  # type: ignore[index]  # two axes


def _direction(old: float, new: float) -> int:
    if abs(new - old) * 100 <= _NOTICEABLE * abs(old):
        return 0
    return 1 if new > old else -1


def _plane_label(placed: list[Stop], says: str) -> str:
    if not placed:
        return _("The plane of heterogeneity and interaction with the five stages, without a measurement.")
    years = f"{placed[0].day.year}–{placed[-1].day.year}" if len(placed) > 1 else placed[0].day.year
    text = _("Path of the cluster through the plane of heterogeneity and interaction, %(years)s. %(says)s")
    return text % {"years": years, "says": says}


def _curve_label(assessment, number: int | None) -> str:
    if assessment is None:
        return _("Curve over five stages; where the cluster stands has not been assessed.")
    return _(
        "Curve over five stages; the cluster stands in stage %(number)s, %(stage)s. After the third stage three "
        "ways are possible: renewal, stagnation, downfall."
    ) % {"number": number, "stage": assessment.get_stage_display()}


def _warning(found: Outgrown | None) -> str:
    if found is None:
        return ""
    return _(
        "Since %(day)s the number of actors grew by %(actors)s %%, the diversity of knowledge by "
        "%(heterogeneity)s %% and the relations a member by %(interaction)s %%: the data grew more than the "
        "values, so what looks like growth may be what was entered."
    ) % {
        "day": date_format(found.since),
        "actors": rounded(found.actors, 0),
        "heterogeneity": rounded(found.heterogeneity, 0),
        "interaction": rounded(found.interaction, 0),
    }


def _facts(cluster: Cluster, measured: MeasuredDay) -> list[Fact]:
    counts = measured.counts | {"year": measured.day.year}
    query = urlencode({"cluster": cluster.slug})
    matrix, network = (f"{reverse(name)}?{query}" for name in ("pages:matrix", "pages:network"))
    companies, institutions = (records_of(cluster, one) for one in (Figure.COMPANIES, Figure.INSTITUTIONS))

    def fact(
        label: str, figure: Figure, text: str, url: str, method: str, *, unit: str = "", **words
    ) -> Fact:
        value = measured.value(figure, public=True)
        if isinstance(value, Reason):
            return Fact(label, str(value.label), method=method)
        digits = f"{rounded(value, 0)} %" if unit else said(value, figure)
        return Fact(label, text % (counts | words), digits, url, method)

    parts = {
        name: said(measured.value(figure, public=True), figure)
        for name, figure in (
            ("all", Figure.VARIETY),
            ("between", Figure.UNRELATED_VARIETY),
            ("inside", Figure.RELATED_VARIETY),
            ("hhi", Figure.CONCENTRATION),
        )
    }
    return [
        fact(
            _("Heterogeneity"),
            Figure.HETEROGENEITY,
            _("of 1: %(filled)s of %(cells)s cells of the matrix are filled"),
            matrix,
            "heterogeneity",
        ),
        fact(
            _("Variety"),
            Figure.EFFECTIVE_CELLS,
            _(
                "equally filled cells would be as varied: %(all)s bit, %(between)s of them between the areas, "
                "%(inside)s inside them; concentration (HHI) %(hhi)s"
            ),
            matrix,
            "variety",
            **parts,
        ),
        fact(_("Interaction"), Figure.INTERACTION, _("relations a member"), network, "interaction"),
        fact(
            _("Across the layers"),
            Figure.EI_INDEX,
            _("E-I index, −1 to 1: %(external)s relations between layers, %(internal)s within one"),
            network,
            "ei-index",
        ),
        fact(
            _("Permeability"),
            Figure.PERMEABILITY,
            _("of the relations lead beyond the cluster: %(outer)s of %(ties)s"),
            network,
            "permeability",
            unit="%",
            ties=counts["inner"] + counts["outer"],
        ),
        fact(
            _("Absorptive capacity"),
            Figure.ABSORPTIVE_CAPACITY,
            _("of the companies have a relation to research: %(companies_with_research)s of %(companies)s"),
            network,
            "absorptive-capacity",
            unit="%",
        ),
        fact(_("Companies"), Figure.COMPANIES, _("of the members"), companies, "factors"),
        fact(_("Institutions"), Figure.INSTITUTIONS, _("of the members"), institutions, "factors"),
        # No list shows who joined or left in a year.
        fact(_("Joined"), Figure.JOINED, _("in %(year)s"), "", "movement"),
        fact(_("Left"), Figure.LEFT, _("in %(year)s"), "", "movement"),
    ]
