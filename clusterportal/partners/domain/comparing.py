"""What is different from what partners were told: the public records of now against the digests of the last time.

So the order of entries of one record is the true one by itself: whoever changed what in between, an entry says how
the record that everybody sees differs from the one that the feed told of last.

Where several transactions have changed a record since then, it may have been another one in between and be the same
again. Whoever read it meanwhile has to hear of it: such an entry names no fields.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q

from actors.enums import TermNoun
from actors.models import ActorRelation, FormerUid, TermMerge, Topic, TopicLink
from applications.models import ApplicationArea
from clusterportal.partners.domain.public_records import KINDS, digests, records
from clusterportal.partners.enums import FeedObject, Operation
from clusterportal.partners.models import FeedEntry, ToldRecord

BLOCK = 1000
_FOLLOWING = {"version"}  # moves with each of the other fields
_NAMES = {"uid", "slug", "name"}  # what records show of a neighbour
_TERMS = {FeedObject.TOPIC: (TermNoun.TOPIC, Topic), FeedObject.AREA: (TermNoun.AREA, ApplicationArea)}

Due = dict[FeedObject, dict[int, None]]  # keys in order, once each
Keys = dict[FeedObject, set[int]]


@dataclass
class Difference:
    """Entries without a number yet, and the keys of the records that they are about."""

    entries: list[FeedEntry] = field(default_factory=list)
    keys: dict[FeedObject, list[int]] = field(default_factory=dict)
    # Records that others show under another name from now on, or no longer.
    renamed: Keys = field(default_factory=dict)

    def add(self, entry: FeedEntry, key: int, *, is_renamed: bool) -> None:
        self.entries.append(entry)
        self.keys.setdefault(FeedObject(entry.object), []).append(key)
        if is_renamed:
            self.renamed.setdefault(FeedObject(entry.object), set()).add(key)


def compare(due: Due, unsure: Keys) -> Difference:
    """How the records `due`, and those that show a name of theirs, differ from what was told; remembers what is now.

    `unsure`: those that several transactions have changed since they were told of.
    """
    difference = Difference()
    _compare(due, difference, unsure)
    also_unsure, named = neighbours(unsure), neighbours(difference.renamed)
    further: Due = {}
    for object in FeedObject:
        keys = named.get(object, set()) | also_unsure.get(object, set())
        further[object] = dict.fromkeys(sorted(keys - {*due.get(object, {})}))
    _compare(further, difference, also_unsure)
    return difference


def neighbours(named: Keys) -> Keys:
    """Records that name one of these: relations of actors with their other ends, topics beside topics.

    Actors that name a layer, area or cluster were noted with it.
    """
    found: Keys = {object: kind.naming(named) for object, kind in KINDS.items() if kind.naming}
    if actors := named.get(FeedObject.ACTOR):
        relations = ActorRelation.objects.filter(Q(source__in=actors) | Q(target__in=actors))
        for key, *ends in relations.values_list("pk", "source_id", "target_id"):
            found.setdefault(FeedObject.RELATION, set()).add(key)
            found.setdefault(FeedObject.ACTOR, set()).update(ends)
    if topics := named.get(FeedObject.TOPIC):
        links = TopicLink.objects.filter(Q(topic__in=topics) | Q(broader__in=topics))
        found[FeedObject.TOPIC] = {
            end for pair in links.values_list("topic_id", "broader_id") for end in pair
        }
    return found


def everything() -> Due:
    """Every record that is public, or was when the feed last told of it."""
    due: Due = {}
    for object, kind in KINDS.items():
        told = ToldRecord.objects.filter(object=object).values_list("key", flat=True)
        due[object] = dict.fromkeys([*kind.public().order_by("pk").values_list("pk", flat=True), *told])
    return due


def _compare(due: Due, difference: Difference, unsure: Keys) -> None:
    for object in FeedObject:
        keys = list(due.get(object, {}))
        for begin in range(0, len(keys), BLOCK):
            _compare_block(object, keys[begin : begin + BLOCK], difference, unsure.get(object, set()))


def _compare_block(object: FeedObject, keys: list[int], difference: Difference, unsure: set[int]) -> None:
    told = {one.key: one for one in ToldRecord.objects.filter(object=object, key__in=keys)}
    shown = dict(records(object, keys, with_contacts=True, besides=_FOLLOWING))
    changed = [
        now
        for key in keys
        if key in shown and (now := _tell(difference, object, key, shown[key], told.get(key), key in unsure))
    ]
    gone = [told[key] for key in keys if key in told and key not in shown]
    _tell_of_gone(difference, object, gone)
    ToldRecord.objects.filter(pk__in=[one.pk for one in gone]).delete()
    ToldRecord.objects.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=["object", "key"],
        update_fields=["uid", "slug", "digests"],
    )


def _tell(
    difference: Difference,
    object: FeedObject,
    key: int,
    record: dict,
    told: ToldRecord | None,
    is_unsure: bool,
) -> ToldRecord | None:
    """An entry where the record is another one than was told; what is told now, to be remembered."""
    now = digests(record)
    before = told.digests if told else {}
    changed = [name for name in record if now[name] != before.get(name)]
    if not changed and not is_unsure:
        return None
    slug = record.get("slug") or ""
    op = Operation.UPDATED if told else Operation.PUBLISHED
    fields = changed if told else []
    entry = FeedEntry(object=object, uid=record["uid"], slug=slug, op=op, fields=fields)
    difference.add(entry, key, is_renamed=not _NAMES.isdisjoint(changed))
    return ToldRecord(object=object, key=key, uid=record["uid"], slug=slug, digests=now)


def _tell_of_gone(difference: Difference, object: FeedObject, gone: list[ToldRecord]) -> None:
    successors = _successors(object, gone)
    for told in gone:
        successor = successors.get(told.key)
        op = Operation.MERGED if successor else Operation.WITHDRAWN
        entry = FeedEntry(object=object, uid=told.uid, slug=told.slug, op=op, merged_into=successor)
        difference.add(entry, told.key, is_renamed=True)


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
