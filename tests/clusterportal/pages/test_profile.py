"""One actor: what the world sees, and what it must not see."""

import json
import re
from datetime import date

import pytest
from django.urls import reverse
from django.utils.translation import override

from actors.domain.taxonomy import Taxonomy
from actors.facets.index_loading import current_index
from actors.landscape.neighbours import complementary, similar
from actors.models import Actor, ActorRelation, ActorTopic, ContactPerson, Identifier, Service, Topic
from clusterportal.pages.presenters.profile_relations import MOST_ROWS
from tests.factories import make_actor, make_area, make_chain, make_cluster
from tests.markup import markup_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client):
    def get(slug):
        with override("en"):
            return client.get(reverse("actors:actor-detail", args=[getattr(slug, "slug", slug)]))

    return get


def _linked(response) -> dict:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', markup_of(response), re.S)
    return json.loads(found[1])


# ---------- which address answers what ----------
def test_an_old_address_leads_on_for_ever(page):
    actor = make_actor("Alt")
    Actor.objects.filter(pk=actor.pk).update(slug="neu")
    response = page("alt")
    assert (response.status_code, response["Location"]) == (301, "/en/actors/neu/")


def test_a_withdrawn_actor_is_gone_under_all_its_addresses(page):
    actor = make_actor("Weg GmbH", slug="alt")
    Actor.objects.filter(pk=actor.pk).update(slug="weg", state="archived")
    for slug in ("weg", "alt"):
        response = page(slug)
        assert response.status_code == 410
        assert "Weg GmbH" not in response.content.decode()


def test_drafts_and_unknown_addresses_are_not_there(page):
    actor = make_actor("Entwurf", state="draft", slug="alt")
    Actor.objects.filter(pk=actor.pk).update(slug="entwurf")
    assert [page(slug).status_code for slug in ("entwurf", "alt", "nie")] == [404, 404, 404]


# ---------- what it shows ----------
def test_layers_are_shown_with_their_ground(page, chain):
    actor = make_actor(layers=[2])
    actor.placements.update(basis="both", note_de="Weil es so ist.")
    stair = re.search(r'<ol role="list" class="stair">.*?</ol>', markup_of(page(actor)), re.S)[0]
    assert re.findall(r'<li class="([^"]*)">', stair) == ["l1 off", "l2", "l3 off", "l4 off", "l5 off"]
    assert '<b>Topic and service</b> <span lang="de">Weil es so ist.</span>' in stair


def test_what_is_not_known_is_said(page, chain):
    text = markup_of(page(make_actor(city="", kind="company")))
    for words in (
        "No description recorded.", "Address not recorded", "No coordinates recorded.", "none published",
    ):  # fmt: skip
        assert words in text
    assert "Visit website" not in text and "mailto:" not in text.split("</main>")[0].split('id="share"')[0]


def test_only_persons_with_consent_are_named(page):
    actor = make_actor()
    ContactPerson.objects.create(
        actor=actor, name="Ja Sagerin", email="ja@example.org", consent_on=date(2026, 1, 1)
    )
    ContactPerson.objects.create(actor=actor, name="Nein Sager", email="nein@example.org")
    text = page(actor).content.decode()
    assert "Ja Sagerin" in text and "ja@example.org" in text
    assert "Nein Sager" not in text and "nein@example.org" not in text


@pytest.mark.parametrize(
    ("written", "link"),
    [
        ("+496312050", '<a href="tel:+496312050">+496312050</a>'),
        ("0631 205-0 ext. 12", '<a href="tel:+496312050;ext=12">0631 205-0 ext. 12</a>'),
        ("0631 2050-2051", "<li>0631 2050-2051"),
    ],
)
def test_numbers_that_can_be_called_are_links(page, written, link):
    actor = make_actor(phone=written)
    ContactPerson.objects.create(actor=actor, name="Ja", phone=written, consent_on=date(2026, 1, 1))
    text = markup_of(page(actor))
    assert link in text and text.count("tel:") == 2 * link.count("tel:")


def test_relations_say_their_direction_and_their_evidence(page, chain):
    actor, parent, part = make_actor("Mitte"), make_actor("Träger"), make_actor("Teil", layers=[3])
    hidden = make_actor("Geheim GmbH", state="draft")
    evidence = "https://www.example.org/beleg"
    ActorRelation.objects.create(source=parent, target=actor, kind="parent", since=1999, evidence=evidence)
    ActorRelation.objects.create(source=actor, target=part, kind="spin_off")
    ActorRelation.objects.create(source=actor, target=hidden, kind="supply")
    text = markup_of(page(actor))
    rows = re.findall(
        r"<tr role=\"row\"><td[^>]*>(.*?)</td><th scope=\"row\" role=\"rowheader\"><a href=\"(.*?)\"[^>]*>(.*?)</a>",
        text,
    )
    assert rows == [
        ("Parent body, part of", "/en/actors/traeger/", "Träger"),
        ("Spin-off, origin of", "/en/actors/teil/", "Teil"),
    ]
    assert f'<a href="{evidence}" rel="noopener">example.org</a>' in text
    assert "1999" in text
    assert "Geheim" not in text


def test_many_relations_are_cut_with_a_word(page, django_assert_max_num_queries):
    hub = make_actor("Nabe")
    others = [make_actor(f"Speiche {number}") for number in range(MOST_ROWS + 2)]
    ActorRelation.objects.bulk_create(
        ActorRelation(source=hub, target=other, kind="cooperation") for other in others
    )
    with django_assert_max_num_queries(22):
        text = markup_of(page(hub))
    assert text.count('<th scope="row"') == MOST_ROWS
    assert "and 30 more, not drawn" in text
    assert "2 more relations stand in the" in text


