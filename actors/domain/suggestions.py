"""Typeahead: what a few letters may mean, over actors, areas, layers, topics and places."""

from dataclasses import dataclass

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import (
    Case,
    CharField,
    Exists,
    F,
    FloatField,
    IntegerField,
    OuterRef,
    Q,
    Value,
    When,
)
from django.db.models.functions import Cast, Concat

from actors.models import Actor, ActorAlias, ActorTopic, Topic
from applications.models import ApplicationArea
from clusterportal.core.functions import Fold
from clusterportal.core.languages import LANGUAGE_CODES, column_names
from layers.models import Layer

LIMIT = 10
LITTLE = 3
LIMIT_OF_WORDS = 3  # of areas, layers, topics and places each, so that actors keep their room
SIMILAR_ENOUGH = 0.4  # word similarity (pg_trgm): two wrong letters in a word of ten, one in a word of six
KINDS = (
    "layer",
    "area",
    "topic",
    "place",
    "actor",
)  # among equally good answers the shorter lists come first


@dataclass(frozen=True)
class Suggestion:
    kind: str
    value: str  # slug, or the name of a place
    labels: dict[str, str]  # by language; actors and places have the same name in each
    rank: int  # 0 begins with the text, 1 a word does, 2 holds it, 3 resembles it
    similarity: float

    @property
    def is_proper_name(self) -> bool:
        return self.kind in ("actor", "place")


def suggestions(text: str) -> list[Suggestion]:
    """At most ten answers, the best first: what holds the text; where that is little, what resembles it."""
    text = " ".join(text.split())
    if not text:
        return []
    folded = Fold(Value(text))
    found = _found([part.filter(_holds(folded)) for part in _parts(folded)])
    if len(found) < LITTLE:  # likeness is measured name by name, so it is asked for only when it is needed
        found = _found([part.filter(similarity__gte=SIMILAR_ENOUGH) for part in _parts(folded)]) | found
    return sorted(found.values(), key=_order)[:LIMIT]


def _order(one: Suggestion) -> tuple:
    label = one.labels[LANGUAGE_CODES[0]]
    return (one.rank, -round(one.similarity, 2) if one.rank == 3 else 0, KINDS.index(one.kind), label)


def _found(parts) -> dict[tuple[str, str], Suggestion]:
    """The best answer of each kind and value; an actor may be found by its name and by an alias."""
    names = [f"label_{code}" for code in LANGUAGE_CODES]
    columns = ["kind_of", "code", *names, "rank", "similarity"]
    rows = [
        part.order_by("rank", "-similarity", "code").values_list(*columns)[:limit]
        for part, limit in zip(parts, _LIMITS, strict=True)
    ]
    found = [
        Suggestion(kind, code, dict(zip(LANGUAGE_CODES, labels, strict=True)), rank, similarity)
        for kind, code, *labels, rank, similarity in rows[0].union(*rows[1:], all=True)
    ]
    return {(one.kind, one.value): one for one in sorted(found, key=_order, reverse=True)}


_LIMITS = (LIMIT, LIMIT, LIMIT_OF_WORDS, LIMIT_OF_WORDS, LIMIT_OF_WORDS, LIMIT_OF_WORDS)


def _parts(folded) -> list:
    """Actors by name and by alias, areas, layers, topics and places, all with the same columns."""
    public = Actor.objects.published()
    aliases = ActorAlias.objects.filter(actor__in=public.values("pk"))
    in_use = Exists(ActorTopic.objects.filter(topic=OuterRef("pk"), actor__in=public.values("pk")))
    # One actor stands for its city, so that each name is compared once.
    one_each = public.exclude(city="").order_by("city", "pk").distinct("city")
    places = Actor.objects.filter(pk__in=one_each.values("pk"))
    return [
        _part("actor", public, "slug", [_full_name()], folded, [F("sort_key"), F("name_key")]),
        _part("actor", aliases, "actor__slug", [_full_name("actor__")], folded, [F("key")]),
        _part("area", ApplicationArea.objects.active(), "slug", _names(), folded, [_key()]),
        _part("layer", Layer.objects.all(), "slug", _names(), folded, [_key()]),
        _part("topic", Topic.objects.filter(in_use), "slug", _names(), folded, [F("key")]),
        _part("place", places, "city", [F("city")], folded, [Fold(F("city"))]),
    ]


def _full_name(path: str = "") -> Case:
    """Name, and the short name in brackets where it is another."""
    name, short = F(f"{path}name"), F(f"{path}short_name")
    return Case(
        When(Q(**{f"{path}short_name": ""}) | Q(**{f"{path}short_name": name}), then=name),
        default=Concat(name, Value(" ("), short, Value(")"), output_field=CharField()),
        output_field=CharField(),
    )


def _names() -> list:
    """The name in each language, falling back to the first that has one."""
    first = column_names("name")[0]
    return [Case(When(**{column: ""}, then=F(first)), default=F(column)) for column in column_names("name")]


def _key():
    names = [part for column in column_names("name") for part in (Value(" "), F(column))]
    return Fold(Concat(*names, output_field=CharField()))


def _part(kind: str, queryset, code: str, labels: list, folded, keys: list):
    """`queryset` annotated with what a suggestion needs; `keys` are the folded names that are searched."""
    labels = labels * len(LANGUAGE_CODES) if len(labels) == 1 else labels
    text = CharField()
    searched = Concat(*[part for key in keys for part in (Value(" "), key)], output_field=text)
    return (
        queryset.order_by()
        .annotate(searched=searched)
        .annotate(
            kind_of=Value(kind, text),
            code=Cast(F(code), text),
            **{
                f"label_{language}": Cast(label, text)
                for language, label in zip(LANGUAGE_CODES, labels, strict=True)
            },
            rank=Case(
                When(Q(searched__startswith=Concat(Value(" "), folded, output_field=text)), then=0),
                When(Q(searched__startswith=Concat(Value("  "), folded, output_field=text)), then=0),
                When(Q(searched__contains=Concat(Value(" "), folded, output_field=text)), then=1),
                When(_holds(folded), then=2),
                default=3,
                output_field=IntegerField(),
            ),
            similarity=Cast(TrigramWordSimilarity(folded, F("searched")), FloatField()),
        )
    )


def _holds(folded) -> Q:
    return Q(searched__contains=folded)
