"""What people see after signing in: managers the cockpit of their cluster, everybody else the whole registry."""

from django.contrib import admin
from django.shortcuts import redirect

from clusterportal.clusters.rules import leads_a_cluster

OVERVIEW = "overview"  # parameter of the address: the registry, whoever asks

_registry = admin.site.index


def first_page(request, extra_context=None):
    """The index of the admin; with `overview=1` managers see the registry too."""
    user = request.user
    if user.is_authenticated and user.is_staff and OVERVIEW not in request.GET and leads_a_cluster(user):
        return redirect("admin:clusters_cluster_cockpits")
    return _registry(request, extra_context)
