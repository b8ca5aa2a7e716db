"""Who could fill gaps: published actors, those that share most areas of the plan first, then by name."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db.models import Count, Exists, F, OuterRef, QuerySet, Subquery, Window
from django.db.models.functions import Coalesce, RowNumber

from actors.models import ApplicationFocus, LayerPlacement, Membership
from applications.models import ApplicationArea
from clusterportal.clusters.models import Cluster
from clusterportal.core.publication import is_published
from layers.models import Layer

Cell = tuple[int, int]  # keys of a layer and an area


def outside(
    cluster: Cluster, cells: Iterable[tuple[Layer, ApplicationArea]], areas: Collection[int], *, most: int
) -> dict[Cell, list[tuple[int, int]]]:
    """By cell at most `most` actors (key, shared areas) of no membership in the cluster that stand there; one query."""
    wanted = {(layer.pk, area.pk) for layer, area in cells}
    if not wanted:
        return {}
    placements = (
        _placements({layer for layer, _area in wanted}, areas)
        .filter(actor__foci__area__in={area for _layer, area in wanted})
        .exclude(Exists(Membership.objects.filter(actor=OuterRef("actor"), cluster=cluster)))
        .annotate(area=F("actor__foci__area"))
    )
    found: dict[Cell, list] = defaultdict(list)
    ranked = _ranked(placements, ["layer", "actor__foci__area"], most)
    for layer, area, actor, shared in ranked.values_list("layer", "area", "actor", "shared"):
        if (layer, area) in wanted:
            found[layer, area].append((actor, shared))
    return found


def inside(
    cluster: Cluster, layers: Collection[int], areas: Collection[int], *, most: int
) -> dict[int, list[tuple[int, int]]]:
    """By layer at most `most` members (key, shared areas) that work in areas of the plan; one query."""
    members = Membership.objects.public().filter(actor=OuterRef("actor"), cluster=cluster)
    placements = _placements(layers, areas).filter(Exists(members), shared__gt=0)
    found: dict[int, list] = defaultdict(list)
    for layer, actor, shared in _ranked(placements, ["layer"], most).values_list("layer", "actor", "shared"):
        found[layer].append((actor, shared))
    return found


def _placements(layers: Collection[int], areas: Collection[int]) -> QuerySet:
    """Placements of published actors, with how many of the areas of the plan their actors `shared`."""
    foci = ApplicationFocus.objects.filter(actor=OuterRef("actor"), area__in=areas).order_by()
    counted = foci.values("actor").annotate(number=Count("pk")).values("number")
    return (
        LayerPlacement.objects.order_by()
        .filter(is_published("actor"), layer__in=layers)
        .annotate(shared=Coalesce(Subquery(counted), 0))
    )


def _ranked(placements: QuerySet, by: list[str], most: int) -> QuerySet:
    rank = Window(RowNumber(), partition_by=by, order_by=[F("shared").desc(), "actor__sort_key", "actor"])
    return placements.annotate(rank=rank).filter(rank__lte=most).order_by("rank")
