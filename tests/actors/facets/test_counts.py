"""Whatever is filtered, selection and facets are what plain questions to the database say."""

import random

import pytest
from django.db.models import Count, Q
from django.http import QueryDict

from actors.filters import ActorFilterSet
from actors.models import (
    Actor,
    ActorRelation,
    ActorTopic,
    ApplicationFocus,
    Identifier,
    LayerPlacement,
    Membership,
    Topic,
)
from tests.factories import make_actor, make_area, make_cluster

pytestmark = pytest.mark.django_db

CITIES = ["Leipzig", "Köln", "Bonn", ""]


def part_of(model, column: str, **narrowed):
    return lambda values: Q(
        pk__in=model.objects.filter(**{f"{column}__in": values}, **narrowed).values("actor")
    )


def related(kinds) -> Q:
    public = ActorRelation.objects.public().filter(kind__in=kinds)
    return Q(pk__in=public.values("source")) | Q(pk__in=public.values("target"))


DETAILS = {
    "website": ~Q(website=""),
    "coordinates": Q(latitude__isnull=False),
    "logo": ~Q(logo=""),
    "relations": related(["supply", "parent"]) | Q(pk=0),
}
# Each filter asked of the database in another way than the portal does, with values to choose from.
CONDITIONS = {
    "kind": (["company", "university", "association"], lambda values: Q(kind__in=values)),
    "layer": (["basic-research", "application-market"], part_of(LayerPlacement, "layer__slug")),
    "area": (["health", "logistics"], part_of(ApplicationFocus, "area__slug")),
    "cluster": (["it", "bio"], part_of(Membership, "cluster__slug", is_cleared=True)),
    "topic": (["heat", "light"], part_of(ActorTopic, "topic__slug")),
    "city": (CITIES[:3], lambda values: Q(city__in=values)),
    "postcode": (["04", "5"], lambda values: Q(postcode__regex=f"^({'|'.join(values)})")),
    "size": (["small", "large"], lambda values: Q(size__in=values)),
    "country": (["DE", "FR"], lambda values: Q(country__in=values)),
    "founded_min": (["1950"], lambda values: Q(founded__gte=1950)),
    "founded_max": (["1960"], lambda values: Q(founded__lte=1960)),
    "bbox": (["10,50,13,52"], lambda values: Q(longitude__range=(10, 13), latitude__range=(50, 52))),
    "identifier": (["ror:019hjw009"], part_of(Identifier, "value")),
    "relation": (["supply", "parent"], related),
    "q": (["Technik"], lambda values: Q(name__icontains="technik")),
    "has": (list(DETAILS), lambda values: None),
}  # fmt: skip


def condition(name: str, values: list[str]) -> Q:
    if name == "has":
        whole = Q()
        for value in values:
            whole &= related(["supply", "parent"]) if value == "relations" else DETAILS[value]
        return whole
    if name == "identifier":
        values = [value.partition(":")[2] for value in values]
    return CONDITIONS[name][1](values)


@pytest.fixture
def registry(chain):
    chance = random.Random(7)
    areas, clusters = [make_area("health"), make_area("logistics")], [make_cluster("it"), make_cluster("bio")]
    topics = [Topic.objects.create(slug=slug, name_de=slug) for slug in ("heat", "light")]
    actors = [
        make_actor(
            f"{chance.choice(['Technik', 'Verein'])} {number}",
            kind=chance.choice(["company", "university", "association"]),
            city=chance.choice(CITIES), size=chance.choice(["", "small", "large"]),
            country=chance.choice(["DE", "DE", "FR"]), founded=chance.choice([None, 1949, 1950, 1960]),
            postcode=chance.choice(["04103", "50667", ""]), website=chance.choice(["", "https://a.example/"]),
            state=chance.choice(["published", "published", "published", "draft"]),
            **chance.choice([{}, {"latitude": 51, "longitude": 12}, {"latitude": 48, "longitude": 2}]),
            layers=chance.sample([1, 2, 5], chance.randrange(3)), areas=chance.sample(areas, chance.randrange(3)),
            clusters=chance.sample(clusters, chance.randrange(3)),
        )
        for number in range(30)
    ]  # fmt: skip
    for topic in topics:
        ActorTopic.objects.bulk_create(ActorTopic(actor=one, topic=topic) for one in chance.sample(actors, 8))
    ends = [chance.sample(actors, 2) for _number in range(10)]
    ActorRelation.objects.bulk_create(
        [
            ActorRelation(source=one, target=other, kind=chance.choice(["supply", "parent"]))
            for one, other in ends
        ],
        ignore_conflicts=True,
    )
    Identifier.objects.create(actor=actors[0], scheme="ror", value="019hjw009")
    return chance


COUNTED = {
    "layer": "placements__layer__slug",
    "area": "foci__area__slug",
    "kind": "kind",
    "cluster": "memberships__cluster__slug",
    "city": "city",
    "size": "size",
    "topic": "topics__slug",
}


def counted(name: str, actors) -> dict[str, int]:
    rows = actors.order_by().values_list(COUNTED[name]).annotate(number=Count("pk", distinct=True))
    return {value: number for value, number in rows if value}


def test_of_random_filters(registry):
    chance, found = registry, set()
    for _turn in range(60):
        names = chance.sample(list(CONDITIONS), chance.randrange(4))
        asked = {
            name: chance.sample(CONDITIONS[name][0], chance.randrange(len(CONDITIONS[name][0])) + 1)
            for name in names
        }
        question = QueryDict(mutable=True)
        for name, values in asked.items():
            question.setlist(name, values)
        filterset = ActorFilterSet(question)
        if not filterset.is_valid():  # a topic on which no published actor works
            assert set(filterset.errors) == {"topic"}
            continue
        expected = Actor.objects.published()
        for name, values in asked.items():
            expected = expected.filter(condition(name, values))
        keys = sorted(expected.values_list("pk", flat=True))
        assert filterset.selection.keys.tolist() == keys, asked
        assert sorted(filterset.actors.values_list("pk", flat=True)) == keys, asked
        assert sorted(filterset.listing[:]) == keys, asked
        found.add(len(keys))
        for name, values in filterset.facets(COUNTED).items():
            others = Actor.objects.published()
            for other, chosen in asked.items():
                if other != name:
                    others = others.filter(condition(other, chosen))
            counts = {one.value: one.count for one in values if one.count}
            assert counts == counted(name, others), (asked, name)
    assert len(found) > 5  # the questions are neither all too narrow nor all too wide
