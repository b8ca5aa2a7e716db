"""From the form over the button to the end, with the proof that remains; and a scanner that opens every link."""

import re
import time
import uuid
from datetime import timedelta

import pytest
from django.core import signing
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from clusterportal.history.erasure import erase, find_person
from clusterportal.history.person import Person
from clusterportal.newsletters.domain import leaving, retention
from clusterportal.newsletters.domain.confirmation_mails import send_due
from clusterportal.newsletters.domain.proof import proof_of
from clusterportal.newsletters.domain.reader_links import CHOICE, CONFIRMATION, KEPT_UNCONFIRMED, UNSUBSCRIBE
from clusterportal.newsletters.domain.subscribing import shortened, wording
from clusterportal.newsletters.models import ConfirmationMail, IssueMail, Order, Subscription, Suppression
from tests.clusterportal.newsletters.makers import make_issue, make_list, make_reader
from tests.factories import make_person
from tests.markup import markup_of

pytestmark = pytest.mark.django_db
SENT = {
    "news-email": " Ada@Leser.example",
    "news-newsletters": ["it"],
    "news-language": "de",
    "news-form": "html",
}


@pytest.fixture
def ask(client, own_list):
    """`ask(**changes)` sends the form some seconds after it was opened."""

    def sent(**changes):
        opened = {"at": time.time() - 10, "base": {}}
        guard = {"opened": signing.dumps(opened, salt="pages.forms.opened", compress=True)}
        data = guard | SENT | {"news-consent": "on"} | changes
        return client.post(reverse("pages:newsletter"), data, REMOTE_ADDR="93.184.216.34")

    return sent


def link_in(mail) -> str:
    return re.search(r"https://portal\.example(/\S+/)", mail.get_content()).group(1)


def counts() -> tuple:
    """Everything that a visitor's click could change."""
    active = Subscription.objects.active().count()
    return active, Subscription.objects.count(), Order.objects.filter(confirmed_at=None).count()


def test_a_subscription_begins_by_the_button_and_its_proof_is_whole(client, ask, taken, own_list):
    assert ask().url == reverse("pages:newsletter-sent")
    assert counts() == (0, 0, 1)
    assert send_due() == 1
    [mail] = taken()
    assert (mail["To"], mail["Auto-Submitted"]) == ("ada@leser.example", "auto-generated")
    assert mail["Subject"].strip() == "Bitte bestätigen Sie Ihren Newsletter: Clusterregister"
    assert "List-Unsubscribe" not in mail and "Neues aus IT-Cluster" in mail.get_content()
    path = link_in(mail)
    assert path.startswith("/de/newsletter/bestaetigen/")
    assert "Ja, ich möchte ihn lesen" in markup_of(client.get(path)) and counts() == (0, 0, 1)
    assert client.post(path).url == path and counts() == (1, 1, 0)
    assert client.post(path).status_code == 302 and counts() == (1, 1, 0)
    assert "Sie sind angemeldet" in markup_of(client.get(path))

    reader = Subscription.objects.get()
    kept = reader.order
    assert kept.declaration.text == wording(language="de") and kept.network is None
    assert kept.page == "https://portal.example/de/newsletter/"
    assert mail["Message-ID"] == f"<{kept.mail.key}@portal.example>"
    assert kept.mail.text.partition("\n\n")[2] == mail.get_content().replace("\r\n", "\n")
    lines = list(proof_of(reader))
    assert [line.what for line in lines] == [
        "Über das Formular bestellt",
        "Nachricht mit der Bitte um Bestätigung",
        "Bestätigt",
    ]
    assert all(line.at for line in lines) and kept.mail.digest in lines[1].detail

    leaving.end(subscription=reader, way="page")
    assert client.post(path).url == path and counts() == (0, 1, 0)  # the old link begins nothing again
    assert client.get(path).context["has_ended"]


