"""By keyboard alone: suggestions while typing, ways past what repeats, and forms that say what is missing."""

import re

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

FOCUS = "document.activeElement"
IN_A_HIT = f"{FOCUS}.closest('.row h3') !== null"
MOST_STOPS = 15
FOUND_IN_PLACE = "**/akteure/?q=%s**"  # the list follows the letters, beside the suggestions


def _suggested(page) -> list[str]:
    page.locator("#suggestions [role=option]").first.wait_for()
    return page.locator("#suggestions [role=option]").all_inner_texts()


def _active(page) -> str | None:
    """The option that the field points to, if it is the selected one."""
    option = page.locator("#q").get_attribute("aria-activedescendant")
    chosen = page.locator("#suggestions [aria-selected=true]")
    assert chosen.count() == bool(option) and (not option or chosen.get_attribute("id") == option)
    return option


def test_by_keyboard_alone(visit, browser, live_server):
    # Without the cross-fade between pages, which the next key would cut off.
    page = visit("/de/", viewport={"width": 360, "height": 740}, reduced_motion="reduce")
    _suggestions_are_a_combobox(page)
    _few_stops_lead_to_the_first_hit(visit)
    _pictures_can_be_skipped(page, live_server.url)
    form = browser.new_page()  # a refused form is an error for the console
    _mistakes_take_the_focus(form, live_server.url)
    form.close()


def _suggestions_are_a_combobox(page):
    # An answer that does not come, and one that is none: the field works on.
    page.route("**/suggest/?lang=de&q=bi", lambda route: None)
    page.route("**/suggest/?lang=de&q=bix", lambda route: route.fulfill(body="<html>"))
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # to the content, of which the field is the first stop
    page.keyboard.press("Tab")
    with page.expect_request("**q=bi"):
        page.keyboard.type("bi")
    with page.expect_response("**q=bix"):
        page.keyboard.type("x")
    assert page.locator("#suggestions").is_hidden()
    page.unroute_all()
    page.keyboard.press("Backspace")
    page.keyboard.type("ldve")
    assert _suggested(page) == ["Bildverarbeitung"]
    field = page.locator("#q")
    assert (field.get_attribute("role"), field.get_attribute("aria-expanded")) == ("combobox", "true")
    assert page.locator("#suggested").inner_text() == "1 Vorschlag"
    assert page.get_by_role("group", name="Themen").get_by_role("option").count() == 1
    box = page.locator("#suggestions [role=option]").bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 360 and box["height"] >= 44
    assert _active(page) is None
    page.keyboard.press("ArrowDown")
    assert _active(page) == "suggestion-0"
    assert Axe().run(page, context="form.search").response["violations"] == []
    page.keyboard.press("Home")
    assert _active(page) is None
    page.keyboard.press("Escape")
    assert (page.locator("#suggestions").is_hidden(), field.input_value()) == (True, "bildve")
    page.keyboard.press("Escape")
    assert field.input_value() == ""
    page.keyboard.type("bildve")
    assert _suggested(page) == ["Bildverarbeitung"]
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/de/akteure/\?topic=image-processing$"))

    # In the directory it joins the filters in use; the tabulator closes the list and nothing is chosen.
    _an_input_method_is_left_alone(page)
    page.keyboard.press("Tab")
    assert page.locator("#suggestions").is_hidden() and "city" not in page.url
    page.keyboard.press("Shift+Tab")
    with page.expect_response("**city=Leipzig*"):
        page.keyboard.press("Alt+ArrowDown")
        _suggested(page)
        assert _active(page) is None
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
    expect(page).to_have_title(re.compile("^Bildverarbeitung, Leipzig – Akteure"))
    assert (page.evaluate(f"{FOCUS}.id"), page.locator("#q").input_value()) == ("q", "")
    with page.expect_response(FOUND_IN_PLACE % "dfki"):
        page.locator("#q").fill("dfki")
    _suggested(page)
    page.locator("#suggestions [role=option]").first.click()
    page.wait_for_url("**/de/akteure/dfki/")


def _an_input_method_is_left_alone(page):
    """What it composes is not asked for, and its keys are its own. The list of hits follows later than suggestions."""
    keyboard, asked = page.context.new_cdp_session(page), []
    page.on(
        "request",
        lambda request: "/suggest/" in request.url and asked.append(request.url.rpartition("q=")[2]),
    )
    page.locator("#q").focus()
    with page.expect_response(FOUND_IN_PLACE % "leip"):
        keyboard.send("Input.imeSetComposition", {"text": "leip", "selectionStart": 4, "selectionEnd": 4})
        page.keyboard.press("ArrowDown")
    with page.expect_response(FOUND_IN_PLACE % "leipz"):
        keyboard.send("Input.insertText", {"text": "leipz"})
    assert _suggested(page)[0] == "Leipzig"
    assert asked == ["leipz"]


def _few_stops_lead_to_the_first_hit(visit):
    for width in (1440, 360):
        page = visit("/de/akteure/?layer=applied-research", viewport={"width": width, "height": 800})
        stops = 0
        while not page.evaluate(IN_A_HIT):
            page.keyboard.press("Tab")
            stops += 1
            assert stops <= MOST_STOPS
            if page.evaluate(f"{FOCUS}.innerText") == "Zu den Treffern":
                assert 0 <= page.locator(":focus").bounding_box()["y"] < 100
                page.keyboard.press("Enter")
                assert page.evaluate(f"{FOCUS}.id") == "hits"


def _pictures_can_be_skipped(page, origin: str):
    for path, link, target in (
        ("/de/netzwerk/", "Bild überspringen", "h-table"),
        ("/de/akteure/fraunhofer-itwm/", "Bild überspringen", "relations"),
    ):
        page.goto(origin + path)
        page.get_by_role("link", name=link).focus()
        assert page.locator(":focus").bounding_box()["height"] >= 24  # seen as soon as it has the focus
        page.keyboard.press("Enter")
        assert page.evaluate(f"{FOCUS}.id") == target
        assert 0 <= page.locator(":focus").bounding_box()["y"] < 400
    cell = page.locator("#relations td").first  # on a narrow screen each cell names its column
    assert cell.evaluate("one => getComputedStyle(one, '::before').content") == '"Art"'
    assert cell.evaluate("one => one.getBoundingClientRect().right <= innerWidth")


def _mistakes_take_the_focus(form, origin: str):
    form.goto(f"{origin}/de/vorschlagen/")
    form.get_by_role("button", name="Vorschlag senden").press("Enter")
    expect(form).to_have_title(re.compile("^Fehler: "))
    assert form.evaluate(f"{FOCUS}.getAttribute('aria-labelledby')") == "h-mistakes"
    form.keyboard.press("Tab")
    form.keyboard.press("Enter")
    assert form.evaluate(f"[{FOCUS}.id, {FOCUS}.ariaInvalid]") == ["id_facts-name", "true"]
