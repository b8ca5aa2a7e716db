"""The sequencer: gives each public change a number once it has become visible.

A number drawn when a row is written tells nothing about when others can see it: who reads "since 41" would miss a 40
that commits later. So writers only leave notes. The process `number_changes`, and whoever asks for the feed, takes
away the notes that are visible by now, looks at the records they name, and writes numbered entries about what is
different from what was told before. A transaction that is still open is numbered when it has ended, and holds up
nobody.

Nor does one that has ended and was large, such as an import: its records are compared piece by piece, others are
numbered in between, and its entries get their numbers together when all of them are known. Until then they are
drafts, with positions below zero, which nobody reads.
"""

import secrets
from collections.abc import Callable, Iterable, Iterator

from django.db import connection, transaction
from django.db.models import Max, Min
from django.db.utils import OperationalError
from django.utils import timezone

from actors.models import Actor
from clusterportal.partners.domain.comparing import BLOCK, Difference, Due, compare, everything
from clusterportal.partners.domain.isolation import seeing_one_moment
from clusterportal.partners.enums import FeedObject
from clusterportal.partners.models import FeedEntry, FeedNote, FeedState, ToldRecord

LARGE = 1000  # records; a transaction that names more is compared piece by piece
# Channels of the database that say "look", and nothing else: a note is there; entries have got their numbers.
NOTED, NUMBERED = "partners_noted", "partners_numbered"
BEGINNING = 0  # instead of a transaction: everything that is public when a feed begins
_LOCK = 1718969956  # the bytes "feed", among the advisory locks of this database
_PATIENCE = "5s"  # that one sequencer waits for another
_PIECE = 500  # records of a large transaction that are compared at once; less than a second's work


def sequence(*, at_most: int | None = None) -> bool:
    """Number what has become visible, one process at a time. False where that is left to somebody else.

    So it is where another process has been at it for too long. With `at_most`, large transactions are left too, and
    everything where more than so many records would have to be read: somebody waits for a page.
    """
    is_done = bool(_alone(lambda: _number_small(at_most)))
    while at_most is None and is_done and _alone(_number_piece):
        is_done = bool(_alone(_number_small))
    return is_done


def _alone(work: Callable[[], bool]) -> bool | None:
    """What `work` returns, done in one transaction by the only sequencer; None where another is at it for too long.

    The lock is of the session and not of the transaction, which so begins with the lock in hand and sees what the
    sequencer before has done.
    """
    with connection.cursor() as cursor:
        try:
            with transaction.atomic():
                cursor.execute(f"SET LOCAL lock_timeout = '{_PATIENCE}'; SELECT pg_advisory_lock({_LOCK})")
        except OperationalError as error:
            if getattr(error.__cause__, "sqlstate", "") != "55P03":  # lock_not_available
                raise
            return None
        try:
            with seeing_one_moment():
                return work()
        finally:
            cursor.execute(f"SELECT pg_advisory_unlock({_LOCK})")


# ---------- transactions of usual size, and small registries at the beginning ----------
def _number_small(at_most: int | None = None) -> bool:
    state = FeedState.objects.filter(pk=1).first()
    if state is None:
        if at_most is not None and Actor.objects.published().count() > at_most:
            return False
        state = _begin()
        while _number_piece():  # nobody can read before all of it is told
            pass
        return True
    sizes = _sizes()
    small = [number for number, size in sizes.items() if size <= LARGE and number != state.drafting]
    if at_most is not None and sum(sizes[number] for number in small) > at_most:
        return False
    for due in _taken(small):
        difference = compare(due)
        if _is_bound(difference):
            _draft(difference)
        else:
            _give_numbers(state, difference.entries)
    return True


def _sizes() -> dict[int, float]:
    """About how many records each transaction names whose notes are visible; endless where it may be all."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT transaction, sum(COALESCE(cardinality(keys), 'infinity'::float8)) FROM partners_feednote "
            "GROUP BY transaction ORDER BY max(id)"
        )
        return dict(cursor.fetchall())


def _taken(transactions: list[int]) -> Iterable[Due]:
    """What the notes of these transactions name, one after the other; what several name belongs to the last."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH taken AS (DELETE FROM partners_feednote WHERE transaction = ANY(%s) RETURNING *) "
            "SELECT transaction, object, keys FROM taken ORDER BY id",
            [transactions],
        )
        notes = cursor.fetchall()
    last: dict[tuple[str, int], int] = {}
    for number, object, keys in notes:
        for key in keys:
            last.pop((object, key), None)  # so that the order is that of the last notes
            last[object, key] = number
    due: dict[int, Due] = {}
    for (object, key), number in last.items():
        due.setdefault(number, {}).setdefault(FeedObject(object), {})[key] = None
    return due.values()


