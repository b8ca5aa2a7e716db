# ruff: noqa: E402 - the settings must stand before the models
"""A peer: the same list as django-rest-framework's tutorial teaches it, with facets by naive counts."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clusterportal.settings")

from django.conf import settings

settings.ROOT_URLCONF = __name__
settings.MIDDLEWARE = ["allauth.account.middleware.AccountMiddleware"]  # which the installed apps insist on

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()

import django_filters
from django.db.models import Count
from django.urls import include, path
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework import pagination, routers, serializers, viewsets
from rest_framework.schemas.openapi import AutoSchema

from actors.models import Actor, ApplicationFocus, LayerPlacement, Membership

FACETS = (
    "placements__layer__slug", "foci__area__slug", "kind", "memberships__cluster__slug", "city", "size", "topics__slug",
)  # fmt: skip


class PlacementSerializer(serializers.ModelSerializer):
    class Meta:
        model, fields, depth = LayerPlacement, ["layer"], 1


class FocusSerializer(serializers.ModelSerializer):
    class Meta:
        model, fields, depth = ApplicationFocus, ["area"], 1


class MembershipSerializer(serializers.ModelSerializer):
    class Meta:
        model, fields = Membership, ["cluster"]


class ActorSerializer(serializers.ModelSerializer):
    placements = PlacementSerializer(many=True)
    foci = FocusSerializer(many=True)
    memberships = MembershipSerializer(many=True)

    class Meta:
        model = Actor
        fields = [
            "uid", "slug", "name", "short_name", "kind", "summary_de", "website", "street", "postcode", "city",
            "country", "latitude", "longitude", "placements", "foci", "memberships", "updated_at",
        ]  # fmt: skip


class ActorFilter(django_filters.FilterSet):
    layer = django_filters.CharFilter("placements__layer__slug")
    area = django_filters.CharFilter("foci__area__slug")

    class Meta:
        model, fields = Actor, ["kind", "city", "size"]


class Pages(pagination.PageNumberPagination):
    page_size = 50


class ActorViewSet(viewsets.ReadOnlyModelViewSet):
    queryset = Actor.objects.filter(state="published").prefetch_related(
        "placements__layer", "foci__area", "memberships"
    )
    serializer_class, filterset_class, pagination_class = ActorSerializer, ActorFilter, Pages
    filter_backends = [DjangoFilterBackend]
    schema = AutoSchema()

    def list(self, request, *args, **kwargs):
        response = super().list(request, *args, **kwargs)
        if "facets" in request.query_params:
            found = self.filter_queryset(self.get_queryset()).prefetch_related(None).order_by()
            response.data["facets"] = {
                name: list(
                    found.values(name).annotate(count=Count("pk", distinct=True)).order_by("-count")[:30]
                )
                for name in FACETS
            }
        return response


router = routers.DefaultRouter()
router.register("actors", ActorViewSet)
urlpatterns = [path("", include(router.urls))]
