"""How the cells of a column are taken: what parts them, and what becomes of what is there or is not understood."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminSelectWidget

from actors.columns.cells import WHOLE
from clusterportal.imports.forms import Select
from clusterportal.intake.cell_separators import LISTS
from clusterportal.intake.column_values import LEAVABLE, LEFT_OUT, REFUSED, VALUE_COLUMNS

REPLACE, FILL = "replace", "fill"
Choices = list[tuple[str, str | Promise]]
MERGE_MODES: Choices = [
    ("", _("added to; single values change")),
    (REPLACE, _("goes unless the cell names it")),
    (FILL, _("stays; what is empty is filled")),
]
SEPARATORS: Choices = [
    ("", _("found out from the cells")),
    (";", _("Semicolon")),
    (",", _("Comma")),
    ("\n", _("Line break")),
    ("|", _("Bar")),
    ("/", _("Stroke")),
    (WHOLE, _("nothing: each cell is one value")),
]
UNKNOWN: Choices = [
    (REFUSED, _("makes the row invalid")),
    (LEFT_OUT, _("left out, the row is taken")),
]
_FOUND = {
    ";": _("parted by semicolons"),
    ",": _("parted by commas"),
    "\n": _("parted by line breaks"),
    "|": _("parted by bars"),
    "/": _("parted by strokes"),
}
_ALWAYS_PART = (";", "|", "\n")  # also where nobody chooses them

MARKS = {
    "im-list": tuple(LISTS),
    "im-leavable": tuple(column for column in LEAVABLE if column not in VALUE_COLUMNS),
}


class ColumnSelect(UnfoldAdminSelectWidget):
    """Marks the fields by what can be said of their cells, so that the page asks only that."""

    def create_option(self, name, value, *args, **kwargs):
        option = super().create_option(name, value, *args, **kwargs)
        if marks := [mark for mark, columns in MARKS.items() if value in columns]:
            option["attrs"]["class"] = " ".join(marks)
        return option


def cell_fields(title: str, column: str, options: dict, *, separator: str) -> dict[str, Select]:
    """The three fields of a column, by the letter that their names begin with.

    `column`: what the heading is taken for; `separator`: what was found in its cells.
    """
    separators = options.get("separators") or {}
    unsaid = "" if separator in _ALWAYS_PART else separator
    mode = REPLACE if column in options.get("replaces", []) else ""
    mode = FILL if column in options.get("fills", []) else mode
    rule = (options.get("unknown") or {}).get(column, REFUSED)
    chosen = {
        "s": (_("Several in one cell: %(title)s"), SEPARATORS, separators.get(column, unsaid)),
        "r": (_("What is there already: %(title)s"), MERGE_MODES, mode),
        "u": (
            _("What is not understood: %(title)s"),
            UNKNOWN,
            rule if rule in (REFUSED, LEFT_OUT) else REFUSED,
        ),
    }
    return {
        letter: Select(
            label=label % {"title": title},
            required=False,
            choices=choices,
            initial=initial,
            widget=UnfoldAdminSelectWidget(attrs={"aria-label": label % {"title": title}}),
        )
        for letter, (label, choices, initial) in chosen.items()
    }


def found_in_words(separator: str) -> str:
    """What parts the cells of a column; empty where nothing was found."""
    return str(_FOUND.get(separator, ""))
