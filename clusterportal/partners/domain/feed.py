"""Reading the feed: positions as cursors, pages that end with a transaction, and how far back it goes."""

import re
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone

from clusterportal.core.api import cursors
from clusterportal.partners.domain.sequencing import BEGINNING
from clusterportal.partners.models import FeedEntry, FeedState

KEPT = timedelta(days=400)  # as the documents of the API promise partners
_EPOCH = 8  # characters before the position, which is encrypted
CURSOR_LENGTH = _EPOCH + cursors.LENGTH
CURSOR_PATTERN = f"[0-9a-f]{{{_EPOCH}}}{cursors.PATTERN}"
AT_MOST = 1000  # records that are compared while somebody waits: about a second


class NotBegun(Exception):
    """The feed of a large registry is being made."""


class Expired(Exception):
    """The cursor is of another life of this registry, or of further back than the feed goes."""


@dataclass(frozen=True)
class Page:
    """Entries after a cursor."""

    entries: list[FeedEntry]
    last: int  # the position up to which this page tells everything
    has_more: bool


def state() -> FeedState:
    """Where the feed stands. Raises NotBegun."""
    found = FeedState.objects.filter(pk=1).first()
    if found is None or found.drafting == BEGINNING:
        raise NotBegun
    return found


def cursor_at(epoch: str, position: int) -> str:
    """The cursor after `position`. Equal positions have equal cursors."""
    return epoch + cursors.cursor_after(position, of=f"feed {epoch}")


def position_of(cursor: str, now: FeedState) -> int:
    """The position of a cursor that this feed gave, 0 without one. Raises ValueError for what is none, and Expired."""
    if not cursor:
        return 0
    if not re.fullmatch(CURSOR_PATTERN, cursor):
        raise ValueError(cursor)
    position = (
        cursors.key_of(cursor[_EPOCH:], of=f"feed {now.epoch}") if cursor.startswith(now.epoch) else None
    )
    if position is None or position > now.position or position < _forgotten(now):
        raise Expired
    return position


def _forgotten(now: FeedState) -> int:
    """The position of the last entry that is no longer kept; 0 where all are."""
    first = FeedEntry.objects.filter(position__gt=0).values_list("position", flat=True).first()
    return now.position if first is None else first - 1


def page_after(position: int, now: FeedState, *, limit: int, is_latest: bool = False) -> Page:
    """At most `limit` entries after `position`, or more where the last transaction has more.

    `is_latest`: of each record only its last entry. What a client missed is then told by where the record is now.
    """
    entries = FeedEntry.objects.filter(position__gt=position, position__lte=now.position)
    if is_latest:
        later = FeedEntry.objects.filter(
            object=OuterRef("object"),
            uid=OuterRef("uid"),
            position__gt=OuterRef("position"),
            position__lte=now.position,
        )
        entries = entries.filter(~Exists(later))
    page = list(entries[:limit])
    if len(page) == limit:
        end = page[-1].last_of_transaction
        page += entries.filter(position__gt=page[-1].position, position__lte=end)
        return Page(page, end, entries.filter(position__gt=end).exists())
    return Page(page, now.position, False)


def forget_old_entries() -> None:
    """Drop entries of more than 400 days ago, whole transactions at a time; the last entry stays."""
    old = FeedEntry.objects.filter(at__lt=timezone.now() - KEPT, position__gt=0).order_by("-position").first()
    if old is not None:
        end = min(old.last_of_transaction, state().position - 1)
        FeedEntry.objects.filter(position__range=(1, end)).delete()
