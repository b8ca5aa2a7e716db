"""Markdown as the portal understands it: the parser, and the texts that it does not read."""

from markdown_it import MarkdownIt

# The time for parsing grows with the square of the number of these characters: 20,000 brackets take more than a
# second. Longer texts are shown unparsed, in paragraphs; nobody writes such texts by hand.
_COSTLY = "[]()*_`<>|!~\\"
MOST_COSTLY, LONGEST_MARKED_TEXT = 3_000, 100_000  # characters

PARSER = MarkdownIt("commonmark").enable("table")
LINE_BY_LINE = MarkdownIt("commonmark", {"breaks": True}).enable("table")


def is_costly(text: str) -> bool:
    """Whether the text would take too long to parse."""
    return len(text) > LONGEST_MARKED_TEXT or sum(map(text.count, _COSTLY)) > MOST_COSTLY
