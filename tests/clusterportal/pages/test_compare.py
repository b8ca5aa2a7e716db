"""Actors side by side: who is shown, under which criteria, and what the page says when somebody is missing."""

import re

import pytest
from django.urls import reverse
from django.utils.translation import override

from actors.models import Actor, ActorRelation, ActorTopic, ContactPerson, Identifier, Service, Topic
from tests.factories import make_actor, make_area, make_cluster
from tests.markup import markup_of

pytestmark = pytest.mark.django_db
_TAGS = re.compile(r"<[^>]*>")


@pytest.fixture
def compare(client):
    def get(query: str):
        with override("en"):
            return client.get(f"{reverse('pages:compare')}{query}")

    return get


def _text(html: str) -> str:
    return " ".join(_TAGS.sub(" ", html).replace("&nbsp;", " ").replace("\u00ad", "").split())


def _table(response) -> dict[str, list[str]]:
    """The cells of each row as text, by the name of the row."""
    table = re.search(r"<table.*?</table>", markup_of(response), re.S)[0]
    rows = re.findall(
        r'<tr role="row"[^>]*><th role="rowheader" scope="row">(.*?)</th>(.*?)</tr>', table, re.S
    )
    return {
        _text(name): [_text(cell) for cell in re.findall(r"<td.*?>(.*?)</td>", cells, re.S)]
        for name, cells in rows
    }


def _columns(response) -> list[str]:
    heads = re.findall(r'<th role="columnheader".*?<strong>(.*?)</strong>', markup_of(response), re.S)
    return [_text(head) for head in heads]


@pytest.fixture
def pair(chain):
    """Two institutes with a partner in common and one in another each."""
    health, logistics = make_area("health"), make_area("logistics")
    cluster, hidden = make_cluster("it"), make_cluster("hidden", state="draft")
    alpha = make_actor(
        "Alpha", layers=[2, 3], areas=[health, logistics], clusters=[cluster, hidden], postcode="67663",
        city="Kaiserslautern", founded=1995, size="large", website="https://www.alpha.example/",
        email="info@alpha.example", phone="+49 631 316000",
    )  # fmt: skip
    beta = make_actor("Beta", layers=[2], areas=[health], city="Leipzig", legal_form="2HBR")
    alpha.placements.filter(layer__position=2).update(basis="both", note_en="Mathematics in both.")
    Service.objects.create(actor=alpha, title_de="Prüfen", title_en="Testing")
    topic = Topic.objects.create(slug="optics", name_de="Optik", name_en="Optics")
    for actor in (alpha, beta):
        ActorTopic.objects.create(actor=actor, topic=topic)
    Identifier.objects.create(actor=beta, scheme="ror", value="019hjw009")
    ContactPerson.objects.create(
        actor=alpha,
        name="Ada Lovelace",
        role_de="Büro",
        role_en="Office",
        email="ada@alpha.example",
        consent_on="2026-01-01",
    )
    ContactPerson.objects.create(actor=alpha, name="Charles Verborgen", email="charles@alpha.example")
    both, single, draft = make_actor("Gamma"), make_actor("Delta"), make_actor("Entwurf", state="draft")
    body = make_actor("Mutterhaus")
    for source, target, kind in [
        (alpha, beta, "research"), (both, alpha, "supply"), (beta, both, "cooperation"), (single, beta, "cooperation"),
        (draft, alpha, "cooperation"), (draft, beta, "cooperation"), (body, beta, "parent"),
    ]:  # fmt: skip
        ActorRelation.objects.create(
            source=source, target=target, kind=kind, since=2016 if kind == "research" else None
        )
    return alpha, beta


def test_two_actors_under_every_criterion(compare, pair):
    response = compare("?actor=alpha&actor=beta")
    assert response.status_code == 200
    assert _columns(response) == ["Alpha", "Beta"]
    assert _table(response) == {
        "1 Basic research": ["not placed here", "not placed here"],
        "2 Applied research and transfer": ["Topic and service Mathematics in both.", "Topic"],
        "3 Technology and software development": ["Topic", "not placed here"],
        "4 System integration and IT services": ["not placed here", "not placed here"],
        "5 Application and market": ["not placed here", "not placed here"],
        "Health": ["yes", "yes"],
        "Logistics": ["yes", "– no"],
        "Services": ["Testing", "none recorded"],
        "Topics": ["Optics", "Optics"],
        "Among themselves": [
            "Research cooperation with Beta since 2016",
            "Research cooperation with Alpha since 2016",
        ],
        "Parent body": ["none recorded", "Mutterhaus"],
        "Common partners": ["Gamma", "Gamma"],
        "Kind": ["Research institute", "Research institute"],
        "City": ["67663 Kaiserslautern", "Leipzig"],
        "Size": ["Large, 250 staff and more", "not recorded"],
        "Founded": ["1995", "not recorded"],
        "Legal form": ["not recorded", "GmbH"],
        "Cluster": ["It", "none"],
        "Identifiers": ["none recorded", "ROR 019hjw009"],
        "Last verified": ["not recorded", "not recorded"],
        "Website": ["alpha.example", "not recorded"],
        "Enquiry": ["Send an enquiry", "Send an enquiry"],
        "E-mail": ["info@alpha.example", "not recorded"],
        "Phone": ["+49 631 316000", "not recorded"],
        "Contact person": ["Ada Lovelace, Office ada@alpha.example", "none published"],
    }
    text = markup_of(response)
    assert "<title>Alpha and Beta compared – Clusterregister</title>" in text
    assert '<meta name="robots" content="noindex, follow">' in text
    assert 'hreflang="de" lang="de">Deutsch</a>' in text
    assert 'href="/de/vergleich/?actor=alpha&amp;actor=beta"' in text
    assert '<a href="?actor=beta">Remove<span class="vh"> Alpha</span></a>' in text
    assert '<a href="tel:+49631316000">' in text
    for hidden in ("Verborgen", "charles@", "Entwurf", "Hidden"):
        assert hidden not in text


