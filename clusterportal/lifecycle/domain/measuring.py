"""Measuring a cluster: all its figures of one day, and keeping them."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.contrib.postgres.aggregates import ArrayAgg
from django.db import transaction
from django.utils import timezone

from actors.domain.taxonomy import Taxonomy
from actors.models import Actor
from clusterportal.clusters.kept_figures import kept_figures
from clusterportal.clusters.models import Cluster
from clusterportal.core.disclosure import too_few
from clusterportal.core.indicator import Reason
from clusterportal.lifecycle.domain import interaction, movement
from clusterportal.lifecycle.domain.interaction import Interaction, interaction_figures
from clusterportal.lifecycle.domain.movement import movement_figures
from clusterportal.lifecycle.domain.variety import cells_of, variety_figures
from clusterportal.lifecycle.enums import Figure
from clusterportal.lifecycle.models import Measurement
from clusterportal.network.domain import measures
from clusterportal.network.domain.choice import GraphChoice
from clusterportal.network.domain.graph import network_of
from clusterportal.network.enums import Border

logger = logging.getLogger(__name__)

FORMULA_VERSION = 1  # raised whenever a formula changes: figures of two versions do not compare


@dataclass(frozen=True)
class MeasuredDay:
    """All figures of a cluster on a day: values or the reason why none, and what the public does not see of them.

    `counts` are the numbers of which they were made; the last two say what counted as a relation, among the members and
    with anybody.
    """

    day: date
    actors: int
    values: Mapping[Figure, float | Reason]
    kept_back: Mapping[Figure, Reason]
    counts: dict[str, int]
    network_inside: str
    network_touching: str

    def value(self, figure: Figure, *, public: bool) -> float | Reason:
        return self.kept_back.get(figure, self.values[figure]) if public else self.values[figure]


@kept_figures
def measure(cluster: Cluster, *, public: bool = True) -> MeasuredDay:
    """The figures of today; the network that they are of is shared with whatever else of the page is made of it.

    Members are those of today. `public`: published and cleared ones and what is public of their relations; else all.
    Placements and foci have no dates, so another day cannot be computed afterwards: it is kept when it is there.
    """
    day = timezone.localdate()
    choice = GraphChoice(as_of=day, cluster=cluster, public=public, border=Border.TOUCHING)
    network = network_of(choice)
    actors = Actor.objects.with_keys(network.actors.tolist()).order_by()
    ties = Interaction(network, dict(actors.values_list("kind").annotate(keys=ArrayAgg("pk"))))
    cells = cells_of(network.actors[network.is_inside].tolist(), Taxonomy())
    external, internal = measures.ties_of_groups(ties.among, ties.groups)
    external_pairs, internal_pairs = measures.pairs_of_groups(ties.groups)
    ever = network_of(replace(choice, as_of=None, ever=True))
    moves = movement_figures(ever.members, as_of=day)
    values = {**variety_figures(cells), **interaction_figures(ties), **moves}
    return MeasuredDay(
        day=day,
        actors=ties.members,
        values={figure: values[figure] for figure in Figure},
        kept_back=(
            dict.fromkeys(Figure, Reason.TOO_FEW)
            if too_few(ties.members)
            else interaction.kept_back(ties) | movement.kept_back(moves)
        ),
        counts={
            "namings": sum(cells.namings.values()),
            "filled": len(cells.namings),
            "cells": cells.cell_count,
            "inner": ties.inner,
            "outer": ties.outer,
            "external": external,
            "internal": internal,
            "external_pairs": external_pairs,
            "internal_pairs": internal_pairs,
            "companies": len(ties.companies),
            "companies_with_research": len(ties.companies_with_research),
        },
        network_inside=ties.among.description,
        network_touching=network.description,
    )


@transaction.atomic
def keep_measurement(*, cluster: Cluster) -> Measurement:
    """Measure the cluster now and keep it. Again on the same day replaces it, unless an assessment rests on it."""
    day = timezone.localdate()
    present = Measurement.objects.select_for_update().filter(cluster=cluster, measured_on=day).first()
    if present and present.assessments.exists():
        return present
    measured = measure(cluster)
    kept, _is_new = Measurement.objects.update_or_create(
        cluster=cluster,
        measured_on=measured.day,
        defaults={
            "actor_count": measured.actors,
            "figures": {figure.value: _entry(measured, figure) for figure in Figure},
            "counts": measured.counts,
            "formula_version": FORMULA_VERSION,
        },
    )
    return kept


def measure_all() -> int:
    """Keep a measurement of today of every published cluster, each in a transaction of its own; says how many.

    A cluster that fails is logged and does not stop the others.
    """
    count = 0
    for cluster in Cluster.objects.published().order_by("pk"):
        try:
            keep_measurement(cluster=cluster)
        except Exception:
            logger.exception("%s is not measured", cluster.slug)
        else:
            count += 1
    return count


def _entry(measured: MeasuredDay, figure: Figure) -> dict[str, float | str]:
    value = measured.values[figure]
    entry: dict[str, float | str] = {"reason": value.value} if isinstance(value, Reason) else {"value": value}
    hidden = measured.kept_back.get(figure)
    return entry | ({"hidden": hidden.value} if hidden else {})
