"""How long enquiries name somebody."""

from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import TruncDay
from django.utils import timezone

from clusterportal.enquiries.domain.confirmation_link import VALID_FOR
from clusterportal.enquiries.models import PERSONAL, Enquiry, EnquiryMail

KEPT_FOR = timedelta(
    days=30
)  # after the confirmation: time to answer, and to find out why a mail did not arrive


@transaction.atomic
def forget_expired() -> None:
    """Deletes what nobody confirmed in time; of the others the day, the actor and the cluster remain."""
    now = timezone.now()
    Enquiry.objects.filter(confirmed_at=None, created_at__lt=now - VALID_FOR).delete()
    forget(Enquiry.objects.filter(forgotten_at=None, confirmed_at__lt=now - KEPT_FOR))


def forget(enquiries: QuerySet[Enquiry]) -> int:
    """Empties the visitors' data, and deletes the mails with their addresses; returns how many enquiries."""
    keys = list(enquiries.values_list("pk", flat=True))
    EnquiryMail.objects.filter(enquiry__in=keys).delete()
    return Enquiry.objects.filter(pk__in=keys).update(
        **dict.fromkeys(PERSONAL, ""),
        forgotten_at=timezone.now(),
        created_at=TruncDay("created_at"),
        confirmed_at=TruncDay("confirmed_at"),
    )
