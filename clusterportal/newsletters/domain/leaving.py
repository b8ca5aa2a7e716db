"""Unsubscribing and changing a choice, by the link in a mail, by one click, by mail, by the team."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clusterportal.core.english_words import plain_words
from clusterportal.core.outbox import MailState
from clusterportal.core.signed_links import BadLink, SignedLink
from clusterportal.newsletters.enums import StepKind, Way
from clusterportal.newsletters.models import IssueMail, Subscription, SubscriptionStep


def named_by(link: SignedLink, token: str) -> Subscription | None:
    """The subscription of a link; None for every token that is none of ours, or whose proof is erased."""
    try:
        key = link.key(token)
    except BadLink:
        return None
    return Subscription.objects.select_related("list").filter(uid=str(key)).first()


@transaction.atomic
def end(*, subscription: Subscription, way: str) -> bool:
    """No issue goes there any more, planned ones included; False where it had ended before."""
    found = Subscription.objects.select_for_update().active().filter(pk=subscription.pk).first()
    if found is None:
        return False
    found.ended_at, found.ended_by = timezone.now(), way
    found.save(update_fields=["ended_at", "ended_by"])
    with plain_words():
        detail = str(Way(way).label)
    SubscriptionStep.objects.create(subscription=found, kind=StepKind.ENDED, detail=detail)
    IssueMail.objects.filter(subscription=found, state=MailState.WAITING).update(state=MailState.VOID)
    return True


def end_by_key(key: UUID, *, way: str) -> bool:
    """`end` for the subscription to which a mail of this key went."""
    found = Subscription.objects.filter(mails__key=key).first()
    return found is not None and end(subscription=found, way=way)


@transaction.atomic
def choose(*, subscription: Subscription, form: str, kept: Collection[int]) -> None:
    """All subscriptions of one address: its form, and which of them stay (`kept`, primary keys); the others end."""
    for one in siblings_of(subscription):
        if one.pk not in kept:
            end(subscription=one, way=Way.PAGE)
        elif one.form != form:
            with plain_words():
                before, one.form = one.get_form_display(), form
                detail = _("%(before)s → %(after)s") % {"before": before, "after": one.get_form_display()}
            one.save(update_fields=["form"])
            SubscriptionStep.objects.create(subscription=one, kind=StepKind.CHANGED, detail=detail)


def siblings_of(subscription: Subscription) -> list[Subscription]:
    """What the same address reads, this one included."""
    same = Subscription.objects.active().filter(email=subscription.email)
    return list(same.select_related("list").order_by("list__name", "pk"))
