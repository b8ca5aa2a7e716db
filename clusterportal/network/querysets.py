"""Which cooperation projects everybody may see, and which stand on a day."""

from datetime import date
from typing import Self

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, QuerySet

from clusterportal.clusters.enums import Section
from clusterportal.clusters.querysets import ClusterRecordQuerySet
from clusterportal.core.languages import column_names
from clusterportal.core.publication import is_published
from clusterportal.network.enums import ProjectStatus


def _released() -> Exists:
    """The leading cluster shows its projects, and everybody may see the cluster."""
    releases = apps.get_model("clusters", "Release").objects.public()
    return Exists(releases.filter(cluster=OuterRef("cluster"), section=Section.PROJECTS))


class ProjectQuerySet(ClusterRecordQuerySet):
    def public(self) -> Self:
        """Published projects of clusters that release theirs."""
        return self.filter(is_published(), _released())

    def standing_on(self, day: date) -> Self:
        """Projects that run on that day; without a start they have always run, without an end they still do."""
        return self.filter(_begun(day), _not_over(day))

    def running_in(self, year: int) -> Self:
        """Projects that run on a day of that year at least."""
        return self.filter(_begun(date(year, 12, 31)), _not_over(date(year, 1, 1)))

    def with_status(self, status: str, *, day: date) -> Self:
        """Projects that are planned, running or ended on that day, as `CooperationProject.status_on` says of one."""
        conditions = {
            ProjectStatus.PLANNED: ~_begun(day),
            ProjectStatus.RUNNING: _begun(day) & _not_over(day),
            ProjectStatus.ENDED: ~_not_over(day),
        }
        return self.filter(conditions[ProjectStatus(status)])

    def without_result(self) -> Self:
        """Projects of which no language says what came of them."""
        return self.filter(**dict.fromkeys(column_names("result"), ""))


class ProjectPartnerQuerySet(QuerySet):
    def public(self) -> Self:
        """Published actors as partners of projects that everybody may see."""
        projects = apps.get_model("network", "CooperationProject").objects.public()
        return self.filter(is_published("actor"), project__in=projects)


def _begun(day: date) -> Q:
    return Q(starts_on=None) | Q(starts_on__lte=day)


def _not_over(day: date) -> Q:
    return Q(ends_on=None) | Q(ends_on__gt=day)
