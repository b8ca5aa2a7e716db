"""The cooperation projects behind a network, beside its relations; and where the network can be had as a file."""

from datetime import date

import numpy as np
from django.urls import reverse
from django.utils import timezone

from actors.models import Actor
from clusterportal.clusters.enums import Section
from clusterportal.clusters.models import Cluster, Release
from clusterportal.network.domain.choice import GraphChoice
from clusterportal.network.domain.graph import network_of
from clusterportal.network.domain.groups import NONE, by_main_layer
from clusterportal.network.models import CooperationProject
from clusterportal.pages.presenters.network_filters import NetworkFilters
from clusterportal.pages.presenters.projects import Projects, listed
from layers.models import Layer

_FORMATS = (("GraphML", "graphml"), ("GEXF", "gexf"), ("CSV", "csv"))


def projects_of(filters: NetworkFilters, center: Actor | None) -> Projects | None:
    """The projects that tie the actors of the page: those among the members of one cluster, or those of one actor.

    None where the page is about something else, or where no project is public.
    """
    cluster = one_cluster(filters)
    if filters.chosen("relation") or filters.others or not (center or (cluster and filters.is_inside)):
        return None
    day = date(filters.year, 12, 31) if filters.year else timezone.localdate()
    projects = CooperationProject.objects.public().standing_on(day)
    if filters.year:
        projects = projects.exclude(starts_on=None)
    if cluster and filters.is_inside:
        projects = projects.filter(pk__in=_among_members(cluster, day, filters.pair))
    if center:
        projects = projects.filter(partnerships__actor=center)
    found = listed(projects)
    return found if found.number else None


def one_cluster(filters: NetworkFilters) -> Cluster | None:
    """The cluster that the page is about, where it is one."""
    slugs = filters.chosen("cluster")
    return next((one for one in filters.taxonomy.clusters if [one.slug] == slugs), None)


def exports_of(cluster: Cluster | None) -> list[tuple[str, str]]:
    """(name of the format, address) of the network of a cluster that releases it."""
    if not (cluster and Release.objects.filter(cluster=cluster, section=Section.NETWORK).exists()):
        return []
    address = reverse("api:cluster-network-detail", args=[cluster.slug])
    return [(name, f"{address}?format={code}") for name, code in _FORMATS]


def _among_members(cluster: Cluster, day: date, pair: tuple[int, int] | None) -> set[int]:
    """The keys of the projects behind ties among the members, with `pair` between these two main layers."""
    network = network_of(GraphChoice(as_of=day, cluster=cluster))
    records = network.records
    projects = records.where(records.is_project)
    if pair:
        positions = np.array(Layer.objects.order_by("position").values_list("position", flat=True))
        ends = by_main_layer(network).numbers[network.ties]
        is_between = (ends != NONE).all(axis=1) & (np.sort(positions[ends], axis=1) == pair).all(axis=1)
        projects = projects.where(is_between[projects.place])
    return set(projects.key.tolist())
