"""How long addresses of followers, and mails, are kept."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from clusterportal.core.outbox import MailState
from clusterportal.core.publication import is_published
from clusterportal.partnering.domain.follower_links import VALID_FOR
from clusterportal.partnering.models import Follower, SearchMail

KEPT_FOR = timedelta(days=30)  # after the end, and after a mail: time to find out why one did not arrive


@transaction.atomic
def forget_expired() -> None:
    """Deletes who never confirmed, who followed what is long over or hidden, and mails that have long gone out."""
    now = timezone.now()
    Follower.objects.filter(confirmed_at=None, created_at__lt=now - VALID_FOR).delete()
    before = now - KEPT_FOR
    is_over = Q(search__closed_at__lt=before) | Q(search__expired_at__lt=before)
    is_gone = ~is_published("search") & Q(search__updated_at__lt=before)
    hidden = Q(search__actor__updated_at__lt=before) & ~is_published("search__actor")
    Follower.objects.filter(is_over | is_gone | hidden).delete()
    SearchMail.objects.filter(due_at__lt=before).exclude(state=MailState.SENDING).delete()
