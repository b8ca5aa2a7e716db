"""Integrity of what is stored: what the database cannot refuse by itself, found in bounded queries."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from actors.domain.completeness import complete_condition
from actors.domain.freshness import stale
from actors.models import Actor, ActorRelation, Membership, Topic
from actors.models.actor import PLACE
from actors.validators import place_problems
from clusterportal.core.countries import country_codes
from clusterportal.core.functions import Spelling
from clusterportal.core.languages import column_names
from layers.models import LAYER_COUNT, Layer

MOST_SHOWN = 20  # records named by one finding; the number of all is always given


@dataclass(frozen=True)
class IntegrityFinding:
    """`is_error` breaks a promise of the registry; the others are work for the curators.

    Whoever publishes an actor is told the same: `actors.domain.completeness`.
    """

    is_error: bool
    text: str
    count: int
    examples: list[str]


_further: list[Callable[[], Iterator[IntegrityFinding]]] = []


def also_find(look: Callable[[], Iterator[IntegrityFinding]]) -> None:
    """Let a room above look after its own records too; called in its `ready()`."""
    _further.append(look)


def findings() -> Iterator[IntegrityFinding]:
    """All findings, errors first; nothing is yielded for what is well."""
    layers = Layer.objects.count()
    if layers != LAYER_COUNT:
        yield IntegrityFinding(True, f"the model has {LAYER_COUNT} layers, stored are", layers, [])
    published = Actor.objects.published()
    yield from found(True, "published actors stand on no layer", published.without_layer())
    yield from found(True, "published actors have no summary", published.without_summary())
    yield from found(
        True,
        "published clusters are managed by an actor that is not published",
        Membership.objects.public().filter(kind="management").exclude(actor__in=published),
    )
    hidden_end = ~Q(source__in=published) | ~Q(target__in=published)
    yield from found(
        False, "relations have an end that nobody sees", ActorRelation.objects.filter(hidden_end)
    )
    yield from found(
        False, "actors have a country that does not exist", Actor.objects.exclude(country__in=country_codes())
    )
    yield from found(
        False,
        "actors have a postcode or a point that is not of their country",
        Actor.objects.filter(pk__in=_misplaced()),
    )
    yield from found(False, "topics are called as another one is", _called_alike(Topic.objects.all()))
    yield from found(False, "published actors are incomplete", published.filter(~Q(complete_condition())))
    yield from found(False, "published actors were not verified within 12 months", published.filter(stale()))
    for look in _further:
        yield from look()


def _called_alike(topics):
    """Topics whose name in the first language is another one's, however it is spelt."""
    spelt = topics.annotate(spelt=Spelling(column_names("name")[0]))
    return spelt.filter(Exists(spelt.filter(spelt=OuterRef("spelt")).exclude(pk=OuterRef("pk"))))


def _misplaced() -> list[int]:
    rows = Actor.objects.exclude(postcode="", latitude=None).values("pk", *PLACE)
    return [row.pop("pk") for row in rows.iterator() if place_problems(**{name: row[name] for name in PLACE})]


def found(is_error: bool, text: str, records) -> Iterator[IntegrityFinding]:
    """A finding where there are records; two queries at most."""
    count = records.count()
    if count:
        yield IntegrityFinding(is_error, text, count, [str(one) for one in records[:MOST_SHOWN]])
