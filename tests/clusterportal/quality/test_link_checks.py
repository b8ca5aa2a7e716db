"""Websites looked at: against a real server on this machine, which the tests allow by name."""

import socket
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.utils import timezone

from actors.models import Actor
from clusterportal.core.outgoing import is_public
from clusterportal.quality.domain import link_checks
from clusterportal.quality.domain.fetching import MOST_BYTES, Fetcher, NotPublic, Unreachable
from clusterportal.quality.domain.link_checks import (
    LinkFinding,
    check_due,
    due,
    look,
    record,
    take_new_address,
)
from clusterportal.quality.domain.robots import Robots
from clusterportal.quality.enums import LinkStatus
from clusterportal.quality.models import LinkCheck
from tests.clusterportal.quality.conftest import LOCAL
from tests.factories import make_actor, make_person

FETCHER = Fetcher("ClusterPortalBot/1.0 (test)", allowed=LOCAL)


def see(url: str) -> tuple:
    finding = look(url, fetcher=FETCHER, robots=Robots(FETCHER))
    return finding.status, finding.reason, finding.final_url


# ---------- one look ----------
@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ((200, {}, b""), ("ok", "")),
        (("get only", {}, b"x"), ("ok", "")),
        ((404, {}, b""), ("failing", "HTTP 404")),
        ((500, {}, b""), ("failing", "HTTP 500")),
        ((403, {}, b""), ("guarded", "HTTP 403")),
        ((301, {}, b""), ("ok", "")),  # a redirect that leads nowhere is the page itself
    ],
)
def test_what_an_answer_means(site, answer, expected):
    site.answers["/"] = answer
    assert see(site.url()) == (*expected, "")


def test_a_permanent_redirect_suggests_the_new_address(site):
    site.answers |= {
        "/old": (301, {"Location": "/newer"}, b""),
        "/newer": (308, {"Location": site.url("/newest")}, b""),
        "/newest": (200, {}, b""),
        "/away": (302, {"Location": "/old"}, b""),
    }
    assert see(site.url("/old")) == ("moved", "", site.url("/newest"))
    assert see(site.url("/away")) == ("ok", "", "")


def test_redirects_end_somewhere(site):
    site.answers["/round"] = (302, {"Location": "/round"}, b"")
    assert see(site.url("/round")) == ("failing", "too many redirects", "")


def test_nobody_answers():
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    assert see(f"http://127.0.0.1:{port}/") == ("failing", "connection refused", "")


def test_robots_are_respected_on_every_hop(site):
    site.answers |= {
        "/robots.txt": (200, {}, b"User-agent: ClusterPortalBot\nDisallow: /private\nCrawl-delay: 7\n"),
        "/private/page": (200, {}, b""),
        "/open": (302, {"Location": "/private/page"}, b""),
    }
    assert see(site.url("/private/page")) == ("blocked", "", "")
    assert see(site.url("/open")) == ("blocked", "", "")
    assert "/private/page" not in [path for _method, path, _agent in site.asked]
    robots = Robots(FETCHER)
    assert robots.pause(site.url("/open")) == 0
    look(site.url("/open"), fetcher=FETCHER, robots=robots)
    assert robots.pause(site.url("/open")) == 7


def test_a_server_in_trouble_is_left_alone(site):
    site.answers |= {"/robots.txt": (503, {}, b""), "/": (200, {}, b"")}
    assert see(site.url()) == ("failing", "HTTP 503", "")
    assert [path for _method, path, _agent in site.asked] == ["/robots.txt"]


def test_who_looks_says_so(site, settings):
    settings.SITE_NAME, settings.SITE_URL = "Clusterregister für alle", "https://cluster.example"
    assert link_checks.user_agent() == (
        "ClusterPortalBot/1.0 (Clusterregister fr alle; +https://cluster.example/de/impressum/)"
    )
    see(site.url())
    assert {agent for _method, _path, agent in site.asked} == {"ClusterPortalBot/1.0 (test)"}


def test_only_few_bytes_are_read(site):
    site.answers["/big"] = (200, {}, b"x" * (MOST_BYTES * 3))
    assert len(FETCHER.read(site.url("/big")).body) == MOST_BYTES


# ---------- never into a private network ----------
@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://10.0.0.1/", "http://192.168.1.1/",
        "http://169.254.169.254/latest/", "http://0.0.0.0/", "http://[fe80::1]/", "http://[::ffff:127.0.0.1]/",
        "http://100.64.0.1/", "http://224.0.0.1/", "http://2130706433/", "ftp://example.org/", "file:///etc/passwd",
        "http://", "http://[", "gopher://127.0.0.1/",
    ],
)  # fmt: skip
def test_private_addresses_are_refused(url):
    with pytest.raises((NotPublic, Unreachable)) as refused:
        Fetcher("x").look(url)
    assert refused.type is NotPublic


@pytest.mark.parametrize(
    "address",
    [
        "64:ff9b::7f00:1", "64:ff9b::808:808", "64:ff9b:1::1", "::127.0.0.1", "::8.8.8.8", "::ffff:0:127.0.0.1",
        "::ffff:8.8.8.8", "::ffff:127.0.0.1", "2002:7f00:1::", "2002:808:808::1", "2001:0:4136:e378::1", "2001:db8::1",
        "fec0::1", "fc00::1", "fd12::1", "fe80::1", "fe80::1%eth0", "2a00:1450::1%eth0", "ff02::1", "ff0e::1", "::",
        "::1", "100::1", "3fff::1", "5f00::1", "4000::1", "192.0.0.192", "192.0.0.9", "192.0.2.1", "192.88.99.1",
        "198.18.0.1", "198.51.100.1", "203.0.113.1", "100.64.0.1", "0.0.0.0", "0.1.2.3", "10.1.1.1", "127.9.9.9",
        "169.254.169.254", "168.63.129.16", "172.16.0.1", "192.168.0.1", "224.0.0.1", "239.1.1.1", "240.0.0.1",
        "255.255.255.255", "", "example.org", "1",
    ],
)  # fmt: skip
def test_only_public_unicast_is_public(address):
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["93.184.215.14", "8.8.8.8", "2606:2800:21f:cb07::1", "2a00:1450:4001:830::2003"]
)
def test_public_addresses_are(address):
    assert is_public(address)


