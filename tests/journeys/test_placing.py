"""The placing desk by keys alone, as a curator uses it; and without a script."""

import os

import pytest
from django.test import Client

from actors.models import Actor, ActorTopic, ApplicationFocus, LayerPlacement
from tests.factories import make_person
from tests.journeys.accessibility import violations, wrong_in_both_looks

# Actors of the demo that lose where they stand, and are placed again: forty with JOURNEYS=whole, else a few of them.
PLACED = 40 if os.environ.get("JOURNEYS") == "whole" else 6
MOST_KEYS = 4
LIST = "/admin/actors/placing/?layer=none&state=current"


@pytest.fixture
def desk(visit, live_server, demo):
    """`desk(path)` opens a page of the admin for an administrator, in German; options are the browser's."""

    def opened(path: str = LIST, **options):
        client = Client()
        client.force_login(make_person("administrator"))
        page = visit("/de/", **options)
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
        page.context.add_cookies([cookie])
        page.goto(live_server.url + path)
        return page

    return opened


def unplace(number: int) -> list[Actor]:
    """The first actors of the demo, by name, without layer, area and topic, as drafts."""
    actors = list(Actor.objects.by_name()[:number])
    for model in (LayerPlacement, ApplicationFocus, ActorTopic):
        model.objects.filter(actor__in=actors).delete()
    Actor.objects.filter(pk__in=[actor.pk for actor in actors]).update(state="draft")
    return list(Actor.objects.with_keys([actor.pk for actor in actors]).by_name())


def press(page, key: str) -> None:
    page.keyboard.press(key)


def key_of_suggestion(page, name: str) -> str:
    """The key of the first suggested box of this name, else of the first that has one."""
    suggested = page.locator(f".ap-suggested input[name={name}][data-key]")
    boxes = suggested if suggested.count() else page.locator(f"input[name={name}][data-key]")
    return boxes.first.get_attribute("data-key")


def is_checked(page, name: str) -> list[bool]:
    return [box.is_checked() for box in page.locator(f"input[name={name}]").all()]


def save_and_wait(page) -> None:
    with page.expect_navigation():
        press(page, "Enter")


def test_actors_on_layer_area_and_topic_with_four_keys_each(desk):
    actors = unplace(PLACED)
    page = desk()
    for number in range(1, PLACED + 1):
        assert f"{number} von {PLACED}" in page.locator(".ap-progress").inner_text()
        assert not any(is_checked(page, "layers") + is_checked(page, "areas") + is_checked(page, "topics"))
        keys = [key_of_suggestion(page, name) for name in ("layers", "areas", "topics")]
        for key in keys:
            press(page, key)
        assert len([*keys, "Enter"]) <= MOST_KEYS
        save_and_wait(page)
    assert f"{PLACED} von {PLACED} eingeordnet" in page.locator(".ap-note").inner_text()
    for model in (LayerPlacement, ApplicationFocus, ActorTopic):
        assert model.objects.filter(actor__in=actors).count() == PLACED
    assert LayerPlacement.objects.filter(actor__in=actors, is_primary=True).count() == PLACED


def test_keys_do_what_the_page_says(desk):
    first, second, _third = unplace(3)
    page = desk()
    heading = page.locator("#known")
    assert first.name in heading.inner_text()

    # To and fro, without saving.
    with page.expect_navigation():
        press(page, "ArrowRight")
    assert second.name in heading.inner_text()
    with page.expect_navigation():
        press(page, "ArrowLeft")
    assert first.name in heading.inner_text()

    # Layers: the first one becomes the main one, the main one can be another one, a layer can be taken back.
    for key in ("2", "4"):
        press(page, key)
    assert is_checked(page, "layers") == [False, True, False, True, False]
    assert is_checked(page, "main") == [False, True, False, False, False]
    press(page, "Shift+Digit4")
    assert is_checked(page, "main") == [False, False, False, True, False]
    press(page, "4")
    assert is_checked(page, "main") == [False, True, False, False, False]
    assert "nicht gewählt" in page.locator("#placing-status").inner_text()

    # What is typed is text, not keys; Escape leaves the field.
    press(page, "g")
    page.keyboard.type("bac 5")
    note = page.locator("[name^=note_]:focus")
    assert note.input_value() == "bac 5"
    assert is_checked(page, "layers") == [False, True, False, False, False]
    assert not any(is_checked(page, "areas"))
    press(page, "Escape")
    page.wait_for_function("document.activeElement === document.body")
    press(page, "a")
    assert is_checked(page, "areas")[0]

    # A topic by typing, then the keys are the page's again.
    press(page, "t")
    page.keyboard.type("Robotik")
    page.locator(".select2-results__option--highlighted", has_text="Robotik").wait_for()
    press(page, "Enter")
    page.locator(".select2-selection__choice", has_text="Robotik").wait_for()
    page.wait_for_function("document.activeElement === document.body")
    save_and_wait(page)
    assert second.name in heading.inner_text()
    placement = LayerPlacement.objects.get(actor=first)
    assert (placement.layer.position, placement.note_de, placement.is_primary) == (2, "bac 5", True)
    assert list(first.actor_topics.values_list("topic__name_de", flat=True)) == ["Robotik"]


def test_keys_can_be_switched_off_and_stay_off(desk):
    unplace(2)
    page = desk()
    assert page.locator("input[name=layers]").first.get_attribute("aria-keyshortcuts") == "1"
    press(page, "?")
    page.get_by_label("Einzelne Tasten wählen und speichern").uncheck()
    page.reload()
    assert page.locator("input[name=layers]").first.get_attribute("aria-keyshortcuts") is None
    before = page.url
    for key in ("1", "a", "Enter", "ArrowRight"):
        press(page, key)
    assert not any(is_checked(page, "layers") + is_checked(page, "areas"))
    assert page.url == before


def test_a_second_enter_sends_nothing_twice(desk):
    first, second, _third = unplace(3)
    page = desk()
    press(page, "1")
    with page.expect_navigation():
        page.evaluate(
            "for (const _one of [1, 2]) document.body.dispatchEvent("
            "new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }))"
        )
    assert second.name in page.locator("#known").inner_text()
    assert page.locator(".ap-conflict").count() == 0
    assert LayerPlacement.objects.filter(actor=first).count() == 1


def test_without_a_script_it_is_a_plain_form(desk):
    first, second = unplace(2)
    page = desk(java_script_enabled=False)
    page.locator("input[name=layers]").nth(2).check()
    page.locator("input[name=areas]").first.check()
    page.locator("[name=topic_names]").fill("Robotik")
    page.get_by_role("button", name="Speichern und zum nächsten").click()
    page.wait_for_load_state()
    assert second.name in page.locator("#known").inner_text()
    placement = LayerPlacement.objects.get(actor=first)
    assert (placement.layer.position, placement.is_primary) == (3, True)
    assert list(first.actor_topics.values_list("topic__name_de", flat=True)) == ["Robotik"]
    page.get_by_role("link", name="Überspringen").click()
    page.wait_for_load_state()
    assert "1 von 2 eingeordnet" in page.locator(".ap-note").inner_text()


def test_the_pages_are_accessible_and_no_wider_than_the_screen(desk):
    unplace(2)
    page = desk()
    origin, problems = page.url.split("/admin/")[0], {}
    for path in (
        LIST,
        "/admin/actors/actor/placing/end/?layer=none&state=current",
        "/admin/actors/gap/?layer=integration-services&area=biotechnology",
    ):
        page.goto(origin + path)
        if wrong := wrong_in_both_looks(page, lambda shown: violations(shown, "main")):
            problems[path] = wrong
    assert problems == {}
