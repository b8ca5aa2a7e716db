"""How long the room knows people: orders 14 days, proof until the end of the third year, addresses of mails 90 days."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.db.models.functions import Coalesce
from django.utils import timezone

from clusterportal.newsletters.domain.reader_links import KEPT_UNCONFIRMED
from clusterportal.newsletters.enums import SuppressionReason
from clusterportal.newsletters.models import Bounce, IssueMail, Order, Subscription, Suppression

PROOF_YEARS = 3  # to the end of the year: §§ 195 and 199 of the German civil code
ADDRESSES_KEPT = timedelta(days=90)  # of mails that went out, so that bounces and questions find them


@transaction.atomic
def forget_expired() -> None:
    """Erase what is over."""
    now = timezone.now()
    Order.objects.filter(confirmed_at=None, requested_at__lt=now - KEPT_UNCONFIRMED).delete()
    noted = Order.objects.filter(network__isnull=False)
    noted.filter(requested_at__lt=now - timedelta(days=settings.NEWSLETTER_NETWORK_DAYS)).update(network=None)
    erase_subscriptions(Subscription.objects.filter(ended_at__lt=_proof_ends_before(now)))
    _forget_what_nobody_reads()
    # An issue that was held and forgotten never finishes.
    before, over = now - ADDRESSES_KEPT, Coalesce("issue__finished_at", "issue__send_at")
    old = IssueMail.objects.annotate(over=over).filter(over__lt=before).exclude(to="")
    Bounce.objects.filter(mail__in=old).delete()
    old.update(to="")


def _forget_what_nobody_reads() -> None:
    """Orders that confirmed a subscription once more are part of its proof; what bounced is forgotten with it, too."""
    proofs = Exists(Subscription.objects.filter(email=OuterRef("email")))
    Order.objects.filter(~proofs, confirmed_at__isnull=False).delete()
    Suppression.objects.filter(~proofs).exclude(reason=SuppressionReason.ASKED).delete()


def erase_subscriptions(subscriptions) -> int:
    """Delete subscriptions with their proof, and orders that nothing stands on any more; returns how many."""
    orders = list(subscriptions.values_list("order", flat=True))
    count = len(orders)
    subscriptions.delete()
    Order.objects.filter(pk__in=orders, subscriptions=None).delete()
    return count


def restricted_until(subscription: Subscription) -> datetime | None:
    """When the proof of an ended subscription is erased."""
    if subscription.ended_at is None:
        return None
    year = timezone.localtime(subscription.ended_at).year + PROOF_YEARS + 1
    return timezone.make_aware(datetime(year, 1, 1))


def _proof_ends_before(now: datetime) -> datetime:
    """What ended before this moment has been kept to the end of its third year."""
    return timezone.make_aware(datetime(timezone.localtime(now).year - PROOF_YEARS, 1, 1))
