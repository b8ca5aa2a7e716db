"""One FilterSet for every face: each filter, its facets, its words about bad values."""

import pytest
from django.http import QueryDict

from actors.domain.taxonomy import Taxonomy
from actors.facets.index_loading import current_index
from actors.facets.selection import Selection
from actors.filters import FACETS, ActorFilterSet
from actors.landscape.matrix import matrix
from actors.models import Actor, ActorRelation, ActorTopic, FormerUid, Identifier, Topic
from tests.factories import make_actor, make_area, make_cluster

pytestmark = pytest.mark.django_db
UID, MERGED = "6f9619ff-8b86-4d01-b42d-00c04fc964ff", "7d444840-9dc0-41d1-b245-5ffdce74fad2"


def filterset(query: str) -> ActorFilterSet:
    return ActorFilterSet(QueryDict(query))


def slugs(query: str) -> list[str]:
    chosen = filterset(query)
    assert chosen.is_valid(), chosen.errors
    return [actor.slug for actor in Actor.objects.listed(chosen.listing[:])]


@pytest.fixture
def region(chain):
    health, logistics, old = make_area("health"), make_area("logistics"), make_area("old", is_active=False)
    it, hidden = make_cluster("it"), make_cluster("hidden", state="draft")
    a = make_actor(
        "Alpha", layers=[1, 2], areas=[health], clusters=[it], kind="university", city="Kaiserslautern", size="large",
        postcode="67663", state_name="Rheinland-Pfalz", founded=1970, latitude=49.44, longitude=7.77,
    )  # fmt: skip
    b = make_actor(
        "Beta", layers=[2], areas=[health, logistics], clusters=[it, hidden], kind="company", city="Leipzig",
        postcode="04103", state_name="Sachsen", founded=2001, website="https://b.example",
        latitude=51.34, longitude=12.37,
    )  # fmt: skip
    FormerUid.objects.create(uid=MERGED, actor=a)
    c = make_actor(
        "Gamma", uid=UID, layers=[5], areas=[logistics, old], kind="company", city="Leipzig", postcode="04109"
    )
    draft = make_actor("Delta", state="draft", layers=[2], areas=[health], clusters=[it], kind="company")
    topic = Topic.objects.create(slug="optics", name_de="Optik", name_en="Optics")
    ActorTopic.objects.create(actor=a, topic=topic)
    ActorTopic.objects.create(actor=draft, topic=topic)
    Identifier.objects.create(actor=b, scheme="ror", value="019hjw009")
    ActorRelation.objects.create(source=a, target=b, kind="spin_off")
    ActorRelation.objects.create(source=c, target=draft, kind="research")
    return {"a": a, "b": b, "c": c}


@pytest.mark.parametrize(
    ("query", "answer"),
    [
        ("", ["alpha", "beta", "gamma"]),
        ("layer=basic-research", ["alpha"]),
        ("layer=basic-research&layer=application-market", ["alpha", "gamma"]),
        ("layer=basic-research,application-market", ["alpha", "gamma"]),
        ("layer=applied-research&area=logistics", ["beta"]),
        ("cluster=it", ["alpha", "beta"]),
        ("region=inside", ["alpha", "beta", "gamma"]),
        ("region=outside", []),
        ("region=inside&region=outside&kind=company", ["beta", "gamma"]),
        ("kind=company", ["beta", "gamma"]),
        ("topic=optics", ["alpha"]),
        ("city=Leipzig&kind=company&founded_min=2000", ["beta"]),
        ("founded_max=1999", ["alpha"]),
        ("postcode=04", ["beta", "gamma"]),
        ("state=Sachsen", ["beta"]),
        ("country=DE", ["alpha", "beta", "gamma"]),
        ("country=FR", []),
        ("size=large", ["alpha"]),
        ("near=49.4,7.7", ["alpha"]),
        ("near=49.4,7.7&radius=500&ordering=distance", ["alpha", "beta"]),
        ("bbox=12,51,13,52", ["beta"]),
        ("identifier=ror:https://ror.org/019hjw009", ["beta"]),
        (f"uid={UID.upper()}&uid={MERGED}", ["alpha", "gamma"]),
        ("relation=spin_off", ["alpha", "beta"]),
        ("relation=research", []),  # its other end is a draft
        ("has=relations", ["alpha", "beta"]),
        ("has=website", ["beta"]),
        ("has=coordinates&has=website", ["beta"]),
        ("updated_since=2000-01-01T00:00:00Z", ["alpha", "beta", "gamma"]),
        ("updated_since=2999-01-01", []),
        ("ordering=-name", ["gamma", "beta", "alpha"]),
        ("ordering=layer", ["alpha", "beta", "gamma"]),
        ("q=gama", ["gamma"]),
    ],
)
def test_filter(region, query, answer):
    assert slugs(query) == answer


