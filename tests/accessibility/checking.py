"""One page looked at in every way: rules of axe, sizes, spacing, keyboard, names. Knows a browser and no portal."""

from collections import Counter
from dataclasses import dataclass

from tests.accessibility.browser import LABEL_IN_NAME, LOOKS, NARROW, PROBES, WIDE, axe, set_scheme
from tests.accessibility.tree import unnamed

MORE_STOPS = 25  # what a browser adds by itself: parts of a date field, regions that scroll
AT_ONCE = 10  # presses of Tab between two questions whether the walk has ended


@dataclass(frozen=True)
class Page:
    """An address and who opens it: nobody in particular, a representative, or an administrator."""

    address: str
    person: str = ""


@dataclass(frozen=True)
class Fault:
    """What is wrong (a rule of axe, or a check of ours), on which page, in which state and where in it."""

    rule: str
    address: str
    state: str
    place: str


def faults_of(page, address: str, counts: Counter) -> list[Fault]:
    """Everything wrong in the page that was opened. `counts` adds up how much was looked at."""
    faults = []

    def note(rule: str, state: str, places: list[str]) -> None:
        faults.extend(Fault(rule, address, state, place) for place in places)

    def ask_axe(state: str, rules: list[str] | None = None) -> None:
        said = axe(page, rules=rules)
        counts["undecided"] += sum(len(one["nodes"]) for one in said["incomplete"])
        for one in said["violations"]:
            places = [f"{node['target'][0]} {node['html'][:160]}" for node in one["nodes"]]
            note(f"axe {one['id']}", state, places)

    page.evaluate(PROBES)
    page.evaluate("probes.still()")
    for size, scheme, viewport in (("1440", "light", WIDE), ("320", "dark", NARROW)):
        page.evaluate("document.activeElement.blur()")  # a skip link that has the focus lies over others
        page.set_viewport_size(viewport)
        set_scheme(page, scheme)
        ask_axe(f"{size} {scheme}", None if scheme == "light" else [*LOOKS, LABEL_IN_NAME])
        note("reflow", size, ["scrolls sideways"] if page.evaluate("probes.isTooWide()") else [])
        note("losses", size, page.evaluate("probes.losses()"))
        note("spacing", size, page.evaluate("probes.lossesBySpacing()"))
        note("mouse only", size, page.evaluate("probes.mouseOnly()"))
        counts["states"] += 2  # with the spacing of the page, and with more
        if size == "1440":
            note("names", size, unnamed(page))
            walked = walk(page)
            counts["stops"] += walked["stops"]
            for what in ("missed", "unseen", "covered", "order"):
                note(f"focus {what}", size, walked[what])
    counts["pages"] += 1
    return faults


def walk(page) -> dict:
    """Tab through the whole page. `stops`: how many; the rest names elements.

    `missed`: never reached; `unseen`: nothing changes with the focus; `covered`: hidden behind something;
    `order`: comes after what stands behind it.
    """
    most = page.evaluate("probes.startWalk()") + MORE_STOPS
    for _times in range(0, most, AT_ONCE):
        for _press in range(AT_ONCE):
            page.keyboard.press("Tab")
        if page.evaluate("probes.hasWalked()"):
            break
    return page.evaluate("probes.walked()")
