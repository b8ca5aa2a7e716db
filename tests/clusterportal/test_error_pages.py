"""Error pages cannot fail: every address of the portal with every status, and addresses that make no sense."""

import re
from functools import cache
from unittest import mock

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import OperationalError
from django.http import Http404
from django.template import loader
from django.test import Client
from django.urls import URLPattern, get_resolver, resolve
from django.utils.regex_helper import normalize
from django.utils.translation import override

from clusterportal.pages.views import errors
from tests.factories import make_person
from tests.markup import markup_of

pytestmark = pytest.mark.django_db
_SAMPLES = {
    "int": "7",
    "slug": "name",
    "str": "name",
    "path": "name",
    "uuid": "0" * 8 + "-0000-0000-0000-" + "0" * 12,
}
FAULTS = {400: SuspiciousOperation, 403: PermissionDenied, 404: Http404, 410: None, 500: RuntimeError}


def fail_at_will(get_response):
    """Middleware of these tests: fails where the view would, with the status that the request asks for."""

    def middleware(request):
        return get_response(request)

    def process_view(request, view, args, kwargs):
        status = int(request.headers["X-Fail"])
        if status == 410:
            return errors.gone(request)
        raise FAULTS[status]

    middleware.process_view = process_view
    return middleware


def _patterns(resolver, before: str = ""):
    for one in resolver.url_patterns:
        part = str(one.pattern)
        if hasattr(one.pattern, "_route"):
            part = re.sub(r"<(?:(\w+):)?\w+>", lambda found: _SAMPLES.get(found[1] or "str", "name"), part)
        else:
            candidate, names = normalize(part)[0]
            part = candidate % dict.fromkeys(names, "name") if names else candidate
        if isinstance(one, URLPattern):
            yield before + part
        else:
            yield from _patterns(one, before + part)


@cache
def addresses() -> list[str]:
    found = []
    for language in ("de", "en"):
        with override(language):
            found += [f"/{path}" for path in _patterns(get_resolver()) if "//" not in path]
    return sorted(set(found))


def is_served(address: str) -> bool:
    with override(address[1:3] if address[1:4] in ("de/", "en/") else "de"):
        try:
            return bool(resolve(address))
        except Http404:
            return False


@pytest.fixture
def hurt(client, settings):
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "tests.clusterportal.test_error_pages.fail_at_will"]
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize("status", FAULTS)
def test_every_address_has_every_error(hurt, status):
    # /health/ is answered before anything can go wrong: balancers ask it under any name.
    served = [address for address in addresses() if is_served(address) and address != "/health/"]
    assert len(served) > 250  # the walk finds the house
    wrong = []
    for address in served:
        response = hurt.get(address, headers={"X-Fail": str(status)})
        text = markup_of(response)
        is_said = (
            '"detail"' in text
            if address.startswith("/api/")
            else text.count("<h1>") == text.count('class="top"') == 1
        )
        if response.status_code != status or not is_said or "Content-Security-Policy" not in response.headers:
            wrong.append((address, response.status_code, text[:80]))
    if status == 404:  # the root leads on to the first page
        wrong.remove(("/", 302, ""))
    assert wrong == []


ODD = [
    "%00",
    "x.png",
    "..%2f..%2fsecret_key",
    "%ff",
    "a" * 3000,
    "%F0%9F%98%80",
    "-1",
    "9" * 30,
    "%0d%0aX:1",
    "'",
]


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: odd[:12])
def test_odd_parts_of_an_address_are_no_crash(client, odd):
    """Whatever stands where a name, number or token is expected, nothing falls over."""
    client.force_login(make_person("administrator"))
    client.raise_request_exception = False
    named = [one for one in addresses() if re.search(r"/(name|7)(/|$|\.)", one)]
    assert len(named) > 100
    crashed = []
    for address in [*named, "/media/name", "/media/logos/name", "/sitemap-name.xml", "/name", "/de/name"]:
        response = client.get(re.sub(r"(?<=[/-])(name|7)(?=/|$|\.)", lambda _found: odd, address))
        if response.status_code >= 500 or (response.status_code == 404 and not response.content):
            crashed.append((address, response.status_code))
    assert crashed == []


@pytest.mark.parametrize(
    "path", ["/media/", "/media/x.png", "/media/%00", "/media/logos/fehlt.png", "/media/../x"]
)
def test_a_missing_file_is_a_page_that_says_so(client, path):
    response = client.get(path)
    assert response.status_code == 404
    assert markup_of(response).count("<h1>") == markup_of(response).count('class="top"') == 1
    assert response["X-Content-Type-Options"] == "nosniff" and "Content-Security-Policy" in response.headers


@pytest.mark.parametrize(
    "path", ["/de/", "/en/actors/", "/de/matrix/", "/de/nirgends/", "/media/x.png", "/", "/de/vorschlagen/"]
)
def test_too_many_parameters_are_a_bad_request(client, chain, path):
    response = client.get(
        f"{path}?" + "&".join(f"a{n}=1" for n in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1))
    )
    expected = {"/de/nirgends/": 404}.get(path, 400)
    assert response.status_code == expected
    assert markup_of(response).count("<h1>") == 1


def test_a_page_that_cannot_be_built_gives_way_to_a_simpler_one(client, caplog):
    """The page with the database's facts, the one without, the bare title: the first that can be shown is."""
    real = loader.render_to_string
    with mock.patch(
        "actors.domain.taxonomy.Taxonomy.regions", property(mock.Mock(side_effect=OperationalError))
    ):
        response = client.get("/de/nirgends/")
    assert response.status_code == 404 and '<header class="top">' in markup_of(response)

    def broken(name, *args, **kwargs):
        if name == "404.html":
            raise RuntimeError
        return real(name, *args, **kwargs)

    with mock.patch.object(loader, "render_to_string", broken):
        response = client.get("/de/nirgends/")
    assert response.status_code == 404
    assert "<h1>Nicht gefunden (404)</h1>" in markup_of(response)
    assert '<html lang="de">' in markup_of(response)
    assert sum("could not be shown" in record.message for record in caplog.records) == 3


def test_a_form_that_has_run_out_says_so():
    response = Client(enforce_csrf_checks=True).post("/en/account/login/", {})
    assert response.status_code == 403
    assert "<h1>This form was not accepted</h1>" in markup_of(response)
    assert "Content-Security-Policy" in response.headers


@pytest.mark.parametrize("path", ["/de/", "/admin/", "/media/x.png", "/en/nowhere/"])
def test_a_foreign_host_is_a_bad_request_with_its_page(client, path):
    response = client.get(path, headers={"host": "evil.example"})
    assert response.status_code == 400
    assert markup_of(response).count("<h1>") == markup_of(response).count('class="top"') == 1
    assert b"evil.example" not in response.content
