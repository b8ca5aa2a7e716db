"""What stands on other sites: the script with its elements, and pages for frames. Nothing here sets a cookie."""

from csp.decorators import csp_replace
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from actors.domain.addresses import keys_by_address
from actors.domain.taxonomy import Taxonomy
from actors.models import Actor
from clusterportal.core.content_security import FRAMED
from clusterportal.pages.embed_script import CURRENT
from clusterportal.pages.models import EmbedScript
from clusterportal.pages.presenters.active_filters import ActiveFilters
from clusterportal.pages.presenters.actor_rows import as_rows, narrow, page_of
from clusterportal.pages.presenters.embedding import embed_of
from clusterportal.pages.views.matrix_page import MatrixView

ROWS = 10
THEMES = ("light", "dark")


@require_safe
@gzip_page
def script(request, name: str):
    """A script under the name of its content, for any site and for ever; 404 for one that was never served."""
    text = CURRENT.text if name == CURRENT.name else get_object_or_404(EmbedScript, name=name).text
    return HttpResponse(
        text,
        content_type="text/javascript; charset=utf-8",
        headers={
            "Access-Control-Allow-Origin": "*",  # without it, a browser does not compare the hash but refuses
            "Cross-Origin-Resource-Policy": "cross-origin",
            "Cache-Control": "public, max-age=31536000, immutable",
        },
    )


framed = method_decorator([xframe_options_exempt, csp_replace(FRAMED)], name="dispatch")


@framed
class EmbedDirectoryView(View):
    """The filtered directory. A bad filter is 400, a page that is not there 404; both say so in the frame."""

    def get(self, request):
        filters = ActiveFilters(request.GET, own=("q",))
        filterset, is_valid = filters.filterset, filters.is_valid
        context, exists = {}, True
        if is_valid:
            page, exists = page_of(filterset.listing, request.GET.get("page"), per_page=ROWS)
            actors = narrow(filterset.among(list(page))).listed(list(page))
            page.object_list = as_rows(actors, filters.taxonomy)
            context = {"page": page, "q": request.GET.get("q", "")}
        context |= {
            "selection": filters,
            "page_exists": exists,
            **_frame(request, "directory", filters.params),
        }
        status = 400 if not is_valid else 200 if exists else 404
        return render(request, "embed/directory.html", context, status=status)


@framed
class EmbedMatrixView(MatrixView):
    template_name = "embed/matrix.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"theme": _theme(self.request)}


@framed
class EmbedActorView(View):
    """One actor, by its slug, a former one or its permanent id; 404 for who is not public."""

    def get(self, request, slug):
        key = keys_by_address([slug]).get(slug)
        rows = as_rows(narrow(Actor.objects.published(), also=("website",)).filter(pk=key), Taxonomy())
        row = rows[0] if rows else None
        context = {"row": row, **_frame(request, "actor", slug=row.actor.slug if row else slug)}
        return render(request, "embed/actor.html", context, status=200 if row else 404)


def _frame(request, kind: str, params=None, slug: str = "") -> dict:
    """What every embed page shows: its own equal on the portal, and the theme that the host asks for."""
    return {"embed": embed_of(request, kind, params, slug), "theme": _theme(request)}


def _theme(request) -> str:
    theme = request.GET.get("theme", "")
    return theme if theme in THEMES else ""
