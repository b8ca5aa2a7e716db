"""One contribution on its own address: article, event, success story with its stair, and the preview."""

import json
import re
from datetime import date, timedelta
from io import BytesIO
from itertools import pairwise

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone, translation
from PIL import Image

from actors.models import ActorRelation
from clusterportal.clusters.enums import Section
from clusterportal.clusters.models import Release
from clusterportal.matchmaking.models import Event
from clusterportal.newsroom.domain.preview import PREVIEW
from clusterportal.newsroom.models import Contribution
from clusterportal.pages.drawing.climb import Climber, climb
from clusterportal.pages.drawing.shapes import Edge
from tests.clusterportal.pages.newsroom_lists import EVENTS, NEWS, at, titles
from tests.factories import make_actor, make_area, make_cluster, make_contribution
from tests.markup import markup_of

pytestmark = pytest.mark.django_db


def test_an_article_shows_its_parts_and_those_beside_it(client, chain):
    actor, cluster = make_actor("RPTU", layers=[1, 2]), make_cluster("it")
    make_contribution("Uralt", year=2025)
    make_contribution("Älter", date=date(2026, 1, 1))
    make_contribution("Neuester", date=date(2026, 4, 1))
    make_contribution("Neuer", date=date(2026, 3, 1))
    one = make_contribution(
        "Dienstleistungsgesellschaft",
        date=date(2026, 2, 2),
        actors=[actor],
        clusters=[cluster],
        body_de="## Zwischentitel\n\nText <script>alert(1)</script>",
        source="https://www.swr.de/a",
    )
    one.links.create(label_de="Mehr dazu", url="https://www.dfki.de/x")
    page = markup_of(client.get(one.get_absolute_url()))
    for said in (
        "<h1>Dienstleistungs\xadgesellschaft</h1>",
        '<time datetime="2026-02-02">Montag, 2. Februar 2026</time>',
        "<h2>Zwischentitel</h2>",
        ">Mehr dazu</a><span>dfki.de/x</span>",
        ">Quelle dieses Beitrags</a><span>swr.de</span>",
        'rel="prev">Älter</a>',
        'rel="next">Neuer</a>',
        f'href="{reverse("pages:contribution-pdf", args=[one.slug])}"',
        '<li><a href="/de/aktuelles/?year=2026">2026</a></li>',
    ):
        assert said in page, said
    assert "<script>alert" not in page
    strip = re.search(r'<ol role="list" class="strip".*?</ol>', page)[0]
    assert re.findall(r'<li class="(\w+)">', strip) == ["l1", "l2", "gap", "gap", "gap"]
    data = json.loads(re.search(r'ld\+json">(.*?)</script>', page)[1])
    assert (
        data["@type"],
        data["headline"],
        data["inLanguage"],
        data["isBasedOn"],
        data["about"][0]["name"],
    ) == (
        "NewsArticle",
        "Dienstleistungsgesellschaft",
        "de",
        "https://www.swr.de/a",
        "RPTU",
    )
    english = markup_of(client.get("/en/news/dienstleistungsgesellschaft/"))
    assert '<p class="note small">This text is available in German only.</p>' in english
    assert '<h1 lang="de">' in english
    # A language that has its headline says which parts it lacks.
    Contribution.objects.filter(pk=one.pk).update(title_en="Company", lead_de="Kurz.", lead_en="In short.")
    english = client.get("/en/news/dienstleistungsgesellschaft/")
    assert "Parts of this item are available in German only." in markup_of(english)
    assert (
        "Parts of this item are available in German only." in client.get("/en/news/feed.xml").content.decode()
    )
    german = "/de/aktuelles/dienstleistungsgesellschaft/"
    assert "available" not in markup_of(client.get(german))
    # An area without a page is not led to.
    one.areas.set([make_area("health"), make_area("old", is_active=False)])
    assert re.findall(r"/anwendungsfelder/([a-z]+)/", markup_of(client.get(german))) == ["health"]


def test_former_addresses_lead_on_and_what_was_withdrawn_is_gone(client):
    one = make_contribution("Eins")
    assert client.get(f"{NEWS}{one.uid}/")["Location"] == one.get_absolute_url()
    Contribution.objects.filter(pk=one.pk).update(slug="zwei")
    assert client.get(NEWS + "eins/")["Location"] == NEWS + "zwei/"
    Contribution.objects.filter(pk=one.pk).update(state="archived")
    assert client.get(NEWS + "zwei/").status_code == 410
    assert client.get(NEWS + "nie/").status_code == 404
    assert client.get(EVENTS + "zwei/").status_code == 404


def test_an_example_says_so_and_tells_no_machine(client):
    page = client.get(make_contribution("Muster", is_example=True).get_absolute_url()).content.decode()
    assert '<span class="sample">Beispiel</span>' in page
    assert "ld+json" not in page


def test_a_preview_of_each_kind_shows_its_state_and_changes_nothing(client):
    for kind in ("news", "event", "success_story"):
        one = make_contribution(f"Entwurf {kind}", kind=kind, state="draft")
        page = client.get(PREVIEW.address(str(one.uid), language="de"))
        assert (page.status_code, page["X-Robots-Tag"]) == (200, "noindex")
        text = markup_of(page)
        assert '<p class="preview"><b>Vorschau: Entwurf</b>' in text
        assert "ld+json" not in text and 'rel="canonical"' not in text