@pytest.mark.parametrize(
    ("query", "field", "words"),
    [
        ("layer=roof", "layer", "basic-research, applied-research"),
        ("cluster=hidden", "cluster", "it"),
        ("kind=club", "kind", "company, startup"),
        ("near=here", "near", "49.44,7.77"),
        ("near=nan,nan", "near", "49.44,7.77"),
        ("near=91,0", "near", "49.44,7.77"),
        ("bbox=1,2,3", "bbox", "7.5,49.3,8.0,49.6"),
        ("identifier=019hjw009", "identifier", "ror:019hjw009"),
        ("identifier=ror:019hjw000", "identifier", "019hjw009"),
        ("uid=alpha", "uid", "00000000-0000-4000-8000-000000000000"),
        ("updated_since=yesterday", "updated_since", "2026-01-31"),
        ("ordering=distance", "ordering", "near"),
        ("founded_min=early", "founded_min", ""),
        ("q=%00", "q", ""),
    ],
)
def test_a_bad_value_is_named_with_a_good_one(region, query, field, words):
    chosen = filterset(query)
    assert not chosen.is_valid()
    assert list(chosen.errors) == [field]
    assert words in chosen.errors[field][0]


def test_each_facet_leaves_out_its_own_filter(region):
    chosen = filterset("layer=applied-research&kind=company")
    assert chosen.is_valid()
    counted = {
        name: [(one.value, one.count) for one in values] for name, values in chosen.facets(FACETS).items()
    }
    assert counted == {
        "layer": [("applied-research", 1), ("application-market", 1)],
        "area": [("health", 1), ("logistics", 1)],
        "kind": [("university", 1), ("company", 1)],  # of the same count: Hochschule before Unternehmen
        "cluster": [("it", 1)],
        "city": [("Leipzig", 1)],
        "size": [],
        "topic": [],
    }


def test_all_facets_are_two_queries(region, django_assert_num_queries):
    chosen = filterset("")
    assert chosen.is_valid()
    assert chosen.taxonomy.layers and chosen.taxonomy.areas and chosen.taxonomy.clusters
    with django_assert_num_queries(2):  # public roll, names of topics
        chosen.facets(FACETS)


def test_every_cell_is_the_filtered_directory(region):
    whole = matrix(Selection(current_index()), Taxonomy())
    for layer in whole.layers:
        for area in whole.areas:
            assert whole.count(layer, area) == len(slugs(f"layer={layer.slug}&area={area.slug}"))
    assert whole.total == 3
    assert [whole.layer_totals.get(layer.slug, 0) for layer in whole.layers] == [1, 2, 0, 0, 1]
    assert {area.slug: whole.area_totals[area.slug] for area in whole.areas} == {"health": 2, "logistics": 2}
    assert [(area.slug, [layer.position for layer in gaps]) for area, gaps in whole.empty_cells()] == [
        ("health", [3, 4, 5]),
        ("logistics", [1, 3, 4]),
    ]


def test_of_the_region_are_members_and_who_sits_in_their_towns(chain):
    cluster, hidden = make_cluster("it"), make_cluster("hidden", state="draft")
    make_actor("Mitglied", clusters=[cluster], city="Leipzig")
    make_actor("Ohne Ort", clusters=[cluster], city="")
    make_actor("Nachbar", city="Leipzig")
    make_actor("Fern", city="Bonn")
    make_actor("Auch ohne Ort", city="")
    make_actor("Verborgen", clusters=[hidden], city="Halle")
    make_actor("Entwurf", clusters=[cluster], city="Bonn", state="draft")
    sides = {"inside": ["mitglied", "nachbar", "ohne-ort"], "outside": ["auch-ohne-ort", "fern", "verborgen"]}
    for side, expected in sides.items():
        chosen = filterset(f"region={side}")
        assert chosen.is_valid()
        assert sorted(actor.slug for actor in chosen.actors) == expected
        assert chosen.selection.count() == len(expected)
    Actor.objects.filter(name="Mitglied").update(city="Bonn")
    assert slugs("region=inside") == ["fern", "mitglied", "ohne-ort"]


def test_without_a_member_everybody_is_of_the_region(chain):
    make_cluster()
    make_actor("Wer")
    assert (slugs("region=inside"), slugs("region=outside")) == (["wer"], [])
