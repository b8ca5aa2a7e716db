"""Usage: how many answers each key got on each day, and all who came without one as a sum.

Counted in memory and written in batches, as limits are. A process that is killed loses what it counted within about
a second.
"""

import threading
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import Error, connection
from django.db.models import Q, Sum
from django.utils import timezone

from clusterportal.core.retention import A_YEAR_AND_QUESTIONS
from clusterportal.partners.models import Usage

KEPT_FOR = A_YEAR_AND_QUESTIONS
_ANSWERS, _REFUSED = "answers", "refused"

_fresh: Counter = Counter()  # by day, key (None: without one) and what became of the request
_lock = threading.Lock()


def note(key_id: int | None, *, refused: bool) -> None:
    """One request of a key, or of anybody without one; `refused` because of its limit."""
    with _lock:
        _fresh[timezone.localdate(), key_id, _REFUSED if refused else _ANSWERS] += 1


_WRITE = """
INSERT INTO partners_usage AS known (day, key_id, answers, refused)
SELECT day, key_id, answers, refused
FROM unnest(%s::date[], %s::bigint[], %s::bigint[], %s::bigint[]) fresh (day, key_id, answers, refused)
{which}
ORDER BY day, key_id
ON CONFLICT {conflict} DO UPDATE
    SET answers = known.answers + excluded.answers, refused = known.refused + excluded.refused
"""
_STATEMENTS = (
    _WRITE.format(which="JOIN partners_apikey ON partners_apikey.id = key_id", conflict="(key_id, day)"),
    _WRITE.format(which="WHERE key_id IS NULL", conflict="(day) WHERE key_id IS NULL"),
)
_LAST_USED = """
UPDATE partners_apikey SET last_used_at = now() WHERE id IN (
    SELECT id FROM partners_apikey
    WHERE id = ANY(%s) AND (last_used_at IS NULL OR last_used_at < now() - interval '1 minute')
    FOR UPDATE SKIP LOCKED  -- whoever holds it writes the same
)
"""


def is_any_fresh() -> bool:
    """Whether anything was noted since last time."""
    return bool(_fresh)


def write() -> None:
    """Add what was noted since last time to the days, and say of the keys that they were used."""
    with _lock:
        fresh = _fresh.copy()
        _fresh.clear()
    if not fresh:
        return
    rows = [
        (day, key, fresh[day, key, _ANSWERS], fresh[day, key, _REFUSED])
        for day, key in {(day, key) for day, key, _what in fresh}
    ]
    try:
        with connection.cursor() as cursor:
            for statement in _STATEMENTS:
                cursor.execute(statement, [list(column) for column in zip(*rows, strict=True)])
            cursor.execute(_LAST_USED, [[key for _day, key, _answers, _refused in rows if key]])
    except Error:
        with _lock:
            _fresh.update(fresh)
        raise


# ---------- what people see of it ----------
@dataclass(frozen=True)
class Day:
    """Answers of one day: to keys, to all others, and none because of a limit."""

    day: date
    keyed: int
    others: int
    refused: int

    @property
    def total(self) -> int:
        return self.keyed + self.others + self.refused


def by_day(*, days: int, keys: Collection[int] | None = None) -> list[Day]:
    """The last `days` days up to today, of these keys or of everybody; days without a request too."""
    today = timezone.localdate()
    begin = today - timedelta(days=days - 1)
    use = Usage.objects.filter(day__gte=begin)
    if keys is not None:
        use = use.filter(key__in=keys)
    sums = (
        use.order_by("day")
        .values("day")
        .annotate(
            keyed=Sum("answers", filter=Q(key__isnull=False), default=0),
            others=Sum("answers", filter=Q(key=None), default=0),
            over=Sum("refused", default=0),
        )
    )
    by_date = {one["day"]: Day(one["day"], one["keyed"], one["others"], one["over"]) for one in sums}
    span = (begin + timedelta(days=place) for place in range(days))
    return [by_date.get(day) or Day(day, 0, 0, 0) for day in span]


def forget_old_days() -> int:
    """Delete the days of more than `KEPT_FOR` ago; returns how many rows."""
    return Usage.objects.filter(day__lt=timezone.localdate() - KEPT_FOR).delete()[0]
