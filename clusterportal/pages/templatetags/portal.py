"""What templates need to draw and to link: the glyph, query strings, Markdown, the page in another language."""

import json
import re
from functools import lru_cache

from django import template
from django.core.exceptions import SuspiciousOperation
from django.http import QueryDict
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, ngettext, override
from django.utils.translation import gettext as _

from clusterportal.core.compounds import with_soft_hyphens
from clusterportal.pages.markdown import render
from clusterportal.pages.presenters.accuracy import words_by_code
from clusterportal.pages.words import LINKED

register = template.Library()
CHAIN = range(1, 6)
_IN_FOOTER = ("SITE_NAME", "OPERATOR_EMAIL", "REGION_NAMES", "IS_PARTLY_ENGLISH")
_BLANKS = re.compile(r"[ \t\r\n]+")  # not the one that keeps words together
_PAGE_NUMBER = re.compile(r"[0-9]{1,15}")
_SCRIPT_ESCAPES = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&\u2028\u2029"}


@register.simple_tag
def chain(positions, *, decorative: bool = False, missing=()) -> str:
    """The five-step glyph with blocks at `positions` and dashed blocks at `missing`.

    `decorative`: hidden from screen readers, because the text beside it says the same.
    """
    positions, missing = (frozenset(map(int, given)) for given in (positions, missing))
    return _drawn(positions, missing, "" if decorative else chain_label(sorted(positions)))


@lru_cache(maxsize=500)  # there are only so many; a list shows dozens of them
def _drawn(positions: frozenset[int], missing: frozenset[int], label: str) -> str:
    blocks = [
        {"position": n, "x": 14 * (n - 1), "y": 25 - 5 * n, "is_missing": n in missing}
        for n in CHAIN
        if n in positions or n in missing
    ]
    return render_to_string("pages/_chain.html", {"blocks": blocks, "label": label})


@register.simple_tag(takes_context=True)
def footer(context) -> str:
    """The foot of every page: what it shows beside its own words are variables of the context processor."""
    shown = {name: str(context.get(name) or "") for name in _IN_FOOTER}
    return _footer(get_language(), tuple(shown.items()))


@lru_cache(maxsize=100)  # a few languages: all their pages have the same
def _footer(language: str, shown: tuple[tuple[str, str], ...]) -> str:
    return render_to_string("parts/_footer.html", {"LANG": language} | dict(shown))


@register.simple_tag
def remember(actor, *, shape: str = "remember") -> str:
    """The control that puts an actor on the browser's shortlist; `shape` is a class."""
    return format_html(
        '<button class="{} scripted" type="button" data-remember="{}" aria-pressed="false">'
        '{}<span class="vh"> {}</span></button>',
        shape,
        actor.slug,
        _("Remember"),
        actor,
    )


@register.inclusion_tag("parts/_words.html")
def words(*slugs: str) -> dict:
    """Links to words of the glossary, on the page where they are used first. Raises KeyError for an unknown one."""
    return {"words": [(slug, LINKED[slug]) for slug in slugs]}


@register.simple_tag
def accuracy_words() -> str:
    """What the point of an actor may mark, by its code, as JSON for the map."""
    return json.dumps(words_by_code(), ensure_ascii=False)


@register.filter
def chain_label(positions) -> str:
    """ "Layers 2 and 3 of 5", for screen readers."""
    numbers = [str(position) for position in positions]
    if not numbers:
        return _("On no layer yet")
    *first, last = numbers
    text = _("%(first)s and %(last)s") % {"first": ", ".join(first), "last": last} if first else last
    return ngettext("Layer %(numbers)s of 5", "Layers %(numbers)s of 5", len(numbers)) % {"numbers": text}


@register.filter
def layers_label(positions) -> str:
    """ "layers 2, 3": after a name."""
    numbers = ", ".join(str(position) for position in positions)
    return ngettext("layer %(positions)s", "layers %(positions)s", len(positions)) % {"positions": numbers}


@register.filter
def chain_short(positions) -> str:
    """ "Layer 2, 3": under the glyph in a list."""
    numbers = ", ".join(str(position) for position in positions)
    return _("Layer %(numbers)s") % {"numbers": numbers} if numbers else _("No layer")


@register.simple_tag(takes_context=True)
def query(context, **changes) -> str:
    """The page's query string with `changes`: None removes a parameter, a list repeats it; the page number is left."""
    params = context["request"].GET.copy()
    params.pop("page", None)
    for name, value in changes.items():
        if value in (None, ""):
            params.pop(name, None)
        elif isinstance(value, (list, tuple)):
            params.setlist(name, value)
        else:
            params[name] = value
    return f"?{params.urlencode()}" if params else "?"


@register.simple_tag(takes_context=True)
def in_language(context, language: str) -> str:
    """Path of the same page in `language`, without the query string; the first page where there is no such page.

    Error pages have these links too, so that finding none must not be an error.
    """
    if (match := getattr(context["request"], "resolver_match", None)) is None:  # no page has this address
        return f"/{language}/"
    with override(language):
        try:
            return reverse(match.view_name, args=match.args, kwargs=match.captured_kwargs)
        except NoReverseMatch:
            return f"/{language}/"


@register.simple_tag(takes_context=True)
def language_link(context, language: str) -> str:
    """The same page in `language`, with its query; pages without a language in their path take it as `lang`."""
    request = context["request"]
    params, path = _parameters(request), in_language(context, language)
    if path == request.path:
        params["lang"] = language
    return f"{path}?{params.urlencode()}" if params else path


def _parameters(request) -> QueryDict:
    """The query of the page; empty where it is one that Django refuses to read, which the error page then says."""
    try:
        return request.GET.copy()
    except SuspiciousOperation:
        return QueryDict(mutable=True)


@register.simple_tag(takes_context=True)
def page_of_list(context) -> str:
    """The query string of the current page of a list: "?page=2"; empty on the first page."""
    number = _parameters(context["request"]).get("page", "")
    return f"?page={number}" if _PAGE_NUMBER.fullmatch(number) and int(number) > 1 else ""


@register.simple_block_tag
def one_line(content) -> str:
    """What stands within, on one line: a title shows the line breaks of its template where it is quoted."""
    return mark_safe(_BLANKS.sub(" ", content).strip())


@register.simple_block_tag(takes_context=True)
def kept_as(context, content, name: str) -> str:
    """Shows its content on one line, and keeps it as `name` for an attribute: a block can be defined only once."""
    context[name] = mark_safe(one_line(content).replace('"', "&quot;"))
    return context[name]


@register.filter
def markdown(text: str) -> str:
    """Markdown of a curator as safe HTML."""
    return mark_safe(render(text or ""))


@register.filter
def line_by_line(text: str) -> str:
    """The same, with each line of the text on a line of its own."""
    return mark_safe(render(text or "", keeps_lines=True))


@register.filter
def soft(text) -> str:
    """Long compounds with soft hyphens, for headings that stand in narrow columns."""
    return with_soft_hyphens(str(text))


@register.filter
def og_locale(language: str) -> str:
    """A language as Open Graph names it, with the country that is nearest: de_DE, en_GB."""
    country = "GB" if language == "en" else language.upper()
    return f"{language}_{country}"


@register.filter
def script_json(data) -> str:
    """Data as JSON that cannot close the script element around it."""
    text = json.dumps(data, ensure_ascii=False).translate(_SCRIPT_ESCAPES)
    return mark_safe(text)  # every character with a meaning in HTML is escaped


@register.filter
def site(address: str) -> str:
    """A web address as people write it: without scheme, www and closing slash."""
    return re.sub(r"^https?://(www\.)?|/$", "", address or "")
