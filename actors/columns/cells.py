"""How the parts of an actor stand in one cell of a table.

Short where that says everything (`applied-research:both*|basic-research`), else JSON. Both can be read.
"""

import json
import re
from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from actors.columns.parts import AREAS, ASSUMED, CLUSTERS, LAYERS, PARTS, SERVICES, TOPICS, Part
from actors.columns.placeholders import says_nothing
from actors.columns.values import text_of, unescaped
from actors.enums import AliasKind
from clusterportal.core.languages import column_names

_TITLE = column_names("title")[0]
_STRONG = ("|", "\n", ";")  # always part a cell; commas and strokes only between known names
_BETWEEN = {
    "|": re.compile(r"\|"),
    "\n": re.compile(r"[\r\n]+"),
    ";": re.compile(r"(?<!&amp);"),  # not the end of an ampersand from a web page
    ",": re.compile(","),
    "/": re.compile("/"),
}
SEPARATORS = (*_BETWEEN,)  # from the plainest to the one that parts least
WHOLE = "whole"  # instead of a separator: each cell is one item
_LONGEST_NAME = 4  # pieces that a name may have which holds the separator itself
_BULLET = re.compile(r"(?:[-–*•·▪●‣]|(?P<number>\d{1,2})[.)])\s+")
_MAIL = re.compile(r"(?P<name>.*\S)[\s,:(<]+(?:mailto:)?(?P<mail>[^\s@<>(),]+@[^\s@<>(),]+\.\w+)[)>]?")
TAXONOMIES = (LAYERS, AREAS, CLUSTERS, TOPICS)  # parts whose items are names of records
_OF_THE_API = ("name", "position", "url", "actor_count")  # what the API says of a record beside its address
Knows = Callable[[type[Model], str], bool]


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


def in_short(column: str, item: dict) -> str:
    """An item as a cell has it, for words about what is wrong with it."""
    part = PARTS[column]
    if part in TAXONOMIES:
        (reference,) = part.references
        return str(item[reference])
    return _SHORT[column](part.fresh(item))


def items_in(
    column: str, cell, knows: Knows = lambda model, text: False, *, separator: str = ""
) -> list[dict]:
    """The items that a cell holds: a list, JSON as text, or the short form. Raises ValidationError.

    `knows` says whether a text is the name of a record: such a name stays whole, and commas part such names.
    `separator`: the one sign that parts the cell, or WHOLE; empty where the cell itself has to tell.
    """
    part = PARTS[column]
    if isinstance(cell, str) and cell.lstrip().startswith("["):
        try:
            cell = json.loads(cell)
        except ValueError as error:
            raise ValidationError(
                _("This cell begins like JSON but cannot be read from character %(sign)s on.")
                % {"sign": getattr(error, "pos", 0) + 1}
            ) from error
    if isinstance(cell, list):
        return [item for entry in cell for item in _from_entry(part, entry)]
    return _from_short(part, text_of(cell), knows, separator)


def pieces_of(text: str, separator: str, is_known: Callable[[str], bool] = lambda piece: False) -> list[str]:
    """The pieces of a text between separators; neighbours that together are a known name stay together."""
    cuts = [*_BETWEEN[separator].finditer(text)]
    starts, ends = [0, *(cut.end() for cut in cuts)], [*(cut.start() for cut in cuts), len(text)]
    pieces, first = [], 0
    while first < len(starts):
        longest = min(first + _LONGEST_NAME, len(ends)) - 1
        joined = (n for n in range(longest, first, -1) if is_known(text[starts[first] : ends[n]].strip()))
        last = next(joined, first)
        pieces.append(text[starts[first] : ends[last]].strip())
        first = last + 1
    return pieces


