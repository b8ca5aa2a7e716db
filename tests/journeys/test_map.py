"""The map: nothing is asked of another host before the visitor agrees; then it counts, and the list follows."""

import re

import pytest

from clusterportal.clusters.models import Region

AROUND = {"type": "Polygon", "coordinates": [[[7, 49], [8, 49], [8, 50], [7, 50], [7, 49]]]}
CENTRE = "7.77161,49.443"  # of Kaiserslautern, where ROR places everybody
TILES = "**/tile.openstreetmap.org/**"


@pytest.fixture
def map_page(visit):
    """The directory with its map loaded; tiles are answered by nobody."""

    def open_map(path="/de/akteure/?view=map", **options):
        page = visit(path, **options)
        page.route(TILES, lambda route: route.fulfill(status=200, content_type="image/png", body=b""))
        page.locator("[data-map-load]").click()
        page.locator(".spot").first.wait_for()
        return page

    return open_map


def shown(page) -> int:
    return int(page.locator("#h-found span").inner_text().replace(".", ""))


def counted(page) -> int:
    return sum(int(text or 1) for text in page.locator(".spot").all_inner_texts())


@pytest.fixture(autouse=True)
def _tiles_are_asked_for(visit):
    visit.allowed.append("https://tile.openstreetmap.org/")


def test_the_map_counts_the_list_and_a_key_brings_it_closer(map_page):
    page = map_page("/de/akteure/?view=map&region=inside")
    everybody = shown(page)
    assert counted(page) == everybody
    spot = page.locator(".spot").filter(has_text=re.compile(r"\d\d")).first
    number = int(spot.inner_text())
    assert str(number) in spot.get_attribute("aria-label")
    spot.press("Enter")
    page.wait_for_url("**bbox=**")
    page.locator(".chips a:not(.all)").first.wait_for()
    assert shown(page) == number < everybody
    page.locator(".chips a:not(.all)").first.click()
    page.wait_for_url(re.compile(r"/\?(?!.*bbox).*$"))
    page.wait_for_function(f"document.querySelector('#h-found span').innerText == '{everybody}'")


def test_a_place_of_many_leads_to_their_list_and_the_consent_can_be_taken_back(map_page):
    Region.objects.filter(slug="kaiserslautern").update(outline=AROUND)
    # Without motion: going back at once would break off the transition between the pages.
    page = map_page(f"/de/akteure/?view=map&bbox={CENTRE},{CENTRE}", reduced_motion="reduce")
    many = shown(page)
    page.locator(".outline").wait_for()  # tiles that are no pictures
    assert "Die Kartenbilder konnten nicht geladen werden." in page.locator("[data-map-bare]").inner_text()
    page.locator(".spot--area").filter(has_text=str(many)).press("Enter")
    names = page.locator(".leaflet-popup li")
    names.first.wait_for()
    assert names.count() == 8 and "(Ortsmitte)" in names.first.inner_text()
    # By keyboard: the map still moves the names into view, and a press of the mouse may land beside them.
    page.get_by_role("link", name=f"und {many - 8} weitere").press("Enter")
    page.wait_for_url(lambda address: "view=map" not in address)
    assert shown(page) == many > 20
    page.go_back()
    page.locator(".spot").first.wait_for()  # remembered in this tab
    page.get_by_role("button", name="Keine Karten mehr laden").click()
    page.locator("[data-map-load]").wait_for()
    assert page.evaluate("sessionStorage.getItem('map-loaded')") is None
    assert page.locator(".spot").count() == 0


def test_the_list_waits_when_it_does_not_follow(map_page):
    page = map_page()
    everybody = shown(page)
    page.locator("[data-map-follow]").uncheck()
    page.locator(".spot").filter(has_text=re.compile(r"\d\d")).first.press("Enter")
    page.locator("[data-map-here]").wait_for()
    assert "bbox" not in page.url and shown(page) == everybody
    page.locator("[data-map-here]").click()
    page.wait_for_url("**bbox=**")
    page.locator(".chips a:not(.all)").first.wait_for()
    assert shown(page) < everybody


def test_near_me_asks_on_click_and_sends_about_a_kilometre(visit):
    page = visit(
        "/de/akteure/",
        permissions=["geolocation"],
        geolocation={"latitude": 49.443217, "longitude": 7.768951},
    )
    everybody = shown(page)
    page.locator("[data-near-me]").click()
    page.wait_for_url(re.compile(r"near=49\.44%2C7\.77(&|$)"))
    page.locator(".chips a:not(.all)").first.wait_for()
    assert 0 < shown(page) < everybody


def test_without_a_script_list_and_places_work(visit):
    page = visit("/de/akteure/?view=map", java_script_enabled=False)
    assert (
        not page.locator("[data-map-load]").is_visible() and not page.locator("[data-near-me]").is_visible()
    )
    page.locator("#near").fill("Leipzig")
    page.locator("#radius").select_option("10")
    page.locator("#near").press("Enter")
    page.wait_for_url("**near=Leipzig**")
    assert "radius=10" in page.url
    assert page.locator(".rows .row").count() > 0


def test_by_keyboard_the_focus_goes_on_to_the_map(visit):
    page = visit("/de/akteure/fraunhofer-itwm/")
    page.route(TILES, lambda route: route.fulfill(status=200, content_type="image/png", body=b""))
    page.locator("[data-map-load]").focus()
    page.keyboard.press("Enter")
    page.locator(".around").wait_for()  # a town's middle is an area without a pin
    page.wait_for_function("document.activeElement.classList.contains('atlas__map')")
    assert page.locator(".spot").count() == 0
