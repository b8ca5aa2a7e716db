"""Two people changed a record that both had opened as it was: what does not collide, and what does.

Three states of every cell are compared: as it was opened (its print), as the form was sent ("mine"), as it is stored
now ("theirs"). What one side alone changed is taken; what both changed, differently, is a collision.
"""

from dataclasses import dataclass, field, replace
from typing import Self

from django.forms import BoundField
from django.utils.safestring import SafeString

from actors.admin.meanwhile.sheet import OWN, Changes, Prints, SentRow, Sheet, SheetPart, SheetRow
from actors.admin.meanwhile.values import UPLOADED, Values, in_words, print_of, sent, widget_of
from actors.columns.fields import ACTOR_FIELDS

EMPTY = print_of(())
LONG = 60  # characters
_UNITS = {one.name: one.unit for one in ACTOR_FIELDS if one.unit}  # fields that make sense only together


@dataclass
class Cell:
    """One field of a collision."""

    name: str
    label: str
    mine: Values
    theirs: Values
    bound: BoundField  # of today's form
    language: str = ""
    written: Values | None = None  # in place of both

    @property
    def mine_in_words(self) -> str:
        return in_words(self.bound.field, self.mine)

    @property
    def theirs_in_words(self) -> str:
        return in_words(self.bound.field, self.theirs)

    @property
    def is_long(self) -> bool:
        return max(len(self.mine_in_words), len(self.theirs_in_words)) > LONG


@dataclass
class Collision:
    """What both changed. `pk`: of the row; `removed_by`: who took the whole row away, "me" or "them"."""

    code: str
    part: str
    pk: str
    cells: list[Cell]
    title: str = ""
    removed_by: str = ""
    take: str = ""  # the side that was chosen

    @property
    def may_be_edited(self) -> bool:
        return not self.removed_by

    @property
    def name(self) -> str:
        """Of what both changed: the field, or the row."""
        if self.removed_by:
            return self.title
        labels = ", ".join(cell.label for cell in self.cells)
        return f"{self.title}: {labels}" if self.title else labels

    def input(self, cell: Cell) -> SafeString:
        """The field of the form in which both can be written anew, with mine in it."""
        values = cell.mine if cell.written is None else cell.written
        name = edit_name(self, cell.name)
        attrs = {"id": name, "aria-label": f"{self.name}: {cell.label}" if len(self.cells) > 1 else self.name}
        widget = widget_of(cell.bound.field)
        takes_several = getattr(widget, "allow_multiple_selected", False)
        return widget.render(name, list(values) if takes_several else "".join(values[:1]), attrs)

    @property
    def inputs(self) -> list[tuple[Cell, SafeString]]:
        return [(cell, self.input(cell)) for cell in self.cells]

    def carried(self) -> dict:
        """What the page of the collisions remembers of this one: what was typed, and a print of what was seen."""
        return {
            "code": self.code,
            "part": self.part,
            "pk": self.pk,
            "removed_by": self.removed_by,
            "mine": {cell.name: cell.mine for cell in self.cells},
            "seen": {cell.name: print_of(cell.theirs) for cell in self.cells},
        }

    @classmethod
    def restored(cls, carried: dict, sheet: Sheet) -> Self:
        """A collision as it was carried, with the fields of today's form; a row may have gone since."""
        part, pk, removed_by = (str(carried[name]) for name in ("part", "pk", "removed_by"))
        row = sheet.row(part, pk)
        if row is None:
            row, removed_by = sheet.parts[part].empty, removed_by or "them"
        mine = {name: tuple(map(str, said)) for name, said in carried["mine"].items() if name in row.cells}
        theirs = {} if removed_by == "them" else row.values
        cells = [_cell(row, name, said, theirs.get(name, ())) for name, said in mine.items()]
        title = row.title_of(mine if removed_by else row.values)
        return cls(str(carried["code"]), part, pk, cells, title, removed_by)


def edit_name(collision: Collision, name: str) -> str:
    return f"edit:{collision.code}:{name}"


@dataclass
class Merged:
    mine: Changes = field(default_factory=Changes.none)  # what I alone changed
    mine_labels: list[str] = field(default_factory=list)
    their_labels: list[str] = field(default_factory=list)
    collisions: list[Collision] = field(default_factory=list)
    lost_files: dict[str, str] = field(default_factory=dict)  # which no page can carry: html name -> label

    def with_all_of_mine(self) -> Changes:
        """Everything that was typed, collisions included: for a form that must be corrected first."""
        return chosen(self.mine, self.collisions)


def merge(sheet: Sheet, *, opened: Prints, data, files) -> Merged:
    """`data` and `files` as sent by a form that was opened with `opened`, against what `sheet` holds now."""
    result = Merged()
    record = sheet.record
    mine = {name: sent(data, files, bound) for name, bound in record.cells.items()}
    prints = opened.get(OWN, {}).get("", {})
    _merge_row(record, prints, mine, result, units=_UNITS)
    for prefix, part in sheet.parts.items():
        if f"{prefix}-TOTAL_FORMS" in data:
            _merge_part(part, opened.get(prefix, {}), list(part.sent_rows(data, files)), result)
    return result


