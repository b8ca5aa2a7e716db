"""The sequencer: gives each public change a number once it has become visible.

A number drawn when a row is written tells nothing about when others can see it: who reads "since 41" would miss a 40
that commits later. So writers only leave notes; whoever asks for the feed, and a job every minute, takes away the
notes that are visible by now, looks at the records they name, and writes numbered entries about what is different
from what was told before. A transaction that is still open is numbered when it has ended, and holds up nobody.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Max, Q
from django.db.utils import OperationalError
from django.utils import timezone

from actors.enums import TermNoun
from actors.models import Actor, ActorRelation, FormerUid, TermMerge, Topic, TopicLink
from applications.models import ApplicationArea
from clusterportal.partners.domain.records import KINDS, digests, records
from clusterportal.partners.enums import FeedObject, Operation
from clusterportal.partners.models import FeedEntry, FeedNote, FeedState, ToldRecord

_LOCK = 1718969956  # the bytes "feed", among the advisory locks of this database
_PATIENCE = "5s"  # that one sequencer waits for another
_NAMES = {"uid", "slug", "name"}  # what records show of a neighbour
_BLOCK = 1000
_TERMS = {FeedObject.TOPIC: (TermNoun.TOPIC, Topic), FeedObject.AREA: (TermNoun.AREA, ApplicationArea)}


def sequence(*, at_most: int | None = None) -> bool:
    """Number what has become visible, one process at a time. False where that is left to somebody else.

    So it is where another process has been at it for too long, and where more than `at_most` records would have to be
    read: somebody who waits for a page does not wait for the work on a whole import.
    """
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = '{_PATIENCE}'; SELECT pg_advisory_xact_lock({_LOCK})")
            state = FeedState.objects.filter(pk=1).first()
            if at_most is not None and _noted(state) > at_most:
                return False
            if state is None:
                state = FeedState.objects.create(pk=1, epoch=secrets.token_hex(4))
                for model in (FeedNote, FeedEntry, ToldRecord):  # of a life before
                    model.objects.all().delete()
                _number(state, {None: _everything()})
            elif due := _taken_notes():
                _number(state, due)
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", "") != "55P03":  # lock_not_available
            raise
        return False
    return True


def _noted(state: FeedState | None) -> int:
    """About how many records would have to be read."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT COALESCE(sum(cardinality(keys)), 0), count(*) - count(keys) FROM partners_feednote"
        )
        keys, notes_of_all = cursor.fetchone()
    return Actor.objects.published().count() if state is None or notes_of_all else keys


Due = dict[FeedObject, dict[int, None]]  # keys in order, once each


