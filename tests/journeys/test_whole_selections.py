"""250 actors changed at once, another act after it, the first one taken back: as a curator clicks it."""

import re

import pytest
from django.test import Client

from actors.models import Actor, LayerPlacement
from tests.factories import make_person
from tests.journeys.accessibility import violations, wrong_in_both_looks

NUMBER = 250
LIST = "/admin/actors/actor/"


@pytest.fixture
def desk(visit, live_server):
    """A page of somebody who is signed in as an administrator."""

    def opened(path: str, **options):
        client = Client()
        client.force_login(make_person("administrator"))
        page = visit("/de/", **options)
        page.context.add_cookies(
            [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
        )
        page.goto(live_server.url + path)
        return page

    return opened


@pytest.fixture
def many(demo):
    Actor.objects.bulk_create(
        Actor(
            name=f"Prüfwerk {number:03}", slug=f"pruefwerk-{number:03}", kind="company", state="draft", city="Probstadt"
        )
        for number in range(NUMBER)
    )  # fmt: skip
    return Actor.objects.filter(city="Probstadt")


def press(page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()
    page.wait_for_load_state()


def follow(page, name: str) -> None:
    page.get_by_role("link", name=re.compile(name)).first.click()
    page.wait_for_load_state()


def act(page) -> None:
    """Looks at what is asked for, and does it."""
    press(page, "Ansehen, was geschehen würde")
    assert f"bei {NUMBER} von {NUMBER} Akteuren" in page.locator("main").inner_text()
    assert violations_of_ours(page) == []
    press(page, "So ändern")


def violations_of_ours(page) -> list[str]:
    """What is wrong in our own part of the page; the frame around it is the library's."""
    return [
        one
        for one in violations(page)
        if not one.startswith(("region:", "landmark-", "page-has-heading-one"))
    ]


def test_an_act_on_250_is_taken_back_after_another(desk, many):
    page = desk(f"{LIST}?city=Probstadt")
    page.locator("#action-toggle").check()
    page.locator(".question a").click()
    page.locator("select[name=action]").select_option("change_selection")
    press(page, "Ausführen")
    page.locator(".select2-search__field[aria-label]").first.wait_for()
    assert violations_of_ours(page) == []
    page.get_by_role("group", name="Ebenen: Hinzufügen").get_by_label("3 Technologie").check()
    act(page)
    assert LayerPlacement.objects.filter(actor__in=many, layer__position=3).count() == NUMBER

    # The same are still selected, on all pages, and another act follows.
    assert page.url.endswith("?city=Probstadt")
    assert f"{NUMBER} Akteure sind ausgewählt" in page.locator(".bk-selection").inner_text()
    assert page.locator("input.action-select:checked").count() == 50
    assert violations_of_ours(page) == []
    follow(page, "Auswahl ändern")
    page.locator("[name=kind]").select_option("startup")
    act(page)
    assert set(many.values_list("kind", flat=True)) == {"startup"}

    # The first one is one line of the history, and goes back as a whole; the second one stays.
    page.goto(page.url.split("/admin/")[0] + "/admin/history/revision/")
    line = page.locator("details", has_text="Technologie- und Softwareentwicklung“ hinzugefügt").first
    line.locator("summary").click()
    assert violations_of_ours(page) == []
    line.get_by_role("link", name=re.compile("Zurücknehmen")).click()
    page.wait_for_load_state()
    assert f"{NUMBER} Einträge wären wieder wie vorher" in page.locator("main").inner_text()
    assert violations_of_ours(page) == []
    press(page, "Zurücknehmen")
    assert not LayerPlacement.objects.filter(actor__in=many).exists()
    assert set(many.values_list("kind", flat=True)) == {"startup"}


def test_the_list_and_its_pages_are_accessible_and_fit(desk, many):
    page = desk(f"{LIST}?city=Probstadt&area=gone")
    origin, problems = page.url.split("/admin/")[0], {}
    for path in (
        f"{LIST}?city=Probstadt&area=gone",
        f"{LIST}columns/",
        "/admin/",
        "/admin/history/revision/",
    ):
        page.goto(origin + path)
        if wrong := wrong_in_both_looks(page, violations_of_ours):
            problems[path] = wrong
    page.goto(f"{origin}{LIST}?city=Probstadt")
    page.locator(".bk-quick summary").first.click()
    page.locator("summary", has_text="Diesen Filter speichern").click()
    if wrong := wrong_in_both_looks(page, violations_of_ours):
        problems["opened"] = wrong
    assert problems == {}
