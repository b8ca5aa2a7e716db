"""A long text cut at its headings, so that a page can set headings in the margin."""

from dataclasses import dataclass

_HEADING = "## "
_FENCES = ("```", "~~~")


@dataclass(frozen=True)
class TextSection:
    """Part of a text in Markdown; what stands before the first heading has no title."""

    title: str
    body: str


def text_sections(text: str) -> list[TextSection]:
    """The sections of a Markdown text, cut at headings of the second level; code blocks stay whole."""
    title, lines, sections, is_code = "", [], [], False
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