def test_a_preview_shows_its_picture_to_whoever_has_the_link(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    packed = BytesIO()
    Image.new("RGB", (1600, 900), "teal").save(packed, "PNG")
    draft = make_contribution(state="draft", image=ContentFile(packed.getvalue(), "a.png"))
    page = client.get(PREVIEW.address(str(draft.uid), language="de")).content.decode()
    [address] = re.findall(r'<img\s+src="(/media/contributions/[^"]*)"', page)
    shown = client.get(address)
    assert (shown.status_code, shown["Content-Type"], shown["Cache-Control"]) == (
        200,
        "image/webp",
        "private, no-store",
    )
    other = PREVIEW.token(str(make_contribution(state="draft").uid))
    for link in ("", "?preview=x", f"?preview={other}"):
        assert client.get(address.partition("?")[0] + link).status_code == 404


def test_an_event_leads_to_the_registration_of_its_matchmaking(client):
    today = timezone.localdate()
    cluster = make_cluster("it")
    days = {"opened_on": today, "wishes_until": today, "day": today + timedelta(days=9)}
    meeting = Event.objects.create(cluster=cluster, slug="treff", title_de="Treff", **days)
    one = make_contribution(
        kind="event", starts_at=timezone.now() + timedelta(days=9), matchmaking_event=meeting
    )
    address = 'href="/de/cluster/it/matchmaking/treff/anmelden/"'
    assert address not in markup_of(client.get(one.get_absolute_url()))
    Release.objects.create(cluster=cluster, section=Section.MATCHMAKING)
    page = markup_of(client.get(one.get_absolute_url()))
    assert address in page and "Anmeldung bis" in page and "Seite des Veranstalters" not in page
    Event.objects.update(opened_on=None)
    assert address not in markup_of(client.get(one.get_absolute_url()))


def test_an_event_is_linked_data_with_its_change(client, chain):
    host = make_actor("SIAK", layers=[2])
    event = make_contribution(
        "Treffen", kind="event", starts_at=at(2), ends_at=at(2, 19), place="Leipzig",
        online_url="https://a.example/x", organiser=host,
        moved_from=at(1), moved_at=at(1, month=11), registration_url="https://b.example",
    )  # fmt: skip
    page = client.get(event.get_absolute_url()).content.decode()
    data = json.loads(re.search(r'ld\+json">(.*?)</script>', page)[1])
    wanted = (
        "@type",
        "name",
        "startDate",
        "endDate",
        "previousStartDate",
        "eventStatus",
        "eventAttendanceMode",
    )
    assert [data[name] for name in wanted] == [
        "Event",
        "Treffen",
        "2026-12-02T17:00:00+01:00",
        "2026-12-02T19:00:00+01:00",
        "2026-12-01T17:00:00+01:00",
        "https://schema.org/EventRescheduled",
        "https://schema.org/MixedEventAttendanceMode",
    ]
    assert [one["@type"] for one in data["location"]] == ["Place", "VirtualLocation"]
    assert data["organizer"]["name"] == "SIAK"
    assert "(MEZ)" in page
    with translation.override("en"):
        assert "17:00 to 19:00 (CET)" in client.get(event.get_absolute_url()).content.decode()


def test_a_story_has_its_number_its_stair_and_the_relations_as_a_table(client, chain):
    uni, institute = make_actor("RPTU", layers=[1, 2]), make_actor("ITWM", layers=[2, 3])
    ActorRelation.objects.create(
        source=institute, target=uni, kind="research", since=2016, evidence="https://www.rheinpfalz.de/x"
    )
    make_contribution("Die erste", kind="success_story")
    story = make_contribution("Die zweite", kind="success_story", actors=[uni, institute])
    page = markup_of(client.get(story.get_absolute_url()))
    assert '<p class="nr" aria-hidden="true">2</p>' in page
    assert "<b>Erfolgsgeschichte 2</b>" in page
    picture = re.search(r'<svg class="climb".*?</svg>', page)[0]
    assert picture.count('class="pill"') == 2 and picture.count('class="hole-pill"') == 2
    assert ">Forschungskooperation</text>" in picture and ">seit 2016</text>" in picture
    row = re.search(r"<tbody.*?</tbody>", page)[0]
    assert re.findall(r">([^<>]+)<", row) == [
        "ITWM",
        "Forschungskooperation",
        "RPTU",
        "2016",
        "rheinpfalz.de",
    ]
    assert titles(page.split('id="h-series"')[1]) == ["Die erste"]
    bare = markup_of(client.get(Contribution.objects.get(number=1).get_absolute_url()))
    assert "In dieser Geschichte ist kein Akteur des Registers genannt." in bare
    assert '<svg class="climb"' not in bare


def test_pills_of_a_stair_never_overlap_and_span_their_layers():
    climbers = [
        Climber(1, "A", "", "/a", (1, 2)),
        Climber(2, "B", "", "/b", (1,)),
        Climber(3, "C", "", "/c", (2, 5)),
        Climber(4, "D" * 90, "", "/d", (5,)),
    ]
    edges = [Edge(1, 3, "spin_off", True), Edge(4, 2, "supply", True), Edge(2, 9, "research")]
    found = climb(climbers, edges, ["eins", "zwei", "drei", "vier", "fünf"])
    rows = sorted(pill.y for pill in found.pills)
    assert all(below - above >= 60 for above, below in pairwise(rows)), rows
    assert [
        (pill.actor.key if pill.actor else None, [f.position for f in pill.flags]) for pill in found.pills
    ] == [
        (1, [1, 2]),
        (2, [1]),
        (3, [2]),
        (None, []),
        (None, []),
        (3, [5]),
        (4, [5]),
    ]
    assert [tread.is_bare for tread in found.treads] == [False, False, True, True, False]
    assert len(found.elbows) == 2 and all(elbow.arrow for elbow in found.elbows)
    assert next(pill for pill in found.pills if pill.actor and pill.actor.key == 4).name.endswith("…")
    assert climb([], [], ["eins", "zwei", "drei", "vier", "fünf"]).height > 0
