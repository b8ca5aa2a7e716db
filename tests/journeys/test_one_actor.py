"""One actor in the admin, as curators work on it: along a list, by keys, two at once."""

import pytest
from django.test import Client

from actors.models import Actor, ActorRelation
from clusterportal.places.models import Postcode
from tests.factories import make_actor, make_person
from tests.journeys import accessibility

# unfold's own frame: signs outside of all landmarks, two scroll boxes of one name, a column of bins without a head.
OF_UNFOLD = {"region", "landmark-unique", "empty-table-header"}


@pytest.fixture
def curator(visit, live_server):
    """`curator(path)` opens a page of the admin as an administrator."""
    person = make_person("administrator", is_superuser=True)

    def opened(path: str, **options):
        client = Client()
        client.force_login(person)
        page = visit("/de/", **options)
        page.context.add_cookies(
            [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
        )
        page.goto(live_server.url + path)
        page.wait_for_load_state("networkidle")
        return page

    return opened


def url_of(actor) -> str:
    return f"/admin/actors/actor/{actor.pk}/change/"


def violations(page) -> list[str]:
    return [one for one in accessibility.violations(page) if one.split(":")[0] not in OF_UNFOLD]


def leave(page, act) -> None:
    """Does what leads to another page, and waits for it."""
    with page.expect_navigation(wait_until="networkidle"):
        act()


def test_along_a_list_by_keys(curator, demo):
    page = curator("/admin/actors/actor/?q=fraunhofer")
    total = page.locator("#result_list tbody tr").count()
    leave(page, page.locator("#result_list tbody tr a").first.click)
    first = page.url
    pk = int(first.split("/change/")[0].rsplit("/", 1)[1])
    assert page.locator(".ap-place span").inner_text() == f"1 von {total}"
    page.fill("[name=phone]", "+49 631 316000")
    leave(page, lambda: page.keyboard.press("Control+s"))
    assert page.url.split("?")[0] == first.split("?")[0]
    assert Actor.objects.get(pk=pk).phone == "+49631316000"
    page.fill("[name=phone]", "+49 631 316001")
    leave(page, page.locator("[name=_next]").click)
    assert page.locator(".ap-place span").inner_text() == f"2 von {total}"
    assert Actor.objects.get(pk=pk).phone == "+49631316001"
    page.focus("[name=name]")  # out of a field, too
    page.keyboard.press("Control+k")
    page.locator("#search-input-command").press_sequentially("rptu")
    page.locator("#command-results-list li.ap-current").wait_for()
    assert violations(page) == []
    leave(page, lambda: page.keyboard.press("Enter"))
    assert page.input_value("[name=short_name]") == "RPTU"


def test_two_at_once(curator, demo):
    actor = Actor.objects.get(slug="fraunhofer-itwm")
    page = curator(url_of(actor))
    other = page.context.new_page()
    other.goto(page.url)
    other.fill("[name=summary_de]", "Ihr Satz.")
    other.fill("[name=founded]", "1996")
    leave(other, other.locator("[name=_continue]").click)
    page.fill("[name=summary_de]", "Mein <Satz>.")
    page.fill("[name=phone]", "+49 631 316000")
    page.locator("[name=_save]").click()
    page.locator(".ap-collision").wait_for()
    assert page.locator(".ap-collision legend").all_inner_texts() == ["Kurzbeschreibung [DE]"]
    assert page.locator(".ap-sides > label").all_inner_texts() == [
        "Ihr Wert\nMein <Satz>.", "Der andere Wert, so wie er jetzt gespeichert ist\nIhr Satz.",
    ]  # fmt: skip
    stored = Actor.objects.get(pk=actor.pk)
    assert (stored.summary_de, stored.phone, stored.founded) == ("Ihr Satz.", "+49631316000", 1996)
    assert violations(page) == []
    page.get_by_label("Neu geschrieben").check()
    page.locator(".ap-third textarea").fill("Unser Satz.")
    leave(page, page.get_by_role("button", name="Auswahl speichern").click)
    stored = Actor.objects.get(pk=actor.pk)
    assert (stored.summary_de, stored.phone, stored.founded) == ("Unser Satz.", "+49631316000", 1996)


def test_two_at_once_without_a_script(curator, demo):
    actor = Actor.objects.get(slug="fraunhofer-itwm")
    page = curator(url_of(actor), java_script_enabled=False)
    Actor.objects.filter(pk=actor.pk).update(summary_de="Ihr Satz.")
    page.fill("[name=summary_de]", "Mein Satz.")
    page.locator("[name=_save]").click()
    page.locator("input[value=mine]").check()
    leave(page, page.get_by_role("button", name="Auswahl speichern").click)
    assert Actor.objects.get(pk=actor.pk).summary_de == "Mein Satz."


def test_many_relations_are_turned_in_place(curator, demo):
    hub = make_actor("Zentrale")
    for number in range(30):
        ActorRelation.objects.create(
            source=hub, target=make_actor(f"Partner {number:02}"), kind="cooperation"
        )
    ActorRelation.objects.create(source=make_actor("Lieferant"), target=hub, kind="supply")
    page = curator(f"{url_of(hub)}#network")
    page.locator("#relations").get_by_role("link", name="Weiter").click()
    page.get_by_text("26 bis 31 von 31").wait_for()
    assert page.url.endswith("#network")
    page.locator(".ap-chips").get_by_role("link", name="Lieferbeziehung").click()
    page.get_by_text("1 bis 1 von 1").wait_for(state="detached")
    leave(page, page.get_by_role("link", name="Bearbeiten : Lieferbeziehung, bezieht von Lieferant").click)
    page.fill("[name=since]", "2001")
    page.locator("[name=_save]").click()
    page.wait_for_url("**/change/#network")
    assert page.locator("#relations").is_visible()
    assert hub.relations_in.get().since == 2001


def test_what_is_typed_is_answered(curator, demo):
    Postcode.objects.create(
        country="DE", code="67663", place="Kaiserslautern", latitude=49.43, longitude=7.75
    )
    page = curator("/admin/actors/actor/add/")
    page.fill("[name=name]", "Fraunhofer-Institut fuer Techno- und Wirtschaftsmathematik")
    page.locator("#typing").get_by_text(
        "Fraunhofer-Institut für Techno- und Wirtschaftsmathematik"
    ).wait_for()
    page.fill("[name=website]", "http://127.0.0.1/")
    page.fill("[name=postcode]", "67663")
    page.get_by_text("Diese Webadresse führt zu keiner öffentlichen Website.").wait_for()
    page.get_by_role("button", name="Koordinaten übernehmen").click()
    page.get_by_text("Eingetragen, noch nicht gespeichert: die Mitte von 67663 Kaiserslautern").wait_for()
    assert (page.input_value("[name=latitude]"), page.input_value("[name=location_accuracy]")) == (
        "49.43",
        "postcode",
    )
    assert violations(page) == []


def test_accessible_and_never_wider_than_the_screen(curator, demo):
    actor = Actor.objects.get(slug="fraunhofer-itwm")
    relation = actor.relations_out.first() or actor.relations_in.first()
    page = curator("/admin/")
    origin = page.url.removesuffix("/admin/")
    problems = {}
    for path in (
        url_of(actor), f"{url_of(actor)}?_changelist_filters=q%3Dx#network", f"{url_of(actor)}?x=1#positions",
        f"{url_of(actor)}?x=2#people", f"/admin/actors/actor/{actor.pk}/relations/",
        f"/admin/actors/actorrelation/{relation.pk}/change/?of={actor.pk}", "/admin/actors/actor/add/",
    ):  # fmt: skip
        page.goto(origin + path)
        page.wait_for_load_state("networkidle")
        if wrong := accessibility.wrong_in_both_looks(page, violations):
            problems[path] = wrong
    assert problems == {}
