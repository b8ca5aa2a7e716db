"""Telling the team of proposals that wait and of answers to its questions: at once or once a day, nobody twice."""

from collections.abc import Iterator
from datetime import time

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from actors.rules import can_publish
from clusterportal.core.signed_links import absolute
from clusterportal.review.enums import ProposalState, Side
from clusterportal.review.models import Proposal, ProposalNote
from clusterportal.review.rules import can_review
from clusterportal.teamwork.enums import Rhythm
from clusterportal.teamwork.models import MailSetting, News, Note, OutgoingMail

DAILY_FROM = time(6, 30)
MOST_NAMED = 25  # proposals in one mail; of the others it says how many


def write_news() -> int:
    """Note a mail for everybody who is to be told of something now; returns how many. Nothing new: no mail."""
    return sum(_tell(person) for person in _readers())


def rhythm_of(person) -> str:
    setting = MailSetting.objects.filter(user=person).first()
    return setting.rhythm if setting else Rhythm.DAILY


def set_rhythm(*, person, rhythm: str) -> None:
    MailSetting.objects.update_or_create(user=person, defaults={"rhythm": rhythm})


def _readers() -> Iterator:
    """People who decide about proposals. One who was erased, or has no address, is none."""
    staff = get_user_model().objects.filter(is_active=True, is_staff=True).exclude(email="")
    wanting = staff.exclude(mail_setting__rhythm=Rhythm.NEVER).order_by("pk")
    return (person for person in wanting.iterator() if can_publish(person))


@transaction.atomic
def _tell(person) -> bool:
    MailSetting.objects.get_or_create(user=person)
    setting = MailSetting.objects.select_for_update().get(user=person)
    if not _is_time(setting):
        return False
    proposals, answers = _untold(person)
    if not proposals and not answers:
        return False
    mail = OutgoingMail.objects.create(user=person, due_at=timezone.now())
    News.objects.bulk_create(
        [
            *(News(user=person, proposal=one, mail=mail) for one in proposals),
            *(News(user=person, proposal=one.proposal, answer=one, mail=mail) for one in answers),
        ]
    )
    return True


def _is_time(setting: MailSetting) -> bool:
    """Once a day, whether there is anything to tell or not: what comes later that day waits for the next one."""
    if setting.rhythm != Rhythm.DAILY:
        return setting.rhythm == Rhythm.AT_ONCE
    now = timezone.localtime()
    if now.time() < DAILY_FROM or setting.told_on == now.date():
        return False
    setting.told_on = now.date()
    setting.save(update_fields=["told_on"])
    return True


def _untold(person) -> tuple[list[Proposal], list[ProposalNote]]:
    """Waiting proposals and answers, not the person's own, that the person decides about and has not heard of."""
    told = News.objects.filter(user=person)
    waiting = Proposal.objects.seen_by(person).filter(state=ProposalState.WAITING).exclude(user=person)
    new = waiting.exclude(Exists(told.filter(proposal=OuterRef("pk"), answer=None)))
    answers = ProposalNote.objects.filter(side=Side.PROPOSER, proposal__in=waiting.values("pk"))
    unheard = answers.exclude(Exists(told.filter(answer=OuterRef("pk")))).select_related("proposal")
    return list(new), list(unheard)


def text_of(mail: OutgoingMail) -> dict | None:
    """What a mail with news says, for `send_once`; None when by now there is nothing left to say to this person."""
    person = mail.user
    if person is None or not person.is_active or not person.email:
        return None
    told = mail.news.filter(proposal__state=ProposalState.WAITING).select_related(
        "proposal__actor", "proposal__cluster", "answer"
    )
    answered = {one.proposal_id for one in told if one.answer_id}
    proposals = {one.proposal_id: one.proposal for one in told.order_by("proposal__waiting_since", "pk")}
    lines = [
        {
            "proposal": proposal,
            "is_answered": pk in answered,
            "url": absolute(reverse("admin:review_proposal_change", args=[pk])),
        }
        for pk, proposal in proposals.items()
        if can_review(person, proposal)
    ]
    if not lines:
        return None
    with override(person.language or settings.LANGUAGE_CODE):
        context = {
            "lines": lines[:MOST_NAMED],
            "more": max(len(lines) - MOST_NAMED, 0),
            "count": len(lines),
            "follow_ups": _due_today(person),
            "queue": absolute(reverse("admin:review_proposal_changelist")),
            "board": absolute(reverse("admin:teamwork_note_board")),
            "site": settings.SITE_NAME,
        }
        text = render_to_string("mail/teamwork/news.txt", context)
    subject, _break, rest = text.strip().partition("\n")
    return {"subject": " ".join(subject.split()), "body": rest.strip() + "\n", "to": person.email}


def _due_today(person) -> list[Note]:
    due = Note.objects.visible_to(person).open().filter(assignee=person, due_on__lte=timezone.localdate())
    return list(due.most_urgent_first().select_related("actor")[:10])