def _taken_notes() -> dict[int | None, Due]:
    """What the visible notes name, by transaction; a record that several name belongs to the last."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH taken AS (DELETE FROM partners_feednote RETURNING *) "
            "SELECT transaction, object, keys FROM taken ORDER BY id"
        )
        notes = cursor.fetchall()
    if any(keys is None for _transaction, _object, keys in notes):
        return {None: _everything()}
    last: dict[tuple[str, int], int] = {}
    for number, object, keys in notes:
        for key in keys:
            last.pop((object, key), None)  # so that the order is that of the last notes
            last[object, key] = number
    due: dict[int | None, Due] = {}
    for (object, key), number in last.items():
        due.setdefault(number, {}).setdefault(FeedObject(object), {})[key] = None
    return due


def _everything() -> Due:
    """Every record that is public, or was when the feed last told of it."""
    due: Due = {}
    for object, kind in KINDS.items():
        told = ToldRecord.objects.filter(object=object).values_list("key", flat=True)
        due[object] = dict.fromkeys([*kind.public().order_by("pk").values_list("pk", flat=True), *told])
    return due


@dataclass
class _Batch:
    """Entries of one transaction."""

    entries: list[FeedEntry] = field(default_factory=list)
    # Actors and topics that others show under another name from now on, or no longer.
    renamed: dict[FeedObject, list[int]] = field(default_factory=dict)


def _number(state: FeedState, due: dict[int | None, Due]) -> None:
    at = max(timezone.now(), FeedEntry.objects.aggregate(at=Max("at"))["at"] or timezone.now())
    for number, one in due.items():
        batch = _compared(one, at)
        if neighbours := _neighbours(batch.renamed, besides=one):
            batch.entries += _compared(neighbours, at).entries
        last = state.position + len(batch.entries)
        for entry in batch.entries:
            state.position += 1
            entry.position = state.position
            entry.last_of_transaction = last if number else state.position  # a beginning may be cut anywhere
        FeedEntry.objects.bulk_create(batch.entries, batch_size=_BLOCK)
    state.save()


def _compared(due: Due, at: datetime) -> _Batch:
    """What is different from what was told, for the records `due`; remembers what is told now."""
    batch = _Batch()
    for object in FeedObject:
        keys = list(due.get(object, {}))
        for begin in range(0, len(keys), _BLOCK):
            block = keys[begin : begin + _BLOCK]
            told = {one.key: one for one in ToldRecord.objects.filter(object=object, key__in=block)}
            shown = dict(records(object, block))
            changed = [
                now
                for key in block
                if key in shown and (now := _tell(batch, object, key, shown[key], told.get(key), at))
            ]
            gone = [told[key] for key in block if key in told and key not in shown]
            _tell_of_gone(batch, object, gone, at)
            ToldRecord.objects.filter(pk__in=[one.pk for one in gone]).delete()
            ToldRecord.objects.bulk_create(
                changed,
                update_conflicts=True,
                unique_fields=["object", "key"],
                update_fields=["uid", "slug", "digests"],
            )
    return batch


def _tell(
    batch: _Batch, object: FeedObject, key: int, record: dict, told: ToldRecord | None, at: datetime
) -> ToldRecord | None:
    """An entry where the record is another one than was told; what is told now, to be remembered."""
    now = digests(record)
    before = told.digests if told else {}
    changed = [name for name in record if now[name] != before.get(name)]
    if not changed:
        return None
    slug = record.get("slug") or ""
    op = Operation.UPDATED if told else Operation.PUBLISHED
    fields = changed if told else []
    batch.entries.append(FeedEntry(at=at, object=object, uid=record["uid"], slug=slug, op=op, fields=fields))
    if not _NAMES.isdisjoint(changed):
        batch.renamed.setdefault(object, []).append(key)
    return ToldRecord(object=object, key=key, uid=record["uid"], slug=slug, digests=now)


def _tell_of_gone(batch: _Batch, object: FeedObject, gone: list[ToldRecord], at: datetime) -> None:
    successors = _successors(object, gone)
    for told in gone:
        successor = successors.get(told.key)
        op = Operation.MERGED if successor else Operation.WITHDRAWN
        batch.entries.append(
            FeedEntry(at=at, object=object, uid=told.uid, slug=told.slug, op=op, merged_into=successor)
        )
        batch.renamed.setdefault(object, []).append(told.key)


def _successors(object: FeedObject, gone: Iterable[ToldRecord]) -> dict:
    """The permanent id of the record that each of `gone` was merged into, by the key of the one that is gone."""
    keys = {told.uid: told.key for told in gone}
    if object == FeedObject.ACTOR:
        former = FormerUid.objects.filter(uid__in=keys).values_list("uid", "actor__uid")
        return {keys[uid]: successor for uid, successor in former}
    if object not in _TERMS:
        return {}
    noun, model = _TERMS[object]
    merges = TermMerge.objects.filter(noun=noun, merged_key__in=keys.values(), undone_at=None).order_by("at")
    kept = dict(merges.values_list("merged_key", "kept_key"))
    uids = dict(model._default_manager.filter(pk__in=kept.values()).values_list("pk", "uid"))
    return {merged: uids[key] for merged, key in kept.items() if key in uids}


def _neighbours(renamed: dict[FeedObject, list[int]], *, besides: Due) -> Due:
    """Records that name one of the `renamed`: relations of actors with their other ends, topics beside topics.

    Whoever names a layer, area or cluster was noted with it.
    """
    actors, topics = renamed.get(FeedObject.ACTOR, []), renamed.get(FeedObject.TOPIC, [])
    relations = ActorRelation.objects.filter(Q(source__in=actors) | Q(target__in=actors))
    links = TopicLink.objects.filter(Q(topic__in=topics) | Q(broader__in=topics))
    named: dict[FeedObject, set[int]] = {object: set() for object in FeedObject}
    if actors:
        for key, *ends in relations.values_list("pk", "source_id", "target_id"):
            named[FeedObject.RELATION].add(key)
            named[FeedObject.ACTOR].update(ends)
    if topics:
        named[FeedObject.TOPIC] = {
            end for pair in links.values_list("topic_id", "broader_id") for end in pair
        }
    further = {object: sorted(keys - {*besides.get(object, {})}) for object, keys in named.items()}
    return {object: dict.fromkeys(keys) for object, keys in further.items() if keys}
