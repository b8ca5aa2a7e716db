"""The figures of a cluster's network, each with what it is of, or the reason why there is none."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from math import comb

import numpy as np
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from actors.models import Actor, Membership
from actors.querysets import not_known_on
from clusterportal.clusters.kept_figures import kept_figures
from clusterportal.clusters.models import Cluster
from clusterportal.core.calendar_days import year_before
from clusterportal.core.disclosure import is_dominated, too_few
from clusterportal.core.indicator import Indicator, Reason
from clusterportal.network.domain import measures
from clusterportal.network.domain.choice import GraphChoice
from clusterportal.network.domain.graph import Network, network_of
from clusterportal.network.domain.groups import by_main_layer
from clusterportal.network.domain.measures import Measured
from clusterportal.network.enums import Border
from clusterportal.network.models import Betweenness


@kept_figures
def indicators_of(cluster: Cluster, *, as_of: date, public: bool = True) -> list[Indicator]:
    """The figures of the network among the members of a cluster on a day; `public`: of what everybody may see.

    Of a past day of which nobody knows the members there are none, and none that need what has no dates: the layers
    on which actors stand, and who was published.
    """
    is_past = as_of < timezone.localdate()
    network = network_of(GraphChoice(as_of=as_of, cluster=cluster, public=public))
    unsaid = _unknown(cluster, as_of, public=public) if is_past else None
    about = _About(cluster, as_of, network.size, unsaid or _hidden(network), is_past=is_past)
    return [
        *_live(network, about),
        *_across_layers(network, about),
        *_out_of_the_cluster(network, about),
        _stability(network, about),
        _highest_betweenness(about),
    ]


def measured_of(network: Network) -> list[Indicator]:
    """The figures that follow from a network alone, as it was chosen."""
    choice = network.choice
    assert choice.as_of
    about = _About(choice.cluster, choice.as_of, network.size, _hidden(network))
    return list(_live(network, about))


def _unknown(cluster: Cluster, day: date, *, public: bool) -> Reason | None:
    memberships = Membership.objects.public() if public else Membership.objects.all()
    unknown = memberships.filter(not_known_on(day), cluster=cluster)
    return Reason.NOT_RECORDED if unknown.exists() else None


def _hidden(network: Network) -> Reason | None:
    """Why the figures of a network are not published: few actors, or ties of one or two of them alone."""
    if not network.choice.public:
        return None
    if too_few(network.size):
        return Reason.TOO_FEW
    degrees = np.bincount(network.ties.ravel(), minlength=network.size)
    return Reason.HIDDEN if is_dominated(degrees.tolist()) else None


@dataclass(frozen=True)
class _About:
    """What the figures of one network share."""

    cluster: Cluster | None
    as_of: date
    actors: int
    unsaid: Reason | None  # why no figure is told, whatever it says
    is_past: bool = False

    def told(self, code: str, unit: str, value: Measured) -> Indicator:
        """The figure `network_<code>`."""
        code = f"network_{code}"
        if self.unsaid == Reason.NOT_RECORDED or (self.unsaid and not isinstance(value, Reason)):
            value = self.unsaid
        said = {"reason": value} if isinstance(value, Reason) else {"value": value}
        return Indicator(
            code,
            str(NAMES[code]),
            unit,
            self.as_of,
            code,
            actors=None if self.unsaid == Reason.NOT_RECORDED else self.actors,
            records=self.records,
            **said,
        )

    @property
    def records(self) -> str:
        query = {"cluster": self.cluster.slug} if self.cluster else {}
        return f"{reverse('pages:network')}?{urlencode(query)}"


def _percent(value: Measured) -> Measured:
    return value if isinstance(value, Reason) else 100 * value


def _counted(network: Network, count: int) -> Measured:
    """A count over ties: nought says something only where ties are recorded."""
    if not network.size:
        return Reason.TOO_FEW
    return count if len(network.ties) else Reason.NO_RELATIONS


def _core(network: Network) -> Measured:
    return _counted(network, max(measures.core_numbers(network).tolist(), default=0))


def _mean_constraint(network: Network) -> Measured:
    values = [one for one in measures.constraints(network) if not isinstance(one, Reason)]
    return sum(values) / len(values) if values else _counted(network, 0)


# What the figures `network_<code>` are called.
_NAMES = {
    "density": _("Network density"),
    "mean_degree": _("Ties an actor"),
    "isolates": _("Actors without a tie"),
    "components": _("Connected parts"),
    "bridges": _("Ties that alone hold parts together"),
    "holders": _("Actors who alone hold parts together"),
    "transitivity": _("Closed triples"),
    "centralisation": _("Centralisation of ties"),
    "core": _("Ties of everybody in the core"),
    "constraint": _("Constraint, mean of the actors"),
    "ei_layers": _("Ties across layers, E-I index"),
    "ei_layers_expected": _("Ties across layers, expected at random"),
    "ei_cluster": _("Ties out of the cluster, E-I index"),
    "ei_cluster_expected": _("Ties out of the cluster, expected at random"),
    "stability": _("Ties that were there a year before"),
    "betweenness": _("Shortest paths through one actor, at most"),
}
NAMES = {f"network_{code}": name for code, name in _NAMES.items()}

# Code, unit and formula of what is cheap enough for a page.
_LIVE: tuple[tuple[str, str, Callable[[Network], Measured]], ...] = (
    ("density", "%", lambda one: _percent(measures.density(one))),
    ("mean_degree", "", measures.mean_degree),
    ("isolates", "%", lambda one: _percent(measures.share_of_isolates(one))),
    ("components", "", lambda one: _counted(one, len(measures.component_sizes(one)))),
    ("bridges", "", lambda one: _counted(one, len(measures.bridges(one)))),
    ("holders", "", lambda one: _counted(one, len(measures.articulation_points(one)))),
    ("transitivity", "%", lambda one: _percent(measures.transitivity(one))),
    ("centralisation", "%", lambda one: _percent(measures.degree_centralisation(one))),
    ("core", "", _core),
    ("constraint", "", _mean_constraint),
)


def _live(network: Network, about: _About) -> Iterator[Indicator]:
    for code, unit, formula in _LIVE:
        yield about.told(code, unit, formula(network))


def _across_layers(network: Network, about: _About) -> Iterator[Indicator]:
    """Whether ties lead out of main layers, beside the value to expect if ties fell at random."""
    index: Measured = Reason.NOT_RECORDED
    expected: Measured = Reason.NOT_RECORDED
    if not about.is_past:
        groups = by_main_layer(network)
        index = measures.e_i_index(*measures.ties_of_groups(network, groups))
        expected = measures.e_i_index(*measures.pairs_of_groups(groups), missing=Reason.NOT_DEFINED)
    yield about.told("ei_layers", "", index)
    yield about.told("ei_layers_expected", "", expected)


def _out_of_the_cluster(network: Network, about: _About) -> Iterator[Indicator]:
    """Whether ties lead out of the cluster, beside the value to expect if ties fell at random."""
    index: Measured = Reason.NOT_RECORDED
    expected: Measured = Reason.NOT_RECORDED
    if not about.is_past:
        around = network_of(replace(network.choice, border=Border.TOUCHING))
        everybody = Actor.objects.published() if network.choice.public else Actor.objects.all()
        outside = max(everybody.count() - network.size, 0)
        index = measures.e_i_index(len(around.ties) - len(network.ties), len(network.ties))
        expected = measures.e_i_index(
            network.size * outside, comb(network.size, 2), missing=Reason.NOT_DEFINED
        )
        if network.choice.public and not about.unsaid and is_dominated(_outer_degrees(around)):
            index = Reason.HIDDEN
    yield about.told("ei_cluster", "", index)
    yield about.told("ei_cluster_expected", "", expected)


def _outer_degrees(around: Network) -> list[int]:
    """Ties of each member that lead out of the cluster."""
    leading_out = around.ties[~around.is_inside[around.ties].all(axis=1)]
    return np.bincount(leading_out.ravel(), minlength=around.size)[around.is_inside].tolist()


def _stability(network: Network, about: _About) -> Indicator:
    before = network_of(replace(network.choice, as_of=year_before(about.as_of)))
    share = _percent(measures.tie_stability(before, network))
    return about.told("stability", "%", share)


def _highest_betweenness(about: _About) -> Indicator:
    """The highest value of an actor, of the day of its job; none for a day before that."""
    assert about.cluster
    stored = Betweenness.objects.filter(cluster=about.cluster, as_of__lte=about.as_of).first()
    if stored is None:
        return about.told("betweenness", "%", Reason.NOT_RECORDED)
    unsaid = Reason.TOO_FEW if too_few(len(stored.actors)) else about.unsaid
    of_its_day = _About(about.cluster, stored.as_of, len(stored.actors), unsaid)
    value = 100 * max(stored.values) if stored.tie_count else Reason.NO_RELATIONS
    return of_its_day.told("betweenness", "%", value)
