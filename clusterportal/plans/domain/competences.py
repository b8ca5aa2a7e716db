"""Step 1: which clusters of a plan have actors on which layer, in the areas of the plan. Published actors alone."""

from dataclasses import dataclass

from actors.domain.taxonomy import Taxonomy
from actors.facets.index_loading import current_index
from actors.facets.selection import Selection
from applications.models import ApplicationArea
from clusterportal.clusters.models import Cluster
from clusterportal.plans.models import ActionPlan
from layers.models import Layer


@dataclass(frozen=True)
class ClusterCompetence:
    """One cluster: actors by the slug of the layer, in all, and by layer and area."""

    cluster: Cluster
    layers: dict[str, int]
    total: int
    cells: dict[tuple[str, str], int]  # (layer, area) by slug -> actors; a missing pair is a gap

    def gaps(self, layers: list[Layer], areas: list[ApplicationArea]) -> list[tuple[Layer, ApplicationArea]]:
        """The pairs of layer and area without a member."""
        return [
            (layer, area) for area in areas for layer in layers if not self.cells.get((layer.slug, area.slug))
        ]


@dataclass(frozen=True)
class Competences:
    """The matrix of a plan: a row for each of its clusters. `total` counts every actor once."""

    layers: list[Layer]
    areas: list[ApplicationArea]
    rows: list[ClusterCompetence]
    total: int

    @property
    def covered(self) -> set[str]:
        """The layers, by slug, on which any of the clusters has an actor."""
        return {slug for row in self.rows for slug, count in row.layers.items() if count}


def competences(plan: ActionPlan, *, clusters: list[Cluster] | None = None) -> Competences:
    """Who stands where for the plan, of all its clusters or of `clusters`: the same actors that the directory finds.

    Without areas the plan is about nothing yet, and all is empty.
    """
    taxonomy = Taxonomy()
    carrying = plan.clusters if clusters is None else clusters
    wanted = {area.pk for area in plan.areas.all()}
    areas = [area for area in taxonomy.areas if area.pk in wanted]
    about = Selection(current_index(taxonomy.version)).having("area", [area.slug for area in areas])
    rows = [_row(cluster, about.having("cluster", [cluster.slug]), areas) for cluster in carrying]
    everybody = about.having("cluster", [cluster.slug for cluster in carrying])
    return Competences(taxonomy.layers, areas, rows, everybody.count())


def _row(cluster: Cluster, actors: Selection, areas: list[ApplicationArea]) -> ClusterCompetence:
    slugs = {area.slug for area in areas}
    crossed = actors.index.cross_counts("layer", "area", actors.mask)
    cells = {pair: count for pair, count in crossed.items() if pair[1] in slugs}
    return ClusterCompetence(cluster, actors.counts("layer"), actors.count(), cells)
