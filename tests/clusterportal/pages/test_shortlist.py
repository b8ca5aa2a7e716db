"""The shortlist: the address carries it, the browser keeps it; the server shows whatever the address names."""

import csv
import io
import re

import pytest
from django.urls import reverse
from django.utils.translation import override

from actors.models import Actor
from clusterportal.pages.presenters.named_actors import MOST_NAMED
from tests.factories import make_actor
from tests.markup import markup_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def shortlist(client):
    def get(query: str):
        with override("en"):
            return client.get(f"{reverse('pages:shortlist')}{query}")

    return get


def _names(text: str) -> list[str]:
    return re.findall(r'<h3><a href="[^"]*"[^>]*>(.*?)</a></h3>', text)


def test_the_actors_stand_in_the_order_of_the_address(shortlist):
    for name in ("Eins", "Zwei", "Drei"):
        make_actor(name)
    make_actor("Entwurf", state="draft")
    response = shortlist("?actor=zwei&actor=eins&actor=entwurf&actor=zwei")
    text = markup_of(response)
    assert (response.status_code, _names(text)) == (200, ["Zwei", "Eins"])
    assert "<title>Shortlist (2) – Clusterregister</title>" in text
    assert '<meta name="robots" content="noindex, follow">' in text
    assert "entwurf is not, or no longer, in the registry." in text and "Entwurf" not in text
    assert '<a href="/en/shortlist/?actor=eins">Remove<span class="vh"> Zwei</span></a>' in text
    assert '<input type="checkbox" name="actor" value="zwei"><span>Compare<span class="vh"> Zwei' in text
    assert '<form action="/en/compare/">' in text
    link = "http%3A%2F%2Ftestserver%2Fen%2Fshortlist%2F%3Factor%3Dzwei%26actor%3Deins"
    assert f'href="mailto:?subject=Remembered%20actors&amp;body={link}"' in text
    assert 'href="/de/merkliste/?actor=zwei&amp;actor=eins&amp;actor=entwurf&amp;actor=zwei"' in text


def test_the_browser_learns_the_addresses_of_today(shortlist):
    actor, other = make_actor("Alt"), make_actor("Anders")
    Actor.objects.filter(pk=actor.pk).update(slug="neu")
    text = markup_of(shortlist(f"?actor=alt&actor=weg&actor={other.uid}&actor=neu"))
    assert 'data-named="?actor=neu&amp;actor=weg&amp;actor=anders"' in text


def test_the_table_holds_these_actors_alone(client, shortlist):
    for name in ("Eins", "Zwei", "Drei"):
        make_actor(name)
    text = markup_of(shortlist("?actor=drei&actor=eins"))
    address = re.search(r'<a class="btn" href="([^"]*export\.csv[^"]*)">CSV</a>', text)[1].replace(
        "&amp;", "&"
    )
    table = client.get(address).getvalue().decode()
    assert [row["name"] for row in csv.DictReader(io.StringIO(table))] == ["Drei", "Eins"]
    assert "export.xlsx?uid=" in text


def test_an_empty_list_says_how_it_is_filled_with_and_without_a_script(shortlist):
    text = markup_of(shortlist(""))
    assert "Nobody is on this list yet." in text
    assert '<p class="scripted">Press “Remember” beside an actor' in text
    assert "<noscript><p>Only JavaScript can remember a list in your browser." in text
    assert "Compare</button>" not in text and "export.csv" not in text
    assert "Nobody is on this list yet." in markup_of(shortlist("?actor=nie"))


def test_a_list_ends_at_a_hundred_and_says_so(shortlist, django_assert_num_queries):
    first = make_actor("Erster")
    last = make_actor("Letzter")
    more = "&".join(f"actor=nie-{number}" for number in range(MOST_NAMED - 1))
    text = markup_of(shortlist(f"?actor={first.slug}&{more}&actor={last.slug}"))
    assert _names(text) == ["Erster"]
    assert "A list holds 100 actors. The address names more: these are the first 100 of them." in text


def test_many_are_read_in_as_many_queries_as_two(shortlist, chain, django_assert_max_num_queries):
    slugs = [make_actor(f"Nummer {number}", layers=[1 + number % 5]).slug for number in range(6)]
    numbers = []
    for few in (slugs[:2], slugs):
        with django_assert_max_num_queries(8) as asked:
            assert shortlist("?" + "&".join(f"actor={slug}" for slug in few)).status_code == 200
        numbers.append(len(asked))
    assert numbers[0] == numbers[1]
