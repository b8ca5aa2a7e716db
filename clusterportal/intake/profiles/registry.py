"""The registry's own columns, under the headings that people write above them."""

from collections.abc import Iterable
from functools import cache

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import override

from actors.columns.fields import COLUMNS, FIELDS, READ_INTO, TEXTS
from actors.columns.parts import PARTS
from actors.columns.values import first_reason, neat, text_of
from actors.enums import IdentifierScheme
from actors.models import Actor
from clusterportal.intake.address_cells import house_number
from clusterportal.intake.heading_words import SELDOM, SYNONYMS
from clusterportal.intake.profiles.profile import Profile, fold
from clusterportal.intake.row_facts import RowFacts
from clusterportal.tables.skipped_lines import filled

_KEYS = ("name", "uid", "slug", "identifiers")  # a table needs one of them
COLUMN_OF_ADDRESS_KEY = {
    "street": "street",
    "postcode": "postcode",
    "city": "city",
    "state": "federal_state",
    "country": "country",
}
# Texts without a language, as tables of the API have them. They are in the first language, unless the registry holds
# the same text in another.
IN_ANY_LANGUAGE = TEXTS
# Columns that people have and an export has not: parts of an address, one identifier each.
EXTRA = (*IN_ANY_LANGUAGE, *READ_INTO)


def registry_profile() -> Profile:
    """The profile of the registry's own tables."""
    return Profile("registry", registry_facts, _registry_headers(), (_KEYS,), matches_names=True)


def custom_profile(
    name: str,
    *,
    columns: dict[str, str],
    constants: dict,
    read_options: dict | None = None,
    replaces: Iterable[str] = (),
    fills: Iterable[str] = (),
    **said,
) -> Profile:
    """The registry's profile with more headings (`columns`), and `constants` that hold for every row.

    A heading that means "" is not imported. `replaces`: columns of parts of which a cell names all items. `said`: what
    people said about cells (`separators`, `values`, `unknown`; see Profile).
    """
    headers = _registry_headers() | {fold(header): column for header, column in columns.items()}
    return Profile(
        name,
        registry_facts,
        headers,
        (_KEYS,),
        matches_names=True,
        constants=constants,
        read_options=read_options or {},
        replaces=frozenset(replaces),
        fills=frozenset(fills),
        **said,
    )


def fields_of(column: str) -> list[str]:
    """The fields of the actor that a column says something about; none of a part."""
    if column in FIELDS:
        return [FIELDS[column]]
    if column in IN_ANY_LANGUAGE:
        return [IN_ANY_LANGUAGE[column][0]]
    if column == "address":
        return [FIELDS[one] for one in COLUMN_OF_ADDRESS_KEY.values()]
    return ["street"] if column == "house_number" else []


@cache
def _registry_headers() -> dict[str, str]:
    """Columns by the headings that people write: the column, the label of the field in any language, common words."""
    headers: dict[str, str] = {}
    for language, _label in settings.LANGUAGES:
        with override(language):
            labels = {column: _verbose_name(name) for column, name in FIELDS.items()}
        translated = {column for columns in TEXTS.values() for column in columns}
        headers |= {fold(label): column for column, label in labels.items() if column not in translated}
    for synonyms in (SELDOM, SYNONYMS):
        for column, words in synonyms.items():
            headers |= {fold(word): column for word in words}
    return headers | {fold(column): column for column in [*COLUMNS, *EXTRA]}


def _verbose_name(name: str) -> str:
    field = Actor._meta.get_field(name)
    assert isinstance(field, models.Field)  # not a relation from elsewhere
    return str(field.verbose_name)


def registry_facts(row: dict) -> RowFacts:
    """What a row under the columns of the registry says."""
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
    """Adds identifiers that have columns of their own to those of the column for all of them."""
    numbers = []
    for scheme in IdentifierScheme.values:
        if filled(row.get(scheme)):
            try:
                numbers.append({"scheme": scheme, "value": neat(text_of(row[scheme]))})
            except ValidationError as error:
                facts.add_problem(scheme, row[scheme], first_reason(error))
    if numbers and "identifiers" not in facts.cells:
        facts.partial.add("identifiers")
    if numbers:
        facts.parts["identifiers"] = numbers


def _with_nested_address(facts: RowFacts, row: dict) -> dict:
    """The row with the object that the API sends as `address` as columns; an address in one cell goes to `facts`."""
    address = row.get("address")
    if isinstance(address, dict):
        if unknown := sorted(address.keys() - COLUMN_OF_ADDRESS_KEY.keys()):
            names = {"value": ", ".join(map(str, unknown)), "known": ", ".join(COLUMN_OF_ADDRESS_KEY)}
            facts.add_problem("address", address, _("“%(value)s” is unknown. Known: %(known)s.") % names)
        return {
            COLUMN_OF_ADDRESS_KEY[key]: cell for key, cell in address.items() if key in COLUMN_OF_ADDRESS_KEY
        } | row
    try:
        facts.address = text_of(address)
    except ValidationError as error:
        facts.add_problem("address", address, first_reason(error))
    return row


def _add_street(facts: RowFacts, row: dict) -> None:
    """Adds a house number from its own column to the street."""
    if not filled(row.get("house_number")):
        return
    read = []
    for column, reader in (("street", text_of), ("house_number", house_number)):
        try:
            read.append(reader(row.get(column)))
        except ValidationError as error:
            facts.add_problem(column, row[column], first_reason(error))
            return
    facts.fields["street"] = " ".join(filter(None, read))
