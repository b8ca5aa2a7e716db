"""What a contribution will look like while it is being written: its texts in each language that has any."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import get_language_info

from clusterportal.core.languages import LANGUAGE_CODES
from clusterportal.core.markdown_text import LONGEST_MARKED_TEXT

_TEXTS = ("title", "subtitle", "lead", "body")


@dataclass(frozen=True)
class Preview:
    """One language; `body` is Markdown, which the page makes safe to show as it does for everybody."""

    language: str
    language_name: str
    title: str
    subtitle: str
    lead: str
    body: str


def previews_of(written: Mapping[str, str]) -> list[Preview]:
    """The texts of a form as it was sent, whether or not they may be published like this."""
    found = []
    for code in LANGUAGE_CODES:
        texts = {name: written.get(f"{name}_{code}", "").strip()[:LONGEST_MARKED_TEXT] for name in _TEXTS}
        if any(texts.values()):
            name = get_language_info(code)["name_translated"]
            found.append(Preview(language=code, language_name=name, **texts))
    return found
