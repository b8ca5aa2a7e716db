"""The directory as a file: what its filters show, in columns that an import reads again."""

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views import View

from actors.filters import ActorFilterSet
from actors.resources import PublicActorResource
from clusterportal.core.turns import costly
from clusterportal.tables.writer import FORMATS, CannotWrite, pieces


@costly
class ActorExportView(View):
    """`bom=1` is for Excel. Filters that the directory would refuse lead back to it: it says what is wrong."""

    def get(self, request, format):
        if format not in FORMATS:
            raise Http404(_("There is no such format."))
        filterset = ActorFilterSet(request.GET)
        directory = f"{reverse('actors:actor-list')}?{request.GET.urlencode()}"
        if not filterset.is_valid():
            return redirect(directory)
        shown = filterset.selection.actors.by_name()
        try:
            file = pieces(format, PublicActorResource().table(shown), with_bom=request.GET.get("bom") == "1")
        except CannotWrite as error:
            return HttpResponse(str(error), status=409, content_type="text/plain; charset=utf-8")
        response = StreamingHttpResponse(file, content_type=FORMATS[format].media_type)
        response.headers["Content-Disposition"] = f'attachment; filename="actors.{format}"'
        patch_cache_control(response, no_cache=True)
        return response
