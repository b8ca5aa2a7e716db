"""Every kind of public page: accessible, no wider than the screen, nothing from another host; what is told of key ones.

`python -m tests.accessibility` looks at all pages, with an account and without, and at more.
"""

import os
from pathlib import Path

from tests.accessibility.browser import NARROW, PROBES, WIDE, set_scheme
from tests.accessibility.checking import walk
from tests.accessibility.kinds import PUBLIC
from tests.accessibility.tree import outline, unnamed
from tests.factories import make_person
from tests.journeys.accessibility import is_too_wide, violations

# One page of each look; `JOURNEYS=whole` opens them all.
ENOUGH = [
    "/en/", "/de/akteure/", "/en/actors/?q=who+does+3D+printing+in+Saxony", "/de/akteure/?view=map",
    "/de/akteure/fraunhofer-itwm/", "/de/ebenen/applied-research/", "/de/matrix/", "/de/netzwerk/?actor=dfki",
    "/de/cluster/it-cluster-kaiserslautern/", "/de/barrierefreiheit/", "/api/v1/docs/", "/de/vorschlagen/",
    "/de/konto/login/", "/en/actors/fraunhofer-itwm/enquiry/", "/de/abgleich/", "/de/schnittstelle/",
    "/en/compare/?actor=fraunhofer-itwm&actor=dfki&actor=empolis&actor=rptu&actor=nobody",
    "/de/cluster/it-cluster-kaiserslautern/monitor/", "/en/clusters/it-cluster-kaiserslautern/action-plan/",
    "/en/clusters/it-cluster-kaiserslautern/financing/", "/de/einbetten/matrix/",
    "/en/partner-search/?area=media-creative",
    "/de/erfolgsgeschichten/beegfs-vom-institut-ins-rechenzentrum/", "/en/events/", "/en/newsletter/", "/en/join/",
]  # fmt: skip
OUTLINES = Path(__file__).resolve().parents[1] / "accessibility" / "outlines"
TOLD = {  # pages whose outline is kept, and the names of the files
    "/en/": "home", "/de/akteure/": "directory", "/de/akteure/fraunhofer-itwm/": "profile", "/de/matrix/": "matrix",
    "/de/netzwerk/?actor=dfki": "network", "/de/cluster/it-cluster-kaiserslautern/monitor/": "monitor",
    "/en/actors/fraunhofer-itwm/enquiry/": "enquiry",
}  # fmt: skip
MANY = 60  # stops by keyboard: the navigation alone has as many


def test_accessible_and_never_wider_than_the_screen(visit, live_server):
    """Wide and light by all rules, then narrow and dark, by what hangs on these; no page is loaded twice."""
    page = visit("/de/")
    problems = {}
    for path in PUBLIC if os.environ.get("JOURNEYS") == "whole" else ENOUGH:
        page.set_viewport_size(WIDE)
        set_scheme(page, "light")
        page.goto(live_server.url + path)
        page.evaluate(PROBES)
        wrong = [*violations(page), *unnamed(page), *page.evaluate("probes.mouseOnly()")]
        if path in TOLD and (now := outline(page)) != kept(TOLD[path], now):
            wrong.append(now)
        page.set_viewport_size(NARROW)
        set_scheme(page, "dark")
        wrong += [*violations(page), *page.evaluate("probes.lossesBySpacing()")]
        if is_too_wide(page):
            wrong.append("scrolls sideways")
        if wrong:
            problems[path] = wrong
    assert problems == {}


def test_a_form_of_the_admin_is_walked_by_keyboard_alone(as_person, live_server):
    page = as_person(make_person("administrator"), "/admin/pages/glossaryentry/add/")
    page.evaluate(PROBES)
    assert [*violations(page), *unnamed(page), *page.evaluate("probes.mouseOnly()")] == []
    walked = walk(page)
    assert walked.pop("stops") > MANY
    assert walked == {"missed": [], "unseen": [], "covered": [], "order": []}
    page.set_viewport_size(NARROW)
    opener = page.locator("#main [data-opens=sidebarMobileOpen]")
    opener.press("Enter")
    assert opener.get_attribute("aria-expanded") == "true"
    page.locator("#nav-sidebar a").first.wait_for()
    page.keyboard.press("Escape")
    assert opener.get_attribute("aria-expanded") == "false"
    assert page.evaluate("document.activeElement.dataset.opens") == "sidebarMobileOpen"


def kept(name: str, now: str) -> str:
    """The outline as it is meant; `JOURNEYS=keep` in the environment takes what there is now for that."""
    file = OUTLINES / f"{name}.txt"
    if os.environ.get("JOURNEYS") == "keep":
        file.write_text(now)
    return file.read_text()
