"""How a figure is computed, in words: one entry at the foot of a cluster's monitor."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Method:
    """One formula, with today's numbers put into it.

    `anchor` is the `method` of the indicators that use it (`core.indicator`): the entry has the id `m-<anchor>`, and
    their links lead there. `title` names the figure, `text` says in full sentences how it comes about.
    """

    anchor: str
    title: str
    text: str
