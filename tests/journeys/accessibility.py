"""What axe finds wrong in a page: by all rules on a wide screen, by those that hang on size on a narrow one."""

import os

from tests.accessibility.browser import LOOKS, axe

NARROW = 600  # pixels


def violations(page, context: str | None = None) -> list[str]:
    """Rule and place of each violation in `context`, or anywhere; `JOURNEYS=whole` asks for all rules always."""
    is_whole = page.viewport_size["width"] > NARROW or os.environ.get("JOURNEYS") == "whole"
    return [
        f"{one['id']}: {node['html'][:160]}"
        for one in axe(page, rules=None if is_whole else LOOKS, context=context)["violations"]
        for node in one["nodes"][:3]
    ]


def is_too_wide(page) -> bool:
    return page.evaluate("document.scrollingElement.scrollWidth > innerWidth")
