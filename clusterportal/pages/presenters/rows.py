"""Actors as rows of a list."""

from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Prefetch

from actors.domain.taxonomy import Taxonomy
from actors.models import Actor, ApplicationFocus, LayerPlacement
from applications.models import ApplicationArea
from clusterportal.core.languages import column_names

_SHOWN = ("slug", "name", "short_name", "kind", "city", *column_names("summary"))
_FRAGMENTS = column_names("description")


@dataclass(frozen=True)
class Row:
    """An actor, and what its row shows beside its own columns."""

    actor: Actor
    positions: list[int]  # of its layers
    areas: list[ApplicationArea]
    distance: float | None  # km from the place asked for


def narrow(actors, *, with_texts: bool = False):
    """`actors` for `as_rows`, in one query: what is shown and the keys of their layers and areas; descriptions too

    if `with_texts`.
    """
    keys = {"actor": OuterRef("pk")}
    return actors.only(*_SHOWN, *(_FRAGMENTS if with_texts else ())).annotate(
        layer_ids=ArraySubquery(LayerPlacement.objects.filter(**keys).order_by().values("layer_id")),
        area_ids=ArraySubquery(ApplicationFocus.objects.filter(**keys).order_by().values("area_id")),
    )


def as_rows(actors, taxonomy: Taxonomy) -> list[Row]:
    """Rows of `narrow` actors; areas out of use stay out of sight."""
    return [
        Row(
            actor,
            [layer.position for layer in taxonomy.layers if layer.pk in actor.layer_ids],
            [area for area in taxonomy.areas if area.pk in actor.area_ids],
            getattr(actor, "distance", None),
        )
        for actor in actors
    ]


def with_chain(actors):
    """`actors` with their layers and areas, in two further queries; areas out of use stay out of sight."""
    return actors.prefetch_related(
        Prefetch("placements", LayerPlacement.objects.select_related("layer").order_by("layer__position")),
        Prefetch(
            "foci",
            ApplicationFocus.objects.filter(area__is_active=True)
            .select_related("area")
            .order_by("area__position", "area__slug"),
        ),
    )
