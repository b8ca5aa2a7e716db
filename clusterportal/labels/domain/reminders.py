"""Mails to the team before a label ends: 90, 30 and 7 days, each once, whatever was restarted in between."""

from datetime import date, timedelta

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from clusterportal.clusters.models import TeamMember
from clusterportal.clusters.rules import can_manage
from clusterportal.core.outbox import Outbox
from clusterportal.core.signed_links import absolute
from clusterportal.labels.domain.timeline import last_day
from clusterportal.labels.domain.validity import renewal_window
from clusterportal.labels.models import Label, LabelReminder

DAYS_BEFORE = (7, 30, 90)


def note_reminders(*, today: date) -> int:
    """Note a mail for everybody who is to be told now; returns how many.

    A day on which nobody looked is caught up on: who was not told 90 days before is told later, of the nearest step.
    """
    noted = 0
    for label in _ending(today):
        assert label.valid_until is not None  # by the filter
        days = next(step for step in DAYS_BEFORE if (label.valid_until - today).days <= step)
        told = LabelReminder.objects.filter(label=label, ends_on=label.valid_until, days=days)
        people = _team(label).exclude(Exists(told.filter(user=OuterRef("pk"))))
        fresh = [LabelReminder(label=label, user=one, ends_on=label.valid_until, days=days) for one in people]
        # Two workers that look at the same moment note the same mail: the second one finds it there.
        noted += len(LabelReminder.objects.bulk_create(fresh, ignore_conflicts=True))
    return noted


def _ending(today: date):
    """Labels in force that end within the longest step, and that nothing follows."""
    horizon = today + timedelta(days=max(DAYS_BEFORE))
    labels = Label.objects.last_of_their_kind().filter(is_example=False, renewals=None)
    return labels.filter(valid_until__gt=today, valid_until__lte=horizon).select_related("cluster")


def _team(label: Label):
    """Members of the team with an account in use. Who of them manages labels, is asked before the mail goes."""
    team = TeamMember.objects.filter(cluster=label.cluster, user=OuterRef("pk"))
    staff = get_user_model().objects.filter(is_active=True, is_staff=True, role="manager").exclude(email="")
    return staff.filter(Exists(team)).order_by("pk")


def text_of(mail: LabelReminder) -> dict | None:
    """What a mail says, for `send_once`; None when by now there is nothing to remind of."""
    person, label = mail.user, mail.label
    end = label.valid_until
    is_due = end is not None and end == mail.ends_on and not label.renewals.exists()
    if not is_due or not person.email or not can_manage(person, label):
        return None
    assert end is not None
    with override(person.language or settings.LANGUAGE_CODE):
        window = renewal_window(label.kind, end)
        context = {
            "label": label,
            "last_day": last_day(end),
            "days": (last_day(end) - timezone.localdate()).days,
            "renewable_until": last_day(window.end) if window and window.end else None,
            "url": absolute(reverse("admin:labels_label_change", args=[label.pk])),
            "site": settings.SITE_NAME,
        }
        text = render_to_string("mail/labels/reminder.txt", context)
    subject, _break, rest = text.strip().partition("\n")
    return {"subject": " ".join(subject.split()), "body": rest.strip() + "\n", "to": person.email}


OUTBOX = Outbox(LabelReminder, text_of)
send_due = OUTBOX.send_due
