"""News of a member, from its form over review and timed publication to mails that are confirmed, left and bounced."""

import mailbox
import re
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from io import BytesIO
from urllib.request import Request, urlopen

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from icalendar import Calendar
from PIL import Image
from procrastinate.contrib.django.models import ProcrastinateJob

from actors.models import Actor
from clusterportal.clusters.models import Cluster
from clusterportal.core.tasks import send_message
from clusterportal.history.models import current_revision
from clusterportal.newsletters.domain import confirmation_mails
from clusterportal.newsletters.models import Issue, MailingList, Order, Subscription, SubscriptionStep
from clusterportal.newsletters.tasks import send_issues
from clusterportal.newsroom.models import Contribution
from clusterportal.newsroom.tasks import publish_due
from clusterportal.pages.forms import guard
from clusterportal.review.models import Proposal, Representation
from tests.clusterportal.newsletters.makers import make_reader
from tests.clusterportal.newsletters.test_bounces import report
from tests.factories import make_person
from tests.journeys.accessibility import is_too_wide, violations, wrong_in_both_looks

CLUSTER, ACTOR = "it-cluster-kaiserslautern", "fraunhofer-itwm"
NARROW, WIDE = {"width": 360, "height": 740}, {"width": 1440, "height": 900}
NEWS = {
    "title_de": "Prüfstand für Radlader eröffnet", "title_en": "Test rig for wheel loaders opened",
    "lead_de": "Auf dem Zwillingsprüfstand fährt, was noch nicht gebaut ist.",
    "lead_en": "The twin rig drives what is not built yet.",
    "body_de": "## Was er kann\n\nEr rechnet **mit**.", "body_en": "## What it does\n\nIt computes **along**.",
    "image_credit": "Foto: Fraunhofer ITWM", "image_alt_de": "Ein Radlader auf einem Prüfstand",
    "image_alt_en": "A wheel loader on a test rig",
}  # fmt: skip
EVENT = {"title_de": "Tag des Zwillings", "title_en": "Day of the twin", "lead_de": "Mit Führung.",
         "lead_en": "With a tour.", "place": "Fraunhofer-Platz 1, Kaiserslautern"}  # fmt: skip
PLACES = {  # where a visitor meets the news: addresses, and what they hold
    "de": ("", "aktuelles/", f"cluster/{CLUSTER}/", f"akteure/{ACTOR}/", "akteure/?q=Prüfstand+Radlader"),
    "en": ("", "news/", f"clusters/{CLUSTER}/", f"actors/{ACTOR}/", "actors/?q=wheel+loaders"),
}
FEEDS = {"de": "aktuelles", "en": "news"}


def photo() -> dict:
    packed = BytesIO()
    Image.new("RGB", (1600, 900), "teal").save(packed, "PNG")
    return {"name": "IMG 4711.png", "mimeType": "image/png", "buffer": packed.getvalue()}


def fill(page, **values) -> None:
    for name, value in values.items():
        page.locator(f"[name='{name}']").fill(value)


def press(page, name: str) -> None:
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name=name).first.click()


