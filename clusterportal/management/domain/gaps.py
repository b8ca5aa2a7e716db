"""Empty cells of a cluster's matrix, and who stands there elsewhere in the registry."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from actors.domain.taxonomy import Taxonomy
from actors.facets.index_loading import current_index
from actors.models import Actor
from clusterportal.clusters.agenda import MOST_GAPS, AgendaKind, AgendaLine
from clusterportal.clusters.models import Cluster

NAMED = 3  # actors that a line names


@dataclass(frozen=True)
class GapLine(AgendaLine):
    """A gap with its layer, which is drawn beside it."""

    position: int = 0


class Gaps(NamedTuple):
    """How many cells are empty, how many of those somebody elsewhere could fill, and a line for each of the first."""

    open_count: int
    fillable_count: int
    lines: list[AgendaLine]


def gaps_of(cluster: Cluster) -> Gaps:
    """Gaps in the areas where the cluster has somebody: one query besides the kept index."""
    taxonomy = Taxonomy()
    index = current_index(taxonomy.version)
    members = index.having("cluster", [cluster.slug])
    here = index.cross_counts("layer", "area", members)
    elsewhere = index.cross_counts("layer", "area", ~members)
    own_areas = index.counts("area", members)
    open_cells = [
        (layer, area)
        for area in taxonomy.areas
        for layer in taxonomy.layers
        if area.slug in own_areas and not here.get((layer.slug, area.slug))
    ]
    fillable = [cell for cell in open_cells if elsewhere.get((cell[0].slug, cell[1].slug))]
    found = {
        (layer, area): index.keys[
            ~members & index.having("layer", [layer.slug]) & index.having("area", [area.slug])
        ]
        for layer, area in fillable[:MOST_GAPS]
    }
    names = _names([keys[:NAMED] for keys in found.values()])
    lines: list[AgendaLine] = [
        GapLine(
            AgendaKind.GAP,
            _("%(area)s, layer %(layer)s") % {"area": area, "layer": layer.position},
            _who([names[key] for key in keys[:NAMED].tolist() if key in names], len(keys)),
            _("Fill the gap"),
            f"{reverse('admin:actors_actor_gap')}?{urlencode({'layer': layer.slug, 'area': area.slug})}",
            position=layer.position,
        )
        for (layer, area), keys in found.items()
    ]
    return Gaps(len(open_cells), len(fillable), lines)


def _names(keys: list[np.ndarray]) -> dict[int, str]:
    wanted = np.concatenate(keys).tolist() if keys else []
    actors = Actor.objects.published().with_keys(wanted).only("name", "short_name") if wanted else []
    return {actor.pk: str(actor) for actor in actors}


def _who(names: list[str], count: int) -> str:
    """Who stands in the cell; the first by their names, the others by their number."""
    text = (
        _("There stand: %(names)s and %(more)s more") if count > len(names) else _("There stand: %(names)s")
    )
    return text % {"names": ", ".join(names), "more": count - len(names)}
