"""Content in several languages: one column per language, read with fallback."""

from collections.abc import Iterable
from functools import lru_cache

from django.conf import settings
from django.db.models import Q
from django.utils.translation import get_language
from translated_fields import TranslatedField
from translated_fields.utils import fallback_to_any

LANGUAGE_CODES = [code for code, _name in settings.LANGUAGES]


def translated(field, *, required: bool = False) -> TranslatedField:
    """`field` once per language (`name_de`, `name_en`), read as `name` in the active language with fallback.

    Only the first language can be required: a registry is curated in it, the others follow.
    """
    specific = {code: {"blank": True} for code in LANGUAGE_CODES[1:]} if required else None
    return TranslatedField(field, specific, attrgetter=fallback_to_any)


def column_names(name: str) -> list[str]:
    """The columns behind a translated field: `name` -> `["name_de", "name_en"]`."""
    return [f"{name}_{code}" for code in LANGUAGE_CODES]


def naming_columns(relation: str) -> list[str]:
    """The columns by which `relation` names a record: `area` -> `["area__slug", "area__name_de", "area__name_en"]`."""
    return [f"{relation}__{column}" for column in ("slug", *column_names("name"))]


def is_written(name: str, languages: Iterable[str] = LANGUAGE_CODES) -> Q:
    """Records of which the translated field `name` says something in at least one of the languages."""
    condition = Q()
    for code in languages:
        condition |= ~Q(**{f"{name}_{code}": ""})
    return condition


def active_first(name: str, language: str | None = None) -> tuple[str, ...]:
    """The columns behind a translated field, the active (or given) language first: the order of fallback."""
    return _with_first(language or get_language() or LANGUAGE_CODES[0], name)


@lru_cache(maxsize=500)  # of a few fields and languages, but a list of results asks hundreds of times
def _with_first(language: str, name: str) -> tuple[str, ...]:
    return tuple(sorted(column_names(name), key=lambda column: column != f"{name}_{language}"))


def language_shown(instance, name: str) -> str:
    """The language in which a translated field is read, for want of the active one another; empty without text."""
    for column in active_first(name):
        if getattr(instance, column):
            return column.removeprefix(f"{name}_")
    return ""


def in_every_language(instance, name: str) -> dict[str, str]:
    """`{"de": ..., "en": ...}` of one translated field."""
    return {code: getattr(instance, f"{name}_{code}") for code in LANGUAGE_CODES}