def follow(page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("link", name=name).first.click()


def check(page, context: str | None = None) -> None:
    assert violations(page, context) == [], page.url
    assert not is_too_wide(page), page.url


def local(moment) -> str:
    return timezone.localtime(moment).strftime("%Y-%m-%dT%H:%M")


def paths_in(mail: EmailMessage) -> list[str]:
    """Every address of ours in the mail, wherever it stands: text, HTML, headers."""
    parts = [part.get_content() for part in mail.walk() if part.get_content_maintype() == "text"]
    found = re.findall(r"""https?://[^\s"'<>]+""", " ".join([*parts, mail.get("List-Unsubscribe", "")]))
    site = settings.SITE_URL
    assert all(one.startswith(site) for one in found)
    return list(dict.fromkeys(one.removeprefix(site).replace("&amp;", "&") for one in found))


def what_is_so() -> list:
    """All that a link could change."""
    tables = (Order, Subscription, SubscriptionStep, Issue, Contribution, Proposal)
    return [current_revision(), *(list(table.objects.order_by("pk").values_list()) for table in tables)]


def scan(mail: EmailMessage) -> None:
    """What scanners and mail programs do by themselves."""
    before = what_is_so()
    for path in paths_in(mail):
        assert [getattr(Client(), way)(path).status_code for way in ("get", "head")] == [200, 200], path
    assert what_is_so() == before


@pytest.fixture
def arrived(post, live_server, settings, tmp_path, monkeypatch):
    """`arrived()` returns the mails that the server on loopback took since the last call."""
    settings.SITE_URL = live_server.url
    settings.NEWSLETTER_FROM, settings.MEDIA_ROOT = "newsletter@portal.example", tmp_path / "media"
    monkeypatch.setattr(guard, "AT_LEAST", 0)

    def taken() -> list[EmailMessage]:
        found = [message_from_bytes(text.encode(), policy=policy.default) for _to, text in post.accepted]
        post.accepted.clear()
        return found

    return taken


@pytest.fixture
def people(demo):
    member = make_person("representative", username="rita")
    Representation.objects.create(user=member, actor=Actor.objects.get(slug=ACTOR))
    return member, make_person("manager", clusters=[Cluster.objects.get(slug=CLUSTER)], username="mia")


def test_from_a_members_form_to_the_last_mail(visit, as_person, people, arrived, live_server, tmp_path):
    member, manager = people
    soon = timezone.now() + timedelta(days=20)

    # A member sends in a news item with a picture, and a date.
    page = as_person(member, "/de/konto/")
    page.set_viewport_size(WIDE)
    follow(page, "Etwas veröffentlichen")
    page.locator("[name=kind][value=news]").check()
    fill(page, title_de=NEWS["title_de"], lead_de=NEWS["lead_de"])
    page.locator("[name=image]").set_input_files(photo())
    press(page, "Zur Prüfung einreichen")
    check(page)  # with what lacks
    fill(page, **NEWS)
    page.get_by_role("button", name="Vorschau").click()
    page.locator("#preview .prose").first.wait_for()
    assert wrong_in_both_looks(page) == []
    page.locator("[name=image]").set_input_files(photo())
    press(page, "Zur Prüfung einreichen")
    assert NEWS["title_de"] in page.inner_text("main")
    follow(page, "Etwas veröffentlichen")
    page.locator("[name=kind][value=event]").check()
    fill(page, **EVENT, starts_at=local(soon), ends_at=local(soon + timedelta(hours=2)))
    page.locator("[name=event_kind]").select_option("open_day")
    press(page, "Zur Prüfung einreichen")
    check(page)
    page.goto(f"{live_server.url}/en/my-entries/{ACTOR}/contribute/")
    check(page)

    # The manager reads it as it will be, and decides when it appears.
    desk = as_person(manager, "/admin/review/proposal/")
    desk.set_viewport_size(WIDE)
    follow(desk, NEWS["title_de"])
    queue = desk.url
    follow(desk, "Öffnen und bearbeiten")
    follow(desk, "Vorschau (de)")
    assert desk.get_by_alt_text(NEWS["image_alt_de"]).evaluate("one => one.naturalWidth") > 0
    check(desk)
    desk.goto(queue)
    check(desk, "main.ap")
    fill(desk, at=local(timezone.now() + timedelta(days=1)))
    press(desk, "Veröffentlichen")
    follow(desk, EVENT["title_de"])
    press(desk, "Veröffentlichen")
    news, event = Contribution.objects.get(title_de=NEWS["title_de"]), Contribution.objects.get(**EVENT)
    assert (news.is_scheduled, event.is_scheduled) == (True, False)
    assert Client().get(news.get_absolute_url()).status_code == 404

    # Its moment comes; the job writes it down.
    due = timezone.now() - timedelta(minutes=1)
    Contribution.objects.filter(pk=news.pk).update(publish_at=due)
    publish_due(timestamp=0)
    news.refresh_from_db()
    assert (news.publish_at, news.published_at) == (None, due)
    for job in ProcrastinateJob.objects.filter(task_name="core.send_message").order_by("pk"):
        send_message(**job.args)
    told = arrived()
    assert [mail["To"] for mail in told] == [member.email] * len(told) and len(told) >= 2
    for mail in told:
        scan(mail)

    # A visitor meets it wherever it belongs, in both languages.
    for language, places in PLACES.items():
        visitor = visit(f"/{language}/", viewport=WIDE, locale=language)
        for place in places:
            visitor.goto(f"{live_server.url}/{language}/{place}")
            link = visitor.locator("main").get_by_role("link", name=NEWS[f"title_{language}"])
            assert link.count() == 1, visitor.url
        check(visitor)  # the search
        search = visitor.locator("#q")
        search.fill("")
        search.press_sequentially(NEWS[f"title_{language}"][:9])
        option = visitor.get_by_role(
            "group", name="Aktuelles und Termine" if language == "de" else "News and dates"
        )
        option.get_by_text(NEWS[f"title_{language}"]).click()
        visitor.wait_for_url(f"**/{FEEDS[language]}/{news.slug}/")
        assert visitor.get_by_alt_text(NEWS[f"image_alt_{language}"]).evaluate("one => one.naturalWidth") > 0
        assert NEWS["image_credit"] in visitor.inner_text("main")
        check(visitor)
        feed = Client().get(f"/{language}/{FEEDS[language]}/feed.xml").content.decode()
        items = Client().get(f"/{language}/{FEEDS[language]}/feed.json").json()["items"]
        assert NEWS[f"title_{language}"] in feed
        assert NEWS[f"title_{language}"] in [one["title"] for one in items]
    calendar = Calendar.from_ical(Client().get("/de/termine/termine.ics").content)
    assert EVENT["title_de"] in [one["SUMMARY"] for one in calendar.walk("VEVENT")]

    # A visitor on a telephone orders the newsletter, and confirms.
    reader = visit("/de/newsletter/", viewport=NARROW)
    fill(reader, **{"news-email": "leserin@leser.example"})
    reader.locator(f"[name=news-newsletters][value={CLUSTER}]").check()
    reader.locator("[name=news-consent]").check()
    assert "Neues aus den Clustern" in reader.inner_text("form")
    check(reader)
    press(reader, "Bestätigungsnachricht anfordern")
    confirmation_mails.send_due()
    [asking] = arrived()
    scan(asking)
    assert not Subscription.objects.exists()
    [confirm] = [path for path in paths_in(asking) if "bestaetigen" in path]
    reader.goto(f"{live_server.url}{confirm}")
    check(reader)
    press(reader, "Ja, ich möchte")
    assert "Sie sind angemeldet" in reader.inner_text("h1")

    # The manager composes an issue and sends it.
    make_reader(MailingList.objects.get(cluster__slug=CLUSTER, language="de"), "weg@leser.example")
    desk.goto(f"{live_server.url}/admin/newsletters/issue/add/")
    fill(desk, title_de="Was sich im November bewegt", introduction_de="Guten Tag")
    desk.locator("[name=items-0-contribution]").select_option(str(news.pk))
    desk.locator("[name=_continue]").click()
    follow(desk, "Vorschau und Versand")
    sending = desk.url
    press(desk, "Versenden")
    send_issues(timestamp=0)
    desk.goto(sending)
    check(desk, "main.ap")
    mails = {mail["To"]: mail for mail in arrived()}
    assert mails.keys() == {"leserin@leser.example", "weg@leser.example"}
    own = mails["leserin@leser.example"]
    assert NEWS["title_de"] in own.get_body(("html",)).get_content()
    for mail in mails.values():
        scan(mail)

    # One click in a mail program ends it: no session, no page of ours.
    address = re.search(r"<(https?:[^>]+)>", own["List-Unsubscribe"])[1]
    assert urlopen(Request(address, data=b"List-Unsubscribe=One-Click")).status == 200
    assert Subscription.objects.get(email="leserin@leser.example").ended_by == "one_click"

    # The other mail comes back; the manager sees it.
    box = mailbox.Maildir(tmp_path / "box")
    lost = Issue.objects.get().mails.get(to="weg@leser.example")
    box.add(report(lost, "5.1.1"))
    call_command("read_newsletter_mail", str(tmp_path / "box"))
    desk.goto(f"{live_server.url}/admin/newsletters/subscription/")
    follow(desk, "weg@leser.example")
    check(desk, "main.ap")
    assert "5.1.1" in desk.inner_text("main")

    # The last pages, and the archive in the other language.
    archive = f"/en/newsletter/issues/{Issue.objects.get().slug}/"
    for path in (address.removeprefix(live_server.url), "/en/newsletter/", archive):
        reader.goto(live_server.url + path)
        check(reader)
