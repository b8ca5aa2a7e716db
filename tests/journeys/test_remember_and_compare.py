"""Without an account: actors remembered on a telephone, the list in two tabs, two of them compared, a list by link."""

from playwright.sync_api import expect

from tests.journeys.accessibility import is_too_wide, violations

LIST = "**/de/merkliste/?actor=fraunhofer-itwm&actor=fraunhofer-iese"


def _is_fine(page) -> bool:
    return violations(page) == [] and not is_too_wide(page)


def test_remember_then_compare(visit, live_server):
    # Without motion: the list, which follows the store at once, would break off a transition between pages.
    page = visit("/de/akteure/?q=Fraunhofer", viewport={"width": 360, "height": 800}, reduced_motion="reduce")
    tab = page.context.new_page()
    tab.goto(f"{live_server.url}/de/merkliste/")
    assert tab.get_by_text("Auf dieser Liste steht noch niemand.").is_visible()
    assert _is_fine(tab)
    page.get_by_role("button", name="Merken Fraunhofer ITWM").press("Enter")
    page.get_by_role("button", name="Merken Fraunhofer IESE").click()
    expect(page.get_by_role("status").filter(has_text="Auf Ihrer Merkliste: 2")).to_have_count(1)

    tab.wait_for_url(LIST)  # the other tab keeps in step
    assert tab.locator(".rows h3").all_inner_texts() == ["Fraunhofer ITWM", "Fraunhofer IESE"]
    page.get_by_role("link", name="Name", exact=True).click()  # the list is changed in place
    page.wait_for_url("**ordering=name*")
    pressed = page.get_by_role("button", name="Merken ", pressed=True)
    pressed.nth(1).wait_for()
    assert [one.split("\n")[1] for one in pressed.all_inner_texts()] == ["Fraunhofer IESE", "Fraunhofer ITWM"]
    assert page.locator("link[type='application/atom+xml']").get_attribute("href").endswith("?q=Fraunhofer")

    page.locator(".found").get_by_role("link", name="Merkliste (2)").click()
    page.wait_for_url(LIST)
    assert _is_fine(page)
    for name in ("Fraunhofer ITWM", "Fraunhofer IESE"):
        page.get_by_label(f"Vergleichen {name}").check()
    page.get_by_role("button", name="Vergleichen").click()
    page.wait_for_url("**/de/vergleich/?actor=fraunhofer-itwm&actor=fraunhofer-iese")
    assert page.get_by_role("columnheader").all_inner_texts()[0].startswith("Fraunhofer ITWM")

    page.go_back()
    page.get_by_role("link", name="Entfernen Fraunhofer IESE").click()
    page.wait_for_url("**/de/merkliste/?actor=fraunhofer-itwm")
    tab.wait_for_url("**/de/merkliste/?actor=fraunhofer-itwm")
    tab.goto(f"{live_server.url}/de/merkliste/?actor=dfki")
    assert tab.get_by_text("Diese Liste steht in der Adresse.").is_visible()
    tab.get_by_role("button", name="Alle merken").click()
    tab.wait_for_url("**/de/merkliste/?actor=fraunhofer-itwm&actor=dfki")
    tab.get_by_role("link", name="Liste leeren").click()
    for one in (tab, page):
        one.get_by_text("Auf dieser Liste steht noch niemand.").wait_for()

    refusing = "Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError'); }"
    page.context.add_init_script(refusing)
    page.goto(f"{live_server.url}/de/akteure/dfki/")
    page.get_by_role("button", name="Merken DFKI").click()
    expect(page.locator(".shortlist-trouble")).to_be_visible()
    expect(page.get_by_role("button", name="Merken DFKI", pressed=False)).to_have_count(1)


def test_showing_the_list_never_writes_it(visit, live_server):
    """Written back, it would undo what another tab remembers in the same moment."""
    page = visit("/de/akteure/dfki/", reduced_motion="reduce")
    page.get_by_role("button", name="Merken DFKI").click()
    page.context.add_init_script("""
        window.written = [];
        const set = Storage.prototype.setItem;
        Storage.prototype.setItem = function (key, value) { window.written.push(key); set.call(this, key, value); };
    """)
    page.goto(f"{live_server.url}/de/merkliste/?actor=dfki")
    assert page.locator(".rows h3").all_inner_texts() == ["DFKI"]
    assert "shortlist" not in page.evaluate("window.written")
    assert page.evaluate("Object.entries(localStorage)") == [["shortlist", '["dfki"]']]
