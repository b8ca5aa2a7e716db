"""Markdown of editable texts to HTML that is safe to show."""

import nh3
from markdown_it import MarkdownIt

_TAGS = {
    "a", "blockquote", "br", "code", "em", "h2", "h3", "h4", "hr", "li", "ol", "p", "pre", "strong",
    "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
_parser = MarkdownIt("commonmark").enable("table")


def render(text: str) -> str:
    """HTML of a Markdown text; tags and attributes beyond plain text structure are dropped."""
    return nh3.clean(
        _parser.render(text), tags=_TAGS, attributes={"a": {"href", "title"}}, link_rel="noopener"
    )
