"""The public pages, the feed and the API: 0, 1 and many, filters, what is over, what is in one language only."""

import json
import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from clusterportal.partnering.domain import publishing
from clusterportal.partnering.models import PartnerSearch
from clusterportal.review.models import Proposal
from tests.clusterportal.partnering.conftest import make_search
from tests.factories import make_actor, make_area, make_cluster, make_person

LIST = "/de/partnersuche/"
API = "/api/v1/partner-searches/"


def titles(client, query: str = "") -> list[str]:
    page = client.get(LIST + query).content.decode()
    found = re.findall(r"<h3[^>]*>\s*<a[^>]*>([^<]*)</a>", page.replace("\xad", ""))
    return [" ".join(one.split()) for one in found]


def test_an_empty_list_says_so_and_leads_on(chain, client):
    page = client.get(LIST).content.decode()
    assert "Zurzeit gibt es hier kein Gesuch und kein Angebot." in page
    assert (
        "Kein Gesuch und kein Angebot mit diesen Filtern."
        in client.get(LIST + "?layer=basic-research").content.decode()
    )


def test_a_row_says_where_the_actor_stands_what_it_seeks_until_when_and_who_may_fit(search, area, client):
    search.is_example = True
    search.save()
    make_actor("Institut Alpha", layers=[2], areas=[area])
    page = client.get(LIST).content.decode()
    for said in (
        "sucht 2",
        "Beispiel",
        "<b>10</b> Tage Frist",
        "Ebene 2 gesucht",
        "niemand folgt",
        "1 passender Akteur, mit Begründung",
        "Institut Alpha",
        "nichts gemeinsam",
        'class="miss"',
        f"{search.get_absolute_url()}interesse/",
        f"{search.get_absolute_url()}folgen/",
    ):
        assert said in page, said


def test_filters_narrow_and_what_is_over_has_its_own_list(search, seeker, area, client):
    logistics = make_area("logistics")
    other = make_actor("Hafen", layers=[4], clusters=[make_cluster("hafen")], areas=[logistics])
    offer = make_search(other, kind="offer", areas=[logistics], position=4, days=None, title_de="Lager")
    make_search(seeker, days=-1, title_de="Vorbei")
    closed = make_search(seeker, title_de="Fertig")
    PartnerSearch.objects.filter(pk=closed.pk).update(closed_at=timezone.now(), outcome="found")
    make_search(seeker, state="draft", title_de="Entwurf")
    make_search(make_actor("Verborgen", state="draft"), title_de="Verborgen")
    first = search.title_de
    assert titles(client) == ["Lager", first]
    assert titles(client, "?ordering=deadline") == [first, "Lager"]
    one_each = ("kind=offer", "layer=applied-research", "area=logistics", "cluster=hafen")
    assert [titles(client, f"?{query}") for query in one_each] == [["Lager"], [first], ["Lager"], ["Lager"]]
    assert titles(client, f"?deadline_until={search.deadline:%Y-%m-%d}") == [first]
    assert [titles(client, "?state=expired"), titles(client, "?state=closed")] == [["Vorbei"], ["Fertig"]]
    assert "Frist abgelaufen" in client.get(LIST + "?state=expired").content.decode()
    assert "Interesse bekunden<" not in client.get(LIST + "?state=expired").content.decode()
    assert client.get(LIST + "?layer=nirgends").status_code == 400
    assert client.get(LIST + "?page=7").status_code == 404
    assert client.get(offer.get_absolute_url()).status_code == 200


def test_many_are_shown_page_by_page_with_the_same_number_of_questions(
    seeker, area, client, django_assert_max_num_queries
):
    for _number in range(21):
        make_search(seeker, areas=[area])
    for number in range(6):
        make_actor(f"Institut {number}", layers=[2], areas=[area])
    with django_assert_max_num_queries(40):
        assert len(titles(client)) == 20
    assert len(titles(client, "?page=2")) == 1


def test_the_page_of_one_says_what_language_is_missing_and_is_linked_data(search, client):
    english = search.get_absolute_url().replace("/de/partnersuche/", "/en/partner-search/")
    page = client.get(english).content.decode()
    assert "This text is available in German only." in page
    assert 'lang="de"' in page
    data = json.loads(re.search(r'ld\+json">(.*?)</script>', page)[1])
    assert (data["@type"], data["validThrough"]) == ("Demand", search.deadline.isoformat())
    assert data["mainEntityOfPage"]["sourceOrganization"]["name"] == "Schweiß GmbH"
    assert client.get(f"{LIST}{search.uid}/")["Location"] == search.get_absolute_url()
    PartnerSearch.objects.update(state="archived")
    assert client.get(english).status_code == 410
    assert client.get(f"{LIST}nie-dagewesen/").status_code == 404


def test_the_feed_has_new_ones_under_the_same_filters(search, client):
    feed = client.get(f"{LIST}feed.xml")
    assert feed["Content-Type"].startswith("application/atom+xml")
    assert f"urn:uuid:{search.uid}" in feed.content.decode()
    assert "<entry>" not in client.get(f"{LIST}feed.xml?kind=offer").content.decode()
    assert client.get(f"{LIST}feed.xml?kind=x").status_code == 400


