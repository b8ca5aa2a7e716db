"""How the figures of a network come about, in words, with today's value: the methods of `network.domain.indicators`."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusterportal.clusters.models import Cluster
from clusterportal.core.indicator import Indicator
from clusterportal.network.domain.choice import GraphChoice
from clusterportal.network.domain.graph import network_of
from clusterportal.network.enums import Border
from clusterportal.pages.presenters.indicator_text import said
from clusterportal.pages.presenters.methods import Method

_TEXTS: dict[str, str | Promise] = {
    "network_density": gettext_lazy(
        "The ties that are recorded, divided by all pairs of members: 2m/(n(n-1))."
    ),
    "network_mean_degree": gettext_lazy("Twice the number of ties, divided by the number of members: 2m/n."),
    "network_isolates": gettext_lazy("Members without any recorded tie, divided by all members."),
    "network_components": gettext_lazy(
        "Into how many parts the network falls whose members are joined, directly or through others. A "
        "member without a tie is a part of its own."
    ),
    "network_bridges": gettext_lazy("Ties without which a part would fall into two (Tarjan 1974)."),
    "network_holders": gettext_lazy(
        "Members without whom a part would fall asunder (articulation points, Tarjan 1974)."
    ),
    "network_transitivity": gettext_lazy(
        "Of all pairs of members with a common neighbour the share that are tied themselves: three times the "
        "triangles, divided by the triples."
    ),
    "network_centralisation": gettext_lazy(
        "How much the ties crowd round one member: 0 % where all have equally many, 100 % in a star (Freeman "
        "1979)."
    ),
    "network_core": gettext_lazy(
        "The largest k for which there is a part in which everybody has k ties to others of it (k-core, "
        "Seidman 1983)."
    ),
    "network_constraint": gettext_lazy(
        "How much the neighbours of a member are tied to each other (Burt 1992), as the mean of the members "
        "with a tie. The lower, the more they reach across gaps."
    ),
    "network_ei_layers": gettext_lazy(
        "Ties between main layers less those within one, divided by both: -1 to 1 (Krackhardt and Stern "
        "1988). It depends on the sizes of the groups, so the value to expect stands beside it. Without a "
        "marked main layer the first one counts; placements have no dates."
    ),
    "network_ei_layers_expected": gettext_lazy(
        "The same index with all pairs of members in the place of ties: what it would be if ties fell at "
        "random."
    ),
    "network_ei_cluster": gettext_lazy(
        "Ties that lead out of the cluster less those within it, divided by both: -1 to 1 (Krackhardt and "
        "Stern 1988). It depends on the sizes, so the value to expect stands beside it."
    ),
    "network_ei_cluster_expected": gettext_lazy(
        "The same index with all pairs in the place of ties: of members with each other, and with the other "
        "published actors of the portal."
    ),
    "network_stability": gettext_lazy(
        "Of the ties of this day and of the day a year before the share that were there on both. Relations "
        "without a year count as having always stood."
    ),
    "network_betweenness": gettext_lazy(
        "Of all shortest ways between two other members the share that lead through the one member with the "
        "highest such share (Freeman 1977). A job computes it, exactly, within minutes of a change."
    ),
}


def network_methods(cluster: Cluster, *, today: date) -> dict[str, Callable[[Indicator], Method]]:
    """By code what says how a figure of today comes about, with its value and with what the network is made of."""
    inside = GraphChoice(as_of=today, cluster=cluster)
    described = {border: network_of(replace(inside, border=border)).description for border in Border}

    def method(indicator: Indicator) -> Method:
        on_day = _("On %(day)s: %(value)s.") % {"day": date_format(indicator.as_of), "value": said(indicator)}
        parts = [str(_TEXTS[indicator.method]), on_day]
        if indicator.as_of == today:  # what the job computed may be of a day before
            parts.append(described[_BORDERS.get(indicator.code, Border.INSIDE)])
        return Method(indicator.method, indicator.label, " ".join(parts))

    return dict.fromkeys(_TEXTS, method)


_BORDERS = dict.fromkeys(("network_ei_cluster", "network_ei_cluster_expected"), Border.TOUCHING)
