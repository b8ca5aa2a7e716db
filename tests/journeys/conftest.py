"""Journeys in a real browser, on the demo registry, over the real server."""

import os

import pytest
from django.test import Client

from tests.accessibility.browser import CHROMIUM, QUIET
from tests.journeys.demo_registry import lay_out

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright's loop runs in the test's own thread


@pytest.fixture(
    scope="module"
)  # Playwright's loop runs in this thread; tests of jobs, later, need one of their own
def browser():
    if not CHROMIUM:
        pytest.skip("Debian's chromium is not installed: apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def demo(transactional_db):
    """The demo registry with its text pages, committed, as a visitor's server sees it."""
    lay_out()


def _is_fault(message) -> bool:
    """A form that was refused (422) says so to the visitor."""
    return message.type == "error" and "status of 422" not in message.text


@pytest.fixture
def visit(browser, live_server, demo):
    """`visit("/de/")` opens a page in a fresh context; every foreign request and console error fails the test.

    `visit.allowed` takes addresses that a test lets a visitor ask for.
    """
    contexts, complaints = [], []
    allowed = [live_server.url, "data:", "blob:"]

    def open_page(path: str, **options):
        context = browser.new_context(**{"locale": "de-DE"} | options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: _is_fault(message) and complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "request",
            lambda request: (
                request.url.startswith(tuple(allowed)) or complaints.append(f"foreign request: {request.url}")
            ),
        )
        page.goto(live_server.url + path)
        return page

    open_page.allowed = allowed
    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def as_person(visit, live_server):
    """`as_person(user, path)` opens a page as somebody who is signed in."""

    def opened(person, path: str):
        client = Client()
        client.force_login(person)
        page = visit("/de/")
        page.context.add_cookies(
            [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
        )
        page.goto(live_server.url + path)
        return page

    return opened
