"""No network address is kept, in no table and no log; and no page makes a browser ask another host."""

import logging
import re
import time
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.apps import apps
from django.conf import settings
from django.core import signing
from django.db import models
from django.urls import reverse

from clusterportal.core.logs import LOGGING
from clusterportal.core.management.commands.up import _web_server
from clusterportal.history.processing import record_of_processing
from clusterportal.newsletters.models import Order
from clusterportal.pages.models import TextPage
from tests.clusterportal.history.test_erased_everywhere import tables_with
from tests.clusterportal.newsletters.makers import make_list
from tests.factories import make_actor, make_chain, make_cluster, make_person

ADDRESS = "93.184.216.34"
NETWORK = ADDRESS.rpartition(".")[0]
pytestmark = pytest.mark.django_db


class _Everything(logging.Handler):
    def __init__(self):
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []
        given = dict(LOGGING["formatters"]["line"])
        self.setFormatter(given.pop("()")(**given))

    def emit(self, record):
        self.lines.append(self.format(record))


@pytest.fixture
def logged():
    handler, root = _Everything(), logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    logging.getLogger("django.db.backends").setLevel(logging.WARNING)  # the statements of this very test
    yield handler.lines
    root.removeHandler(handler)
    root.setLevel(level)
    logging.getLogger("django.db.backends").setLevel(logging.NOTSET)


def test_no_table_and_no_log_holds_the_address_of_a_visitor(client, logged, settings):
    settings.NEWSLETTER_NETWORK_DAYS = 0
    cluster = make_cluster("it", name_de="IT-Cluster", email="kontakt@cluster.example")
    actor = make_actor("Optik Nord", clusters=[cluster], email="info@optik.example")
    make_list(cluster)
    opened = signing.dumps({"at": time.time() - 10, "base": {}}, salt="pages.forms.opened", compress=True)
    manager = make_person("manager", clusters=[cluster])
    here = {"REMOTE_ADDR": ADDRESS, "HTTP_X_FORWARDED_FOR": ADDRESS, "HTTP_USER_AGENT": "Zeppelin/7"}

    asked = {
        "opened": opened, "ask-text": "Wir suchen Rat.", "ask-name": "Ada", "ask-email": "ada@frage.example",
        "ask-consent": "on",
    }  # fmt: skip
    assert client.post(reverse("pages:actor-enquiry", args=[actor.slug]), asked, **here).status_code == 302
    ordered = {
        "opened": opened, "news-email": "ada@leser.example", "news-newsletters": ["it"],
        "news-language": "de", "news-form": "html", "news-consent": "on",
    }  # fmt: skip
    assert client.post(reverse("pages:newsletter"), ordered, **here).status_code == 302
    assert Order.objects.get().network is None
    wrong = client.post(reverse("account_login"), {"login": manager.username, "password": "falsch"}, **here)
    assert wrong.status_code == 200
    assert client.post("/admin/login/", {"username": "x", "password": "y"}, **here).status_code in (200, 302)
    assert client.get("/api/v1/actors/", **here).status_code == 200
    assert client.get("/de/gibt-es-nicht/", **here).status_code == 404
    assert client.get("/de/", headers={"host": "fremd.example"}, **here).status_code == 400
    client.force_login(manager)
    assert client.get("/admin/actors/actor/", **here).status_code == 200
    reset = client.post(reverse("account_reset_password"), {"email": manager.email}, **here)
    assert reset.status_code in (200, 302)

    assert {word: tables_with(word) for word in (NETWORK, "Zeppelin/7")} == {NETWORK: [], "Zeppelin/7": []}
    assert len(logged) > 3
    assert [line for line in logged if NETWORK in line or "Zeppelin" in line] == []


def test_the_only_column_for_addresses_is_declared_and_off():
    """A shortened address of a newsletter's order, where the operator wants it as proof."""
    columns = [
        f"{model._meta.db_table}.{column.column}"
        for model in apps.get_models()
        for column in model._meta.concrete_fields
        if isinstance(column, models.GenericIPAddressField)
    ]
    assert columns == ["newsletters_order.network"]
    assert columns[0] in {line.technical for line in record_of_processing()}
    assert settings.NEWSLETTER_NETWORK_DAYS == 0


