"""On paper: what was asked, what was found, when and where; nothing to press."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import override

CONTROLS = "button:visible, input:visible, select:visible, nav.nav:visible, .foot:visible, .pages:visible"
LANDSCAPE = {"width": 1032, "height": 703}  # A4 within margins of 12 mm, in px of CSS
SHEETS = {
    "/de/akteure/?q=fraunhofr&layer=applied-research": ["Treffer", "„fraunhofr“", "Ebene 2", "Sortiert nach Relevanz"],
    "/en/actors/?city=Leipzig&ordering=layer": ["results", "Leipzig", "Sorted by Layer"],
    "/en/network/?actor=fraunhofer-itwm": ["Network of Fraunhofer ITWM"],
    "/de/cluster/it-cluster-kaiserslautern/aktionsplan/": ["Elektromobilität", "= beibehalten oder verbessern"],
    "/de/cluster/it-cluster-kaiserslautern/monitor/": ["Monitor:", "Fraunhofer ITWM verbindet Grundlagenforschung"],
    "/de/netzwerk/": ["Netzwerk", "belegte Beziehungen"],
}  # fmt: skip


def test_sheets_say_what_when_and_where_and_have_nothing_to_press(visit):
    page = visit("/de/", viewport=LANDSCAPE)
    origin = page.url.removesuffix("/de/")
    page.emulate_media(media="print")
    for address, words in SHEETS.items():
        page.goto(origin + address)
        text = " ".join(page.inner_text("body").split())
        with override(address[1:3]):
            when = date_format(date.today(), "DATE_FORMAT")
        assert [word for word in [*words, origin + address, when] if word not in text] == []
        assert page.locator(CONTROLS).count() == 0
    figure = page.locator(".netfig").bounding_box()
    assert figure["y"] + figure["height"] <= LANDSCAPE["height"]  # the first sheet shows the whole network