def test_the_form_says_what_is_wrong_and_an_english_reader_gets_an_english_mail(ask, taken, client, own_list):
    answer = ask(**{"news-email": "", "news-newsletters": [], "news-consent": ""})
    assert [one.target for one in answer.context["mistakes"]] == [
        "id_news-email",
        "id_news-newsletters",
        "id_news-consent",
    ]
    assert ask(**{"news-language": "en"}).status_code == 422  # the list is German
    make_list(own_list.cluster, "en", name="News from the IT cluster")
    for language, name in (("de", "Regionsbrief"), ("en", "Region letter")):
        make_list(language=language, name=name)
    page = markup_of(client.get(reverse("pages:newsletter")))
    assert "Regionsbrief" in page and "Region letter" not in page
    with translation.override("en"):
        assert ask(**{"news-language": "en"}).status_code == 302
    send_due()
    [mail] = taken()
    assert mail["Subject"].strip() == "Please confirm your newsletter: Clusterregister"
    client.post(link_in(mail))
    assert Subscription.objects.get().list.language == "en"


def test_who_fills_the_trap_or_wants_no_mails_gets_the_same_answer_and_no_mail(ask, own_list):
    Suppression.objects.create(email="ada@leser.example", reason="asked")
    assert ask().url == ask(homepage_2="x").url == reverse("pages:newsletter-sent")
    assert ConfirmationMail.objects.count() == 0


def test_a_bounce_is_forgiven_by_a_new_confirmation(ask, client, taken, own_list):
    Suppression.objects.create(email="ada@leser.example", reason="bounced")
    ask(), send_due()
    client.post(link_in(taken()[0]))
    assert Suppression.objects.count() == 0


def test_the_network_is_noted_only_by_setting_shortened_and_for_its_own_term(ask, settings, own_list):
    settings.NEWSLETTER_NETWORK_DAYS = 7
    ask()
    assert Order.objects.get().network == "93.184.216.0" and shortened("2001:db8:1:2::3") == "2001:db8:1::"
    make_reader(own_list, "ada@leser.example")
    Order.objects.update(requested_at=timezone.now() - timedelta(days=8), confirmed_at=timezone.now())
    retention.forget_expired()
    assert set(Order.objects.values_list("email", "network")) == {("ada@leser.example", None)}


def test_a_scanner_that_opens_every_link_changes_nothing(client, ask, taken, own_list):
    reader = make_reader(own_list)
    ask(), send_due()
    with translation.override("de"):
        tokens = [link.address(str(reader.uid), language="de") for link in (UNSUBSCRIBE, CHOICE)]
    links = [link_in(taken()[0]), *(one.removeprefix("https://portal.example") for one in tokens)]
    before, steps = counts(), reader.steps.count()
    for path in links:
        for method in (client.get, client.head, client.options):
            assert method(path).status_code == 200
    assert counts() == before == (1, 1, 1) and reader.steps.count() == steps


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"List-Unsubscribe=One-Click", "application/x-www-form-urlencoded"),
        (b"", "application/x-www-form-urlencoded"),
        (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
        (b"{", "application/json"),
        (b"x" * 3_000_000, "application/octet-stream"),
    ],
)
def test_one_click_needs_no_session_no_token_of_the_form_and_no_body(own_list, body, kind):
    reader = make_reader(own_list)
    client = Client(enforce_csrf_checks=True)
    path = reverse("pages:newsletter-unsubscribe", args=[UNSUBSCRIBE.token(str(reader.uid))])
    answer = client.post(path, body, content_type=kind, headers={"Sec-Fetch-Site": "cross-site"})
    assert (answer.status_code, answer.cookies) == (200, {})
    reader.refresh_from_db()
    assert reader.ended_by == "one_click" and reader.steps.get().kind == "ended"
    first = reader.ended_at
    assert client.post(path).status_code == 200
    reader.refresh_from_db()
    assert reader.ended_at == first


def test_every_token_gets_the_same_answer(client, own_list):
    reader = make_reader(own_list)
    true, foreign = UNSUBSCRIBE.token(str(reader.uid)), CHOICE.token(str(reader.uid))
    answers = [
        client.post(reverse("pages:newsletter-unsubscribe", args=[token]))
        for token in (foreign, "unsinn", UNSUBSCRIBE.token(str(uuid.UUID(int=0))), true)
    ]
    assert {one.status_code for one in answers} == {200}
    assert len({markup_of(one).partition("<main")[2] for one in answers}) == 1
    assert Subscription.objects.active().count() == 0


