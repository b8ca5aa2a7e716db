"""Answers of every kind: their headers, what cannot be smuggled in, and where nothing leads."""

import sys
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from actors.models import Actor
from clusterportal.core.logs import without_tokens
from clusterportal.core.signed_links import SignedLink
from clusterportal.history.models import current_revision
from tests.factories import make_actor, make_person

pytestmark = pytest.mark.django_db
KINDS = {  # an address of each kind, its status and the beginning of its content type
    "/de/": (200, "text/html; charset=utf-8"),
    "/de/akteure/": (200, "text/html; charset=utf-8"),
    "/de/nichts/": (404, "text/html; charset=utf-8"),
    "/de/konto/login/": (200, "text/html; charset=utf-8"),
    "/de/akteure/export.csv": (200, "text/csv; charset=utf-8"),
    "/api/v1/actors/": (200, "application/json"),
    "/api/v1/nichts/": (404, "application/problem+json"),
    "/api/v1/actors/?format=csv": (200, "text/csv; charset=utf-8"),
    "/sitemap.xml": (200, "application/xml"),
    "/robots.txt": (200, "text/plain"),
    "/media/logos/nichts.png": (404, "text/html; charset=utf-8"),
    "/files/nichts/": (404, "text/html; charset=utf-8"),
    "/admin/": (302, "text/html; charset=utf-8"),
}


def test_every_kind_of_answer_has_its_headers(client):
    make_actor(state="published")
    for address, (status, kind) in KINDS.items():
        answer = client.get(address)
        assert answer.status_code == status, address
        assert answer.headers["Content-Type"].lower().startswith(kind), address
        assert answer.headers["X-Content-Type-Options"] == "nosniff", address
        assert answer.headers["Referrer-Policy"] == "strict-origin-when-cross-origin", address
        assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin", address
        policy = answer.headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in policy and "object-src 'none'" in policy, address


def test_pages_of_signed_in_people_are_not_kept(client):
    client.force_login(make_person("administrator"))
    for address in (
        "/admin/",
        "/admin/actors/actor/",
        "/admin/accounts/user/",
        reverse("account_change_password"),
    ):
        kept = client.get(address).headers["Cache-Control"]
        assert "no-store" in kept and "private" in kept, address
    assert "private" in client.get("/de/").headers["Cache-Control"]


def test_headers_of_proxies_and_hosts_poison_nothing(client):
    plain = client.get("/de/").content
    for header in (
        "X-Forwarded-Host",
        "X-Host",
        "X-Original-URL",
        "X-Rewrite-URL",
        "Forwarded",
        "X-Forwarded-Prefix",
    ):
        assert client.get("/de/", headers={header: "boese.example"}).content == plain, header
    assert client.get("/de/", headers={"host": "boese.example"}).status_code == 400


# Mail programs press these buttons for their readers: every token gets one answer there (RFC 8058).
ONE_CLICK = {"pages:follow-stop", "pages:newsletter-unsubscribe", "pages:suggestions-decline"}
# Files that the link of a page opens, too.
OTHER_PAGES = {
    "pages:talks-agenda": ["pages:talks-calendar"],
    "pages:newsletter-choice": ["pages:newsletter-data"],
}
ELSEWHERE = [
    "https://boese.example",
    "//boese.example",
    "/\\boese.example",
    "https:boese.example",
    "javascript:alert(1)",
]


def test_no_redirect_leads_elsewhere(client):
    make_person("administrator", username="leitung")
    for address in ELSEWHERE:
        signed_in = Client().post(
            reverse("account_login"), {"login": "leitung", "password": "x", "next": address}
        )
        spoken = client.post("/i18n/setlang/", {"language": "en", "next": address})
        for answer in (signed_in, spoken):
            assert answer.status_code == 302
            assert (
                "boese" not in answer.headers["Location"] and "javascript" not in answer.headers["Location"]
            )


