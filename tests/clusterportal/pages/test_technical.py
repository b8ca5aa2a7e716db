"""Addresses for machines: language redirect, health check, robots.txt and sitemaps."""

from unittest import mock
from xml.etree import ElementTree

import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import override

from clusterportal.pages import sitemaps
from clusterportal.pages.models import TextPage
from tests.factories import make_actor, make_area, make_cluster

NAMESPACES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


# ---------- the language at the door ----------
@pytest.mark.parametrize(
    ("accepted", "target"),
    [
        (None, "/de/"),
        ("de-AT,de;q=0.9,en;q=0.8", "/de/"),
        ("en-US,en;q=0.9", "/en/"),
        ("fr,en;q=0.5", "/en/"),
        ("fr-FR", "/de/"),
        ("en;q=0.3,de;q=0.7", "/de/"),
        ("*", "/de/"),
        ("%%%;;;", "/de/"),
    ],
)
def test_root_chooses_by_accept_language_without_a_cookie(client, accepted, target):
    client.cookies["django_language"] = "en" if target == "/de/" else "de"
    response = client.get("/", headers={"Accept-Language": accepted} if accepted else {})
    assert (response.status_code, response["Location"]) == (302, target)
    assert "Accept-Language" in response["Vary"]
    assert not response.cookies


# ---------- health ----------
def test_health_is_well(client, db):
    response = client.get("/health/")
    assert (response.status_code, response.json()) == (
        200,
        {"status": "ok", "database": "ok", "pending_migrations": 0},
    )
    assert "no-store" in response["Cache-Control"]


def test_health_sees_a_pending_migration(client, db):
    MigrationRecorder(connection).record_unapplied("pages", "0001_initial")
    response = client.get("/health/")
    assert response.status_code == 503
    assert response.json() == {"status": "unavailable", "database": "ok", "pending_migrations": 1}


def test_health_sees_a_lost_database(client):
    with mock.patch.object(connection, "ensure_connection", side_effect=OperationalError):
        response = client.get("/health/")
    assert response.status_code == 503
    assert response.json() == {"status": "unavailable", "database": "unreachable"}


@pytest.mark.parametrize("host", ["10.1.2.3", "10.1.2.3:8000", "nobody.example"])
def test_health_answers_whatever_the_host_is_called(client, db, settings, host):
    """Load balancers ask by address; everything else keeps to the names of the portal."""
    settings.ALLOWED_HOSTS, settings.SECURE_SSL_REDIRECT = ["portal.example"], True
    assert client.get("/health/", headers={"host": host}).json()["status"] == "ok"
    assert client.get("/de/", headers={"host": host}).status_code == 400


# ---------- robots and sitemap ----------
def test_robots(client):
    response = client.get("/robots.txt")
    assert response["Content-Type"].startswith("text/plain")
    assert response.content.decode().split("\n") == [
        "User-agent: *",
        "Disallow: /admin/",
        "",
        "Sitemap: http://testserver/sitemap.xml",
        "",
    ]


def locations(response, path: str) -> list[str]:
    assert response.status_code == 200
    return [element.text for element in ElementTree.fromstring(response.content).findall(path, NAMESPACES)]


def section(client, name: str, query: str = "") -> list[str]:
    found = locations(client.get(f"/sitemap-{name}.xml{query}"), "s:url/s:loc")
    return [location.removeprefix("http://testserver") for location in found]


def both(name: str, *args) -> list[str]:
    addresses = []
    for language in ("de", "en"):
        with override(language):
            addresses.append(reverse(name, args=args))
    return addresses


def test_sitemap_index_lists_the_sections(client, chain):
    make_actor()
    assert locations(client.get("/sitemap.xml"), "s:sitemap/s:loc") == [
        f"http://testserver/sitemap-{name}.xml"
        for name in (
            *("pages", "actors", "clusters", "layers", "areas"),
            *("partner-searches", "contributions"),
        )
    ]


def test_sitemap_holds_what_is_public_in_every_language(client, chain):
    area = make_area()
    make_area("gone", is_active=False)
    make_cluster("it-cluster")
    make_cluster("entwurf", state="draft")
    TextPage.objects.create(slug="imprint", title_de="Impressum")
    actor = make_actor("Sichtbar", areas=[area])
    for state in ("draft", "in_review", "rejected", "archived"):
        make_actor(state, state=state)
    assert section(client, "actors") == both("actors:actor-detail", actor.slug)
    assert section(client, "clusters") == both("clusters:cluster-detail", "it-cluster")
    assert section(client, "areas") == both("areas:area-detail", area.slug)
    assert len(section(client, "layers")) == 10
    pages = section(client, "pages")
    assert set(both("pages:imprint") + both("pages:home") + both("pages:network")) < set(pages)
    assert not set(both("pages:privacy")) & set(pages)


def test_sitemap_names_twins_and_last_change(client, chain):
    actor = make_actor("Sichtbar")
    response = client.get("/sitemap-actors.xml")
    url = ElementTree.fromstring(response.content).find("s:url", NAMESPACES)
    german, english = (f"http://testserver{address}" for address in both("actors:actor-detail", actor.slug))
    alternates = {(link.get("hreflang"), link.get("href")) for link in url.findall("x:link", NAMESPACES)}
    assert alternates == {("de", german), ("en", english), ("x-default", german)}
    actor.refresh_from_db()
    assert url.find("s:lastmod", NAMESPACES).text == localtime(actor.updated_at).date().isoformat()


def test_sitemap_comes_in_pages(client, chain, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(sitemaps, "MOST_URLS", 4)
    names = ["eins", "zwei", "drei"]
    for name in names:
        make_actor(name)
    assert "http://testserver/sitemap-actors.xml?p=2" in locations(
        client.get("/sitemap.xml"), "s:sitemap/s:loc"
    )
    assert section(client, "actors", "?p=2") == both("actors:actor-detail", "drei")
    with django_assert_num_queries(2):
        assert len(section(client, "actors")) == 4
    assert client.get("/sitemap-actors.xml?p=3").status_code == 404
    assert client.get("/sitemap-nothing.xml").status_code == 404


def test_empty_registry_has_a_sitemap(client, db):
    assert section(client, "actors") == []
    assert client.get("/sitemap.xml").status_code == 200
