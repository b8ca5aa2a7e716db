"""The monitor of a cluster: what its management releases, and the preview of the whole for its team."""

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_cache_control

from actors.domain.taxonomy import Taxonomy
from actors.facets.index_loading import current_index
from actors.facets.selection import Selection
from clusterportal.clusters.enums import Section
from clusterportal.clusters.models import Release
from clusterportal.clusters.rules import can_manage
from clusterportal.core.turns import costly
from clusterportal.management.domain.indicators import all_indicators
from clusterportal.pages.presenters.matrix_figures import layer_counts
from clusterportal.pages.presenters.monitor import methods_of, sections
from clusterportal.pages.views.released import ReleasedView, released_sections
from clusterportal.tables.writer import FORMATS, csv_lines

PREVIEW = "preview"  # parameter of the address
_COLUMNS = ["code", "label", "value", "unit", "reason", "as_of", "actors"]


@costly
class MonitorView(ReleasedView):
    """`?preview=1` shows members of the team the whole page, and says what is not released.

    `?format=csv` gives the figures as a table. Context: that of ReleasedView; today, shown (presenters.monitor.Shown),
    methods, further_methods, cells (members on each layer), has_figures (may they be downloaded?), is_preview.
    """

    template_name = "management/monitor.html"
    page = "clusters:monitor"

    def get(self, request, *args, **kwargs):
        if request.GET.get("format") == "csv":
            return self._csv(kwargs["slug"])
        response = super().get(request, *args, **kwargs)
        if request.GET.get(PREVIEW):
            patch_cache_control(response, private=True, no_store=True)
        return response

    def may_see(self, cluster, released) -> bool:
        self.is_preview = bool(self.request.GET.get(PREVIEW)) and _is_on_team(self.request.user, cluster)
        return self.is_preview or bool(released)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        cluster, released, today = context["cluster"], context["released"], timezone.localdate()
        shown = sections(cluster, released, today=today, is_preview=self.is_preview)
        taxonomy = Taxonomy()
        chosen = Selection(current_index(taxonomy.version)).having("cluster", [cluster.slug])
        methods, further = methods_of(shown)
        return context | {
            "today": today,
            "shown": shown,
            "methods": methods,
            "further_methods": further,
            "cells": layer_counts(taxonomy.layers, chosen.counts("layer")),
            "has_figures": Section.INDICATORS in released,
            "is_preview": self.is_preview,
        }

    def _csv(self, slug: str):
        """The figures that the API gives, as a table. Raises Http404 where they are not released."""
        cluster = self.published(slug)
        if Section.INDICATORS not in released_sections(cluster):
            raise Http404
        found = all_indicators(cluster, as_of=timezone.localdate())
        rows = [
            [one.code, one.label, one.value, one.unit, one.reason, one.as_of, one.actors] for one in found
        ]
        response = HttpResponse("".join(csv_lines([_COLUMNS, *rows])), content_type=FORMATS["csv"].media_type)
        response.headers["Content-Disposition"] = f'attachment; filename="{slug}-indicators.csv"'
        return response


def _is_on_team(user, cluster) -> bool:
    return can_manage(user, Release(cluster=cluster), "view")
