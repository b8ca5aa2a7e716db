"""Every kind of public page: accessible, no wider than the screen, nothing from another host."""

import pytest

from tests.journeys.accessibility import is_too_wide, violations

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
    "/en/shortlist/?actor=dfki&actor=fraunhofer-itwm&actor=nobody", "/de/abgleich/", "/de/schnittstelle/",
    "/de/cluster/it-cluster-kaiserslautern/monitor/",
    "/en/clusters/it-cluster-kaiserslautern/action-plan/", "/de/cluster/it-cluster-kaiserslautern/matchmaking/",
    "/en/clusters/it-cluster-kaiserslautern/financing/", "/en/embed/actors/?layer=basic-research",
    "/de/einbetten/matrix/", "/de/einbetten/akteure/dfki/",
    "/en/partner-search/?area=media-creative", "/de/partnersuche/versuchsanlagen-fuer-bioenergie/",
    "/en/partner-search/versuchsanlagen-fuer-bioenergie/interest/", "/de/aktuelles/", "/en/success-stories/",
    "/de/erfolgsgeschichten/beegfs-vom-institut-ins-rechenzentrum/", "/en/events/", "/de/termine/beispiel-matchmaking/",
    "/en/newsletter/", "/de/kompetenzatlas/", "/en/join/", "/de/mitmachen/aufnahme/", "/de/glossar/",
    "/en/easy-language/",
]  # fmt: skip
SIZES = {"wide": (1440, 900), "narrow": (320, 700)}  # 320 px is 1280 px at 400 %


# Each size and each scheme once; the colours of a scheme are the same at every size.
@pytest.mark.parametrize(("size", "scheme"), [("wide", "light"), ("narrow", "dark")])
def test_accessible_and_never_wider_than_the_screen(visit, size, scheme):
    width, height = SIZES[size]
    page = visit("/de/", color_scheme=scheme, viewport={"width": width, "height": height})
    origin = page.url.removesuffix("/de/")
    problems = {}
    for path in PAGES:
        page.goto(origin + path)
        wrong = violations(page)
        if is_too_wide(page):
            wrong.append("scrolls sideways")
        if wrong:
            problems[path] = wrong
    assert problems == {}
