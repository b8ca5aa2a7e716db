"""The JSON of an actor as partners write it, read into the row of a table.

Names and nesting are those of the public record with `lang=*`: what was read can be changed and sent back. What is
only shown (addresses, names of layers, moments ...) is passed over; a name that the record does not have is refused.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from actors.api.serializers import ActorDetailSerializer
from actors.columns.fields import ACTOR_FIELDS, TEXTS, Unit
from actors.columns.parts import CLUSTERS, CONTACTS
from actors.columns.placeholders import stated
from clusterportal.api.writing.lists import LISTS, items_of, text_cells
from clusterportal.core.api.parameters import unknown_value
from clusterportal.core.api.problems import InvalidParameters, InvalidRecord
from clusterportal.intake.planning.actor_changes import NEEDED
from clusterportal.intake.profiles.registry import COLUMN_OF_ADDRESS_KEY

PLAIN = [
    one.column_name
    for one in ACTOR_FIELDS
    if one.in_tables and not one.text and one.unit != Unit.ADDRESS and one.name != "uid"
]
MAIN_LAYER = "main_layer"
WRITABLE = [*PLAIN, "address", *TEXTS, MAIN_LAYER, *LISTS]
READ_ONLY = ({*ActorDetailSerializer.names()} | {"uid", "version"}) - {*WRITABLE}
NEVER_EMPTY = ("name", "kind", "slug", "publication", "country")
KEPT = ("slug", "publication")  # stay as they are where a whole record does not name them


@dataclass
class HeldRecord:
    """What the registry holds of the actor that is written, as far as its writer sees it; nothing of a new one."""

    record: dict = field(default_factory=dict)
    writable_clusters: Collection[str] = ()


def row_of(
    data: Any,
    *,
    known: HeldRecord,
    language: str | None,
    is_whole: bool = False,
    names: Collection[str] = WRITABLE,
) -> dict:
    """`data` as the row of a table, under the registry's columns.

    `language`: of texts that are given as a string; None where each has to name its language. `is_whole`: what is
    not there is to be emptied, but for address, publication and memberships. `names`: what may be written.
    Raises InvalidParameters for what has no such shape, InvalidRecord for values that cannot be taken.
    """
    check_names(data, names)
    reading = _Reading(known, None if is_whole else language, is_whole)
    return reading.row_of(data, names)


def check_names(data: Any, names: Collection[str]) -> None:
    """Raises InvalidParameters unless `data` is an object with members that a record has."""
    if not isinstance(data, dict):
        raise InvalidParameters({"body": [_("Send one JSON object.")]})
    unknown = [name for name in data if name not in names and name not in READ_ONLY]
    if unknown:
        raise InvalidParameters({name[:100]: [unknown_value(name, names)] for name in unknown})


class _Reading:
    def __init__(self, known: HeldRecord, language: str | None, is_whole: bool):
        self.known, self.language, self.is_whole = known, language, is_whole
        self.errors: dict[str, list[str]] = {}
        self.row: dict[str, Any] = {}

    def row_of(self, data: dict, names: Collection[str]) -> dict:
        for name in names:
            if name in data:
                self._read(name, data[name])
            elif self.is_whole and name not in (*KEPT, "memberships", MAIN_LAYER):
                self._empty(name)
        if "layers" in self.row or MAIN_LAYER in data:
            self._mark_main_layer(data)
        for name in () if self.known.record or self.is_whole else NEEDED:
            if name not in data:
                self.errors[name] = [_("A new actor needs this.")]
        if self.errors:
            raise InvalidRecord(self.errors)
        return self.row

    def _read(self, name: str, value: Any) -> None:
        if name in PLAIN:
            self._set(name, name, value)
        elif name == "address":
            self._read_address(value)
        elif name in TEXTS:
            self._read_text(name, value)
        elif name in LISTS:
            self._read_list(name, value)

    def _empty(self, name: str) -> None:
        if name in NEVER_EMPTY:
            self.errors[name] = [_("A whole record needs this.")]
        elif name == "address":
            self.row |= {
                column: "" for key, column in COLUMN_OF_ADDRESS_KEY.items() if key not in NEVER_EMPTY
            }
        else:
            self._read(name, None)

    def _set(self, name: str, column: str, value: Any) -> None:
        if value is None or (isinstance(value, str) and not value.strip()):
            if column in NEVER_EMPTY:
                self.errors[name] = [_("This cannot be empty.")]
            self.row[column] = ""
        elif column not in stated({column: value}):
            self.errors[name] = [_("This says nothing. Send null where nothing is known.")]
        else:
            self.row[column] = value

    def _read_address(self, value: Any) -> None:
        if value is None:
            value = dict.fromkeys(key for key in COLUMN_OF_ADDRESS_KEY if key not in NEVER_EMPTY)
        if not isinstance(value, dict):
            self.errors["address"] = [_("Send an object.")]
            return
        for key in value:
            if key not in COLUMN_OF_ADDRESS_KEY:
                raise InvalidParameters({f"address.{key[:100]}": [unknown_value(key, COLUMN_OF_ADDRESS_KEY)]})
        for key, column in COLUMN_OF_ADDRESS_KEY.items():
            if key in value:
                self._set(f"address.{key}", column, value[key])
            elif self.is_whole and key not in NEVER_EMPTY:
                self.row[column] = ""

    def _read_text(self, name: str, value: Any) -> None:
        self.row |= text_cells(
            name, value, TEXTS[name], language=self.language, is_whole=self.is_whole, errors=self.errors
        )

    # ---------- lists ----------
    def _read_list(self, name: str, value: Any) -> None:
        part = LISTS[name].part
        items = items_of(name, value, language=self.language, errors=self.errors)
        present = self.known.record.get(part.column) or []
        if part is CLUSTERS:
            items = self._own_memberships(items, present)
        if "position" in part.columns:
            items = _in_order(part, items, present)
        if part is CONTACTS:
            self._check_consent(items, present)
        self.row[part.column] = items

    def _own_memberships(self, items: list[dict], present: list[dict]) -> list[dict]:
        """Those that the writer may write. Others are passed over where they only repeat what is there."""
        others = {item["cluster"] for item in present} - {*self.known.writable_clusters}
        own = []
        for place, item in enumerate(items):
            if item["cluster"] in self.known.writable_clusters:
                own.append(item)
            elif item["cluster"] not in others:
                names = ", ".join(sorted(self.known.writable_clusters))
                text = _("You may not write for this cluster. You may for: %(names)s.") % {"names": names}
                self.errors[f"memberships.{place}.cluster"] = [text]
        return own

    def _check_consent(self, items: list[dict], present: list[dict]) -> None:
        """Whoever is new here has agreed to be named, on a day that is not still to come."""
        agreed = {*CONTACTS.keyed(present)}
        for place, (key, item) in enumerate(CONTACTS.keyed(items).items()):
            if "consent_on" not in item and key in agreed:
                continue
            if not item.get("consent_on"):
                text = _("Only people who agreed to it may be named: say on which day they did.")
            elif _is_in_future(item["consent_on"]):
                text = _("This day is still to come.")
            else:
                continue
            self.errors[f"contacts.{place}.consent_on"] = [text]

    def _mark_main_layer(self, data: dict) -> None:
        """The main layer among those that are sent, or among those that are there."""
        if MAIN_LAYER not in data and not self.is_whole:
            return
        layers = self.row.get("layers")
        if layers is None:
            layers = [{"layer": item["layer"]} for item in self.known.record.get("layers") or []]
        main = data.get(MAIN_LAYER)
        self.row["layers"] = [item | {"primary": item["layer"] == main} for item in layers]
        if main is not None and main not in [item["layer"] for item in layers]:
            self.errors[MAIN_LAYER] = [_("This is none of the layers of the record.")]


def _is_in_future(day: Any) -> bool:
    try:
        return date.fromisoformat(day) > timezone.localdate()
    except (TypeError, ValueError):
        return False  # the plan says what is wrong with it


def _in_order(part, items: list[dict], present: Sequence[dict]) -> list[dict]:
    """The items with positions that give the order of the list; as long as it is the recorded one, none moves."""
    if any("position" in item for item in items):
        return items
    known = part.keyed(sorted(map(part.complete, present), key=lambda item: item["position"]))
    wanted = part.keyed(items)
    kept = [key for key in wanted if key in known]
    if not kept or kept != [key for key in known if key in wanted] or [*wanted][: len(kept)] != kept:
        return [item | {"position": place} for place, item in enumerate(items)]
    following = 1 + max((item["position"] for item in known.values()), default=-1) - len(kept)
    return [
        item if key in known else item | {"position": following + place}
        for place, (key, item) in enumerate(wanted.items())
    ]
