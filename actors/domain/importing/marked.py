"""Cells that carry a word about themselves: what cannot be trusted."""


class Unreadable(str):
    """A cell whose text cannot be trusted; `reason` says why."""

    reason: str

    def __new__(cls, text: str, reason=""):
        marked = super().__new__(cls, text)
        marked.reason = reason
        return marked
