"""Names and texts in their own language, and the `lang` that says so where it is not the page's (WCAG 3.1.2)."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from clusterportal.core.countries import language_spoken_in
from clusterportal.core.languages import language_shown

register = template.Library()


@register.simple_tag
def lang(code: str) -> SafeString | str:
    """The attribute with a blank before it; nothing where `code` is the page's language, or not known."""
    return "" if code in ("", get_language()) else format_html(' lang="{}"', code)


@register.simple_tag
def lang_of(record, name: str) -> SafeString | str:
    """The attribute for the text of a translated field, which may stand in another language for want of this one."""
    return lang(language_shown(record, name))


@register.simple_tag
def lang_of_name(actor) -> SafeString | str:
    """The attribute for the registered name: organisations are named in the language of their country."""
    return lang(language_spoken_in(actor.country))


@register.simple_tag
def second_name(actor) -> tuple[str, SafeString | str]:
    """What stands under the name, and its attribute; empty where nothing says more than the name.

    It is the name in the page's language (`with_translated_name`), else the whole name beside a short one.
    """
    if translated := getattr(actor, "translated_name", None):
        return translated, ""
    return ("", "") if actor.name == str(actor) else (actor.name, lang_of_name(actor))
