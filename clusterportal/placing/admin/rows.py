"""The rows of buttons of the desk: what each chooses, by which key, whether it is suggested and why."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from actors.models import Actor, Topic
from applications.models import ApplicationArea
from clusterportal.placing.domain import keyboard
from clusterportal.placing.domain.reasons import Reasons
from clusterportal.placing.domain.suggestions import PlacementSuggestion, suggestions_of
from clusterportal.placing.forms import PlacingForm
from layers.models import Layer


@dataclass
class Row:
    """A box of the form. `rank` counts the suggestions of its kind from 1; 0 is not suggested."""

    name: str  # of the box in the form
    record: Layer | ApplicationArea | Topic
    key: str
    is_chosen: bool
    rank: int = 0
    reasons: list[str] = field(default_factory=list)
    position: int = 0  # of a layer
    basis: object = None  # bound fields of a layer's ground
    note: object = None
    is_main: bool = False

    @property
    def why(self) -> str:
        return "; ".join(self.reasons)


@dataclass(frozen=True)
class Rows:
    layers: list[Row]
    areas: list[Row]
    topics: list[Row]


def rows_of(form: PlacingForm, actor: Actor, *, among) -> Rows:
    """All rows for one actor; its suggestions are learnt from `among`."""
    suggested = suggestions_of(actor, among=among)
    why = Reasons(actor, among=among, asked=suggested.asked)
    layers, areas = form.chosen("layers"), form.chosen("areas")
    main = str(form["main"].value() or "")
    layer_rows = [
        Row(
            "layers",
            layer,
            keyboard.key_of(keyboard.LAYER_KEYS, place),
            layer.pk in layers,
            position=layer.position,
            basis=form[f"basis_{layer.pk}"],
            note=form[f"note_{layer.pk}"],
            is_main=str(layer.pk) == main,
        )
        for place, layer in enumerate(form.layer_rows)
    ]
    area_rows = [
        Row("areas", area, keyboard.key_of(keyboard.AREA_KEYS, place), area.pk in areas)
        for place, area in enumerate(form.area_rows)
    ]
    _mark(layer_rows, suggested.layers, why.of_layer)
    _mark(area_rows, suggested.areas, why.of_area)
    return Rows(layer_rows, area_rows, _topic_rows(form, suggested.topics, why))


def _mark(rows: list[Row], suggestions: list[PlacementSuggestion], reasons) -> None:
    by_key = {row.record.pk: row for row in rows}
    for rank, one in enumerate(suggestions, start=1):
        if row := by_key.get(one.key):
            row.rank, row.reasons = rank, reasons(one)


def _topic_rows(form: PlacingForm, suggestions: list[PlacementSuggestion], why: Reasons) -> list[Row]:
    """The topics that the actor has, then the suggested ones, which alone have keys; and what else was sent."""
    chosen = form.chosen("topics")
    held = {topic.pk for topic in form.held_topics}
    records = Topic.objects.in_bulk([*chosen, *(one.key for one in suggestions)])
    suggested = [
        Row("topics", records[one.key], keyboard.key_of(keyboard.TOPIC_KEYS, place), one.key in chosen)
        for place, one in enumerate(suggestions)
        if one.key in records
    ]
    _mark(suggested, suggestions, why.of_topic)
    marked = {row.record.pk for row in suggested}
    others = [record for key, record in records.items() if key in chosen - held - marked]
    present = [Row("topics", topic, "", topic.pk in chosen) for topic in [*form.held_topics, *others]]
    return present + suggested


def list_of_keys() -> list[tuple[str, str]]:
    """What the keys do, for the page; each key as it is written on the keyboard."""
    layers, areas, topics = map(
        _first_to_last, (keyboard.LAYER_KEYS, keyboard.AREA_KEYS, keyboard.TOPIC_KEYS)
    )
    return [
        (layers, _("choose a layer, or take it back")),
        (f"⇧ {layers}", _("make it the main layer")),
        (areas, _("choose an application area, or take it back")),
        (topics, _("choose a suggested topic, or take it back")),
        (keyboard.TOPIC.upper(), _("find another topic")),
        (keyboard.REASON.upper(), _("write the reason for the layer")),
        (keyboard.WEBSITE.upper(), _("open the website")),
        (_("Enter"), _("save and go to the next actor")),
        ("→", _("go to the next actor without saving")),
        ("←", _("go back")),
        (_("Esc"), _("leave a text field")),
    ]


def _first_to_last(keys) -> str:
    return f"{keys[0]}–{keys[-1]}".upper()
