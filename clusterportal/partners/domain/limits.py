"""Limits: how many answers a client may have computed for it in a minute and in a day, over all processes together.

Each process counts in memory, and about once a second adds what is new to one table, from which it learns what the
others counted. So a request costs microseconds and no question to the database, and a client gets at most what all
processes answer within a second more than its quota. Windows are fixed: they end with the minute and the day (UTC).
"""

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.crypto import salted_hmac

from clusterportal.partners.models import RequestCount

MINUTE, DAY = 60, 86_400
_REMEMBERED = 60.0  # seconds that a process remembers a client who has come to rest; the table knows longer


@dataclass(frozen=True)
class Policy:
    """At most `quota` answers in each window of `seconds`."""

    name: str
    quota: int
    seconds: int


@dataclass(frozen=True)
class LimitState:
    """What is left to a client under a policy, and in how many seconds its window ends."""

    policy: Policy
    left: int
    ends_in: int


@dataclass(frozen=True)
class Quota:
    """Where a client stands after a request, and which policies did not allow it."""

    standings: list[LimitState]
    violated: list[LimitState]


class _Count:
    """Requests of one client in one window: those that the table knew of, and those since."""

    __slots__ = ("ends_at", "fresh", "known", "seen_at")

    def __init__(self, ends_at: int):
        self.ends_at, self.known, self.fresh, self.seen_at = ends_at, 0, 0, 0.0


_counts: dict[tuple[str, int], _Count] = {}  # by client and length of the window
_lock = threading.Lock()


def policies(kind: str) -> list[Policy]:
    """The policies of `anonymous`, `local` or `key` as the settings give them; 0 sets no limit."""
    a_minute, a_day = settings.API_LIMITS[kind]
    both = [Policy("burst", a_minute, MINUTE), Policy("daily", a_day, DAY)]
    return [one for one in both if one.quota]


def take(client: str, limits: Sequence[Policy]) -> Quota:
    """One more request of `client`; it is not counted where a policy does not allow it."""
    now = time.time()
    with _lock:
        counts = [_count_of(client, one.seconds, now) for one in limits]
        used = [count.known + count.fresh for count in counts]
        is_allowed = all(number < one.quota for number, one in zip(used, limits, strict=True))
        for count in counts if is_allowed else ():
            count.fresh += 1
    standings = [
        LimitState(one, max(0, one.quota - number - is_allowed), max(1, round(count.ends_at - now)))
        for one, number, count in zip(limits, used, counts, strict=True)
    ]
    violated = [one for one, number in zip(standings, used, strict=True) if number >= one.policy.quota]
    return Quota(standings, violated)


def _count_of(client: str, seconds: int, now: float) -> _Count:
    count = _counts.get((client, seconds))
    if count is None or count.ends_at <= now:
        count = _counts[client, seconds] = _Count((int(now) // seconds + 1) * seconds)
    count.seen_at = now
    return count


# ---------- all processes together ----------
_WRITE = """
INSERT INTO partners_requestcount AS known (client, seconds, ends_at, count)
SELECT client, seconds, to_timestamp(ends_at), count
FROM unnest(%s::text[], %s::int[], %s::bigint[], %s::bigint[]) fresh (client, seconds, ends_at, count)
ORDER BY client, seconds  -- so that two processes never wait for each other
ON CONFLICT (client, seconds) DO UPDATE SET
    count = excluded.count + CASE WHEN known.ends_at = excluded.ends_at THEN known.count ELSE 0 END,
    ends_at = excluded.ends_at
RETURNING client, seconds, count
"""


def is_any_fresh() -> bool:
    """Whether anything was counted since last time."""
    with _lock:
        return any(count.fresh for count in _counts.values())


def write() -> None:
    """Add what was counted since last time to the table, and learn what all others counted."""
    now = time.time()
    with _lock:
        _forget_the_quiet(now)
        fresh = {key: (count, count.fresh) for key, count in _counts.items() if count.fresh}
    if not fresh:
        return
    by_mark = {(_fingerprint(client), seconds): (client, seconds) for client, seconds in fresh}
    rows = [(mark, seconds, fresh[key][0].ends_at, fresh[key][1]) for (mark, seconds), key in by_mark.items()]
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, [list(column) for column in zip(*rows, strict=True)])
        totals = cursor.fetchall()
    with _lock:
        for mark, seconds, total in totals:
            count, written = fresh[by_mark[mark, seconds]]
            count.known, count.fresh = total, count.fresh - written


def _forget_the_quiet(now: float) -> None:
    """Whose window is over goes, and who has come to rest; the table still knows how much these used."""
    for key, count in [*_counts.items()]:
        if count.ends_at <= now or (not count.fresh and count.seen_at < now - _REMEMBERED):
            del _counts[key]


def _fingerprint(client: str) -> str:
    """What the table calls a client: no address can be read from it."""
    return salted_hmac("partners.limits", client, algorithm="sha256").hexdigest()


def forget_old_counts() -> int:
    """Delete counts whose window is over; returns how many."""
    return RequestCount.objects.filter(ends_at__lt=timezone.now()).delete()[0]
