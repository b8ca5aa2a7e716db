"""The criteria of a cluster as people read them: live, as of a day."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.utils import timezone

from clusterportal.clusters.models import Cluster
from clusterportal.labels.domain import wording
from clusterportal.labels.domain.facts import Facts, Figures
from clusterportal.labels.domain.rules import RULES, USUAL, MeasuredCriterion, Number, threshold_of
from clusterportal.labels.domain.wording import Link
from clusterportal.labels.enums import CriterionKind, Verdict
from clusterportal.labels.models import Criterion


@dataclass(frozen=True)
class Checked:
    """One criterion with what was found.

    All texts are for people, in the active language: `value` is empty where the verdict says all, `why` is the
    evidence, `links` are the words of it that lead to actors, `shortfall` says how much is missing. `sources` are the
    abbreviations of the lists that ask for it.
    """

    code: str
    label: str
    value: str
    verdict: Verdict
    why: str = ""
    shortfall: str = ""
    links: tuple[Link, ...] = ()
    sources: tuple[str, ...] = ()


def criteria(cluster: Cluster, *, as_of: date | None = None) -> list[Checked]:
    """What labels usually ask for, over the published and cleared members; three queries, and the region's."""
    facts = Facts(cluster, as_of or timezone.localdate())
    return [check(code, threshold_of(RULES[code], cluster), facts) for code in USUAL]


def check(code: str, threshold: Number, facts: Facts) -> Checked:
    """One rule, carried out and put into words with its evidence. Raises KeyError for a code that is no rule."""
    found = RULES[code].measure(facts, threshold)
    return replace(
        _answered(code, threshold, found),
        why=wording.why_of(code, found),
        links=tuple(wording.links_of(code, found, facts)),
    )


def check_stated(code: str, threshold: Number, figures: Figures) -> Checked:
    """The same rule over what somebody states: there is no evidence. Raises KeyError for a code that is no rule."""
    return _answered(code, threshold, RULES[code].measure(figures, threshold))


def _answered(code: str, threshold: Number, found: MeasuredCriterion) -> Checked:
    return Checked(
        code,
        wording.label_of(code, threshold),
        wording.value_of(code, found),
        found.verdict,
        shortfall=wording.shortfall_of(code, found, threshold),
    )


def chosen_criteria(cluster: Cluster) -> list[Criterion]:
    """The criteria of the lists that the cluster goes by; one query."""
    chosen = Criterion.objects.filter(criteria_set__choices__cluster=cluster).select_related("criteria_set")
    return list(chosen.order_by("criteria_set__position", "criteria_set", "position", "pk"))


def live(cluster: Cluster, chosen: Iterable[Criterion], *, as_of: date) -> list[Checked]:
    """The computed ones among `chosen`: met, not met, not recorded. What several lists ask for stands once."""
    facts = Facts(cluster, as_of)
    found: dict[tuple[str, Number], Checked] = {}
    for criterion in chosen:
        if criterion.kind != CriterionKind.COMPUTED or criterion.rule not in RULES:
            continue
        threshold = asked(criterion, cluster)
        key, source = (criterion.rule, threshold), criterion.criteria_set.abbreviation
        if key in found:
            found[key] = replace(found[key], sources=(*found[key].sources, source))
        else:
            found[key] = replace(check(criterion.rule, threshold, facts), sources=(source,))
    order = list(Verdict)
    return sorted(found.values(), key=lambda one: order.index(one.verdict))


def asked(criterion: Criterion, cluster: Cluster) -> Number:
    """What a computed criterion asks of the cluster: what its list says, else the usual."""
    if criterion.threshold is None:
        return threshold_of(RULES[criterion.rule], cluster)
    whole = int(criterion.threshold)
    return whole if whole == criterion.threshold else criterion.threshold
