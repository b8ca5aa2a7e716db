"""The page on which a cluster's team says what the public sees of its management."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_protect

from clusterportal.clusters.enums import Section
from clusterportal.clusters.models import Cluster, Release
from clusterportal.core.admin_page import admin_page
from clusterportal.history.act_list import read_acts
from clusterportal.history.changes import Source, may_see
from clusterportal.management.domain.releasing import set_releases
from clusterportal.management.forms import WHAT_IS_SHOWN, ReleaseForm
from clusterportal.management.rules import can_release, can_see_cockpit

LATEST = 10  # acts of the history that the page shows


@csrf_protect
def show_releases(request, pk: int):
    cluster = get_object_or_404(Cluster.objects.select_related("region").defer("region__outline"), pk=pk)
    if not can_see_cockpit(request.user, cluster):
        raise PermissionDenied
    if request.method == "POST":
        return _set(request, cluster)
    released = set(Release.objects.filter(cluster=cluster).values_list("section", flat=True))
    context = {
        "title": _("What everybody sees"),
        "opts": Cluster._meta,
        "original": cluster,
        "cluster": cluster,
        "sections": [
            {
                "code": code,
                "label": label,
                "what": WHAT_IS_SHOWN[Section(code)],
                "is_released": code in released,
            }
            for code, label in Section.choices
        ],
        "is_any_released": bool(released),
        "may_release": can_release(request.user, cluster),
        "latest": _history(request.user, cluster),
    }
    return admin_page(request, "admin/management/releases.html", context)


def _set(request, cluster: Cluster):
    form = ReleaseForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Nothing was changed: the form named a part that does not exist."))
        return redirect("admin:clusters_cluster_releases", cluster.pk)
    came, went = set_releases(cluster=cluster, sections=form.cleaned_data["sections"], by=request.user)
    labels = dict(Section.choices)
    for text, changed in ((_("Released: %(parts)s."), came), (_("Withdrawn: %(parts)s."), went)):
        if changed:
            messages.success(
                request, text % {"parts": ", ".join(str(labels[one]) for one in labels if one in changed)}
            )
    if not came and not went:
        messages.info(request, _("Nothing was changed."))
    return redirect("admin:clusters_cluster_releases", cluster.pk)


def _history(user, cluster: Cluster) -> list:
    """Who released and withdrew what, the latest first."""
    if not may_see(user, Release):
        return []
    return read_acts([Source(Release, Q(cluster_id=cluster.pk))], limit=LATEST)
