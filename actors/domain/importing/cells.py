"""How the parts of an actor stand in one cell of a table.

Short where that says everything (`applied-research:both*|basic-research`), else JSON. Both can be read.
"""

import json
import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from actors.domain.importing.parts import ASSUMED, CONTACTS, PARTS, SERVICES, Part
from actors.enums import AliasKind
from clusterportal.core.languages import column_names

_TITLE = column_names("title")[0]
_NOBODY = re.compile(r"n\s?[./]?\s?[an]\.?|k\.?\s?a\.?|[-–—]+", re.I)  # n/a, n.n., k. A., -: nobody is named


def cell_of(column: str, items: list[dict]) -> str:
    """The items of a part as the text of one cell."""
    part = PARTS[column]
    short = "|".join(_SHORT[column](item) for item in items)
    try:
        if [part.fresh(item) for item in _from_short(part, short)] == items:
            return short
    except ValidationError:
        pass
    return json.dumps([part.brief(item) for item in items], ensure_ascii=False)


def items_in(column: str, cell) -> list[dict]:
    """The items that a cell holds: a list, JSON as text, or the short form. Raises ValidationError."""
    part = PARTS[column]
    if isinstance(cell, str) and cell.lstrip().startswith("["):
        try:
            cell = json.loads(cell)
        except ValueError as error:
            raise ValidationError(
                _("This cell begins like JSON but cannot be read: %(why)s") % {"why": error}
            ) from error
    if isinstance(cell, list):
        return [item for entry in cell for item in _from_entry(part, entry)]
    return _from_short(part, str(cell or ""))


def _from_entry(part: Part, entry) -> list[dict]:
    if isinstance(entry, str):
        return [part.stated(_read_short(part, entry))]
    if not isinstance(entry, dict):
        raise ValidationError(_("“%(value)s” is neither text nor an object.") % {"value": json.dumps(entry)})
    if unknown := sorted(set(entry) - set(part.defaults)):
        names = {"value": ", ".join(unknown), "known": ", ".join(part.defaults)}
        raise ValidationError(_("“%(value)s” is unknown. Known: %(known)s.") % names)
    return [part.stated(entry)]


def _from_short(part: Part, text: str) -> list[dict]:
    pieces = [piece.strip() for piece in text.split("|")]
    if part is CONTACTS:
        pieces = [piece for piece in pieces if not _NOBODY.fullmatch(piece)]
    items = [part.stated(_read_short(part, piece)) for piece in pieces if piece]
    if part is SERVICES:
        for position, item in enumerate(items):
            item[ASSUMED] = {"position": position}
    return items


def _read_short(part: Part, text: str) -> dict:
    return _READ[part.column](text)


# ---------- one short form a part: written and read ----------
def _write_layer(item: dict) -> str:
    basis = "" if item["basis"] == PARTS["layers"].defaults["basis"] else f":{item['basis']}"
    return f"{item['layer']}{basis}{'*' if item['primary'] else ''}"


def _read_layer(text: str) -> dict:
    slug, _colon, basis = text.rstrip("*").partition(":")
    basis = {"basis": basis.strip()} if basis.strip() else {}
    return {"layer": slug.strip()} | ({"primary": True} if text.endswith("*") else {}) | basis


def _write_membership(item: dict) -> str:
    return f"{item['cluster']}:{item['kind']}"


def _read_membership(text: str) -> dict:
    slug, _colon, kind = text.partition(":")
    return {"cluster": slug.strip()} | ({"kind": kind.strip()} if kind.strip() else {})


def _read_identifier(text: str) -> dict:
    scheme, colon, value = text.partition(":")
    if not colon:
        raise ValidationError(
            _("“%(value)s” names no scheme; it looks like ror:019hjw009.") % {"value": text}
        )
    return {"scheme": scheme.strip().lower(), "value": value.strip()}


def _write_alias(item: dict) -> str:
    language = f"/{item['language']}" if item["language"] else ""
    return f"{item['kind']}{language}:{item['name']}"


def _read_alias(text: str) -> dict:
    head, _colon, name = text.partition(":")
    kind, slash, language = head.partition("/")
    if kind.strip() in AliasKind.values and name.strip():
        item = {"kind": kind.strip(), "name": name.strip()}
        return item | ({"language": language.strip()} if slash else {})
    return {"name": text, ASSUMED: {"kind": AliasKind.COLLOQUIAL.value}}


def _write_contact(item: dict) -> str:
    return f"{item['name']} <{item['email']}>" if item["email"] else item["name"]


def _read_contact(text: str) -> dict:
    if found := re.fullmatch(r"(.*\S)\s*<([^<>]*)>", text):
        return {"name": found[1], "email": found[2].strip()}
    return {"name": text}


def _read_relation(text: str) -> dict:
    kind, arrow, target = text.partition(">")
    if not arrow:
        raise ValidationError(
            _("“%(value)s” is no relation; it looks like cooperation>other-actor.") % {"value": text}
        )
    return {"kind": kind.strip(), "target": target.strip()}


_SHORT = {
    "layers": _write_layer,
    "areas": lambda item: item["area"],
    "clusters": _write_membership,
    "topics": lambda item: item["topic"],
    "identifiers": lambda item: f"{item['scheme']}:{item['value']}",
    "aliases": _write_alias,
    "services": lambda item: item[_TITLE],
    "contacts": _write_contact,
    "relations": lambda item: f"{item['kind']}>{item['target']}",
}
_READ = {
    "layers": _read_layer,
    "areas": lambda text: {"area": text},
    "clusters": _read_membership,
    "topics": lambda text: {"topic": text},
    "identifiers": _read_identifier,
    "aliases": _read_alias,
    "services": lambda text: {_TITLE: text},
    "contacts": _read_contact,
    "relations": _read_relation,
}
