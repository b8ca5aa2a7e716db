"""Pages about the management of a cluster: each there only where the cluster released its part."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from clusterportal.clusters.enums import Section
from clusterportal.clusters.models import Cluster, Release

# Pages of a cluster beside its overview, each with the part that must be released; None: any part.
PAGES = (
    ("clusters:monitor", gettext_lazy("Monitor"), None),
    ("clusters:action-plan", gettext_lazy("Action plan"), Section.ACTION_PLAN),
    ("clusters:matchmaking", gettext_lazy("Matchmaking"), Section.MATCHMAKING),
    ("clusters:financing", gettext_lazy("Financing"), Section.FINANCING),
)


class ReleasedView(TemplateView):
    """A page of a cluster's management; `section` must be released, or with None any section at all.

    Context: cluster, released (the sections), pages (name of the address, label, path, is it this one).
    """

    template_name = "management/base.html"
    section: Section | None = None
    page = ""  # name of its address

    def get_context_data(self, **kwargs):
        cluster = self.published(kwargs["slug"])
        released = released_sections(cluster)
        if not self.may_see(cluster, released):
            raise Http404
        return super().get_context_data(
            **kwargs, cluster=cluster, released=released, pages=pages_of(cluster, released, current=self.page)
        )

    def published(self, slug: str) -> Cluster:
        """The cluster at this address. Raises Http404."""
        return get_object_or_404(Cluster.objects.published().with_region(), slug=slug)

    def may_see(self, cluster: Cluster, released: frozenset[str]) -> bool:
        """Whether the one who asks may see this page."""
        return self.section in released if self.section else bool(released)


def released_sections(cluster: Cluster) -> frozenset[str]:
    """What the cluster has released of its management; one query."""
    return frozenset(Release.objects.filter(cluster=cluster).values_list("section", flat=True))


def pages_of(cluster: Cluster, released: frozenset[str], *, current: str) -> list[dict]:
    """The overview and the released pages of a cluster; none where the overview would stand alone."""
    shown = [
        (name, label) for name, label, section in PAGES if (section in released if section else released)
    ]
    if not shown:
        return []
    return [
        {"label": label, "url": reverse(name, args=[cluster.slug]), "is_current": name == current}
        for name, label in [("clusters:cluster-detail", _("Overview")), *shown]
    ]
