"""What the values of a table stand for, said once for each: the step of an import between columns and preview."""

from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext as _
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from actors.columns.vocabulary import Vocabulary
from clusterportal.imports.domain.found_values import ColumnValues, FoundValue, FoundValues
from clusterportal.imports.forms import Select
from clusterportal.intake.column_values import (
    BY_RULE,
    LEAVABLE,
    LEFT_OUT,
    MADE,
    MAKEABLE,
    REFUSED,
    key_of,
    known_values,
    meaning,
)
from clusterportal.intake.value_guesses import guesses

MOST_CHOICES = (
    40  # of a vocabulary that a list of choices shows; of a larger one the likeliest, and a field to type in
)
STRICT = (
    "kind",
    "country",
)  # columns whose values are seldom left out: without them the row says something else
Choices = list[tuple[str, str]]


@dataclass(frozen=True)
class ShownValue:
    """A value that is not understood, with the fields that ask what it stands for."""

    value: FoundValue
    choice: forms.BoundField
    other: forms.BoundField | None  # a name to type in, of a large vocabulary


@dataclass(frozen=True)
class ShownColumn:
    """The values of a column on the page."""

    column: str
    label: str
    heading: str
    known: list[tuple[str, int, str]]  # text, rows, what it means in words
    unknown: list[ShownValue]
    more: int
    more_rows: int
    rule: forms.BoundField
    open_rows: int  # rows with a value for which nothing is chosen at first
    names: list[str]  # of a large vocabulary, for typing


class ValuesForm(forms.Form):
    """A choice for each value that is not understood, and one for all the others of its column."""

    def __init__(self, *args, found: FoundValues, options: dict, may_add_topics: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.found, self.may_add_topics = found.columns, may_add_topics
        self.said: dict[str, dict[str, str]] = options.get("values") or {}
        self.rules: dict[str, str] = options.get("unknown") or {}
        self.vocabulary = Vocabulary()
        for number, one in enumerate(self.found):
            self._add_rule(number, one)
            for place, value in enumerate(one.unknown):
                self._add_value(number, place, one.column, value)

    def _add_rule(self, number: int, one: ColumnValues) -> None:
        choices: list[tuple] = [*self._actions(one.column)]
        if not self._is_large(one.column):
            choices.append((_("becomes"), [*known_values(one.column, self.vocabulary).items()]))
        self.fields[f"u{number}"] = Select(
            label=_("Everything that is not assigned"),
            required=False,
            choices=choices,
            initial=rule_of(one.column, self.rules),
        )

    def _actions(self, column: str) -> Choices:
        actions = [
            (LEFT_OUT, _("is left out; the rest of the row is taken")),
            (REFUSED, _("makes the row invalid")),
        ]
        if column in MAKEABLE and self.may_add_topics:
            actions.append((MADE, _("becomes a new topic")))
        return actions

    def _add_value(self, number: int, place: int, column: str, value: FoundValue) -> None:
        known = known_values(column, self.vocabulary)
        likely, is_likely = guesses(column, value.text, self.vocabulary)
        said = self.said.get(column, {}).get(key_of(value.text))
        initial = said if said is not None else likely[0] if is_likely else BY_RULE
        choices: list[tuple] = [(BY_RULE, _("as all that is not assigned"))]
        if likely:
            choices.append((_("probably"), [(code, known[code]) for code in likely]))
        if column in MAKEABLE and self.may_add_topics:
            choices.append((MADE, _("new topic “%(name)s”") % {"name": value.text}))
        choices.append((LEFT_OUT, _("leave out")))
        others = [(code, name) for code, name in known.items() if code not in likely]
        if not self._is_large(column):
            choices.append((_("all others"), others))
        elif initial in known and initial not in likely:
            choices.append((initial, known[initial]))
        aria = {"aria-label": _("“%(value)s” stands for") % {"value": value.text}}
        self.fields[f"v{number}_{place}"] = Select(
            label=value.text,
            required=False,
            choices=choices,
            initial=initial if initial in {LEFT_OUT, MADE, *known} else BY_RULE,
            widget=UnfoldAdminSelectWidget(attrs=aria),
        )
        if self._is_large(column):
            listed = {
                "list": f"names{number}",
                "placeholder": _("or another one"),
                "aria-label": _("“%(value)s” stands for another one") % {"value": value.text},
            }
            self.fields[f"o{number}_{place}"] = forms.CharField(
                label=value.text, required=False, widget=UnfoldAdminTextInputWidget(attrs=listed)
            )

    def _is_large(self, column: str) -> bool:
        return len(known_values(column, self.vocabulary)) > MOST_CHOICES

    def clean(self):
        super().clean()
        for number, one in enumerate(self.found):
            for place, _value in enumerate(one.unknown):
                name = f"o{number}_{place}"
                text = (self.cleaned_data.get(name) or "").strip()
                if not text:
                    continue
                if code := meaning(one.column, text, self.vocabulary):
                    self.cleaned_data[f"v{number}_{place}"] = code
                else:
                    self.add_error(name, _("“%(value)s” is not known here.") % {"value": text})
        return self.cleaned_data

    def options(self) -> dict:
        """What the form says, for the options of the run. What was said of values that are not here stays."""
        values = {column: dict(said) for column, said in self.said.items()}
        rules = dict(self.rules)
        for number, one in enumerate(self.found):
            rules[one.column] = self.cleaned_data[f"u{number}"]
            for place, value in enumerate(one.unknown):
                said = values.setdefault(one.column, {})
                said[key_of(value.text)] = self.cleaned_data[f"v{number}_{place}"]
        return {"values": values, "unknown": rules}

    def shown(self, *, label_of, heading_of) -> list[ShownColumn]:
        """The columns for the page. `label_of` and `heading_of` give a column's own name and the table's."""
        return [self._shown(number, one, label_of, heading_of) for number, one in enumerate(self.found)]

    def _shown(self, number: int, one: ColumnValues, label_of, heading_of) -> ShownColumn:
        known = known_values(one.column, self.vocabulary)
        unknown = [
            ShownValue(
                value,
                self[f"v{number}_{place}"],
                self[name] if (name := f"o{number}_{place}") in self.fields else None,
            )
            for place, value in enumerate(one.unknown)
        ]
        is_open = [shown for shown in unknown if not shown.choice.value()]
        return ShownColumn(
            column=one.column,
            label=label_of(one.column),
            heading=heading_of(one.column),
            known=[(value.text, value.rows, known.get(value.meaning, value.meaning)) for value in one.known],
            unknown=unknown,
            more=one.more,
            more_rows=one.more_rows,
            rule=self[f"u{number}"],
            open_rows=sum(shown.value.rows for shown in is_open) + one.more_rows,
            names=[*known.values()] if self._is_large(one.column) else [],
        )


def rule_of(column: str, rules: dict[str, str]) -> str:
    """What becomes of values of the column that nobody assigned: as was said, else left out where that harms little."""
    is_harmless = column in LEAVABLE and column not in STRICT
    return rules.get(column) or (LEFT_OUT if is_harmless else REFUSED)


def is_everything_said(found: FoundValues, options: dict) -> bool:
    """Whether each value is understood, or somebody has said before what it stands for."""
    said = options.get("values") or {}
    return all(
        not one.more and all(key_of(value.text) in said.get(one.column, {}) for value in one.unknown)
        for one in found.columns
    )
