"""What the columns of a file mean: the registry's own, those of open data, those a portal describes."""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import override

from actors.domain.importing import open_data
from actors.domain.importing.cells import items_in
from actors.domain.importing.facts import Facts
from actors.domain.importing.parts import PARTS
from actors.domain.importing.values import first_reason
from actors.models import Actor
from clusterportal.core.languages import column_names

# Column of a table -> field of the actor, in the order of an export.
FIELDS = {
    name: name
    for name in (
        "uid", "slug", "name", "short_name", "kind", "legal_form", "size", "founded",
        *column_names("summary"), *column_names("description"), "website", "email", "phone", "street",
        "postcode", "city",
    )
} | {
    "federal_state": "state_name", "country": "country", "latitude": "latitude", "longitude": "longitude",
    "publication": "state", "verified_on": "verified_on", "source": "source",
}  # fmt: skip
COLUMNS = [*FIELDS, *PARTS]
COLUMN_OF = {name: column for column, name in FIELDS.items()}
_KEYS = ("name", "uid", "slug", "identifiers")  # each can tell an actor from the others

_SYNONYMS = {
    "address": ("Adresse", "Anschrift"),
    "name": ("Firma", "Unternehmen", "Organisation", "Institution"),
    "street": ("Straße", "Strasse", "Straße und Hausnummer"),
    "postcode": ("PLZ", "Postleitzahl", "postal_code", "zip"),
    "city": ("Ort", "Stadt", "town"),
    "federal_state": ("Bundesland", "state_name", "state"),
    "country": ("Land", "country_code"),
    "website": ("Webseite", "Homepage", "Internet", "URL"),
    "email": ("E-Mail", "Mail"),
    "phone": ("Telefon", "Tel."),
    "latitude": ("lat", "Breite", "Breitengrad"),
    "longitude": ("lng", "lon", "Länge", "Längengrad"),
    "founded": ("Gründung", "Gründungsjahr"),
    "kind": ("Art",),
    "layers": ("Ebenen",), "areas": ("Anwendungsfelder",), "topics": ("Themen",), "source": ("Quelle",),
}  # fmt: skip


class UnknownProfile(Exception):
    """There is no profile of this name; the message lists those there are."""


@dataclass(frozen=True)
class Profile:
    """How the rows of one kind of file become facts about actors."""

    name: str
    facts: Callable[[dict], Facts]
    headers: dict[str, str]  # folded header -> column that `facts` knows
    needed: tuple[tuple[str, ...], ...]  # of each group at least one column must be there
    fills_gaps: bool = False  # what the curators wrote stands; the file only adds what is missing
    matches_names: bool = False
    constants: dict = field(default_factory=dict)

    def column_of(self, header: str) -> str | None:
        """The column that a header means; case, blanks and accents do not matter."""
        return self.headers.get(fold(header))

    def missing(self, columns: list[str]) -> list[str]:
        """The groups of columns of which the file has none, in words."""
        present = {*columns, *self.constants}
        return [f" {_('or')} ".join(group) for group in self.needed if not present & {*group}]

    def facts_of(self, row: dict) -> Facts:
        return self.facts(self.constants | row)


def fold(header: str) -> str:
    return slugify(header.replace("ß", "ss").replace("_", " ").replace(".", " "), allow_unicode=False)


def profile(name: str) -> Profile:
    """The profile of this name: a built-in one, or `profiles/<name>.toml` in the data directory.

    Raises UnknownProfile.
    """
    if make := _BUILT_IN.get(name):
        return make()
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
    """A profile from a file: `[columns]` maps headers to columns, `[constants]` holds for every row."""
    try:
        described = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UnknownProfile(
            _("The profile “%(file)s” cannot be read: %(why)s") % {"file": path, "why": error}
        ) from error
    columns, constants = described.get("columns", {}), described.get("constants", {})
    if unknown := sorted({*columns.values(), *constants} - {*COLUMNS, "address"}):
        names = {"file": path.name, "value": ", ".join(unknown), "known": ", ".join(["address", *COLUMNS])}
        raise UnknownProfile(_("“%(file)s” names unknown columns: %(value)s. Known: %(known)s.") % names)
    headers = _registry_headers() | {fold(header): column for header, column in columns.items()}
    return Profile(name, registry_facts, headers, (_KEYS,), matches_names=True, constants=constants)


@cache
def _registry_headers() -> dict[str, str]:
    """Headers that people write: the column itself, the field's label in any language, common words."""
    headers = {}
    for language, _label in settings.LANGUAGES:
        with override(language):
            labels = {column: Actor._meta.get_field(name).verbose_name for column, name in FIELDS.items()}
        translated = {
            f"{name}_{code}" for name in ("summary", "description") for code, _label in settings.LANGUAGES
        }
        headers |= {fold(str(label)): column for column, label in labels.items() if column not in translated}
    for column, words in _SYNONYMS.items():
        headers |= {fold(word): column for word in words}
    return headers | {fold(column): column for column in [*COLUMNS, "address"]}


def registry_facts(row: dict) -> Facts:
    facts = Facts()
    for column, cell in _with_address(row).items():
        if column in FIELDS:
            facts.fields[FIELDS[column]] = _with_zeros(column, cell)
        elif column in PARTS:
            try:
                facts.parts[column] = items_in(column, cell)
            except ValidationError as error:
                facts.blame(column, cell, first_reason(error))
    return facts


def _with_zeros(column: str, cell):
    """A postcode held as a number has lost its leading zero; German ones have five digits."""
    is_number = column == "postcode" and isinstance(cell, (int, float))
    return f"{int(cell):05d}" if is_number and 1000 <= cell <= 99999 else cell


def _with_address(row: dict) -> dict:
    """`address` in one cell ("Street 1, 04205 Leipzig") as street, postcode and city."""
    if "address" not in row:
        return row
    street, postcode, city = open_data.split_address(str(row["address"] or ""))
    return {"street": street, "postcode": postcode, "city": city} | {
        k: v for k, v in row.items() if k != "address"
    }


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


_BUILT_IN: dict[str, Callable[[], Profile]] = {
    "registry": _registry, "ror": _ror, "offeneregister": _offeneregister,
}  # fmt: skip
