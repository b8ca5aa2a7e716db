"""What the columns of a file mean: the registry's own, those of open data, those a portal describes."""

import re
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import override

from actors.columns.fields import COLUMNS, FIELDS, READ_INTO, TEXTS
from actors.columns.parts import PARTS
from actors.columns.values import first_reason, neat, text_of
from actors.enums import IdentifierScheme
from actors.models import Actor
from clusterportal.intake import open_data
from clusterportal.intake.heading_words import SYNONYMS
from clusterportal.intake.postal import house_number
from clusterportal.intake.row_facts import RowFacts
from clusterportal.tables.skipped_lines import filled
from clusterportal.tables.unreadable import Unreadable

_KEYS = ("name", "uid", "slug", "identifiers")  # each can tell an actor from the others

_PARTING = re.compile(r"[_./,:;&+|\\-]+")
_SPELT_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_OF_ADDRESS = {
    "street": "street", "postcode": "postcode", "city": "city", "state": "federal_state", "country": "country",
}  # fmt: skip
_REPEATED = re.compile(r" \(\d+\)$")  # what reading adds to a title that another column has already
# A text without its language, as the API's tables have it: the first one, unless the registry holds it in another.
IN_ANY_LANGUAGE = TEXTS
# Columns that people have and an export has not: read together with others, or one number each.
EXTRA = (*IN_ANY_LANGUAGE, *READ_INTO)


class UnknownProfile(Exception):
    """There is no profile of this name; the message lists those there are."""


@dataclass(frozen=True)
class Profile:
    """How the rows of one kind of file become facts about actors."""

    name: str
    facts: Callable[[dict], RowFacts]
    headers: dict[str, str]  # folded header -> column that `facts` knows
    needed: tuple[tuple[str, ...], ...]  # of each group at least one column must be there
    fills_gaps: bool = False  # what the curators wrote stands; the file only adds what is missing
    matches_names: bool = False
    replaces: frozenset[str] = frozenset()  # parts of which a cell names all items: others are taken away
    constants: dict = field(default_factory=dict)
    reading: dict = field(default_factory=dict)  # what people corrected of how such files are read

    def column_of(self, header: str) -> str | None:
        """The column that a header means; case, blanks and accents do not matter."""
        folded = [fold(header), fold(_REPEATED.sub("", header))]
        forms = [*folded, *(form.replace("-", "") for form in folded)]
        return (
            next((column for form in forms if (column := self.headers.get(form)) is not None), None) or None
        )

    def missing(self, columns: list[str]) -> list[str]:
        """The groups of columns of which the file has none, in words."""
        present = {*columns, *self.constants}
        return [f" {_('or')} ".join(group) for group in self.needed if not present & {*group}]

    def facts_of(self, row: dict) -> RowFacts:
        """What the row says; a constant stands where the row has nothing. Unreadable cells are problems of the row."""
        unreadable = {n: v for n, v in row.items() if isinstance(v, Unreadable)}
        said = {
            n: v for n, v in row.items() if n not in unreadable and (filled(v) or n not in self.constants)
        }
        facts = self.facts(self.constants | said)
        for column, cell in unreadable.items():
            facts.blame(column, cell, str(cell.reason))
        return facts


def fold(header: str) -> str:
    """A heading to look up: case, accents, and whatever parts its words do not matter."""
    return slugify(_PARTING.sub(" ", header.replace("ß", "ss")), allow_unicode=False)


def _forms(word: str) -> set[str]:
    """A word as people write it: with umlauts or with them spelt out, in one or in parts."""
    forms = {fold(word), fold(word.lower().translate(_SPELT_OUT))}
    return forms | {form.replace("-", "") for form in forms}


def profile(name: str) -> Profile:
    """The profile of this name: a built-in one, one saved in the admin, or `profiles/<name>.toml`.

    Raises UnknownProfile.
    """
    if make := _BUILT_IN.get(name):
        return make()
    for saved in SAVED:
        if found := saved(name):
            return found
    path = _own_profiles() / f"{name}.toml"
    if name != Path(name).name or not path.is_file():
        own = sorted(file.stem for file in _own_profiles().glob("*.toml"))
        names = {"name": name, "known": ", ".join([*_BUILT_IN, *own]), "place": _own_profiles()}
        raise UnknownProfile(
            _("There is no profile “%(name)s”. Known: %(known)s; others stand in %(place)s.") % names
        )
    return _described(name, path)


def _own_profiles() -> Path:
    return settings.PORTAL_DATA_DIR / "profiles"


