"""What the values of a column may stand for: codes of a field, records of another list, countries."""

from typing import cast

from babel import Locale
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import get_language

from actors.columns.cells import TAXONOMIES
from actors.columns.fields import COLUMNS, FIELDS, READ_INTO
from actors.columns.parts import PARTS
from actors.columns.values import clean_value, neat
from actors.columns.vocabulary import Vocabulary
from actors.enums import IdentifierScheme
from actors.models import Actor
from clusterportal.core.countries import country_codes, country_of
from clusterportal.core.models import own_field
from clusterportal.core.spelling import spelling

# What people say that a value stands for, beside a code or a slug; none of these is one.
BY_RULE = ""  # as the column's rule for everything that is not understood says
LEFT_OUT = "-"  # nothing: the row is taken without it
MADE = "+"  # a new topic of this name
REFUSED = "!"  # the row is invalid
RECORDS = tuple(part.column for part in TAXONOMIES)  # columns whose values are names of records
CODES = tuple(
    column for column, name in FIELDS.items() if own_field(Actor, name).flatchoices
)  # columns whose values are codes of a field
VALUE_COLUMNS = (*CODES, "country", *RECORDS)
# Columns of which a value that is not understood can be left out: a row says no longer what it is about without the
# others, or its actor would get a wrong place or state.
_NEEDED = ("name", "uid", "slug", "identifiers", "relations", "publication", *IdentifierScheme.values)
LEAVABLE = tuple(column for column in (*COLUMNS, *READ_INTO) if column not in _NEEDED)
MAKEABLE = ("topics",)  # columns for whose values new records may be made


def key_of(text: str) -> str:
    """By what a value is remembered: its spelling does not matter; signs alone stand for themselves."""
    return spelling(text) or text.strip()


def model_of(column: str) -> type[Model]:
    """The model whose records the values of the column name."""
    (model,) = PARTS[column].references.values()
    return model


def meaning(column: str, text: str, vocabulary: Vocabulary) -> str | None:
    """The code or slug that a value stands for without anybody's word; None where it is not understood."""
    if column in RECORDS:
        return vocabulary.meant(model_of(column), text.strip())
    if column == "country":
        return country_of(neat(text))
    try:
        return cast(str, clean_value(Actor, FIELDS[column], text)) or None
    except ValidationError:
        return None


def known_values(column: str, vocabulary: Vocabulary) -> dict[str, str]:
    """All that a value of the column may stand for, as people read it, by code or slug."""
    if column in RECORDS:
        return vocabulary.shown_names(model_of(column))
    if column == "country":
        names = Locale.parse(get_language() or "de", sep="-").territories
        found = {code: names.get(code, code) for code in country_codes()}
        return dict(sorted(found.items(), key=lambda item: spelling(item[1])))
    return {code: str(label) for code, label in own_field(Actor, FIELDS[column]).flatchoices if code}
