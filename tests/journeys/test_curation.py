"""From a stranger's proposal to a published, claimed and merged entry, and back, as people click it."""

import re

import pytest
from django.core import mail
from procrastinate.contrib.django.models import ProcrastinateJob

from actors.models import Actor
from clusterportal.clusters.models import Cluster
from clusterportal.core.tasks import send_message
from clusterportal.quality.domain.duplicates import find_duplicates
from tests.factories import make_actor, make_person

NAME, ADDRESS = "Prüfwerk Nord GmbH", "info@pruefwerk.example.org"


@pytest.fixture
def link(live_server, settings):
    """`link()` does the mail jobs that wait and returns the path of the last letter's link."""
    settings.SITE_URL = live_server.url
    done = set()

    def last(part: str = "") -> str:
        mail.outbox.clear()
        for job in ProcrastinateJob.objects.filter(task_name="core.send_message").order_by("pk"):
            if job.pk not in done:
                done.add(job.pk)
                send_message(**job.args)
        lines = [line for message in mail.outbox for line in message.body.splitlines()]
        return next(
            line.removeprefix(live_server.url)
            for line in lines
            if line.startswith(live_server.url) and part in line
        )

    return last


def field(page, name: str):
    return page.locator(f"[name='{name}']")


def fill(page, **values) -> None:
    for name, value in values.items():
        field(page, name.replace("__", "-")).fill(value)


def send(page) -> None:
    """Presses the button that sends the form."""
    page.locator("main form button.btn--main").last.click()
    page.wait_for_load_state()


def press(page, text: str) -> None:
    page.get_by_role("button", name=text).click()
    page.wait_for_load_state()


def follow(visit, path: str, text: str):
    """Opens the link of a letter and presses its one button."""
    page = visit(path)
    press(page, text)
    return page


def test_from_proposal_to_merge_and_back(visit, as_person, link, live_server, monkeypatch):
    monkeypatch.setattr("clusterportal.pages.forms.guard.AT_LEAST", 0)
    cluster = Cluster.objects.get(slug="it-cluster-kaiserslautern")
    manager = make_person("manager", clusters=[cluster])

    # A visitor proposes an organisation and confirms the e-mail.
    page = visit("/de/vorschlagen/")
    fill(
        page, facts__name=NAME, facts__website="pruefwerk.example.org", facts__summary_de="Wir prüfen Steuergeräte.",
        facts__postcode="67655", facts__city="Kaiserslautern", you__email=ADDRESS, you__name="Vertretung",
    )  # fmt: skip
    field(page, "facts-kind").select_option("company")
    field(page, "fields-cluster").select_option(str(cluster.pk))
    field(page, "layer-applied-research-stands").check()
    field(page, "fields-areas").first.check()
    page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
    fill(page, **{"contacts-0-name": "Ansprechstelle"})
    field(page, "contacts-0-consent").check()
    field(page, "you-consent").check()
    send(page)
    page.wait_for_url("**/vorschlagen/gesendet/")
    follow(visit, link(), "Ja, zur Prüfung geben")

    # The manager takes all but the contact person, and publishes.
    page = as_person(manager, "/admin/review/proposal/")
    page.get_by_role("link", name=re.compile(NAME)).first.click()
    page.locator("input[name=take][value='contacts.0']").uncheck()
    field(page, "state").select_option("published")
    press(page, "Angekreuztes übernehmen")
    actor = Actor.objects.get(name=NAME)
    page = visit(actor.get_absolute_url())
    assert page.locator("h1").inner_text() == NAME
    assert "Ansprechstelle" not in page.content()
    link()  # the letter that says so

    # The organisation claims its entry, gets an account, and changes it.
    page.goto(f"{live_server.url}/de/akteure/{actor.slug}/beanspruchen/")
    fill(page, you__email=ADDRESS, you__name="Vertretung", you__role="Leitung")
    field(page, "you-consent").check()
    send(page)
    page.wait_for_url("**/gesendet/")
    follow(visit, link(), "Ja, zur Prüfung geben")
    page = as_person(manager, "/admin/review/proposal/")
    page.get_by_role("link", name=re.compile(NAME)).first.click()
    press(page, "Vertretung anerkennen")
    page = visit(link("konto"))
    for box in page.locator("input[type=password]").all():
        box.fill("ein-langes-Geheimnis-7")
    page.locator("main form button").first.click()
    page.wait_for_load_state()
    page.goto(f"{live_server.url}/de/konto/login/")
    fill(page, login=ADDRESS, password="ein-langes-Geheimnis-7")
    page.locator("main form button").first.click()
    page.wait_for_load_state()
    page.goto(f"{live_server.url}/de/meine-eintraege/")
    page.get_by_role("link", name="Eintrag bearbeiten").first.click()
    fill(page, facts__summary_de="Wir prüfen Steuergeräte für Nutzfahrzeuge.")
    send(page)
    actor.refresh_from_db()
    assert actor.summary_de == "Wir prüfen Steuergeräte."
    page = as_person(manager, "/admin/review/proposal/")
    page.get_by_role("link", name=re.compile(NAME)).first.click()
    press(page, "Angekreuztes übernehmen")
    actor.refresh_from_db()
    assert actor.summary_de == "Wir prüfen Steuergeräte für Nutzfahrzeuge."

    # It was in the registry already: found, merged, the old address leads on, and back again.
    twin = make_actor(
        "Pruefwerk Nord", slug="pruefwerk-alt", website="https://www.pruefwerk.example.org", postcode="67655",
        city="Kaiserslautern", clusters=[cluster],
    )  # fmt: skip
    find_duplicates()
    page = as_person(manager, "/admin/quality/duplicatepair/")
    page.locator("a[href*='/duplicatepair/merge/']").first.click()
    page.locator("[name=keep]").first.wait_for()
    page.get_by_label(re.compile("Prüfwerk Nord GmbH")).first.check()
    press(page, "Zu einem zusammenführen")
    page = visit("/de/akteure/pruefwerk-alt/")
    assert page.url == live_server.url + actor.get_absolute_url()
    page = as_person(manager, "/admin/quality/merge/")
    page.locator("a[href$='/undo/']").first.click()
    press(page, "Zurücknehmen")
    page = visit("/de/akteure/pruefwerk-alt/")
    assert page.locator("h1").inner_text() == twin.name


def test_what_was_typed_outlives_a_session_that_ended(as_person, demo):
    actor = Actor.objects.get(slug="fraunhofer-itwm")
    administrator = make_person("administrator", username="chief")
    address = f"/admin/actors/actor/{actor.pk}/change/"
    page = as_person(administrator, address)
    session = next(cookie for cookie in page.context.cookies() if cookie["name"] == "sessionid")
    field(page, "city").fill("Homburg")
    page.context.clear_cookies(name="sessionid")
    field(page, "_continue").click()
    page.wait_for_url("**/konto/login/**")

    page.context.add_cookies([session])
    page.goto(page.url.split("/de/")[0] + address)
    page.get_by_role("button", name="Wieder anzeigen").click()
    page.get_by_text("Noch ist nichts gespeichert.").wait_for()
    assert field(page, "city").input_value() == "Homburg"
    assert Actor.objects.get(pk=actor.pk).city == "Kaiserslautern"

    field(page, "_continue").click()
    page.get_by_text("ist gespeichert").wait_for()
    assert page.locator("#draft").is_hidden()
    assert Actor.objects.get(pk=actor.pk).city == "Homburg"
