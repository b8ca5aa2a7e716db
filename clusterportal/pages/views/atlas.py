"""The competence atlas: ready files for everybody, and one's own selection for who may take the registry along."""

from django.contrib.auth.mixins import UserPassesTestMixin
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_cache_control
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from clusterportal.atlas.domain.kept_atlases import is_offered, offered, storage
from clusterportal.atlas.domain.own_atlases import KEPT_FOR, NotNow
from clusterportal.atlas.domain.selecting import MOST_PROFILES, BadSelection
from clusterportal.atlas.models import Atlas
from clusterportal.atlas.rules import can_make
from clusterportal.atlas.tasks import start
from clusterportal.clusters.models import Cluster
from clusterportal.pages.presenters.active_filters import ActiveFilters

REGION = "region"  # in place of a cluster's address
_ROWS = 10  # of one's own atlases


class AtlasView(View):
    """The filters in the address are those of the directory; the form adds cluster, area, layer."""

    def get(self, request):
        return self._show(request)

    def post(self, request):
        """Have the selection set; who may not is told so."""
        if not can_make(request.user):
            return self._show(request, problem=_("Please sign in as a member of the staff."), status=403)
        filters = ActiveFilters(request.POST)
        try:
            atlas = start(query=filters.query, language=get_language() or "de", by=request.user)
        except BadSelection as error:
            return self._show(request, problem=str(error), status=422)
        except NotNow as error:
            return self._show(request, problem=str(error), status=429)
        return redirect("pages:atlas-progress", uid=atlas.uid)

    def _show(self, request, *, problem: str = "", status: int = 200):
        ready = offered()
        language = get_language()
        may_make = can_make(request.user)
        own = Atlas.objects.asked_for().filter(asked_by=request.user) if may_make else Atlas.objects.none()
        filters = ActiveFilters(
            request.POST if request.method == "POST" else request.GET, own=("cluster", "area", "layer")
        )
        context = {
            "main": next((one for one in ready if not one.cluster and one.language == language), None),
            "others": [one for one in ready if not one.cluster and one.language != language],
            "clusters": _by_cluster(ready),
            "may_make": may_make,
            "own": own[:_ROWS],
            "selection": filters,
            "count": filters.filterset.selection.count() if filters.is_valid else 0,
            "most": MOST_PROFILES,
            "days": KEPT_FOR.days,
            "problem": problem,
        }
        response = render(request, "pages/atlas.html", context, status=status)
        # A file that is made or goes is no change of the registry, by which kept answers would be made anew.
        patch_cache_control(response, no_cache=True)
        return response


def _by_cluster(ready: list[Atlas]) -> list[tuple]:
    """(cluster, its atlases) in the order of the clusters."""
    found: dict = {}
    for atlas in ready:
        if atlas.cluster:
            found.setdefault(atlas.cluster, []).append(atlas)
    return [*found.items()]


@require_safe
def ready_file(request, name: str):
    """The file kept ready of the region or a cluster, in the language of the address."""
    atlases = Atlas.objects.standing().filter(language=get_language())
    if name == REGION:
        atlas = get_object_or_404(atlases, cluster=None)
    else:
        atlas = get_object_or_404(atlases, cluster__slug=name, cluster__in=Cluster.objects.published())
    if not is_offered(atlas):
        raise Http404(_("This atlas is being set anew. Please try again in an hour."))
    return _file(atlas, name)


@method_decorator(never_cache, name="dispatch")
class OwnAtlasView(UserPassesTestMixin, View):
    """How far an atlas is that the signed-in person asked for; `htmx` asks for the part that changes."""

    def test_func(self):
        return can_make(self.request.user)

    def get(self, request, uid):
        atlas = get_object_or_404(Atlas.objects.asked_for(), uid=uid, asked_by=request.user)
        context = {"atlas": atlas, "days": KEPT_FOR.days, "is_there": is_offered(atlas)}
        template = "pages/_atlas_progress.html" if request.htmx else "pages/atlas_progress.html"
        return render(request, template, context)


class OwnFileView(OwnAtlasView):
    def get(self, request, uid):
        atlas = get_object_or_404(Atlas.objects.asked_for(), uid=uid, asked_by=request.user)
        if not is_offered(atlas):
            raise Http404(_("This file is not there any more. Please have it set again."))
        return _file(atlas, str(atlas.uid)[:8])


def _file(atlas: Atlas, name: str) -> FileResponse:
    year = atlas.made_at.year if atlas.made_at else ""
    title = _("competence-atlas")
    response = FileResponse(
        storage().open(atlas.file),
        as_attachment=True,
        filename=f"{title}-{year}-{name}-{atlas.language}.pdf",
        content_type="application/pdf",
    )
    patch_cache_control(response, no_cache=True)
    return response