def _is_bound(difference: Difference) -> bool:
    """Whether a large transaction has changed one of these records too, whose entries have no numbers yet."""
    uids = [entry.uid for entry in difference.entries]
    if FeedEntry.objects.filter(position__lt=0, uid__in=uids).exists():
        return True
    notes = FeedNote.objects.all()  # what is left of them: those of large transactions
    return any(
        notes.filter(object=object, keys__overlap=keys).exists() for object, keys in difference.keys.items()
    )


def _give_numbers(state: FeedState, entries: list[FeedEntry]) -> None:
    at, last = _now(), state.position + len(entries)
    for position, entry in enumerate(entries, start=state.position + 1):
        entry.position, entry.last_of_transaction, entry.at = position, last, at
    FeedEntry.objects.bulk_create(entries, batch_size=BLOCK)
    _go_on_to(state, last)


def _go_on_to(state: FeedState, last: int) -> None:
    if last == state.position:
        return
    state.position = last
    state.save(update_fields=["position"])
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, 'look')", [NUMBERED])


def _now():
    """This moment, but never before that of the last entry, whatever the clock does."""
    last = FeedEntry.objects.filter(position__gt=0).aggregate(at=Max("at"))["at"]
    return max(filter(None, [timezone.now(), last]))


# ---------- large transactions, and the beginning ----------
def _begin() -> FeedState:
    for model in (FeedNote, FeedEntry, ToldRecord):  # of a life before
        model.objects.all().delete()
    FeedNote.objects.bulk_create(_compact(BEGINNING, everything()))
    return FeedState.objects.create(pk=1, epoch=secrets.token_hex(4), drafting=BEGINNING)


def _number_piece() -> bool:
    """Compare the next piece of the large transaction in hand, or of the next one; False where there is none."""
    if (state := FeedState.objects.filter(pk=1).first()) is None:
        return False
    if state.drafting is None and not _take_up_next(state):
        return False
    own = FeedNote.objects.filter(transaction=state.drafting).order_by("pk")
    if note := own.first():
        note.delete()
        _draft(compare({FeedObject(note.object): dict.fromkeys(note.keys)}))
    if not own.exists():
        _number_drafts(state)
    return True


def _take_up_next(state: FeedState) -> bool:
    """Begin with the first large transaction: its notes become few, each of them a piece."""
    large = next((number for number, size in _sizes().items() if size > LARGE), None)
    if large is None:
        return False
    notes = FeedNote.objects.filter(transaction=large)
    if notes.filter(keys=None).exists():
        notes.delete()
        due = everything()
    else:
        due = next(iter(_taken([large])))
    FeedNote.objects.bulk_create(_compact(large, due))
    state.drafting = large
    state.save(update_fields=["drafting"])
    return True


def _compact(number: int, due: Due) -> Iterator[FeedNote]:
    for object in FeedObject:
        keys = list(due.get(object, {}))
        for begin in range(0, len(keys), _PIECE):
            yield FeedNote(transaction=number, object=object, keys=keys[begin : begin + _PIECE])


def _draft(difference: Difference) -> None:
    lowest = FeedEntry.objects.filter(position__lt=0).aggregate(lowest=Min("position"))["lowest"] or 0
    for number, entry in enumerate(difference.entries, start=1):
        entry.position = entry.last_of_transaction = lowest - number
    FeedEntry.objects.bulk_create(difference.entries, batch_size=BLOCK)


def _number_drafts(state: FeedState) -> None:
    """All drafts get numbers, in their order, as one transaction; only a beginning may be cut anywhere."""
    drafts = FeedEntry.objects.filter(position__lt=0)
    last = state.position + drafts.count()
    end = "%(before)s - position" if state.drafting == BEGINNING else "%(last)s"
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE partners_feedentry SET position = %(before)s - position, last_of_transaction = {end}, at = %(at)s "
            "WHERE position < 0",
            {"before": state.position, "last": last, "at": _now()},
        )
    state.drafting = None
    state.save(update_fields=["drafting"])
    _go_on_to(state, last)
