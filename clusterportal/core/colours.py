"""The colours of the pages, for pictures and documents that no style sheet reaches."""

import re
from functools import cache

from django.conf import settings

_COLOUR = re.compile(r"--([\w-]+): (?:light-dark\()?(#\w+)")


@cache
def light_colours() -> dict[str, str]:
    """The colours of light mode as #rrggbb, by their names in the style sheet."""
    return dict(_COLOUR.findall((settings.BASE_DIR / "static" / "css" / "tokens.css").read_text()))
