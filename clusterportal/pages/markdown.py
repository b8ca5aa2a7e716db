"""Markdown of editable texts to HTML that is safe to show."""

import nh3
from django.utils.html import linebreaks
from markdown_it import MarkdownIt

# Parsing takes time with the square of these signs: 20,000 brackets a second and more. No text that people write
# comes near; what does is shown as it stands, in paragraphs.
_COSTLY = "[]()*_`<>|!~\\"
MOST_COSTLY, LONGEST = 3_000, 100_000  # characters

_TAGS = {
    "a", "blockquote", "br", "code", "em", "h2", "h3", "h4", "hr", "li", "ol", "p", "pre", "strong",
    "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
_parser = MarkdownIt("commonmark").enable("table")


def render(text: str) -> str:
    """HTML of a Markdown text; tags and attributes beyond plain text structure are dropped."""
    if len(text) > LONGEST or sum(map(text.count, _COSTLY)) > MOST_COSTLY:
        return linebreaks(text, autoescape=True)
    return nh3.clean(
        _parser.render(text), tags=_TAGS, attributes={"a": {"href", "title"}}, link_rel="noopener"
    )
