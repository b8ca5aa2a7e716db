"""What a proposal would change of today's record, value by value and item by item, in words for the reviewer."""

import re
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher

from actors.columns.fields import COLUMNS, FIELDS
from actors.columns.parts import PARTS
from actors.domain.wording import Words
from clusterportal.core.labels import field_label, language_of
from clusterportal.review.domain.actor_columns import is_part, keyed_items, record_of, says_the_same

_WORD = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True)
class Change:
    """One thing that can be accepted or not. `before` is today's state; both are empty texts where there is none."""

    key: str  # names the change in a form: "city", "layers.0"
    column: str
    label: str
    before: str
    after: str
    value: object  # what is proposed: a value, or the whole item; None takes the item away
    identity: tuple = ()  # of the item
    is_overtaken: bool = False  # today's state is not the one that the proposer saw
    language: str = ""
    marked: list = field(default_factory=list)  # (what, text) of before and after, for longer texts

    @property
    def is_text(self) -> bool:
        """A text that the reviewer can put right by hand."""
        return isinstance(self.value, str) and self.value == self.after and not self.identity

    @property
    def nature(self) -> str:
        if not self.before:
            return "added"
        return "changed" if self.after else "removed"


def changes_of(proposal, *, today: dict | None = None) -> list[Change]:
    """What `proposal` would change, in the order of the registry's columns; what is so already is left out."""
    if today is None:
        today = record_of(proposal.actor) if proposal.actor_id else {}
    words, found = Words(), []
    for column in sorted(proposal.record, key=_rank):
        wanted, base = proposal.record[column], proposal.base.get(column)
        if is_part(column):
            found += _item_changes(column, wanted, base, today.get(column), words)
        elif not says_the_same(column, wanted, today.get(column)):
            found.append(_value_change(column, wanted, base, today.get(column), words))
    return found


def _rank(column: str) -> int:
    return COLUMNS.index(column) if column in COLUMNS else len(COLUMNS)


def _value_change(column: str, wanted, base, now, words: Words) -> Change:
    model_field = words.field(FIELDS[column])
    before, after = words.value(column, now), words.value(column, wanted)
    return Change(
        key=column,
        column=column,
        label=str(field_label(model_field)),
        before=before,
        after=after,
        value=wanted,
        is_overtaken=not says_the_same(column, base, now),
        language=language_of(model_field) or "",
        marked=marked(before, after) if before and after and max(len(before), len(after)) > 40 else [],
    )


def _item_changes(column: str, wanted, base, now, words: Words) -> list[Change]:
    old, new, current = (keyed_items(column, items) for items in (base, wanted, now))
    changes = []
    proposed = [identity for identity in {**old, **new} if old.get(identity) != new.get(identity)]
    for number, identity in enumerate(proposed):
        after, before = new.get(identity), current.get(identity)
        if after == before:
            continue
        changes.append(
            Change(
                key=f"{column}.{number}",
                column=column,
                label=words.part(column),
                before=words.item(column, before),
                after=words.item(column, after),
                value=after,
                identity=identity,
                is_overtaken=before != old.get(identity),
            )
        )
    return changes


def row_of(changes: list[Change], *, today: dict) -> dict:
    """The accepted `changes` as cells of a table's row; a part's cell holds all items that it shall have."""
    row: dict[str, object] = {}
    items: dict[str, dict[tuple, dict]] = {}  # by column, then by what tells them apart
    for change in changes:
        if change.column not in PARTS:
            row[change.column] = "" if change.value is None else change.value
            continue
        if change.column not in items:
            items[change.column] = keyed_items(change.column, today.get(change.column))
        if isinstance(change.value, dict):
            items[change.column][change.identity] = change.value
        else:
            items[change.column].pop(change.identity, None)
    return row | {column: list(kept.values()) for column, kept in items.items()}


def as_it_stands(change: Change, record: dict) -> Change:
    """An accepted value as `record` holds it: a reviewer may have put it right, the registry spells it its own way."""
    if change.identity:
        return change
    value = record.get(change.column)
    return replace(change, value=value, after=Words().value(change.column, value))


def marked(before: str, after: str) -> list[tuple[str, str]]:
    """Both texts as one: ("same" | "gone" | "new", text), word by word."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    pieces = []
    for what, i, j, k, end in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if what == "equal":
            pieces.append(("same", "".join(old[i:j])))
            continue
        pieces += [
            (kind, text) for kind, text in (("gone", "".join(old[i:j])), ("new", "".join(new[k:end]))) if text
        ]
    return pieces