def _described(name: str, path: Path) -> Profile:
    """A profile from a file: `replaces` is a list of columns, `[columns]` maps headers, `[constants]` holds always."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UnknownProfile(
            _("The profile “%(file)s” cannot be read: %(why)s") % {"file": path, "why": error}
        ) from error
    columns, constants = content.get("columns", {}), content.get("constants", {})
    replaces = content.get("replaces", [])
    if unknown := sorted({*columns.values(), *constants, *replaces} - {*COLUMNS, *EXTRA}):
        names = {"file": path.name, "value": ", ".join(unknown), "known": ", ".join([*EXTRA, *COLUMNS])}
        raise UnknownProfile(_("“%(file)s” names unknown columns: %(value)s. Known: %(known)s.") % names)
    return described(name, columns=columns, constants=constants, replaces=replaces)


def described(
    name: str,
    *,
    columns: dict[str, str],
    constants: dict,
    reading: dict | None = None,
    replaces: Iterable[str] = (),
) -> Profile:
    """A profile of one's own: what some headings mean beside the registry's own, and what holds for every row.

    A heading that means "" is not imported. `replaces`: parts of which a cell names all items.
    """
    headers = _registry_headers() | {fold(header): column for header, column in columns.items()}
    return Profile(
        name,
        registry_facts,
        headers,
        (_KEYS,),
        matches_names=True,
        constants=constants,
        reading=reading or {},
        replaces=frozenset(replaces),
    )


@cache
def _registry_headers() -> dict[str, str]:
    """Headers that people write: the column itself, the field's label in any language, common words."""
    headers = {}
    for language, _label in settings.LANGUAGES:
        with override(language):
            labels = {column: Actor._meta.get_field(name).verbose_name for column, name in FIELDS.items()}
        translated = {column for columns in TEXTS.values() for column in columns}
        headers |= {
            form: column
            for column, label in labels.items()
            if column not in translated
            for form in _forms(str(label))
        }
    for column, words in SYNONYMS.items():
        headers |= {form: column for word in words for form in _forms(word)}
    return headers | {fold(column): column for column in [*COLUMNS, *EXTRA]}


def registry_facts(row: dict) -> RowFacts:
    facts = RowFacts()
    for column, cell in _with_nested_address(facts, row).items():
        if column in FIELDS:
            facts.fields[FIELDS[column]] = cell
        elif column in IN_ANY_LANGUAGE:
            facts.fields.setdefault(IN_ANY_LANGUAGE[column][0], cell)
            facts.in_any_language[IN_ANY_LANGUAGE[column][0]] = IN_ANY_LANGUAGE[column]
        elif column in PARTS:
            facts.cells[column] = cell
    _add_street(facts, row)
    _add_numbers(facts, row)
    return facts


def _add_numbers(facts: RowFacts, row: dict) -> None:
    """Identifiers that stand in columns of their own, beside those of the column for all of them."""
    numbers = []
    for scheme in IdentifierScheme.values:
        if filled(row.get(scheme)):
            try:
                numbers.append({"scheme": scheme, "value": neat(text_of(row[scheme]))})
            except ValidationError as error:
                facts.blame(scheme, row[scheme], first_reason(error))
    if numbers and "identifiers" not in facts.cells:
        facts.partial.add("identifiers")
    if numbers:
        facts.parts["identifiers"] = numbers


def _with_nested_address(facts: RowFacts, row: dict) -> dict:
    """The object that the API sends as `address` as columns; an address in one cell is kept for its reader."""
    address = row.get("address")
    if isinstance(address, dict):
        if unknown := sorted(address.keys() - _OF_ADDRESS.keys()):
            names = {"value": ", ".join(map(str, unknown)), "known": ", ".join(_OF_ADDRESS)}
            facts.blame("address", address, _("“%(value)s” is unknown. Known: %(known)s.") % names)
        return {_OF_ADDRESS[key]: cell for key, cell in address.items() if key in _OF_ADDRESS} | row
    try:
        facts.address = text_of(address)
    except ValidationError as error:
        facts.blame("address", address, first_reason(error))
    return row


def _add_street(facts: RowFacts, row: dict) -> None:
    """A house number of its own column behind its street."""
    if not filled(row.get("house_number")):
        return
    read = []
    for column, reader in (("street", text_of), ("house_number", house_number)):
        try:
            read.append(reader(row.get(column)))
        except ValidationError as error:
            facts.blame(column, row[column], first_reason(error))
            return
    facts.fields["street"] = " ".join(filter(None, read))


def _registry() -> Profile:
    return Profile("registry", registry_facts, _registry_headers(), (_KEYS,), matches_names=True)


def _ror() -> Profile:
    headers = {fold(column): column for column in open_data.ROR_COLUMNS}
    return Profile("ror", open_data.ror_facts, headers, (("ror_id",), ("name",), ("types",)), fills_gaps=True)


def _offeneregister() -> Profile:
    headers = {fold(word): column for word, column in open_data.OFFENEREGISTER_COLUMNS.items()}
    needed = (
        ("name",),
        ("registrar",),
        ("register_number", "company_number"),
        ("register_type", "company_number"),
    )
    return Profile("offeneregister", open_data.offeneregister_facts, headers, needed, fills_gaps=True)


# Looks for profiles that are kept elsewhere, as in the database: by name, None for unknown.
SAVED: list[Callable[[str], Profile | None]] = []
_BUILT_IN: dict[str, Callable[[], Profile]] = {
    "registry": _registry, "ror": _ror, "offeneregister": _offeneregister,
}  # fmt: skip
