"""From a need in one's own words to a person: hits with reasons, an enquiry, its way by mail, and its end."""

from contextlib import nullcontext
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from django.utils import timezone

from actors.models import Actor
from clusterportal.clusters.models import Cluster
from clusterportal.enquiries.domain.outbox import send_due
from clusterportal.enquiries.domain.retention import KEPT_FOR
from clusterportal.enquiries.models import Enquiry
from clusterportal.enquiries.tasks import forget
from clusterportal.pages.forms import guard
from tests.clusterportal.enquiries.conftest import ASKED, path_in
from tests.clusterportal.enquiries.test_forgetting import tables_with
from tests.journeys.accessibility import violations

MANAGEMENT = "management@cluster.example"
WAYS = {  # one with a keyboard on a telephone's width, one without a script
    "de": {
        "need": "Bildverarbeitung für Landmaschinen", "hit": "fraunhofer-itwm", "why": "Bildverarbeitung",
        "options": {"viewport": {"width": 360, "height": 740}},
        "confirmed": "Ihre Anfrage ist unterwegs",
    },
    "en": {
        "need": "battery testing", "hit": "e-lyte-innovations", "why": "Battery technology",
        "options": {"java_script_enabled": False, "locale": "en-GB"},
        "confirmed": "Your enquiry is on its way",
    },
}  # fmt: skip


class Visitor:
    """Somebody at a page: with the keyboard alone, or with a mouse where there is no script."""

    def __init__(self, page, *, has_script: bool):
        self.page, self.has_script = page, has_script

    def press(self, selector: str, key: str = "Enter") -> None:
        """Goes to what `selector` names and presses it; waits for the page that this leads to."""
        if self.has_script:
            self._reach(selector)
        leads_on = self.page.expect_navigation() if key == "Enter" else nullcontext()
        with leads_on:
            if self.has_script:
                self.page.keyboard.press(key)
            else:
                self.page.locator(selector).first.click()

    def write(self, selector: str, text: str) -> None:
        if not self.has_script:
            self.page.locator(selector).first.fill(text)
            return
        self._reach(selector)
        self.page.keyboard.insert_text(text)

    def _reach(self, selector: str) -> None:
        for _press in range(80):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
                return
        raise AssertionError(f"No way by the keyboard to {selector} on {self.page.url}")


def compare(visitor: Visitor, live_server, language: str) -> None:
    """Two of a wider search side by side, over the shortlist where there is a script, and back to the hits."""
    page = visitor.page
    hits = page.url
    page.goto(hits.partition("?")[0] + "?q=Fraunhofer")
    links = page.locator(".rows h3 a").evaluate_all("all => all.slice(0, 2).map(one => one.href)")
    first, second = (link.rstrip("/").split("/")[-1] for link in links)
    if visitor.has_script:
        for slug in (first, second):
            visitor.press(f".rows [data-remember='{slug}']", "Space")
        visitor.press("a[data-shortlist]")
        page.wait_for_url(f"**?actor={first}&actor={second}")
    for slug in (first, second):
        visitor.press(f"input[name=actor][value='{slug}']", "Space")
    address = {"de": "/de/vergleich/", "en": "/en/compare/"}[language]
    visitor.press(f"form[action='{address}'] button:first-of-type")
    assert page.url == f"{live_server.url}{address}?actor={first}&actor={second}"
    assert page.locator("thead th[scope=col]").count() == 2
    page.goto(hits)


def arrived(post) -> list:
    send_due()
    mails = [message_from_bytes(content.encode(), policy=policy.default) for _to, content in post.accepted]
    post.accepted.clear()
    return mails


@pytest.mark.parametrize("language", WAYS)
def test_from_a_need_to_an_answer(visit, live_server, post, monkeypatch, language):
    monkeypatch.setattr(guard, "AT_LEAST", 0)  # nobody waits for people who need no seconds
    way = WAYS[language]
    Cluster.objects.update(email=MANAGEMENT)
    if language == "en":
        energy = Cluster.objects.get(slug="energie-umwelttechnik-leipzig")
        Actor.objects.get(slug=way["hit"]).memberships.create(cluster=energy)
    else:
        Actor.objects.filter(slug=way["hit"]).update(email="post@akteur.example", contact_by="portal")
    has_script = way["options"].get("java_script_enabled", True)
    page = visit(f"/{language}/", **way["options"])
    visitor = Visitor(page, has_script=has_script)

    # the need in one's own words, the hit and its reason
    visitor.write("input[name=q]", way["need"])
    with page.expect_navigation():
        if has_script:
            page.keyboard.press("Enter")
        else:
            page.locator("main form button").first.click()
    hit = page.locator(".rows .row").filter(has=page.locator(f"h3 a[href$='/{way['hit']}/']"))
    assert way["why"] in hit.inner_text() and hit.locator("mark").count()
    compare(visitor, live_server, language)

    # the profile: how to reach it stands first, on a telephone too
    visitor.press(f".rows h3 a[href$='/{way['hit']}/']")
    button = page.locator("main .btn--main").first
    assert button.bounding_box()["y"] < page.viewport_size["height"] - 100
    visitor.press("main .btn--main")

    # the enquiry
    visitor.write("#id_ask-text", ASKED["ask-text"])
    visitor.write("#id_ask-name", ASKED["ask-name"])
    visitor.write("#id_ask-email", ASKED["ask-email"])
    visitor.press("#id_ask-consent", "Space")
    visitor.press("main form .btn--main")
    assert page.url.endswith("/anfrage/gesendet/" if language == "de" else "/enquiry/sent/")

    # its confirmation
    [confirmation] = arrived(post)
    assert confirmation["To"] == ASKED["ask-email"]
    page.goto(live_server.url + path_in(confirmation))
    if has_script:
        assert violations(page) == []
        assert not page.evaluate("document.scrollingElement.scrollWidth > innerWidth")
    assert arrived(post) == []
    visitor.press("main form .btn--main")
    assert page.locator("h1").inner_text() == way["confirmed"]

    # it arrives at the actor with a copy to the management, or at the management in its place
    mails = arrived(post)
    receivers = ["post@akteur.example", MANAGEMENT] if language == "de" else [MANAGEMENT]
    assert [(mail["To"], mail["Reply-To"]) for mail in mails] == [
        (to, ASKED["ask-email"]) for to in receivers
    ]
    assert all(ASKED["ask-text"] in mail.get_content() for mail in mails)

    # after the term nothing names the visitor
    Enquiry.objects.update(confirmed_at=timezone.now() - KEPT_FOR - timedelta(minutes=1))
    forget(0)
    assert tables_with("ada@frage", "Ada Fragend", "Wir suchen Bildverarbeitung") == set()
    assert [str(one.actor.slug) for one in Enquiry.objects.all()] == [way["hit"]]
