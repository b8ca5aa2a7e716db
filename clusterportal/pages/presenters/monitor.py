"""The monitor of a cluster, put together from its sections."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from clusterportal.clusters.enums import Section
from clusterportal.clusters.models import Cluster
from clusterportal.pages.presenters.methods import Method
from clusterportal.pages.presenters.monitor_brokers import brokers
from clusterportal.pages.presenters.monitor_chain import chain
from clusterportal.pages.presenters.monitor_criteria import criteria
from clusterportal.pages.presenters.monitor_key_figures import key_figures
from clusterportal.pages.presenters.monitor_knowledge import knowledge
from clusterportal.pages.presenters.monitor_labels import labels
from clusterportal.pages.presenters.monitor_life_cycle import life_cycle
from clusterportal.pages.presenters.monitor_network_years import network_years
from clusterportal.pages.presenters.monitor_sankey import sankey
from clusterportal.pages.presenters.projects import projects


class MonitorSection(NamedTuple):
    """A section of the page: what must be released, what computes it, what shows it.

    `compute(cluster, today=…)` gives the context of its template as a dictionary, with `methods` among it.
    """

    section: Section
    compute: Callable[..., dict]
    template: str


# In the order of the page.
SECTIONS = (
    MonitorSection(Section.INDICATORS, key_figures, "management/monitor/_key_figures.html"),
    MonitorSection(Section.LIFE_CYCLE, life_cycle, "management/monitor/_life_cycle.html"),
    MonitorSection(Section.LIFE_CYCLE, knowledge, "management/monitor/_knowledge.html"),
    MonitorSection(Section.NETWORK, network_years, "management/monitor/_network_years.html"),
    MonitorSection(Section.NETWORK, brokers, "management/monitor/_brokers.html"),
    MonitorSection(Section.NETWORK, sankey, "management/monitor/_sankey.html"),
    MonitorSection(Section.PROJECTS, projects, "management/monitor/_projects.html"),
    MonitorSection(Section.CRITERIA, criteria, "management/monitor/_criteria.html"),
    MonitorSection(Section.LABELS, labels, "management/monitor/_labels.html"),
    MonitorSection(Section.KPIS, chain, "management/monitor/_chain.html"),
)


@dataclass(frozen=True)
class Shown:
    """A section on its way to the page; `is_released` is False in the team's preview alone."""

    template: str
    context: dict
    is_released: bool


def sections(
    cluster: Cluster, released: Collection[str], *, today: date, is_preview: bool = False
) -> list[Shown]:
    """The released sections in their order, for the team also those that are not."""
    return [
        Shown(one.template, one.compute(cluster, today=today), one.section in released)
        for one in SECTIONS
        if is_preview or one.section in released
    ]


def methods_of(shown: Collection[Shown]) -> tuple[list[Method], list[Method]]:
    """The methods of what the page shows, and those of figures that stand in the API alone; each anchor once.

    Later sections say better than the key figures how their own come about.
    """
    own = {method.anchor: method for one in shown for method in one.context.get("methods", ())}
    further = {method.anchor: method for one in shown for method in one.context.get("further_methods", ())}
    return list(own.values()), [method for anchor, method in further.items() if anchor not in own]
