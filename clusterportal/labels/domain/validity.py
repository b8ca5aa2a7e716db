"""How long labels are valid and when to act, by the rules of those who give them. Pure functions of dates.

Sources: ESCA, pages on the Bronze label (benchmarked-clusters) and the Silver label (silver-label) of
https://www.cluster-analysis.org/. Intervals are half-open: [from, until).
"""

from dataclasses import dataclass
from datetime import date

from clusterportal.labels.enums import LabelKind, LabelStatus


@dataclass(frozen=True)
class Term:
    """Months of validity, first and after renewal, and months after the end in which a renewal still counts.

    None: no public source says it, the certificate does.
    """

    first: int | None
    renewed: int | None
    grace: int = 0


TERMS = {
    LabelKind.BRONZE: Term(first=24, renewed=36, grace=12),
    LabelKind.SILVER: Term(first=24, renewed=None, grace=12),
    LabelKind.GOLD: Term(first=None, renewed=None),
    LabelKind.GO_CLUSTER: Term(first=None, renewed=None),
}
ENDLESS = frozenset({LabelKind.GO_CLUSTER})  # a membership, without an end unless one is stated
SECOND_BENCHMARKING = (18, 24)  # months after the first one, on the way to Silver


@dataclass(frozen=True)
class Span:
    """[start, end); without an end it goes on."""

    start: date
    end: date | None

    def __contains__(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)


def add_months(day: date, months: int) -> date:
    """The first day after a term of `months` that begins with `day`.

    A month without that day ends the term with its last day (§§ 187 (2), 188 (2) and (3) BGB), so that the next
    month begins outside of it: a year from 29 February 2024 is over on 1 March 2025.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    try:
        return date(year, month + 1, day.day)
    except ValueError:  # of these, December has every day
        return date(year, month + 2, 1)


def start_of(*, assessed_on: date, renewed: Span | None) -> date:
    """A first label counts from the month of its assessment, a renewed one from where the former ended."""
    return renewed.end if renewed and renewed.end else assessed_on.replace(day=1)


def end_of(kind: str, *, start: date, is_renewal: bool) -> date | None:
    """The first day on which the label is no longer valid; None where no rule says it."""
    term = TERMS[LabelKind(kind)]
    months = term.renewed if is_renewal else term.first
    return None if months is None else add_months(start, months)


def renewal_window(kind: str, end: date | None) -> Span | None:
    """When an ended label can still be renewed; the renewal counts from its end, without a break."""
    grace = TERMS[LabelKind(kind)].grace
    return Span(end, add_months(end, grace)) if end and grace else None


def may_still_renew(kind: str, *, end: date | None, assessed_on: date) -> bool:
    """Whether an assessment on that day renews a label that ends with `end`."""
    window = renewal_window(kind, end)
    return end is None or assessed_on < (window.end if window and window.end else end)


def silver_window(first_benchmarking: date) -> Span:
    """When the second benchmarking, the first step to Silver, is to take place."""
    opens, closes = (add_months(first_benchmarking, months) for months in SECOND_BENCHMARKING)
    return Span(opens, closes)


def status_on(day: date, kind: str, span: Span) -> LabelStatus:
    """What a label is worth on that day, if nothing followed it."""
    if day < span.start:
        return LabelStatus.PLANNED
    if day in span:
        return LabelStatus.VALID
    window = renewal_window(kind, span.end)
    return LabelStatus.WINDOW if window and day in window else LabelStatus.EXPIRED
