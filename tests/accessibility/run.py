"""All pages in several browsers at once, and what was found."""

import re
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from multiprocessing import get_context

from playwright.sync_api import Error

from tests.accessibility.browser import WIDE, chromium
from tests.accessibility.checking import Fault, Page, faults_of

PATIENCE = 300_000  # milliseconds: the machine may have other things to do
_open = ExitStack()  # the browser of this process, until it ends
_contexts: dict = {}


def look_at_all(
    pages: list[Page], origin: str, cookies: dict[str, dict], *, browsers: int, tell: Callable[[str], None]
) -> tuple[list[Fault], Counter, str]:
    """Faults, what was looked at, and the version of the browser. `cookies` let people in, by their name in pages."""
    faults, counts = [], Counter()
    pool = ProcessPoolExecutor(browsers, get_context("spawn"), _start, (origin, cookies))
    with pool:
        for number, (page, found, seen) in enumerate(pool.map(_look, pages), start=1):
            tell(f"{number}/{len(pages)} {page.address}: {len(found)}")
            faults += found
            counts += seen
        version = pool.submit(_version).result()
    return faults, counts, version


def _start(origin: str, cookies: dict[str, dict]) -> None:
    browser = _open.enter_context(chromium())
    for person in ("", *cookies):
        _contexts[person] = browser.new_context(base_url=origin, locale="de-DE", viewport=WIDE)
        if person:
            _contexts[person].add_cookies([cookies[person]])


def _version() -> str:
    return _contexts[""].browser.version


def _look(one: Page) -> tuple[Page, list[Fault], Counter]:
    counts: Counter = Counter()
    page = _contexts[one.person].new_page()
    page.set_default_timeout(PATIENCE)
    try:
        try:
            answer = page.goto(one.address)
        except Error as error:  # a file, or an answer without a page
            return one, [Fault("no page", one.address, "", error.message.partition("\n")[0])], counts
        if answer.status != 200:
            return one, [Fault("status", one.address, "", str(answer.status))], counts
        if not answer.headers.get("content-type", "").startswith("text/html"):
            return one, [Fault("no page", one.address, "", answer.headers.get("content-type", ""))], counts
        counts[one.person or "public"] += 1
        return one, faults_of(page, one.address, counts), counts
    finally:
        page.close()


def chosen(pages: list[Page], only: str) -> list[Page]:
    """Those whose address `only` is found in, as a regular expression."""
    return [page for page in pages if re.search(only, page.address)]
