"""The admin of clusters, with the cockpit of each and the page on which its team says what the public sees."""

from collections.abc import Callable

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import path

from clusterportal.clusters.admin import ClusterAdmin
from clusterportal.clusters.models import Cluster
from clusterportal.management.admin.cockpit import show_cockpit
from clusterportal.management.admin.releases import show_releases

CHOSEN = "cockpit_cluster"  # in the session: the cluster whose cockpit was opened last

admin.site.unregister(Cluster)


@admin.register(Cluster)
class ManagedClusterAdmin(ClusterAdmin):
    def get_urls(self):
        own: dict[str, tuple[str, Callable]] = {  # route: name and view
            "cockpit/": ("cockpits", self.to_cockpit),
            "releases/": ("all_releases", self.to_releases),
            "<int:pk>/cockpit/": ("cockpit", self.cockpit),
            "<int:pk>/releases/": ("releases", show_releases),
        }
        return [
            path(route, self.admin_site.admin_view(view), name=f"clusters_cluster_{name}")
            for route, (name, view) in own.items()
        ] + super().get_urls()

    def cockpit(self, request, pk):
        response = show_cockpit(request, pk)
        request.session[CHOSEN] = pk
        return response

    def to_cockpit(self, request):
        """Leads to the cockpit of the cluster that was looked at last, or of the first one."""
        return redirect("admin:clusters_cluster_cockpit", chosen_cluster(request))

    def to_releases(self, request):
        return redirect("admin:clusters_cluster_releases", chosen_cluster(request))


def chosen_cluster(request) -> int:
    """The primary key of the cluster that the person is at. Raises PermissionDenied for people without one."""
    keys = list(Cluster.objects.curated_by(request.user).values_list("pk", flat=True))
    if not keys:
        raise PermissionDenied
    last = request.session.get(CHOSEN)
    return last if last in keys else keys[0]
