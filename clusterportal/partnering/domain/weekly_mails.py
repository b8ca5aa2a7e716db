"""Representatives hear of what may fit their entries: once a week at most, unless they declined."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from clusterportal.core.outbox import MailState
from clusterportal.partnering.domain.fitting import fits_of, read_actors
from clusterportal.partnering.domain.outbox import send_soon
from clusterportal.partnering.domain.suggesting import LOOKED_AT
from clusterportal.partnering.enums import MailKind
from clusterportal.partnering.models import MailChoice, PartnerSearch, SearchMail
from clusterportal.review.models import Representation

WEEK = timedelta(days=7)


@transaction.atomic
def plan_mails() -> int:
    """Queues a mail to each representative who has not declined, was told nothing this week and has something new.

    Returns how many. What it says is looked up again when it leaves; the table remembers until when people were told.
    """
    now = timezone.now()
    open_ones = PartnerSearch.objects.open_on(timezone.localdate()).for_list().newest()
    newly = list(open_ones.filter(published_at__gt=now - 2 * WEEK)[:LOOKED_AT])
    people = Representation.objects.active().filter(user__is_active=True).exclude(user__email="")
    pairs = list(people.select_related("user").order_by("user_id"))
    fits = fits_of(newly, among=read_actors({one.actor_id for one in pairs}), most=len(pairs) or 1)
    newest: dict[int, datetime] = {}  # by actor: of what fits it
    for search in newly:
        for fit in fits[search.pk].shown:
            assert search.published_at is not None  # it is published
            newest[fit.actor.pk] = max(newest.get(fit.actor.pk, search.published_at), search.published_at)
    planned = 0
    for user in {one.user_id: one.user for one in pairs}.values():
        own = [newest[one.actor_id] for one in pairs if one.user_id == user.pk and one.actor_id in newest]
        if own and _plan(user, max(own), now):
            planned += 1
    if planned:
        send_soon()
    return planned


def _plan(user, newest: datetime, now: datetime) -> bool:
    MailChoice.objects.get_or_create(user=user)
    choice = MailChoice.objects.select_for_update().get(user=user)
    since = choice.told_until or now - WEEK
    is_told = choice.told_until is not None and choice.told_until > now - WEEK + timedelta(hours=1)
    waits = choice.mails.filter(state__in=[MailState.WAITING, MailState.SENDING]).exists()
    if choice.declined_at or is_told or waits or newest <= since:
        return False
    SearchMail.objects.create(kind=MailKind.SUGGESTIONS, choice=choice, to=user.email, since=since)
    choice.told_until = now
    choice.save(update_fields=["told_until"])
    return True
