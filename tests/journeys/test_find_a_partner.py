"""A company looks for a partner: home -> cell of the model -> directory -> profile."""

import re

import pytest
from playwright.sync_api import expect

WORDS = {
    "de": {"area": "Gesundheit und Medizintechnik", "actors": "Akteure", "search": "Suchen", "none": "Lücke"},
    "en": {"area": "Health and medical technology", "actors": "Actors", "search": "Search", "none": "Gap"},
}


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("javascript", [True, False], ids=["script", "plain"])
def test_from_the_model_to_a_partner(visit, language, javascript):
    page = visit(f"/{language}/", java_script_enabled=javascript, locale=language)
    row = page.locator("table.weave tr").filter(
        has=page.get_by_role("rowheader", name=WORDS[language]["area"])
    )
    knot = row.locator("td.l2 a")
    count = int(re.match(r"\d+", knot.inner_text()).group())
    knot.click()

    page.wait_for_url("**layer=applied-research&area=health-medtech**")
    expect(page.locator(".rows .row")).to_have_count(count)
    # layer, area, and the region that the figure counts
    expect(page.locator(".chips a:not(.all)")).to_have_count(3)
    first = page.locator(".rows .row h3 a").first
    name = first.inner_text()
    first.click()

    expect(page.locator("h1")).to_have_text(name)
    expect(page.locator(".stair > li.l2:not(.off)")).to_have_count(1)
    website = page.locator("main a[href^=http]").first
    assert website.get_attribute("href").startswith("http")
    # The same actor in the other language, and back.
    page.locator("nav .lang a").click()
    expect(page.locator("html")).not_to_have_attribute("lang", language)
    expect(page.locator("h1")).to_have_text(name)


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "plain"])
def test_search_forgives_and_a_chip_takes_it_back(visit, javascript):
    page = visit("/de/", java_script_enabled=javascript)
    page.locator("[name=q]").fill("fraunhofr")
    page.get_by_role("button", name="Suchen").click()
    page.wait_for_url("**/de/akteure/?*q=fraunhofr*")
    names = page.locator(".rows .row h3").all_inner_texts()
    assert any("Fraunhofer" in name for name in names)
    page.locator(".chips a").first.click()
    page.wait_for_url(re.compile(r"/de/akteure/(\?(?!.*q=).*)?$"))
    expect(page.locator(".chips a:not(.all)")).to_have_count(0)


def test_a_facet_works_in_place_and_leaves_a_link_to_share(visit):
    page = visit("/de/akteure/")
    before = page.locator(".rows .row").count()
    page.get_by_label(re.compile("Grundlagen.?forschung")).first.check()
    page.wait_for_url("**layer=basic-research*")
    page.locator(".chips a:not(.all)").first.wait_for()
    assert 0 < page.locator(".rows .row").count() < before
    shared = page.url
    page.goto(shared)
    assert page.get_by_label(re.compile("Grundlagen.?forschung")).first.is_checked()


def test_keyboard_reaches_the_results(visit):
    page = visit("/de/akteure/")
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Zum Inhalt springen"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
