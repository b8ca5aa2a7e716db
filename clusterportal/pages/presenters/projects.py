"""Cooperation projects as public pages list them: with their partners, and what they are about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actors.models import Actor
from applications.models import ApplicationArea
from clusterportal.clusters.enums import Section
from clusterportal.clusters.models import Cluster
from clusterportal.core.publication import is_published
from clusterportal.network.enums import ProjectStatus
from clusterportal.network.models import CooperationProject, ProjectPartner
from clusterportal.pages.presenters.methods import Method

MOST_PROJECTS = 30


@dataclass(frozen=True)
class Projects:
    """Some projects, each with `public_partners` and `public_areas`, and how many there are in all."""

    shown: Sequence[CooperationProject]
    number: int

    @property
    def more(self) -> int:
        return self.number - len(self.shown)


def listed(projects: QuerySet[CooperationProject]) -> Projects:
    """The latest of `projects`, which everybody may see, with all that their rows show; at most five queries."""
    partners = ProjectPartner.objects.filter(is_published("actor")).select_related("actor")
    areas = ApplicationArea.objects.active().order_by("position", "slug")
    found = projects.prefetch_related(
        Prefetch("partnerships", partners, to_attr="public_partners"),
        Prefetch("areas", areas, to_attr="public_areas"),
        "layers",
    )
    shown = list(found[: MOST_PROJECTS + 1])
    number = len(shown) if len(shown) <= MOST_PROJECTS else projects.count()
    return Projects(shown[:MOST_PROJECTS], number)


def projects_of_actor(actor: Actor) -> Projects:
    """The public projects in which an actor takes part; examples are nobody's."""
    own = CooperationProject.objects.public().filter(partnerships__actor=actor, is_example=False)
    return listed(own.prefetch_related("cluster"))  # most actors have none, and then need not ask for it


def projects_led_by(cluster: Cluster) -> Projects:
    """The public projects that a cluster leads."""
    return listed(CooperationProject.objects.public().filter(cluster=cluster))


def projects(cluster: Cluster, *, today: date) -> dict:
    """Context of `management/monitor/_projects.html`.

    says, projects (Projects), methods. A preview shows what is published before the cluster releases it.
    """
    known = CooperationProject.objects.filter(is_published(), cluster=cluster)
    running = known.filter(is_example=False).with_status(ProjectStatus.RUNNING, day=today).count()
    found = listed(known)
    text = _(
        "Published projects that the cluster leads; documented examples are shown and not counted. A project runs "
        "from its first to its last day. Where no first day is recorded, it counts as begun long ago; where no last "
        "day is recorded, as still running."
    )
    return {
        "says": _says(found, running),
        "projects": found,
        "methods": [Method("projects", str(Section.PROJECTS.label), text)],
    }


def _says(found: Projects, running: int) -> str:
    if not found.number:
        return _("No cooperation project is recorded.")
    if not running:
        return _("No cooperation project is running today.")
    text = ngettext("%(number)s project is running today.", "%(number)s projects are running today.", running)
    return text % {"number": running}