def test_similar_and_complementary_actors(chain):
    areas = [make_area(slug) for slug in ("logistics", "health-medtech")]
    actor = make_actor("Mitte", layers=[2], areas=areas)
    make_actor("Gleich", layers=[2], areas=areas)
    make_actor("Halb gleich", layers=[2], areas=areas[:1])
    make_actor("Danach", layers=[3], areas=areas[:1])
    make_actor("Davor und danach", layers=[1, 3], areas=areas[:1])
    make_actor("Fern", layers=[5], areas=areas)
    make_actor("Fremd", layers=[2], areas=[make_area("energy")])
    make_actor("Entwurf", layers=[2, 3], areas=areas, state="draft")
    make_actor("Beides", layers=[2, 3], areas=[areas[1]])
    alike = similar(actor, current_index(), Taxonomy())
    others = complementary(actor, current_index(), Taxonomy(), without=alike)
    assert [str(one) for one in Actor.objects.listed(alike)] == ["Gleich", "Beides", "Halb gleich"]
    assert [str(one) for one in Actor.objects.listed(others)] == ["Davor und danach", "Danach"]


def test_nobody_outside_the_region_is_suggested(chain):
    area = make_area()
    actor = make_actor(layers=[2], areas=[area], clusters=[make_cluster()])
    for layer in (2, 3):
        make_actor(layers=[layer], areas=[area], city="Berlin")
    assert (
        similar(actor, current_index(), Taxonomy()) == complementary(actor, current_index(), Taxonomy()) == []
    )


def test_a_map_is_offered_and_not_fetched(page):
    text = markup_of(page(make_actor(latitude=49.44, longitude=7.77)))
    assert 'data-latitude="49.44" data-longitude="7.77"' in text
    assert "tile.openstreetmap" not in text


def test_a_logo_whose_file_is_lost_does_not_take_the_page_with_it(page):
    response = page(make_actor(logo="logos/lost.png"))
    assert response.status_code == 200
    assert 'class="logo"' not in markup_of(response)


def test_a_name_cannot_leave_its_script_element(page):
    evil = "</script><script>alert(1)</script>"
    actor = make_actor(f"A {evil} & <b>", slug="evil", summary_de=evil)
    response = page(actor)
    assert "<script>alert" not in markup_of(response)
    assert _linked(response)["name"] == f"A {evil} & <b>"


@pytest.mark.parametrize("number", [2, 3])  # a single neighbour needs no order
def test_queries_do_not_grow(page, django_assert_num_queries, number):
    make_chain()
    area = make_area()
    actor = make_actor("Mitte", layers=[2], areas=[area], latitude=51.3, longitude=12.4)
    for index in range(number):
        cluster = make_cluster(f"cluster-{index}")
        actor.memberships.create(cluster=cluster)
        for position in (2, 3):
            other = make_actor(
                layers=[position], areas=[area], city=f"Ort {index}", latitude=51.4, longitude=12.5,
                clusters=[cluster],
            )  # fmt: skip
            ActorRelation.objects.create(source=actor, target=other, kind="cooperation")
        topic = Topic.objects.create(slug=f"topic-{index}", name_de="Thema")
        ActorTopic.objects.create(actor=actor, topic=topic)
        Service.objects.create(actor=actor, title_de="Dienst").areas.add(area)
        Identifier.objects.create(actor=actor, scheme="register", value=f"Leipzig HRB {index}")
        ContactPerson.objects.create(actor=actor, name="Erika", consent_on=date(2026, 1, 1))
    with django_assert_num_queries(25):  # inside a transaction the facet index is read anew
        page(actor)


@pytest.mark.parametrize(
    ("accuracy", "said"),
    [
        ("approximate", "Approximate: the point marks the town or its district, not the building."),
        ("town", "Approximate: the point marks the middle of the town, not the building."),
        (
            "postcode",
            "Approximate: the point marks the middle of the postcode&#x27;s area, not the building.",
        ),
        ("", "How exact the point is, is not known."),
    ],
)
def test_a_place_around_marks_no_building(page, accuracy, said):
    text = markup_of(page(make_actor(latitude=49.443, longitude=7.7716, location_accuracy=accuracy)))
    assert said in text
    assert 'href="https://www.openstreetmap.org/#map=12/49.443/7.7716"' in text
    assert '"geo"' not in text and "data-around" in text and 'class="haze"' in text


@pytest.mark.parametrize(
    ("accuracy", "said"), [("exact", ""), ("street", "The point marks the street, not the building.")]
)
def test_an_exact_place_has_a_pin(page, accuracy, said):
    text = markup_of(page(make_actor(latitude=49.443, longitude=7.7716, location_accuracy=accuracy)))
    assert "Approximate" not in text and "data-around" not in text and '"geo"' in text and said in text
    assert 'href="https://www.openstreetmap.org/?mlat=49.443&amp;mlon=7.7716#map=16/49.443/7.7716"' in text
    assert 'class="pin"' in text


def test_who_is_outside_the_region_is_shown_as_such(page):
    inside, outside = make_actor("Hier", clusters=[make_cluster()]), make_actor("Dort", city="München")
    assert "Outside the region of this registry" in markup_of(page(outside))
    assert "Outside the region of this registry" not in markup_of(page(inside))
