"""The network of a cluster and its cooperation projects, where the cluster releases them."""

from collections.abc import Iterable

from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.response import Response

from actors.enums import RelationKind
from actors.models import Actor
from applications.models import ApplicationArea
from clusterportal.clusters.enums import Section
from clusterportal.clusters.models import Cluster, Release
from clusterportal.core.api.formats import JsonFormat
from clusterportal.core.api.indicators import AS_OF, day_asked_for
from clusterportal.core.api.paging import ExamplePaging
from clusterportal.core.api.parameters import chosen_code, chosen_codes, codes, parameter
from clusterportal.core.api.problems import InvalidParameters
from clusterportal.core.api.views import Parameters, PublicView, PublicViewSet
from clusterportal.core.turns import costly
from clusterportal.network.api import examples, files
from clusterportal.network.api.serializers import NetworkSerializer, ProjectSerializer
from clusterportal.network.domain.choice import ALL_KINDS, GraphChoice
from clusterportal.network.domain.graph import network_of
from clusterportal.network.domain.indicators import measured_of
from clusterportal.network.domain.network_records import records_of
from clusterportal.network.models import CooperationProject, ProjectPartner
from layers.models import Layer

FORMATS = [JsonFormat, files.GraphMlFormat, files.GexfFormat, files.CsvFormat]
_FIRST, _LAST = 1900, 2100
_YEARS = {"type": "integer", "minimum": _FIRST, "maximum": _LAST}


def released(slug: str, section: Section) -> Cluster:
    """The published cluster that shows this part of its management. Raises Http404."""
    cluster = get_object_or_404(Cluster.objects.published().with_region(), slug=slug)
    if not Release.objects.filter(cluster=cluster, section=section).exists():
        raise Http404
    return cluster


@costly
class NetworkView(PublicView):
    """Who of a cluster works with whom: its published, cleared members and what is public between them."""

    about = _(
        "The network of a cluster with its measures, where it releases it; also as GraphML, GEXF and CSV"
    )
    tag = "clusters"
    renderer_classes = FORMATS
    serializer_class = NetworkSerializer

    def own_parameters(self) -> Parameters:
        return [
            AS_OF,
            codes("kind", _("Kinds of relation."), RelationKind.values),
            parameter(
                "projects", _("Whether cooperation projects tie their partners."), enum=["true", "false"]
            ),
        ]

    @extend_schema(
        responses={
            (200, "application/json"): NetworkSerializer,
            **{(200, one.media_type): OpenApiTypes.STR for one in FORMATS[1:]},
        },
        examples=[
            OpenApiExample("released", examples.NETWORK, response_only=True, media_type="application/json")
        ],
    )
    def get(self, request, slug):
        """All of it in one answer: a network in pages would be none."""
        params = request.query_params
        kinds = chosen_codes(params, "kind", RelationKind.values)
        choice = GraphChoice(
            as_of=day_asked_for(params.get("as_of", "")),
            cluster=released(slug, Section.NETWORK),
            kinds=frozenset(kinds) or ALL_KINDS,
            with_projects=chosen_code(params, "projects", ["true", "false"]) != "false",
        )
        network = network_of(choice)
        shown = records_of(network)
        if (renderer := request.accepted_renderer).format != "json":
            name, about = f"network-{slug}", network.description
            return files.as_file(shown, type(renderer), name=name, description=about)
        answer = {
            "choice": {**vars(choice), "kinds": sorted(choice.kinds)},
            "description": network.description,
            "nodes": shown.nodes,
            "ties": shown.ties,
            "measures": measured_of(network),
        }
        context = self.get_serializer_context() | {"cluster": choice.cluster}
        return Response(NetworkSerializer(answer, context=context).data)


class ProjectViewSet(PublicViewSet):
    """The published cooperation projects that a cluster leads, where it releases them."""

    about = {"list": _("The cooperation projects of a cluster, where it releases them")}
    tag = "clusters"
    serializer_class = ProjectSerializer
    pagination_class = ExamplePaging
    orderings = {
        "-starts_on": ("-starts_on",),
        "starts_on": ("starts_on",),
        "ends_on": ("ends_on",),
        "-updated_at": ("-updated_at",),
    }

    def own_parameters(self) -> Parameters:
        return [
            parameter("year", _("Projects that run in this year."), _YEARS),
            codes("area", _("Slugs of application areas."), example="health-medtech"),
            codes("layer", _("Slugs of layers."), example="applied-research"),
            codes("partner", _("Slugs of actors of whom one is a partner."), example="dfki"),
            *super().own_parameters(),
        ]

    @extend_schema(examples=[OpenApiExample("released", examples.PROJECT, response_only=True)])
    def list(self, request, **kwargs):
        return super().list(request, **kwargs)

    def get_serializer_context(self) -> dict:
        return super().get_serializer_context() | {"today": timezone.localdate()}

    def get_queryset(self):
        cluster = released(self.kwargs["slug"], Section.PROJECTS)
        projects = CooperationProject.objects.public().filter(cluster=cluster)
        partners = ProjectPartner.objects.public().select_related("actor")
        return (
            self._filtered(projects)
            .distinct()
            .prefetch_related(
                Prefetch("partnerships", partners, to_attr="public_partners"),
                Prefetch(
                    "areas",
                    ApplicationArea.objects.active().order_by("position", "slug"),
                    to_attr="public_areas",
                ),
                Prefetch("layers", Layer.objects.order_by("position"), to_attr="public_layers"),
            )
        )

    def _filtered(self, projects):
        """Those of the projects that the parameters ask for. Raises InvalidParameters, which names the valid values."""
        params = self.request.query_params
        if year := params.get("year"):
            if not _FIRST <= int(year) <= _LAST:
                raise InvalidParameters({"year": [_("Give a year from 1900 to 2100.")]})
            projects = projects.running_in(int(year))
        for name, known in (("area", ApplicationArea.objects.active()), ("layer", Layer.objects.all())):
            if params.get(name):
                asked = chosen_codes(params, name, list(known.values_list("slug", flat=True)))
                projects = projects.filter(**{f"{name}s__slug__in": asked})
        if params.get("partner"):
            partners = ProjectPartner.objects.public().filter(
                actor__in=self._partners(params.getlist("partner"))
            )
            projects = projects.filter(pk__in=partners.values("project"))
        return projects

    def _partners(self, values: Iterable[str]):
        asked = {slug for value in values for slug in value.split(",") if slug}
        actors = Actor.objects.published().filter(slug__in=asked)
        if missing := asked - set(actors.values_list("slug", flat=True)):
            text = _("There is no published actor with the slug “%(slug)s”.") % {"slug": min(missing)[:100]}
            raise InvalidParameters({"partner": [text]})
        return actors
