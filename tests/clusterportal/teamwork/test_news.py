"""Who is told of proposals, when, in which language; and that nobody is told twice, whatever dies meanwhile."""

import random
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from clusterportal.core import mailing, outbox
from clusterportal.core.models import Delivery
from clusterportal.review.enums import ProposalState
from clusterportal.review.models import Proposal
from clusterportal.teamwork.domain import news
from clusterportal.teamwork.domain.news import set_rhythm, write_news
from clusterportal.teamwork.domain.notes import write_note
from clusterportal.teamwork.domain.outbox import send_due
from clusterportal.teamwork.models import MailSetting, News, OutgoingMail
from clusterportal.teamwork.tasks import send_mails
from clusterportal.teamwork.tasks import write_news as write_news_job
from tests.factories import make_person

pytestmark = pytest.mark.django_db
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture
def clock(monkeypatch):
    """`clock(3, 7, 0)`: it is seven o'clock on the third of the month."""

    def set_to(day: int, hour: int, minute: int = 0) -> None:
        moment = datetime(2026, 9, day, hour, minute, tzinfo=BERLIN)
        monkeypatch.setattr(timezone, "now", lambda: moment)

    set_to(1, 7)
    return set_to


def propose(actor, **fields) -> Proposal:
    return Proposal.objects.create(
        **{
            "kind": "change",
            "actor": actor,
            "record": {"city": "Halle"},
            "state": "waiting",
            "waiting_since": timezone.now(),
        }
        | fields
    )


def told() -> list[str]:
    """The accounts that a mail is noted for, in their order."""
    return [mail.user.username for mail in OutgoingMail.objects.select_related("user").order_by("pk")]


def read(post) -> dict[str, str]:
    """What was accepted, by its recipient."""
    return {
        recipients[0]: message_from_bytes(content.encode(), policy=policy.default).get_content()
        for recipients, content in post.accepted
    }


def test_only_those_who_decide_are_told_each_in_their_language(team, post, clock):
    team.administrator.language = "en"
    team.administrator.save()
    make_person("manager", clusters=[team.ours], email="")
    make_person("manager", clusters=[team.ours], is_active=False)
    proposal, foreign = propose(team.actor), propose(team.foreign)
    new = propose(None, kind="new", cluster=team.ours, record={"name": "Neue Firma"})
    propose(team.actor, state="unconfirmed", waiting_since=None)
    assert write_news() == 3 and send_due() == 3
    sent = read(post)
    assert set(sent) == {
        f"{one.username}@example.org" for one in (team.manager, team.stranger, team.administrator)
    }
    own = sent["kim@example.org"]
    assert own.startswith("Guten Tag,")
    assert [f"/admin/review/proposal/{one.pk}/change/" in own for one in (proposal, new, foreign)] == [
        True,
        True,
        False,
    ]
    assert "Optik Nord" in own and "Optik Süd" not in own
    of_all = sent[team.administrator.email]
    assert of_all.startswith("Hello,") and "Optik Nord" in of_all and "Optik Süd" in of_all
    assert "2_Vorschl=C3=A4ge_warten_auf_Sie" in post.accepted[0][1]


def test_once_a_day_and_never_the_same(team, clock):
    propose(team.actor)
    assert (write_news(), write_news()) == (2, 0)  # the manager and the administrator
    propose(team.actor)
    clock(1, 23, 59)
    assert write_news() == 0  # waits for the next day
    clock(2, 6, 29)
    assert write_news() == 0
    clock(2, 6, 30)
    assert write_news() == 2
    clock(3, 8)
    assert write_news() == 0  # nothing new, no mail
    counts = [mail.news.count() for mail in OutgoingMail.objects.filter(user=team.manager)]
    assert counts == [1, 1]


def test_at_once_and_never(team, clock):
    set_rhythm(person=team.manager, rhythm="at_once")
    set_rhythm(person=team.administrator, rhythm="never")
    clock(1, 3)
    propose(team.actor)
    assert write_news() == 1
    propose(team.actor)
    assert write_news() == 1
    assert told() == ["kim", "kim"]


@pytest.mark.parametrize("seed", range(4))
def test_whatever_happens_nobody_hears_of_anything_twice_nor_gets_two_digests_a_day(team, clock, seed):
    """Proposals, answers, decisions and runs of the job in any order."""
    chance, days = random.Random(seed), {}
    for day in range(1, 6):
        for hour in sorted(chance.sample(range(24), 8)):
            clock(day, hour)
            for _number in range(chance.randint(0, 2)):
                propose(chance.choice([team.actor, team.foreign]))
            waiting = Proposal.objects.filter(state="waiting").order_by("?")
            if chance.random() < 0.4 and (one := waiting.first()):
                one.notes.create(side="proposer", text="Antwort")
            if chance.random() < 0.3 and (one := waiting.first()):
                one.state = ProposalState.WITHDRAWN
                one.decided_at = timezone.now()
                one.save()
            before = OutgoingMail.objects.count()
            for _again in range(chance.randint(1, 3)):
                write_news()
            for mail in OutgoingMail.objects.order_by("pk")[before:]:
                key = (mail.user_id, day)
                days[key] = days.get(key, 0) + 1
    assert days and max(days.values()) == 1
    heard = list(News.objects.values_list("user", "proposal", "answer"))
    assert len(heard) == len(set(heard)) and all(one.mail_id for one in News.objects.all())


