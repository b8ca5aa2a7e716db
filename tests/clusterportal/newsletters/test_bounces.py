"""What comes back to the mailbox: by RFC 3464 and without it, forged, broken; and mails that unsubscribe."""

import mailbox
from email.message import EmailMessage

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from clusterportal.newsletters.domain import bounces
from clusterportal.newsletters.domain.addresses import BOUNCE, UNSUBSCRIBE, sealed_address, sealed_in
from clusterportal.newsletters.domain.mailbox import take_in
from clusterportal.newsletters.models import Bounce, IssueMail, Suppression
from tests.clusterportal.newsletters.makers import make_issue, make_reader

pytestmark = pytest.mark.django_db
REPORT = """From: MAILER-DAEMON@mx.example
To: {to}
Subject: Undelivered Mail
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B"

--B
Content-Type: text/plain

Ihre Nachricht kam nicht an.

--B
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; a@leser.example
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 no such user

--B
Content-Type: text/rfc822-headers

From: newsletter@portal.example
List-Unsubscribe: <https://portal.example/x/>, <mailto:{quoted}>
Subject: Zwei

--B--
"""


@pytest.fixture
def mail(own_list, cluster) -> IssueMail:
    return sent_to(make_reader(own_list, "a@leser.example"), make_issue(cluster))


def sent_to(reader, issue) -> IssueMail:
    return IssueMail.objects.create(issue=issue, list=reader.list, subscription=reader, to=reader.email)


def report(mail: IssueMail, status: str, *, action: str = "failed", only_quoted: bool = False) -> bytes:
    to = "postmaster@portal.example" if only_quoted else sealed_address(BOUNCE, mail.key)
    quoted = sealed_address(UNSUBSCRIBE, mail.key) if only_quoted else "-"
    return REPORT.format(to=to, status=status, action=action, quoted=quoted).encode()


def test_an_unknown_mailbox_counts_once_other_refusals_twice_and_passing_ones_never(mail, cluster, own_list):
    other = sent_to(mail.subscription, make_issue(cluster))
    assert take_in([report(mail, "5.7.1"), report(mail, "5.7.1")]) == {"bounced": 2}
    assert Suppression.objects.count() == 0  # one mail, whatever it is told of twice
    take_in([report(other, "5.2.1")])
    assert Suppression.objects.get().reason == "bounced"
    third = sent_to(make_reader(own_list, "b@leser.example"), make_issue(cluster))
    take_in([report(third, "4.4.1", action="delayed"), report(third, "2.0.0", action="delivered")])
    assert Suppression.objects.count() == 1 and Bounce.objects.filter(mail=third).count() == 1
    bounces.forget_passing(third.to)
    assert Bounce.objects.filter(mail=third).count() == 0
    take_in([report(third, "5.1.1", only_quoted=True)])  # the id stands only in the headers that came back
    assert Suppression.objects.get(email=third.to).reason == "unknown"
    assert third.subscription.ended_at is None  # a bounce is no word of the person


def test_addresses_that_went_out_before_the_secret_was_changed_are_still_ours(mail, settings):
    before = sealed_address(BOUNCE, mail.key)
    former, settings.SECRET_KEY = settings.SECRET_KEY, "of tomorrow"
    assert sealed_in(before) == []
    settings.SECRET_KEY_FALLBACKS = [former]
    assert sealed_address(BOUNCE, mail.key) != before and sealed_in(before) == [(BOUNCE, mail.key)]


def test_one_broken_message_never_stops_the_run_and_a_forged_one_does_nothing(mail, monkeypatch):
    forged = report(mail, "5.1.1").replace(b".", b".0", 1)
    address = sealed_address(BOUNCE, mail.key)
    name, _dot, rest = address.partition(".")
    wrong = f"{name}.{'0' * 16}{rest[16:]}"
    assert sealed_in(address.upper()) == [(BOUNCE, mail.key)] and sealed_in(wrong) == []
    forged = report(mail, "5.1.1").replace(address.encode(), wrong.encode())
    exploding = b"From: x\nContent-Type: message/delivery-status\n\nStatus:   \n"
    latin = b"To: \xff\xfe\nContent-Type: text/plain; charset=unknown-8bit\n\n\xff"
    counts = take_in([exploding, b"", b"\x00" * 50, latin, forged, report(mail, "5.1.1")])
    assert counts.pop("bounced") == 1 and sum(counts.values()) == 5
    assert Suppression.objects.count() == 1


def test_what_follows_no_standard_is_read_too_and_a_holiday_note_is_not(mail):
    to = sealed_address(BOUNCE, mail.key)
    qmail = (
        f"From: MAILER-DAEMON@mx.example\nTo: {to}\nSubject: failure notice\n\n"
        "Hi. This is the qmail-send program at mx.example.\n"
        "I'm afraid I wasn't able to deliver your message to the following addresses.\n"
        "This is a permanent error; I've given up. Sorry it didn't work out.\n\n"
        "<a@leser.example>:\nSorry, no mailbox here by that name.\n\n--- Below this line is a copy of the message.\n"
    )
    holiday = (
        f"From: a@leser.example\nTo: {to}\nAuto-Submitted: auto-replied\nSubject: Urlaub\n\nBis Montag.\n"
    )
    assert take_in([holiday.encode()]) == {"foreign": 1} and Bounce.objects.count() == 0
    assert take_in([qmail.encode()]) == {"bounced": 1} and Bounce.objects.get().status == "5.0.0"


def test_a_mail_to_the_address_for_unsubscribing_unsubscribes(mail):
    message = EmailMessage()
    message["From"], message["To"] = "a@leser.example", sealed_address(UNSUBSCRIBE, mail.key)
    assert take_in([message.as_bytes()]) == {"unsubscribed": 1}
    mail.subscription.refresh_from_db()
    assert mail.subscription.ended_by == "mail"


def test_the_command_reads_what_is_new_in_a_maildir_once(mail, tmp_path, capsys):
    box = mailbox.Maildir(tmp_path / "box")
    box.add(report(mail, "5.1.1")), box.add(b"From: x@y.example\nSubject: x\n\n-")
    shut = tmp_path / "box" / "new" / "0"
    shut.mkdir()  # cannot be opened, and stops nothing
    call_command("read_newsletter_mail", str(tmp_path / "box"))
    assert capsys.readouterr().out == "1 bounced, 1 foreign, 1 unreadable\n"
    shut.rmdir()
    call_command("read_newsletter_mail", str(tmp_path / "box"))
    assert capsys.readouterr().out == "Nothing new.\n"
    assert len(box) == 2
    with pytest.raises(CommandError, match="no Maildir"):
        call_command("read_newsletter_mail", str(tmp_path))
