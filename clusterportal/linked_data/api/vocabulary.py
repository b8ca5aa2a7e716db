"""The concept schemes in the public API."""

from django.http import Http404
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from clusterportal.linked_data.api.base import DOCUMENT, LinkedView
from clusterportal.linked_data.domain.vocabularies import vocabularies, vocabulary
from clusterportal.linked_data.enums import Scheme


class VocabulariesView(LinkedView):
    """All concept schemes, without their concepts."""

    about = _("The concept schemes (SKOS): layers, application areas, topics, kinds of actors")

    @extend_schema(operation_id="vocabulary_list", responses=DOCUMENT)
    def get(self, request):
        return Response(vocabularies())


class VocabularyView(LinkedView):
    """One concept scheme with all its concepts."""

    about = _("One concept scheme (SKOS) with all its concepts, in every language")

    @extend_schema(operation_id="vocabulary_retrieve", responses=DOCUMENT)
    def get(self, request, slug):
        if slug not in Scheme:
            raise Http404
        return Response(vocabulary(Scheme(slug)))