def test_an_answer_is_told_and_ones_own_proposal_is_not(team, post, clock):
    asked = propose(team.actor)
    propose(team.actor, user=team.manager)
    write_news()
    assert News.objects.filter(user=team.manager).count() == 1
    asked.notes.create(side="reviewer", text="Wo?")
    asked.notes.create(side="proposer", text="In Halle, sagt Frau Geheim")
    clock(2, 7)
    write_news()
    assert [one.answer.text for one in News.objects.filter(user=team.manager, answer__isnull=False)] == [
        "In Halle, sagt Frau Geheim"
    ]
    OutgoingMail.objects.filter(pk__lt=OutgoingMail.objects.filter(user=team.manager).last().pk).delete()
    send_due()
    own = read(post)["kim@example.org"]
    assert "Ihre Frage ist beantwortet." in own and "Geheim" not in own  # what was said stays in the portal


def test_what_was_decided_meanwhile_is_no_news(team, post, clock):
    proposal = propose(team.actor)
    write_news()
    proposal.state, proposal.decided_at = "withdrawn", timezone.now()
    proposal.save()
    assert send_due() == 0
    assert {mail.state for mail in OutgoingMail.objects.all()} == {"void"} and post.accepted == []


def test_who_left_the_team_meanwhile_is_not_told(team, post, clock):
    propose(team.actor)
    write_news()
    team.manager.team_memberships.all().delete()
    send_due()
    assert list(read(post)) == [team.administrator.email]


def test_follow_ups_that_are_due_stand_in_the_mail(team, post, clock):
    write_note(
        actor=team.actor, by=team.editor, text="Anrufen", due_on=timezone.localdate(), assignee=team.manager
    )
    assert write_news() == 0  # alone they are no news
    propose(team.actor)
    clock(2, 7)
    write_news()
    send_due()
    own = read(post)["kim@example.org"]
    assert "01.09.2026 Optik Nord" in own
    assert "01.09.2026" not in read(post)[team.administrator.email]


# ---------- what dies ----------
def test_a_worker_that_dies_between_claim_and_mail_leaves_an_unclear_mail(team, post, clock, monkeypatch):
    propose(team.actor)
    write_news()

    class Died(BaseException):
        pass

    def die(**about):
        raise Died

    monkeypatch.setattr(outbox, "send_once", die)
    with pytest.raises(Died):
        send_due()
    monkeypatch.undo()
    clock(1, 7)
    assert list(OutgoingMail.objects.order_by("pk").values_list("state", flat=True)) == ["sending", "waiting"]
    assert send_due() == 1  # the other one goes out
    clock(1, 8)
    assert send_due() == 0
    assert list(OutgoingMail.objects.order_by("pk").values_list("state", flat=True)) == ["unclear", "sent"]
    assert len(post.accepted) == 1


def test_a_job_that_dies_while_it_notes_news_notes_all_or_nothing(team, clock, monkeypatch):
    propose(team.actor)
    monkeypatch.setattr(news.News.objects, "bulk_create", lambda rows: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        write_news()
    assert not OutgoingMail.objects.exists() and not MailSetting.objects.exists()
    monkeypatch.undo()
    clock(1, 7)
    assert write_news() == 2


def test_a_mail_server_that_is_away_gets_it_later_and_not_for_ever(team, post, clock):
    propose(team.actor)
    write_news()
    post.refusal = "451 later"
    assert send_due() == 0
    waiting = OutgoingMail.objects.order_by("pk").first()
    assert (waiting.state, waiting.tries, waiting.reason) == ("waiting", 1, "SMTPDataError (451)")
    assert OutgoingMail.objects.filter(tries=0).count() == 1  # the second one was not even tried
    post.refusal = ""
    clock(1, 7, 6)
    assert send_due() == 2
    OutgoingMail.objects.update(state="waiting", due_at=timezone.now() - timedelta(days=8))
    assert send_due() == 0
    assert {mail.state for mail in OutgoingMail.objects.all()} == {"void"}


def test_the_jobs_do_it(team, post, clock):
    propose(team.actor)
    write_news_job(timestamp=0)
    send_mails(timestamp=0)
    assert len(post.accepted) == 2 and Delivery.objects.count() == 2
    assert mailing.Delivery is Delivery


# ---------- the choice ----------
def test_people_choose_for_themselves(team):
    client = Client()
    client.force_login(team.manager)
    assert client.post("/admin/teamwork/note/rhythm/", {"rhythm": "never"}).status_code == 302
    client.post("/admin/teamwork/note/rhythm/", {"rhythm": "hourly"})
    assert [(one.user, one.rhythm) for one in MailSetting.objects.all()] == [(team.manager, "never")]
    client.force_login(team.viewer)
    assert client.post("/admin/teamwork/note/rhythm/", {"rhythm": "never"}).status_code == 403