def _merge_row(row: SheetRow, prints: dict, mine: dict[str, Values], result: Merged, *, units=None) -> None:
    units = units or {}
    changed = {name for name, said in mine.items() if print_of(said) != prints.get(name, EMPTY)}
    theirs = {name for name in row.cells if row.prints.get(name, EMPTY) != prints.get(name, EMPTY)}
    colliding = {name for name in changed & theirs if mine[name] != row.values[name]}
    for unit in set(units.values()):
        of_unit = {name for name in row.cells if units.get(name) == unit}
        if changed & of_unit and theirs & of_unit:
            colliding |= {name for name in of_unit if mine[name] != row.values[name]}
    taken = {name: mine[name] for name in changed - theirs - colliding}
    if taken:
        result.mine.cells[row.part, row.pk] = taken
    result.mine_labels += [label_of(row, name) for name in row.cells if name in taken]
    result.their_labels += [label_of(row, name) for name in row.cells if name in theirs - colliding]
    _collide(row, mine, colliding, result, units)


def _collide(row: SheetRow, mine: dict, colliding: set[str], result: Merged, units: dict) -> None:
    groups: dict[str, list[str]] = {}
    for name in row.cells:
        if name in colliding and mine[name] == UPLOADED:
            result.lost_files[row.cells[name].html_name] = label_of(row, name)
        elif name in colliding:
            groups.setdefault(str(units.get(name) or name), []).append(name)
    for code, names in groups.items():
        cells = [_cell(row, name, mine[name], row.values[name]) for name in names]
        result.collisions.append(Collision(f"{row.part}/{row.pk}/{code}", row.part, row.pk, cells, row.title))


def _merge_part(part: SheetPart, opened: dict, sent_rows: list[SentRow], result: Merged) -> None:
    for one in sent_rows:
        row = part.rows.get(one.pk)
        prints = opened.get(one.pk, {})
        if not one.pk:
            _merge_new(part, opened, one, result)
        elif one.pk not in opened:
            continue  # no row of the form that was opened
        elif row is None:
            _merge_gone(part, prints, one, result)
        elif not one.is_removed:
            _merge_row(row, prints, one.values, result)
        elif row.prints == prints:
            result.mine.removed.add((part.prefix, one.pk))
            result.mine_labels.append(row.title)
        else:
            result.collisions.append(_whole(row, row.values, row.values, removed_by="me"))
    seen = {one.pk for one in sent_rows}
    result.their_labels += [row.title for pk, row in part.rows.items() if pk not in opened]
    for _pk in opened.keys() - part.rows.keys() - seen:
        result.their_labels.append(part.label)


def _merge_new(part: SheetPart, opened: dict, one: SentRow, result: Merged) -> None:
    """A new row is compared with the one that somebody else added for the same meanwhile."""
    for row in part.rows.values():
        if row.pk not in opened and any(
            all(row.values.get(name) == one.values.get(name) for name in names) for names in part.distinct
        ):
            differing = {name for name in row.cells if one.values[name] != row.values[name]}
            _collide(row, one.values, differing, result, {})
            return
    result.mine.added.setdefault(part.prefix, []).append(one.values)
    result.mine_labels.append(part.title_of(one.values))


def _merge_gone(part: SheetPart, prints: dict, one: SentRow, result: Merged) -> None:
    """A row that somebody else removed collides when it was changed here."""
    is_changed = any(print_of(said) != prints.get(name, EMPTY) for name, said in one.values.items())
    if is_changed and not one.is_removed:
        collision = _whole(part.empty, one.values, {}, removed_by="them")
        result.collisions.append(replace(collision, code=f"{part.prefix}/{one.pk}", pk=one.pk))
    else:
        result.their_labels.append(part.title_of(one.values))


def _whole(row: SheetRow, mine: dict, theirs: dict, *, removed_by: str) -> Collision:
    cells = [
        _cell(row, name, mine.get(name, ()), theirs.get(name, ()))
        for name in row.cells
        if mine.get(name) or theirs.get(name)
    ]
    title = row.title_of(mine or theirs)
    return Collision(f"{row.part}/{row.pk}", row.part, row.pk, cells, title, removed_by)


def _cell(row: SheetRow, name: str, mine: Values, theirs: Values) -> Cell:
    bound = row.cells[name]
    return Cell(name, str(bound.label), mine, theirs, bound, bound.field.widget.attrs.get("lang", ""))


def label_of(row: SheetRow, name: str) -> str:
    label = str(row.cells[name].label)
    return f"{row.title}: {label}" if row.title else label


def chosen(mine: Changes, collisions: list[Collision]) -> Changes:
    """`mine`, and of these collisions my side, or what was written in its place."""
    changes = Changes(
        {key: dict(cells) for key, cells in mine.cells.items()},
        {part: list(rows) for part, rows in mine.added.items()},
        set(mine.removed),
    )
    for one in collisions:
        said = {cell.name: cell.mine if cell.written is None else cell.written for cell in one.cells}
        if one.removed_by == "me":
            changes.removed.add((one.part, one.pk))
        elif one.removed_by == "them":
            changes.added.setdefault(one.part, []).append(said)
        else:
            changes.cells.setdefault((one.part, one.pk), {}).update(said)
    return changes