def test_neither_the_web_server_nor_a_formatter_writes_addresses():
    command = _web_server("127.0.0.1", 8000, 1)
    assert [part for part in command if "access" in part] == []
    formats = " ".join(str(one) for one in LOGGING["formatters"].values())
    assert not re.search("addr|host|ip_|client", formats, re.IGNORECASE)


# ---------- other hosts ----------
_LOADING = {
    "script": ("src",), "img": ("src", "srcset"), "iframe": ("src",), "source": ("src", "srcset"), "video": ("src",),
    "audio": ("src",), "embed": ("src",), "object": ("data",), "use": ("href", "xlink:href"), "form": ("action",),
    "image": ("href",), "input": ("src",), "track": ("src",),
}  # fmt: skip
_LINKS = {
    "stylesheet",
    "icon",
    "preload",
    "prefetch",
    "preconnect",
    "dns-prefetch",
    "manifest",
    "modulepreload",
}


class _Loads(HTMLParser):
    """What a browser asks for by itself when it shows a page, and where forms lead."""

    def __init__(self):
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag, attrs):
        said = dict(attrs)
        names = _LOADING.get(tag, ())
        if tag == "link" and _LINKS & set((said.get("rel") or "").split()):
            names = ("href",)
        for name in names:
            self.found += [part.split()[0] for part in (said.get(name) or "").split(",") if part.strip()]


def foreign(text: str) -> list[str]:
    page = _Loads()
    page.feed(text)
    return [one for one in page.found if urlsplit(one).netloc not in ("", "testserver")]


def test_no_page_asks_another_host(client):
    make_chain()
    cluster = make_cluster("it", name_de="IT-Cluster", homepage="https://cluster.example/")
    actor = make_actor(
        "Optik Nord", clusters=[cluster], layers=[1], website="https://optik.example/", latitude=49.4, longitude=7.7,
        description_de="![Bild](https://fremd.example/bild.png) <img src='https://fremd.example/x.png'>",
    )  # fmt: skip
    TextPage.objects.create(
        slug="privacy", title_de="Datenschutz", body_de="![Bild](https://fremd.example/bild.png)"
    )
    assert foreign("<img src='https://fremd.example/x.png'>") == [
        "https://fremd.example/x.png"
    ]  # it would see one
    pages = [
        "/de/", "/en/", "/de/akteure/", "/de/akteure/?view=map", f"/de/akteure/{actor.slug}/", "/de/matrix/",
        "/de/netzwerk/", "/de/cluster/", "/de/cluster/it/", "/de/ebenen/", "/de/anwendungsfelder/", "/de/aktuelles/",
        "/de/termine/", "/de/erfolgsgeschichten/", "/de/partnersuche/", "/de/newsletter/", "/de/mitmachen/",
        "/de/abgleich/", "/de/schnittstelle/", "/de/merkliste/", "/de/vorschlagen/", "/de/anfrage/", "/de/datenschutz/",
        "/de/glossar/", "/de/kompetenzatlas/", "/de/leichte-sprache/", reverse("account_login"), "/api/v1/docs/",
        reverse("pages:embed-directory"), "/de/gibt-es-nicht/",
    ]  # fmt: skip
    found = {}
    for page in pages:
        answer = client.get(page)
        assert answer.status_code in (200, 404), (page, answer.status_code)
        found[page] = foreign(answer.content.decode())
        policy = answer["Content-Security-Policy"].replace(
            "https://tile.openstreetmap.org", ""
        )  # after consent
        assert "http" not in policy and "default-src 'none'" in policy, page
    client.force_login(make_person("administrator"))
    for page in (
        "/admin/",
        "/admin/actors/actor/",
        f"/admin/actors/actor/{actor.pk}/change/",
        "/admin/privacy/",
    ):
        answer = client.get(page)
        found[page] = foreign(answer.content.decode())
        assert "http" not in answer["Content-Security-Policy"], page
    assert {page: hosts for page, hosts in found.items() if hosts} == {}


def test_no_style_and_no_script_names_another_host():
    """But for the tiles of the map, which the browser asks for when the visitor wants the map."""
    named = {
        (path.name, host)
        for kind in ("css", "js")
        for path in Path(settings.BASE_DIR, "static", kind).rglob(f"*.{kind}")
        for host in re.findall(r"(?:https?:)?//([\w-]+(?:\.[\w-]+)+)/", path.read_text())
    }
    assert {host for _name, host in named} <= {
        "tile.openstreetmap.org",
        "www.w3.org",
        "www.openstreetmap.org",
    }