def test_differences_only_leaves_out_what_all_share(compare, pair):
    response = compare("?actor=alpha&actor=beta&differences=1")
    rows = _table(response)
    assert {"1 Basic research", "Health", "Topics", "Common partners", "Kind", "Last verified"}.isdisjoint(
        rows
    )
    assert {"2 Applied research and transfer", "Logistics", "Services", "City"} <= rows.keys()
    assert '<a class="btn" href="?actor=alpha&amp;actor=beta">All criteria</a>' in markup_of(response)


def test_actors_that_are_alike_do_not_differ(compare, chain):
    for name in ("Eins", "Zwei"):
        make_actor(name, layers=[1])
    response = compare("?actor=eins&actor=zwei&differences=1")
    assert "In what is recorded of them these actors do not differ." in markup_of(response)


def test_by_whatever_they_are_called_and_each_once(compare, chain):
    first, second = make_actor("Eins"), make_actor("Zwei", slug="vorher")
    Actor.objects.filter(pk=second.pk).update(slug="zwei")
    response = compare(f"?actor=vorher&actor={first.uid}&actor=zwei&actor=eins")
    assert _columns(response) == ["Zwei", "Eins"]
    assert "in the registry" not in response.content.decode()


def test_who_is_not_public_is_said_and_the_others_are_shown(compare, chain):
    for name in ("Eins", "Zwei"):
        make_actor(name)
    make_actor("Geheim GmbH", slug="weg", state="archived")
    response = compare("?actor=eins&actor=weg&actor=zwei&actor=%3Cb%3E&actor=%00")
    assert (response.status_code, _columns(response)) == (200, ["Eins", "Zwei"])
    text = markup_of(response)
    assert "weg, &lt;b&gt;, � are not, or no longer, in the registry." in text
    assert '<a href="?actor=eins&amp;actor=zwei">Take out of the address</a>' in text
    assert "Geheim" not in text and "<b>," not in text


def test_more_than_four_are_the_first_four(compare, chain):
    slugs = [make_actor(name).slug for name in ("Eins", "Zwei", "Drei", "Vier", "Acht")]
    response = compare("?" + "&".join(f"actor={slug}" for slug in slugs))
    assert _columns(response) == ["Eins", "Zwei", "Drei", "Vier"]
    assert "Four actors fit side by side." in response.content.decode()
    assert 'name="add"' not in markup_of(response)


def test_nobody_yet_and_one_alone_say_how_to_go_on(compare, chain):
    area = make_area()
    make_actor("Eins", layers=[2], areas=[area])
    make_actor("Ähnlich", layers=[2], areas=[area])
    nobody, alone = markup_of(compare("")), markup_of(compare("?actor=eins"))
    assert "<title>Comparison – Clusterregister</title>" in nobody and "noindex" not in nobody
    assert "Choose the first actor" in nobody and 'name="add"' in nobody
    assert "So far Eins stands here alone." in alone
    assert '<input type="hidden" name="actor" value="eins">' in alone
    assert '<a href="?actor=eins&amp;actor=aehnlich">Ähnlich</a>' in alone
    assert "<table" not in nobody + alone


def test_a_word_adds_the_one_it_finds_and_offers_several(compare, chain):
    for name in ("Eins", "Werkbank Nord", "Werkbank Süd"):
        make_actor(name)
    found = compare("?actor=eins&add=Werkbank+Nord")
    assert (found.status_code, found["Location"]) == (302, "/en/compare/?actor=eins&actor=werkbank-nord")
    make_actor("Werkbank", slug="bank")
    called_so = compare("?actor=eins&add=werkbank")
    assert (called_so.status_code, called_so["Location"]) == (302, "/en/compare/?actor=eins&actor=bank")
    several = markup_of(compare("?actor=eins&actor=bank&add=Werkbank"))
    assert '<a href="?actor=eins&amp;actor=bank&amp;actor=werkbank-nord">Werkbank Nord</a>' in several
    assert '<a href="?actor=eins&amp;actor=bank&amp;actor=werkbank-sued">Werkbank Süd</a>' in several
    nothing = markup_of(compare("?actor=eins&add=Quatsch%3Cb%3E"))
    assert "No other actor fits “Quatsch&lt;b&gt;”." in nothing
    assert "No other actor fits" in compare("?add=%00").content.decode()


def test_four_are_read_in_as_many_queries_as_two(compare, pair, django_assert_max_num_queries):
    for number in (3, 4):
        ActorRelation.objects.create(
            source=make_actor(f"Nummer {number}", layers=[number]), target=pair[0], kind="cooperation"
        )
    addresses = ["?actor=alpha&actor=beta", "?actor=alpha&actor=beta&actor=nummer-3&actor=nummer-4"]
    numbers = []
    for address in addresses:
        with django_assert_max_num_queries(25) as asked:
            assert compare(address).status_code == 200
        numbers.append(len(asked))
    assert numbers[0] == numbers[1]


def test_words_of_another_language_say_so_and_the_whole_is_a_table_to_take_away(compare, pair):
    page = markup_of(compare("?actor=alpha&actor=beta"))
    assert "<span>Mathematics in both.</span>" in page
    Service.objects.update(title_en="")
    text = markup_of(compare("?actor=alpha&actor=beta"))
    assert '<span lang="de">Prüfen</span>' in text
    uids = "&amp;".join(f"uid={Actor.objects.get(slug=slug).uid}" for slug in ("alpha", "beta"))
    assert f'href="/en/actors/export.csv?{uids}"' in text
    assert 'href="#h-add"' in text
