"""History read as acts: what one person did at once is one entry, however many records it changed."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby, islice
from uuid import UUID

from django.db import models
from django.db.models import Count, Max, Q, QuerySet, Value
from pghistory.models import Context

from clusterportal.history.acts import words_of
from clusterportal.history.changes import (
    Change,
    Source,
    event_models,
    owner_of,
    read,
    tracked_model,
)
from clusterportal.history.wording import label_of_kinds

SHOWN_ALONE = 3  # changes of a form that was saved, which stand there one by one
SHOWN_INSIDE = 12  # changes that an entry holds; a longer one leads to a page of its own
_LABELS = 3  # inserted, updated, deleted: rows that one act may have in the answer of one table


@dataclass
class Act:
    """What was written under one number at one moment, as far as the reader may see it."""

    id: UUID | None
    at: datetime
    counts: Counter  # of changes, by (kind of record, operation)
    context: dict = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)  # empty where there are too many
    newest: dict = field(default_factory=dict)  # an event by (kind of record, operation)
    subject: str = ""  # the record that it is about, or one of them
    undo_url: str = ""  # where the reader may take it back

    @property
    def count(self) -> int:
        return self.counts.total()

    @property
    def person(self) -> str:
        return self.context.get("username") or ""

    @property
    def command(self) -> str:
        return self.context.get("command") or ""

    @property
    def words(self) -> str:
        return words_of(self.context)

    @property
    def is_line(self) -> bool:
        """Whether it is one line that opens, not its changes one by one."""
        return bool(self.words) or self.count > SHOWN_ALONE

    @property
    def models(self) -> set[type[models.Model]]:
        """The models whose rights count for what was changed."""
        return {owner_of(tracked_model(event_models()[kind])) for kind, _operation in self.counts}

    @property
    def parts(self) -> list[tuple[str, str, int]]:
        """What the changed records are called, what was done to them and how many, most first."""
        return [
            (label_of_kinds(tracked_model(event_models()[kind])), operation, count)
            for (kind, operation), count in self.counts.most_common()
        ]


def read_acts(
    sources: Iterable[Source], *, limit: int, offset: int = 0, known: Iterable[models.Model] = ()
) -> list[Act]:
    """The acts of the sources, newest first, each with its changes where they are few."""
    sources = list(sources)
    if not sources:
        return []
    acts = list(islice(_groups(sources, end=offset + limit), offset, offset + limit))
    said = dict(Context.objects.filter(pk__in=[one.id for one in acts]).values_list("pk", "metadata"))
    for one in acts:
        one.context = said.get(one.id) or {} if one.id else {}
    _read_changes(sources, [one for one in acts if one.count <= SHOWN_INSIDE], known)
    _name_subjects(sources, [one for one in acts if one.is_line and not one.words], known)
    return acts


def _groups(sources: list[Source], *, end: int) -> Iterator[Act]:
    """Acts without their changes. No table gives more rows than `end` acts can have."""
    arms = [_counted(source)[: end * _LABELS] for source in sources]
    # In the order in which the tables' indexes hold them, so that a page reads no more than its own events.
    rows = arms[0] if len(arms) == 1 else arms[0].union(*arms[1:], all=True).order_by(*_ORDER)
    for (at, act_id), own in groupby(rows, key=lambda row: (row[1], row[2])):
        counts: Counter = Counter()
        newest = {}
        for kind, _at, _id, label, count, event in own:
            counts[kind, label], newest[kind, label] = count, event
        yield Act(act_id, at, counts, newest=newest)


_ORDER = ("-pgh_created_at", "pgh_context_id")


def _counted(source: Source) -> QuerySet:
    events: QuerySet = QuerySet(event_models()[source.kind]).filter(source.condition).order_by(*_ORDER)
    groups = events.values("pgh_created_at", "pgh_context_id", "pgh_label")
    counted = groups.annotate(
        pgh_kind=Value(source.kind), pgh_count=Count("pgh_id"), pgh_newest=Max("pgh_id")
    )
    return counted.values_list(
        "pgh_kind", "pgh_created_at", "pgh_context_id", "pgh_label", "pgh_count", "pgh_newest"
    )


def _read_changes(sources: list[Source], acts: list[Act], known: Iterable[models.Model]) -> None:
    """Gives the acts their changes, in one reading for all of them."""
    if not acts:
        return
    by_act = {(one.at, one.id): one for one in acts}
    condition = Q()
    for at, act_id in by_act:
        condition |= Q(pgh_created_at=at, pgh_context_id=act_id)
    kinds = {kind for one in acts for kind, _operation in one.counts}
    narrowed = [source.narrowed(condition) for source in sources if source.kind in kinds]
    for change in read(narrowed, limit=sum(one.count for one in acts), known=known):
        by_act[change.at, change.act_id].changes.append(change)


def _name_subjects(sources: list[Source], acts: list[Act], known: Iterable[models.Model]) -> None:
    """Gives the acts the name of what they are about: of the kind of which the fewest records were written."""
    events = defaultdict(list)
    about = {}
    for one in acts:
        kind, operation = min(one.counts, key=lambda key: one.counts[key])
        about[kind, one.newest[kind, operation]] = one
        events[kind].append(one.newest[kind, operation])
    narrowed = [
        source.narrowed(Q(pgh_id__in=events[source.kind])) for source in sources if source.kind in events
    ]
    for change in read(narrowed, limit=len(about), known=known):
        about[change.kind, change.event_id].subject = change.title
