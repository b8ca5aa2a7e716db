"""Actors as rows of a list, page by page."""

from dataclasses import dataclass, field

from django.contrib.postgres.expressions import ArraySubquery
from django.core.paginator import InvalidPage, Page, Paginator
from django.db.models import OuterRef

from actors.domain.taxonomy import Taxonomy
from actors.facets.index import FacetIndex
from actors.landscape.region import outside
from actors.models import Actor, ApplicationFocus, LayerPlacement
from actors.search.reasons import PARTS
from applications.models import ApplicationArea
from clusterportal.core.languages import column_names
from clusterportal.pages.presenters.accuracy import in_short
from layers.models import Layer

PER_PAGE = 25
_SHOWN = (
    "slug",
    "name",
    "short_name",
    "kind",
    "city",
    "country",
    "latitude",
    "location_accuracy",
    *column_names("summary"),
)
_SEARCHED = (*column_names("description"), "postcode", "state_name")


@dataclass(frozen=True)
class ActorRow:
    """An actor with what its row shows in addition to its own columns."""

    actor: Actor
    layers: list[Layer]
    areas: list[ApplicationArea]
    distance: float | None  # km from the place asked for
    is_outside: bool = False  # of the region; where the page holds others too
    # By area, where a search may have found them.
    area_synonyms: dict[int, list] = field(default_factory=dict)

    @property
    def positions(self) -> list[int]:
        return [layer.position for layer in self.layers]

    @property
    def accuracy(self):
        """What the distance leads to, where it is not the building."""
        return in_short(self.actor.location_accuracy)


def narrow(actors, *, is_found: bool = False, also: tuple[str, ...] = ()):
    """`actors` with what `as_rows` needs, in one query: the columns shown and the keys of layers and areas.

    `is_found`: also all texts in which a search may have found them, in three more queries; `also`: further columns.
    """
    keys = {"actor": OuterRef("pk")}
    if is_found:
        actors = actors.prefetch_related(*PARTS)
    shown = actors.only(*_SHOWN, *also, *(_SEARCHED if is_found else ())).with_translated_name()
    return shown.annotate(
        layer_ids=ArraySubquery(LayerPlacement.objects.filter(**keys).order_by().values("layer_id")),
        area_ids=ArraySubquery(ApplicationFocus.objects.filter(**keys).order_by().values("area_id")),
    )


def as_rows(
    actors, taxonomy: Taxonomy, index: FacetIndex | None = None, *, is_found: bool = False
) -> list[ActorRow]:
    """Rows of actors that were read by `narrow`, with the same `is_found`; inactive areas are left out.

    With the facet index they say who is outside the region; pages of the region alone need not ask.
    """
    actors = list(actors)
    beyond = outside(index, taxonomy, [actor.pk for actor in actors]) if index else set()
    synonyms = taxonomy.area_synonyms if is_found else {}
    layers = [(layer.pk, layer) for layer in taxonomy.layers]
    areas = [(area.pk, area) for area in taxonomy.areas]
    return [
        ActorRow(
            actor,
            [layer for key, layer in layers if key in actor.layer_ids],
            [area for key, area in areas if key in actor.area_ids],
            getattr(actor, "distance", None),
            actor.pk in beyond,
            synonyms,
        )
        for actor in actors
    ]


def page_of(
    items, number: str | None, *, per_page: int = PER_PAGE, count: int | None = None
) -> tuple[Page, bool]:
    """The page `number` and True, or the last page and False if there is no such page. `count`, if known already."""
    paginator = Paginator(items, per_page)
    if count is not None:
        paginator.count = count
    try:
        return paginator.page(number or 1), True
    except InvalidPage:
        return paginator.page(paginator.num_pages), False


def page_numbers(page: Page) -> list[int | None]:
    """Page numbers to offer, with the first and the last; None stands for a gap."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return [number if isinstance(number, int) else None for number in numbers]