@pytest.mark.parametrize("port", [22, 25, 3306, 5432, 6379, 8000, 8080, 8443, 9200])
def test_other_ports_are_not_visited_and_that_is_said(monkeypatch, port):
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: [(0, 0, 0, "", ("8.8.8.8", port))])
    fetcher = Fetcher("x")
    finding = look(f"https://example.org:{port}/", fetcher=fetcher, robots=Robots(fetcher))
    assert (finding.status, finding.reason) == ("refused", "only the ports 80 and 443 are visited")


def test_one_private_address_among_public_ones_is_refused(monkeypatch):
    found = [(0, 0, 0, "", (address, 80)) for address in ("8.8.8.8", "64:ff9b::7f00:1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: found)
    with pytest.raises(NotPublic):
        Fetcher("x").look("http://example.org/")


def test_a_redirect_into_a_private_network_is_refused(site):
    site.answers["/trap"] = (302, {"Location": "http://10.0.0.1/admin"}, b"")
    assert see(site.url("/trap")) == ("refused", "", "")
    site.answers["/trap"] = (302, {"Location": "file:///etc/passwd"}, b"")
    assert see(site.url("/trap")) == ("refused", "", "")


# ---------- what is kept ----------
def kept(actor) -> tuple:
    check = LinkCheck.objects.get(actor=actor)
    return check.status, check.failures


@pytest.mark.django_db
def test_broken_only_after_failing_on_two_days():
    actor = make_actor(website="https://a.example")
    now = timezone.now().replace(hour=12)

    def fail(at):
        finding = LinkFinding(LinkStatus.FAILING, "HTTP 404")
        record(actor_id=actor.pk, url=actor.website, finding=finding, at=at)

    fail(now)
    assert kept(actor) == ("failing", 1)
    fail(now + timedelta(minutes=5))
    assert kept(actor) == ("failing", 1)
    fail(now + timedelta(days=1))
    assert kept(actor) == ("broken", 2)
    record(
        actor_id=actor.pk, url=actor.website, finding=LinkFinding(LinkStatus.OK), at=now + timedelta(days=2)
    )
    assert kept(actor) == ("ok", 0)


@pytest.mark.django_db
def test_an_entry_with_another_website_begins_anew():
    actor = make_actor(website="https://a.example")
    failed = LinkFinding(LinkStatus.FAILING)
    record(actor_id=actor.pk, url="https://a.example", finding=failed, at=timezone.now() - timedelta(days=2))
    record(actor_id=actor.pk, url="https://b.example", finding=failed, at=timezone.now())
    assert kept(actor) == ("failing", 1)


@pytest.mark.django_db
def test_each_link_is_due_once_a_week_and_a_failed_one_the_next_night():
    now = timezone.now()

    def checked(name, website, status, days):
        actor = make_actor(name, website=website)
        LinkCheck.objects.create(
            actor=actor, url="https://x.example", status=status, checked_at=now - timedelta(days=days)
        )

    make_actor("never", website="https://x.example")
    make_actor("none")
    make_actor("draft", website="https://x.example", state="draft")
    checked("old", "https://x.example", "ok", 7)
    checked("fresh", "https://x.example", "ok", 2)
    checked("failed", "https://x.example", "failing", 1)
    checked("broken", "https://x.example", "broken", 1)
    checked("changed", "https://y.example", "ok", 1)
    assert [actor.name for actor in due()] == ["never", "old", "failed", "changed"]


@pytest.mark.django_db
def test_a_run_looks_at_what_is_due_and_no_more(site):
    site.answers |= {"/a": (200, {}, b""), "/b": (301, {"Location": "/a"}, b"")}
    for path in ("/a", "/b", "/c"):
        make_actor(path, website=site.url(path), slug=path[1:])
    assert check_due(limit=2, allowed=LOCAL, pause=0) == {"ok": 1, "moved": 1}
    assert check_due(allowed=LOCAL, pause=0) == {"failing": 1}
    assert check_due(allowed=LOCAL, pause=0) == {}
    assert [path for _method, path, _agent in site.asked].count("/robots.txt") == 2


@pytest.mark.django_db
def test_the_new_address_is_taken_by_those_who_may(admin_user):
    actor = make_actor(website="http://a.example")
    check = LinkCheck.objects.create(
        actor=actor,
        url="http://a.example",
        status="moved",
        final_url="https://a.example/",
        checked_at=timezone.now(),
    )
    with pytest.raises(PermissionDenied):
        take_new_address(check=check, by=make_person("viewer"))
    assert take_new_address(check=check, by=admin_user) is True
    assert Actor.objects.get().website == "https://a.example/"
    assert (check.status, check.url) == ("ok", "https://a.example/")
    assert take_new_address(check=check, by=admin_user) is False


@pytest.mark.django_db
@pytest.mark.parametrize("field", ["url", "final_url"])
def test_the_database_keeps_no_address_that_a_link_may_not_lead_to(field):
    about = {"url": "https://a.example", "final_url": "https://b.example"} | {field: " javascript:alert(1)"}
    with pytest.raises(IntegrityError, match=f"link_{field}_on_the_web"):
        LinkCheck.objects.create(actor=make_actor(), status="moved", checked_at=timezone.now(), **about)
