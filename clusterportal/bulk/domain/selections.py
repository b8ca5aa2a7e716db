"""What somebody has selected in the list of actors, across pages and from one act to the next."""

from collections.abc import Iterable
from datetime import timedelta

from django.utils import timezone

from clusterportal.bulk.models import Selection

SELECTION_LASTS = timedelta(hours=12)  # a selection of yesterday would be a surprise
KEPT = 5  # of one person: forms that are still open in other tabs go on meaning what they meant


def choose(keys: Iterable[int], *, by) -> Selection:
    """Make these actors the selection of `by`."""
    chosen = Selection.objects.create(user=by, keys=sorted(set(keys)))
    own = Selection.objects.filter(user=by)
    newest = own.order_by("-pk").values("pk")[:KEPT]
    own.exclude(pk__in=list(newest.values_list("pk", flat=True))).delete()
    return chosen


def selection_of(user) -> Selection | None:
    """What the person has selected last, until they clear it or half a day has gone."""
    recent = Selection.objects.filter(user=user, made_at__gte=timezone.now() - SELECTION_LASTS)
    return recent.order_by("-pk").first()


def clear(*, by) -> None:
    """Let nothing be selected any more."""
    Selection.objects.filter(user=by).delete()
