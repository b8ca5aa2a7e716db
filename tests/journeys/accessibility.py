"""What axe finds wrong in a page: by all rules on a wide screen, by those that hang on size on a narrow one."""

import os
from collections.abc import Callable

from tests.accessibility.browser import LOOKS, NARROW, WIDE, axe, set_scheme

_NARROW_UP_TO = 600  # pixels


def violations(page, context: str | None = None) -> list[str]:
    """Rule and place of each violation in `context`, or anywhere; `JOURNEYS=whole` asks for all rules always."""
    is_whole = page.viewport_size["width"] > _NARROW_UP_TO or os.environ.get("JOURNEYS") == "whole"
    return [
        f"{one['id']}: {node['html'][:160]}"
        for one in axe(page, rules=None if is_whole else LOOKS, context=context)["violations"]
        for node in one["nodes"][:3]
    ]


def is_too_wide(page) -> bool:
    return page.evaluate("document.scrollingElement.scrollWidth > innerWidth")


def wrong_in_both_looks(page, found: Callable[..., list[str]] = violations) -> list[str]:
    """What `found` says of the page, narrow and dark, then wide and light; it is not loaded again."""
    wrong = []
    for size, scheme in ((NARROW, "dark"), (WIDE, "light")):
        page.set_viewport_size(size)
        set_scheme(page, scheme)
        wrong += found(page)
        if is_too_wide(page):
            wrong.append(f"scrolls sideways, {size['width']} pixels wide")
    return wrong
