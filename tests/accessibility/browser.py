"""Debian's Chromium, and one page of the portal looked at in every way."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from axe_playwright_python.base import AXE_SCRIPT as AXE

CHROMIUM = shutil.which("chromium")
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
PROBES = (Path(__file__).parent / "probes.js").read_text()
WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 320, "height": 700}  # 320 px is 1280 px at 400 %
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What hangs on size and scheme; the rest of a page is the same in both.
LOOKS = ["color-contrast", "target-size", "region", "scrollable-region-focusable", "link-in-text-block", "svg-img-alt",
         "label-content-name-mismatch", "aria-hidden-focus", "bypass", "heading-order"]  # fmt: skip
# Not one of the standard's tags, as axe calls it experimental; criterion 2.5.3 asks for it.
LABEL_IN_NAME = "label-content-name-mismatch"
_TWO_FRAMES = (
    "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"  # scripts follow
)
_DARK = "dark => document.documentElement.classList.toggle('dark', dark)"  # the admin reads the scheme once


@contextmanager
def chromium() -> Iterator:
    """A browser of its own, without a window."""
    from playwright.sync_api import sync_playwright

    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright's loop runs in this very thread
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


def axe(page, *, rules: list[str] | None = None, context: str | None = None) -> dict:
    """What axe says: by all rules of the standards and of best practice, or by the named ones."""
    if rules is None:
        options = {"runOnly": STANDARDS, "rules": {LABEL_IN_NAME: {"enabled": True}}}
    else:
        options = {"runOnly": {"type": "rule", "values": rules}}
    options |= {"resultTypes": ["violations", "incomplete"], "preload": False}
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    return page.evaluate("([context, options]) => axe.run(context ?? document, options)", [context, options])


def set_scheme(page, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    if "/admin/" in page.url:
        page.evaluate(_DARK, scheme == "dark")
    page.evaluate(_TWO_FRAMES)
