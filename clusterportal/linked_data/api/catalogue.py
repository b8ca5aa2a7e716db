"""The catalogue of the portal's data in the public API."""

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from clusterportal.linked_data.api.base import DOCUMENT, LinkedView
from clusterportal.linked_data.domain.catalogue import catalogue


class CatalogueView(LinkedView):
    """The portal's data for data portals: a catalogue with its dataset, distributions and data service."""

    about = _("The catalogue (DCAT-AP 3) of this portal's data: dataset, distributions, data service")

    @extend_schema(operation_id="catalog", responses=DOCUMENT)
    def get(self, request):
        return Response(catalogue())