def test_the_button_of_the_page_is_told_from_the_mail_program(client, own_list):
    reader = make_reader(own_list)
    page = markup_of(
        client.get(reverse("pages:newsletter-unsubscribe", args=[UNSUBSCRIBE.token(str(reader.uid))]))
    )
    target = re.search(r' action="(/[^"]+)"', page).group(1)
    assert "Sie sind abgemeldet" in markup_of(client.post(target))
    reader.refresh_from_db()
    assert reader.ended_by == "page"


def test_the_choice_is_changed_by_the_link_alone(client, own_list):
    readers = [make_reader(one, "ada@leser.example") for one in (own_list, make_list())]
    path = reverse("pages:newsletter-choice", args=[CHOICE.token(str(readers[0].uid))])
    answer = client.post(path, {"choice-kept": [readers[0].pk], "choice-form": "text"})
    assert "Ihre Auswahl ist gespeichert" in markup_of(answer)
    first, second = (Subscription.objects.get(pk=one.pk) for one in readers)
    assert (first.form, first.ended_at, second.ended_by) == ("text", None, "page")
    assert first.steps.get().detail == "gestaltet → nur Text"
    assert client.post(path, {"choice-kept": [second.pk], "choice-form": "text"}).status_code == 422  # ended
    assert client.get(reverse("pages:newsletter-choice", args=["unsinn"])).status_code == 410


def test_everything_is_forgotten_in_time(ask, own_list, client):
    now = timezone.now()
    ask()
    Order.objects.update(requested_at=now - KEPT_UNCONFIRMED - timedelta(minutes=1))
    token = CONFIRMATION.token(str(Order.objects.get().uid))
    retention.forget_expired()
    assert Order.objects.count() == 0
    assert client.get(reverse("pages:newsletter-confirm", args=[token])).status_code == 410
    this_year = timezone.localdate().year
    old, young = (make_reader(own_list, f"{number}@leser.example") for number in "12")
    for reader in (old, young):
        Order.objects.create(
            email=reader.email,
            declaration=reader.order.declaration,
            confirmed_at=now,
            page="https://a.example/",
        )  # which confirmed the subscription once more
        Suppression.objects.create(email=reader.email, reason="bounced")
    Suppression.objects.create(email="nie@leser.example", reason="asked")
    held = make_issue(own_list.cluster, send_at=now - timedelta(days=91), state="held", hold_reason="late")
    IssueMail.objects.create(issue=held, list=own_list, subscription=young, to=young.email)
    for reader, year in ((old, this_year - 4), (young, this_year - 3)):
        moment = timezone.make_aware(timezone.datetime(year, 12, 31, 12))
        Subscription.objects.filter(pk=reader.pk).update(ended_at=moment, ended_by="page")
    retention.forget_expired()
    assert list(Subscription.objects.values_list("email", flat=True)) == [young.email]
    assert set(Order.objects.values_list("email", flat=True)) == {
        young.email
    }  # those of the other went with it
    assert set(Suppression.objects.values_list("email", flat=True)) == {young.email, "nie@leser.example"}
    assert IssueMail.objects.get().to == ""  # of an issue that nobody decided about
    young.refresh_from_db()
    assert retention.restricted_until(young).year == this_year + 1


def test_steps_and_wordings_are_never_rewritten(own_list):
    reader = make_reader(own_list)
    reader.steps.create(kind="changed")
    with pytest.raises(Exception, match="Cannot update"), connection.cursor() as cursor:
        cursor.execute("UPDATE newsletters_subscriptionstep SET detail = 'x'")


def test_an_erased_person_is_gone_with_proof_mails_and_suppression(ask, own_list, cluster):
    reader = make_reader(own_list, "ada@leser.example")
    other = make_reader(own_list, "bob@leser.example")
    ask(), send_due()
    issue = make_issue(cluster)
    for one in (reader, other):
        IssueMail.objects.create(issue=issue, list=own_list, subscription=one, to=one.email)
    Suppression.objects.create(email=reader.email, reason="bounced")
    person, boss = Person("Ada Leserin", reader.email, ""), make_person("administrator")
    erase(person=person, keys=find_person(person), ground="request", by=boss)
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT count(*) FROM "{table}" AS row WHERE row::text ILIKE %s', ["%ada@leser%"])
            assert cursor.fetchone()[0] == 0, table
    assert Subscription.objects.get() == other and Order.objects.get() == other.order
    assert IssueMail.objects.get().to == other.email
