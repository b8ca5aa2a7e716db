"""Every kind of public page: accessible, no wider than the screen, nothing from another host."""

import os

import pytest
from axe_playwright_python.sync_playwright import Axe

PAGES = [
    "/de/", "/en/", "/de/akteure/", "/en/actors/?layer=applied-research&area=health-medtech", "/de/akteure/?q=zzzz",
    "/de/akteure/?layer=integration-services&area=biotechnology", "/en/actors/?q=who+does+3D+printing+in+Saxony",
    "/de/akteure/?view=map", "/de/akteure/fraunhofer-itwm/", "/en/actors/fraunhofer-itwm/", "/de/ebenen/",
    "/de/ebenen/applied-research/", "/de/anwendungsfelder/", "/de/anwendungsfelder/health-medtech/", "/de/matrix/",
    "/en/matrix/?cluster=it-cluster-kaiserslautern", "/de/netzwerk/", "/de/netzwerk/?actor=dfki", "/de/cluster/",
    "/de/cluster/it-cluster-kaiserslautern/", "/de/clustermodell/", "/de/impressum/", "/de/datenschutz/",
    "/de/barrierefreiheit/", "/api/v1/docs/", "/de/vorschlagen/", "/en/actors/fraunhofer-itwm/propose/",
    "/de/akteure/fraunhofer-itwm/beanspruchen/", "/de/konto/login/", "/en/actors/fraunhofer-itwm/enquiry/",
    "/en/compare/?actor=fraunhofer-itwm&actor=dfki&actor=empolis&actor=rptu&actor=nobody", "/de/vergleich/?actor=dfki",
    "/en/shortlist/?actor=dfki&actor=fraunhofer-itwm&actor=nobody", "/de/schnittstelle/",
    "/en/embed/actors/?layer=basic-research", "/de/einbetten/matrix/", "/de/einbetten/akteure/dfki/",
]  # fmt: skip
SIZES = {"wide": (1440, 900), "narrow": (320, 700)}  # 320 px is 1280 px at 400 %


STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What hangs on size and scheme; the rest of a page is the same in both.
LOOKS = ["color-contrast", "target-size", "scrollable-region-focusable", "link-in-text-block", "svg-img-alt",
         "label-content-name-mismatch", "aria-hidden-focus", "bypass", "heading-order"]  # fmt: skip


def violations(page, rules: list[str] = STANDARDS) -> list[str]:
    found = Axe().run(page, options={"runOnly": rules})
    return [
        f"{one['id']}: {node['html'][:160]}"
        for one in found.response["violations"]
        for node in one["nodes"][:3]
    ]


# Each size and each scheme once; the colours of a scheme are the same at every size.
@pytest.mark.parametrize(("size", "scheme"), [("wide", "light"), ("narrow", "dark")])
def test_accessible_and_never_wider_than_the_screen(visit, size, scheme):
    width, height = SIZES[size]
    page = visit("/de/", color_scheme=scheme, viewport={"width": width, "height": height})
    origin = page.url.removesuffix("/de/")
    problems, is_whole = {}, size == "wide" or os.environ.get("JOURNEYS") == "whole"
    for path in PAGES:
        page.goto(origin + path)
        wrong = violations(page, STANDARDS if is_whole else LOOKS)
        if page.evaluate("document.scrollingElement.scrollWidth > innerWidth"):
            wrong.append("scrolls sideways")
        if wrong:
            problems[path] = wrong
    assert problems == {}