def test_the_api_gives_the_same(search, seeker, area, client):
    fitting = make_actor("Institut Alpha", layers=[2], areas=[area])
    make_search(seeker, days=-1)
    answer = client.get(f"{API}?layer=applied-research,basic-research").json()
    [one] = answer["results"]
    assert {name: one[name] for name in ("slug", "kind", "title", "languages", "state", "outcome")} == {
        "slug": "sichtpruefung-1",
        "kind": "request",
        "title": "Bildverarbeitung für die Sichtprüfung 1",
        "languages": ["de"],
        "state": "open",
        "outcome": None,
    }
    detail = client.get(f"{API}{search.uid}/?lang=*").json()
    assert detail["text"] == {"de": "Gesucht wird ein Institut.", "en": None}
    assert (detail["fits"][0]["actor"]["slug"], detail["fit_count"]) == (fitting.slug, 1)
    assert client.get(f"{API}?state=all").json()["count"] == 2
    wrong = client.get(f"{API}?area=nirgends")
    assert (wrong.status_code, [*wrong.json()["errors"]]) == (400, ["area"])
    assert client.get(f"{API}?colour=red").status_code == 400


@pytest.mark.parametrize(
    ("since", "count"),
    [
        ("2000-01-01T00:00:00Z", 1),
        ("2000-01-01t00:00:00.5%2B02:00", 1),
        ("2000-01-01", 1),
        ("2999-01-01", 0),
        ("2999-01-01T00:00:00+02:00", 0),  # a plus sign that was not encoded
    ],
)
def test_updated_since_reads_the_moments_that_it_reads_of_actors(search, client, since, count):
    assert client.get(f"{API}?state=all&updated_since={since}").json()["count"] == count


@pytest.mark.parametrize(
    "since", ["gestern", "2026-05-01T12:00", "2026-05-01 12:00", "9999-12-31T23:59:59-23:59"]
)
def test_updated_since_refuses_what_it_refuses_of_actors(search, client, since):
    answers = [
        client.get(f"/api/v1/{name}/?updated_since={since}")
        for name in ("actors", "news", "partner-searches")
    ]
    assert [answer.status_code for answer in answers] == [400, 400, 400]
    actors, news, searches = (answer.json()["errors"] for answer in answers)
    assert searches == news == actors
    assert "2026-01-31T12:00:00Z" in searches["updated_since"][0]


@pytest.fixture
def signed_in(client, speaker):
    client.force_login(speaker)
    return client


def test_a_representative_posts_extends_and_closes_on_their_own_pages(seeker, speaker, signed_in, area):
    address = reverse("pages:post-search", args=[seeker.slug])
    assert signed_in.get(address).status_code == 200
    refused = signed_in.post(address, {"post-kind": "request", "post-layer": "applied-research"})
    assert refused.status_code == 422
    assert "Wählen Sie mindestens ein Feld" in refused.content.decode()
    data = {
        "post-kind": "request",
        "post-layer": "applied-research",
        "post-areas": [area.slug],
        "post-title_en": "Cameras",
    }
    far = signed_in.post(address, data | {"post-deadline": "9999-12-31"})
    assert (far.status_code, "zwischen 1980 und 2100" in far.content.decode()) == (422, True)
    assert signed_in.post(address, data).status_code == 302
    search = PartnerSearch.objects.get()
    assert (search.state, search.slug, Proposal.objects.get().title) == (
        "in_review",
        "cameras",
        "Cameras",
    )
    mine = signed_in.get(reverse("pages:my-entries")).content.decode()
    assert "Cameras" in mine and "In Prüfung" in mine
    PartnerSearch.objects.update(state="published", deadline=timezone.localdate() - timedelta(days=2))
    publishing.expire_due(today=timezone.localdate())
    own = reverse("pages:revise-search", args=[search.slug])
    assert signed_in.post(own, {"act": "extend", "extend-deadline": "2020-01-01"}).status_code == 422
    assert signed_in.post(own, {"act": "extend", "extend-deadline": "2090-01-01"}).status_code == 302
    assert signed_in.post(own, {"act": "close"}).status_code == 422
    assert signed_in.post(own, {"act": "close", "close-outcome": "found"}).status_code == 302
    search.refresh_from_db()
    assert (search.expired_at, search.outcome) == (None, "found")
    assert signed_in.post(reverse("pages:mail-choice"), {"wanted": "no"}).status_code == 302
    assert "Vorschläge per E-Mail, bitte" in signed_in.get(reverse("pages:my-entries")).content.decode()


def test_strangers_find_no_such_pages(search, seeker, client):
    client.force_login(make_person("representative"))
    assert client.get(reverse("pages:post-search", args=[seeker.slug])).status_code == 404
    assert client.get(reverse("pages:revise-search", args=[search.slug])).status_code == 404
