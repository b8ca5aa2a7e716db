"""What axe finds wrong in a page: by all rules on a wide screen, by those that hang on size on a narrow one."""

import os

from axe_playwright_python.sync_playwright import Axe

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What hangs on size and scheme; the rest of a page is the same in both.
LOOKS = ["color-contrast", "target-size", "scrollable-region-focusable", "link-in-text-block", "svg-img-alt",
         "label-content-name-mismatch", "aria-hidden-focus", "bypass", "heading-order"]  # fmt: skip
NARROW = 600  # pixels


def violations(page, context: str | None = None) -> list[str]:
    """Rule and place of each violation in `context`, or anywhere; `JOURNEYS=whole` asks for all rules always."""
    is_whole = page.viewport_size["width"] > NARROW or os.environ.get("JOURNEYS") == "whole"
    options = {"runOnly": STANDARDS if is_whole else LOOKS}
    return [
        f"{one['id']}: {node['html'][:160]}"
        for one in Axe().run(page, context=context, options=options).response["violations"]
        for node in one["nodes"][:3]
    ]


def is_too_wide(page) -> bool:
    return page.evaluate("document.scrollingElement.scrollWidth > innerWidth")
