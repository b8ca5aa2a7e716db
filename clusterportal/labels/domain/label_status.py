"""Where a cluster stands with its labels on a day: what is valid, which window is open, what comes next."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from actors.domain import integrity
from clusterportal.clusters.models import Cluster
from clusterportal.labels.domain.validity import (
    ENDLESS,
    Span,
    end_of,
    may_still_renew,
    renewal_window,
    silver_window,
    start_of,
    status_on,
)
from clusterportal.labels.enums import LabelKind, LabelStatus
from clusterportal.labels.models import Label


@dataclass(frozen=True)
class LabelOnDay:
    """A kind of label on a day.

    `spans` are all its terms, `window` is when to act, `renewed` how long it is valid if one does; `last` is the
    label that counts, None where the cluster never held it (`status` is None then): of labels that follow each other
    without a break the last one, so that a label renewed early is valid until its renewal ends.
    """

    kind: LabelKind
    status: LabelStatus | None
    last: Label | None = None
    spans: tuple[Span, ...] = ()
    window: Span | None = None
    renewed: Span | None = None
    is_example: bool = False

    @property
    def label(self) -> str:
        return str(self.kind.label)


def standings(cluster: Cluster, *, as_of: date) -> list[LabelOnDay]:
    """Every kind of label, in the order of the way that a cluster takes; one query."""
    held: dict[str, list[Label]] = {}
    for label in Label.objects.filter(cluster=cluster).order_by("valid_from", "pk"):
        held.setdefault(label.kind, []).append(label)
    return [_standing(kind, held, as_of) for kind in LabelKind]


def span_of(label: Label) -> Span:
    return Span(label.valid_from, label.valid_until)


def status_of(label: Label, *, as_of: date) -> LabelStatus:
    """What the label itself is worth on that day; whether another one followed it, it does not say."""
    return status_on(as_of, label.kind, span_of(label))


def _standing(kind: LabelKind, held: dict[str, list[Label]], as_of: date) -> LabelOnDay:
    own = held.get(kind, [])
    if not own:
        window = _silver_window(held) if kind == LabelKind.SILVER else None
        if window is None or window.end is None or window.end <= as_of:
            return LabelOnDay(kind, None)
        next_term = Span(window.end, end_of(kind, start=window.end, is_renewal=False))
        return LabelOnDay(kind, None, window=window, renewed=next_term, is_example=_any_example(held))
    last, status = _that_counts(own, as_of)
    window = renewal_window(kind, last.valid_until)
    renewed_end = last.valid_until and end_of(kind, start=last.valid_until, is_renewal=True)
    return LabelOnDay(
        kind,
        status,
        last,
        tuple(map(span_of, own)),
        window,
        Span(last.valid_until, renewed_end) if window and last.valid_until and renewed_end else None,
        last.is_example,
    )


def _that_counts(own: list[Label], as_of: date) -> tuple[Label, LabelStatus]:
    """The label that counts on that day among those of one kind, the earliest first, and its status."""
    valid = [number for number, label in enumerate(own) if as_of in span_of(label)]
    if not valid:
        return own[-1], status_of(own[-1], as_of=as_of)
    counting = own[valid[-1]]
    for following in own[valid[-1] + 1 :]:
        if counting.valid_until and following.valid_from <= counting.valid_until:
            counting = following
    return counting, LabelStatus.VALID


def _silver_window(held: dict[str, list[Label]]) -> Span | None:
    """Counted from the first benchmarking, with which the first Bronze label came."""
    bronze = held.get(LabelKind.BRONZE)
    return silver_window(bronze[0].valid_from) if bronze else None


def _any_example(held: dict[str, list[Label]]) -> bool:
    return any(label.is_example for labels in held.values() for label in labels)


def needs_silver(found: Iterable[LabelOnDay]) -> bool:
    """go-cluster asks for the Silver process unless Gold is held: neither is valid, and the window is not open."""
    by_kind = {one.kind: one for one in found}
    if by_kind[LabelKind.GO_CLUSTER].status != LabelStatus.VALID:
        return False
    return not any(
        by_kind[kind].status in (LabelStatus.VALID, LabelStatus.WINDOW)
        for kind in (LabelKind.SILVER, LabelKind.GOLD)
    )


def fill_term(label: Label) -> str:
    """Fill in what the rules say of its validity; returns the name of the column that nobody knows, or nothing.

    What the certificate states (`valid_from`, `valid_until`) goes before the rules.
    """
    former = span_of(label.renews) if label.renews else None
    if label.valid_from is None:
        label.valid_from = start_of(assessed_on=label.assessed_on, renewed=former)
    if label.valid_until is None:
        label.valid_until = end_of(label.kind, start=label.valid_from, is_renewal=former is not None)
    return "" if label.valid_until or label.kind in ENDLESS else "valid_until"


def is_too_late(label: Label) -> bool:
    """The label renews one that could no longer be renewed on the day of the assessment."""
    former = label.renews
    return former is not None and not may_still_renew(
        former.kind, end=former.valid_until, assessed_on=label.assessed_on
    )


def expired_labels() -> Iterator[integrity.IntegrityFinding]:
    """For the check of the registry: labels that ended and that nothing followed."""
    expired = Label.objects.expired_on(timezone.localdate()).select_related("cluster")
    return integrity.found(False, "labels have expired", expired)