def _from_entry(part: Part, entry) -> list[dict]:
    if isinstance(entry, str) or (isinstance(entry, int) and not isinstance(entry, bool)):
        return [] if says_nothing(entry) else [part.stated(_read_short(part, str(entry)))]
    if not isinstance(entry, dict):
        raise ValidationError(_("“%(value)s” is neither text nor an object.") % {"value": json.dumps(entry)})
    if part in TAXONOMIES and "slug" in entry:
        (reference,) = part.references
        entry = {k: v for k, v in entry.items() if k not in _OF_THE_API} | {reference: entry["slug"]}
        del entry["slug"]
    if unknown := sorted(set(entry) - set(part.defaults)):
        names = {"value": ", ".join(unknown), "known": ", ".join(part.defaults)}
        raise ValidationError(_("“%(value)s” is unknown. Known: %(known)s.") % names)
    return [part.stated(entry)]


def _from_short(
    part: Part, text: str, knows: Knows = lambda model, text: False, separator: str = ""
) -> list[dict]:
    def is_known(piece: str) -> bool:
        if part not in TAXONOMIES:
            return False
        ((reference, model),) = part.references.items()
        item = _read_short(part, piece)
        name = item.pop(reference)
        is_one = not any(sign in str(value) for value in item.values() for sign in SEPARATORS)
        return is_one and knows(model, name)

    text = unescaped(text).strip()
    if separator == WHOLE or is_known(text):
        parted = [text]
    elif separator:
        parted = pieces_of(text, separator, is_known)
    else:
        parted = _parted(text, SEPARATORS, is_known)
    pieces = [piece for piece in _without_bullets(parted) if not says_nothing(piece)]
    items = [part.stated(_read_short(part, piece)) for piece in pieces]
    if part is SERVICES:
        for position, item in enumerate(items):
            item[ASSUMED] = {"position": position}
    return items


def _parted(text: str, separators: tuple[str, ...], is_known: Callable[[str], bool]) -> list[str]:
    """The pieces of a cell that itself has to tell. A known name stays whole; commas part only such names."""
    if not separators or not text or is_known(text):
        return [text]
    separator, *finer = separators
    if separator in _STRONG:
        pieces = [piece.strip() for piece in _BETWEEN[separator].split(text)]
    else:
        pieces = pieces_of(text, separator, is_known)
        known = [is_known(piece) for piece in pieces if piece]
        # Of pieces between commas that are partly known the unknown ones will be named.
        if not (all(known) if separator == "/" else any(known)):
            pieces = [text]
    return [part for piece in pieces for part in _parted(piece, tuple(finer), is_known)]


def _without_bullets(pieces: list[str]) -> list[str]:
    """The pieces of a list without the signs or the numbers before each of them."""
    if len(pieces) < 2:
        return pieces
    bullets = [bullet for piece in pieces if (bullet := _BULLET.match(piece))]
    numbers = [int(bullet["number"] or 0) for bullet in bullets]
    if len(bullets) == len(pieces) and (not any(numbers) or numbers == [*range(1, len(pieces) + 1)]):
        return [piece[bullet.end() :] for piece, bullet in zip(pieces, bullets, strict=True)]
    return pieces


def _read_short(part: Part, text: str) -> dict:
    return _READ[part.column](text)


# ---------- one short form a part: written and read ----------
def _write_layer(item: dict) -> str:
    basis = "" if item["basis"] == PARTS["layers"].defaults["basis"] else f":{item['basis']}"
    return f"{item['layer']}{basis}{'*' if item['primary'] else ''}"


def _read_layer(text: str) -> dict:
    slug, _colon, basis = text.rstrip("*").partition(":")
    item: dict[str, str | bool] = {"layer": slug.strip()}
    if text.endswith("*"):
        item["primary"] = True
    if basis.strip():
        item["basis"] = basis.strip()
    return item


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
    if found := _MAIL.fullmatch(text):  # Eva Muster (eva@example.org), Eva Muster, eva@example.org
        return {"name": found["name"].rstrip(" ,:-"), "email": found["mail"]}
    if "@" in text:
        raise ValidationError(
            _("“%(value)s” names no person; it looks like Eva Muster <eva@example.org>.") % {"value": text}
        )
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
