"""Markdown of editable texts: as HTML that is safe to show, and cut at its headings."""

from dataclasses import dataclass

import nh3
from django.utils.html import linebreaks

from clusterportal.core.markdown_text import LINE_BY_LINE, PARSER, is_costly

_TAGS = {
    "a",
    "blockquote",
    "br",
    "code",
    "em",
    "h2",
    "h3",
    "h4",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "strong",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
}
_HEADING = "## "
_FENCES = ("```", "~~~")


def render(text: str, *, keeps_lines: bool = False) -> str:
    """HTML of a Markdown text; tags and attributes beyond plain text structure are dropped.

    `keeps_lines`: a line of the text stays a line, as easy language has one sentence on each.
    """
    if is_costly(text):
        return linebreaks(text, autoescape=True)
    parser = LINE_BY_LINE if keeps_lines else PARSER
    return nh3.clean(
        parser.render(text), tags=_TAGS, attributes={"a": {"href", "title"}}, link_rel="noopener"
    )


@dataclass(frozen=True)
class TextSection:
    """Part of a text in Markdown; what stands before the first heading has no title."""

    title: str
    body: str


def text_sections(text: str) -> list[TextSection]:
    """The sections of a Markdown text, cut at headings of the second level; code blocks stay whole."""
    title, sections, is_code = "", [], False
    lines: list[str] = []
    for line in [*text.splitlines(), _HEADING]:
        is_code ^= line.startswith(_FENCES)
        if line.startswith(_HEADING) and not is_code:
            body = "\n".join(lines).strip()
            if title or body:
                sections.append(TextSection(title, body))
            title, lines = line.removeprefix(_HEADING).strip(" #"), []
        else:
            lines.append(line)
    if is_code:  # a code block that nobody closed swallowed the end mark
        sections.append(TextSection(title, "\n".join(lines[:-1]).strip()))
    return sections
