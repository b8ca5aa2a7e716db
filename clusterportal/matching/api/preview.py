"""What a client shows of one actor beside its table: a small page for a frame, and the same inside of JSON."""

from csp.decorators import csp_replace
from django.http import Http404, HttpResponse
from django.template.loader import render_to_string
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.clickjacking import xframe_options_exempt
from drf_spectacular.utils import extend_schema
from rest_framework.renderers import BaseRenderer
from rest_framework.response import Response

from actors.models import Actor
from clusterportal.core.api.parameters import parameter
from clusterportal.core.api.problems import InvalidParameters
from clusterportal.core.api.views import PublicView
from clusterportal.matching.api import schemas
from clusterportal.matching.domain.properties import actors_by_uid

ID = parameter(
    "id",
    _("The permanent id of an actor."),
    {"type": "string", "format": "uuid"},
    required=True,
    example="00000000-0000-4000-8000-000000000000",
)


class HtmlFormat(BaseRenderer):
    """A small page; the view writes it itself."""

    media_type = "text/html"
    format = "html"


class _OneActorView(PublicView):
    tag = "partners"

    def own_parameters(self) -> list:
        return [ID]

    def actor(self) -> Actor:
        uid = self.request.query_params.get("id")
        if uid is None:
            raise InvalidParameters({"id": [_("This parameter is required.")]})
        if not (found := actors_by_uid([uid]).get(uid)):
            raise Http404(_("There is no published actor with this id."))
        return found

    def page(self, actor: Actor, template: str) -> str:
        context = {"actor": actor, "url": self.addresses.of("actors:actor-detail", actor.slug)}
        return render_to_string(template, context | {"language": self.language.spoken})


@method_decorator([xframe_options_exempt, csp_replace({"frame-ancestors": ["*"]})], name="dispatch")
class PreviewView(_OneActorView):
    """A page of its own that every site may frame; it loads its style sheet and nothing else."""

    about = _("A small page about one actor, for a frame")
    renderer_classes = [HtmlFormat]

    @extend_schema(responses={(200, "text/html"): {"type": "string"}})
    def get(self, request):
        return HttpResponse(self.page(self.actor(), "matching/preview.html"))


class FlyoutView(_OneActorView):
    """The same without head and style, to be set into a client's own page."""

    about = _("What a client shows of one actor beside a suggestion")

    @extend_schema(responses={(200, "application/json"): schemas.FLYOUT})
    def get(self, request):
        actor = self.actor()
        return Response({"id": str(actor.uid), "html": self.page(actor, "matching/_preview.html")})
