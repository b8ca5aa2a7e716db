"""HTML as tests compare it: into what lines a template is broken does not matter."""

import re

from django.http import HttpResponseBase

_INLINE = r"(?:a|b|code|em|i|mark|small|span|strong|time|tspan)\b"
_TAG = re.compile(r"<[^<>]*>")
_STEPS = [
    (re.compile(r"[ \t]*\n\s*"), "\n"),
    (re.compile(rf"(?<=[^>\n])\n(?=<{_INLINE})"), " "),  # a word, then a link
    (re.compile(rf"(?<=</)({_INLINE}>)\n(?=[^<\s,.;:!?)])"), r"\1 "),  # a link, then a word
    (re.compile(r"(?<=>)\n|\n(?=<)|^\n|\n$"), ""),
    (re.compile(r"\n"), " "),
]


def markup_of(page: HttpResponseBase | str) -> str:
    """The HTML of a response without the line breaks and the indentation of its templates.

    Between two tags nothing is left, between a word and a link beside it one blank.
    """
    html = page if isinstance(page, str) else page.content.decode()
    html = _TAG.sub(lambda tag: re.sub(r"\s+(?=/?>$)", "", re.sub(r"\s*\n\s*", " ", tag[0])), html)
    for pattern, replacement in _STEPS:
        html = pattern.sub(replacement, html)
    return html
