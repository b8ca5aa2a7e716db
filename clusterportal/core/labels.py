"""What a column is called when people read it."""

from django.utils.text import capfirst
from translated_fields import show_language_code


def language_of(field) -> str:
    """The language that a translated column holds ("de"); empty for all other columns."""
    return getattr(field, "_translated_field_language_code", "")


def field_label(field) -> str:
    """The column's name for people; a translated column says its language: "Summary [DE]"."""
    with show_language_code(False):  # the library's own suffix is lower case and would come twice
        label = capfirst(str(field.verbose_name))
    language = language_of(field)
    return f"{label} [{language.upper()}]" if language else label
