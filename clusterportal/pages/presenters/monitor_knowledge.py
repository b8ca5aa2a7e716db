"""The knowledge profile of a cluster on its monitor, and where it weighs more than its region."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actors.domain.taxonomy import Taxonomy
from actors.enums import ActorKind
from clusterportal.clusters.models import Cluster
from clusterportal.core.disclosure import too_few
from clusterportal.core.indicator import Reason
from clusterportal.finance.domain.shares import largest_remainder
from clusterportal.lifecycle.domain.knowledge import (
    NETWORKING,
    OF_LAYER,
    Profile,
    is_shown,
    mean_of_others,
    profiles,
    released_clusters,
)
from clusterportal.lifecycle.domain.specialisation import MIN_FOR_QUOTIENT, Weight, weights
from clusterportal.lifecycle.domain.wording import rounded
from clusterportal.lifecycle.enums import Knowledge
from clusterportal.pages.presenters.methods import Method

_RAIL = 50  # per cent that a rail shows; all of it as soon as a share or a mean is greater
_WEAK, _STRONG = 0.8, 1.25  # times the mean of the others, from which on a kind is called weak or strong
_SOURCES = {
    Knowledge.TECHNOLOGICAL: gettext_lazy("Layers 1 and 2"),
    Knowledge.DESIGN: gettext_lazy("Layer 3"),
    Knowledge.INDUSTRY: gettext_lazy("Layers 4 and 5"),
    Knowledge.NETWORK: gettext_lazy("Networks, associations, chambers"),
}


@dataclass(frozen=True)
class Segment:
    """Placements on one layer, by its position; `x` and `width` in per cent of all placements."""

    layer: int
    x: float
    width: float


@dataclass(frozen=True)
class Rail:
    """A kind of knowledge.

    `share` and `share_exact` are `percent` without digits and with one, so that those of all
    kinds add up to 100; `mean` is that of the other clusters in per cent, None where it is not told.
    """

    label: str
    source: str
    url: str
    count: int
    percent: float
    share: int
    share_exact: Decimal
    mean: float | None
    segments: list[Segment]


@dataclass(frozen=True)
class Quotient:
    """A row of the table of weights: `digits` or why there are none."""

    weight: Weight
    url: str
    digits: str
    reason: str


def knowledge(cluster: Cluster, *, today: date) -> dict:
    """Template context of the section on kinds of knowledge.

    It holds says, rails (empty where nothing is shown), scale (per cent that a rail is long), total,
    actors, others (clusters of the mean, 0 without one), layers and areas (Quotient), least, methods.
    """
    others = [one for one in released_clusters() if one.pk != cluster.pk]
    found = profiles([cluster, *others], as_of=today)
    profile = found[cluster.pk]
    mean = mean_of_others(cluster, found)
    taxonomy = Taxonomy()
    rails = _rails(cluster, profile, mean, taxonomy) if is_shown(profile) else []
    highest = max((value for rail in rails for value in (rail.percent, rail.mean or 0)), default=0)
    rows = [_quotient(cluster, one) for one in weights(cluster, taxonomy)]
    return {
        "says": _finding(profile, rails),
        "rails": rails,
        "scale": _RAIL if highest <= _RAIL else 100,
        "total": profile.total,
        "actors": profile.actors,
        "others": len([one for one in others if found[one.pk].total and not too_few(found[one.pk].actors)])
        if mean
        else 0,
        "layers": [row for row in rows if row.weight.facet == "layer"],
        "areas": [row for row in rows if row.weight.facet == "area"],
        "least": MIN_FOR_QUOTIENT,
        "methods": _methods(profile, rails),
    }


def _rails(
    cluster: Cluster, profile: Profile, mean: dict[Knowledge, float] | None, taxonomy: Taxonomy
) -> list[Rail]:
    counts = [Decimal(profile.count(kind)) for kind in Knowledge]
    shares = zip(largest_remainder(counts), largest_remainder(counts, to=1000), strict=True)
    return [
        Rail(
            label=str(kind.label),
            source=str(_SOURCES[kind]),
            url=_directory(cluster, kind, taxonomy),
            count=profile.count(kind),
            percent=profile.percent(kind),
            share=whole,
            share_exact=Decimal(tenths) / 10,
            mean=mean[kind] if mean else None,
            segments=_segments(profile, kind),
        )
        for kind, (whole, tenths) in zip(Knowledge, shares, strict=True)
    ]


def _segments(profile: Profile, kind: Knowledge) -> list[Segment]:
    found: list[Segment] = []
    for layer, number in sorted(profile.placements[kind].items()):
        x = found[-1].x + found[-1].width if found else 0
        found.append(Segment(layer, round(x, 2), round(100 * number / profile.total, 2)))
    return found


def _directory(cluster: Cluster, kind: Knowledge, taxonomy: Taxonomy) -> str:
    """The members behind a kind: those of its layers who are no networks, or the networks."""
    wanted = [("cluster", cluster.slug)]
    if kind == Knowledge.NETWORK:
        wanted += [("kind", one) for one in ActorKind.values if one in NETWORKING]
    else:
        wanted += [("layer", layer.slug) for layer in taxonomy.layers if OF_LAYER[layer.position] == kind]
        wanted += [("kind", one) for one in ActorKind.values if one not in NETWORKING]
    return f"{reverse('actors:actor-list')}?{urlencode(wanted)}"


def _finding(profile: Profile, rails: list[Rail]) -> str:
    """The strongest and the weakest kind beside the other clusters; without these, the most and what is missing."""
    if not rails:
        reason = Reason.TOO_FEW if profile.total else Reason.NOT_RECORDED
        return _("No knowledge profile: %(reason)s.") % {"reason": reason.label}
    missing = [rail.label for rail in rails if not rail.count]
    ratios = [(rail.percent / rail.mean, rail) for rail in rails if rail.mean]
    sentences = []
    if ratios:
        ratio, rail = max(ratios, key=lambda pair: pair[0])
        if ratio >= _STRONG:
            sentences.append(
                _compared(rail, _("Strong: %(kind)s, %(share)s %%; in the other clusters %(mean)s %%."))
            )
        ratio, rail = min(ratios, key=lambda pair: pair[0])
        if ratio <= _WEAK and rail.count:
            sentences.append(
                _compared(rail, _("Weak: %(kind)s, %(share)s %%; in the other clusters %(mean)s %%."))
            )
        if not (sentences or missing):
            sentences.append(_("Mixed as in the other clusters."))
    else:
        most = max(rails, key=lambda rail: rail.count)
        sentences.append(_compared(most, _("Most of it: %(kind)s, %(share)s %%.")))
    if missing:
        sentences.append(_("Missing: %(kinds)s.") % {"kinds": ", ".join(missing)})
    return " ".join(sentences)


def _compared(rail: Rail, text: str) -> str:
    mean = "" if rail.mean is None else rounded(rail.mean, 0)
    return text % {"kind": rail.label, "share": rail.share, "mean": mean}


def _quotient(cluster: Cluster, weight: Weight) -> Quotient:
    query = urlencode([("cluster", cluster.slug), (weight.facet, weight.item.slug)])
    value = weight.quotient
    digits, reason = ("", str(value.label)) if isinstance(value, Reason) else (rounded(value, 2), "")
    url = f"{reverse('actors:actor-list')}?{query}"
    return Quotient(weight=weight, url=url, digits=digits, reason=reason)


def _methods(profile: Profile, rails: list[Rail]) -> list[Method]:
    today = ", ".join(f"{rail.label} {rail.count}" for rail in rails)
    text = _(
        "Each placement of a member on a layer counts once. Of networks, associations and chambers it is network "
        "knowledge; of all others, layers 1 and 2 are technological, layer 3 is design, layers 4 and 5 are "
        "industry knowledge. The assignment is our own. The tick is the mean of the shares in the other "
        "clusters that released this section; of fewer than three it is not told."
    )
    if rails:
        text += " " + _("Today: %(counts)s of %(total)s placements.") % {
            "counts": today,
            "total": profile.total,
        }
    return [
        Method("knowledge", _("Knowledge profile"), text),
        Method(
            "location-quotient",
            _("Location quotient, by actors"),
            _(
                "Share of the cluster's actors on a layer or in an area, divided by the same share in the "
                "region; above 1 the cluster weighs more there. Counted are actors, not staff. The region "
                "are the published actors of all clusters and of their towns; it includes the cluster. Below "
                "%(least)s actors it is not shown."
            )
            % {"least": MIN_FOR_QUOTIENT},
        ),
    ]