def test_no_path_leads_out_of_a_folder(client):
    for path in ("../secret_key", "..%2f..%2fmanage.py", "/etc/passwd", "....//secret_key", "", "logos/"):
        for room in ("media", "files", "static"):
            assert client.get(f"/{room}/{path}").status_code in (301, 302, 400, 404), (room, path)
    for path in ("/.git/config", "/.env", "/manage.py", "/secret_key", "/.portal/"):
        assert client.get(path).status_code == 404, path


def test_odd_methods_are_refused(client):
    for address in ("/api/v1/actors/", "/i18n/setlang/", "/de/konto/logout/"):
        assert client.generic("TRACE", address).status_code in (302, 405), address
    assert b"X-Geheim" not in client.generic("TRACE", "/de/", headers={"X-Geheim": "1"}).content


def test_without_its_token_no_form_is_taken():
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_person("administrator"))
    actor = make_actor()
    sent_to = [
        f"/admin/actors/actor/{actor.pk}/delete/",
        "/admin/accounts/user/add/",
        reverse("account_logout"),
    ]
    sent_to += [
        reverse("account_change_password"),
        reverse("account_login"),
        reverse("account_reset_password"),
    ]
    for address in sent_to:
        assert client.post(address, {"post": "yes"}).status_code == 403, address
    assert Actor.objects.filter(pk=actor.pk).exists()


def test_a_session_is_no_key_of_the_api(client):
    client.force_login(make_person("administrator"))
    actor = make_actor(state="draft")
    address = f"/api/v1/actors/{actor.uid}/"
    assert client.get(address).status_code == 404
    for method in ("patch", "put", "delete"):
        sent = getattr(client, method)(address, {"name": "x"}, content_type="application/json")
        assert sent.status_code in (401, 403, 404, 405), method


def test_looking_changes_nothing(client):
    client.force_login(make_person("administrator"))
    actor = make_actor()
    revision = current_revision()
    for address in (
        f"/admin/actors/actor/{actor.pk}/delete/",
        f"/admin/actors/actor/{actor.pk}/change/?state=published",
    ):
        client.get(address, {"post": "yes", "action": "publish", "_selected_action": actor.pk})
    client.get("/admin/actors/actor/", {"action": "publish", "_selected_action": actor.pk})
    assert current_revision() == revision


# ---------- links of mails ----------
def links() -> dict[str, SignedLink]:
    """Every kind of signed link that a room has, by the name of its page."""
    rooms = [
        vars(module) for name, module in sorted(sys.modules.items()) if name.startswith("clusterportal.")
    ]
    return {one.view: one for room in rooms for one in room.values() if isinstance(one, SignedLink)}


def pages_of_links() -> Iterator[str]:
    """Every page that is opened by a token, wherever it stands."""
    todo = [("", get_resolver())]
    for space, resolver in todo:
        for pattern in resolver.url_patterns:
            if hasattr(pattern, "url_patterns"):
                todo.append((f"{space}{pattern.namespace}:" if pattern.namespace else space, pattern))
            elif pattern.name and "token" in pattern.pattern.converters:
                yield space + pattern.name


def test_a_link_opens_its_own_page_alone_and_its_token_is_in_no_log(client, caplog):
    """Tokens of every other kind, and changed ones: no page says more than that this link is none."""
    known, pages = links(), set(pages_of_links())
    assert len(known) >= 14 and known.keys() <= pages
    for page in sorted(pages):
        for view, link in known.items():
            own = view == page or page in OTHER_PAGES.get(view, ())
            token = link.token(1) + "x" if own else link.token(1)
            answer = client.get(reverse(page, args=[token]))
            expected = (200,) if page == "pages:newsletter-unsubscribe" else (404, 405, 410)
            assert answer.status_code in expected, (page, view)
            assert "public" not in answer.headers.get("Cache-Control", ""), page
            assert token.partition(":")[2] not in without_tokens(caplog.text), page
        sent = client.post(reverse(page, args=[token]), {"go": "1"})
        assert sent.status_code in ((200,) if page in ONE_CLICK else (404, 405, 410)), page
