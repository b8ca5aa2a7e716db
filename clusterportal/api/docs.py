"""The documentation page: how to begin, and every endpoint to try out. Nothing comes from another host."""

from rest_framework.renderers import TemplateHTMLRenderer
from rest_framework.response import Response

from clusterportal.api.writing.bulk import MOST_RECORDS
from clusterportal.core.api.paging import DEFAULT_SIZE, LARGEST_SIZE
from clusterportal.core.api.problems import DOCUMENTED, KINDS
from clusterportal.core.api.views import PublicView
from clusterportal.core.rdf import iri_of


class DocsView(PublicView):
    """Always HTML, whatever the Accept header says: the type of every problem points to this page."""

    schema = None
    renderer_classes = [TemplateHTMLRenderer]

    def get(self, request):
        kinds = [
            {"status": status, "anchor": KINDS[status][0], "title": KINDS[status][1]} for status in DOCUMENTED
        ]
        context = {
            "root": self.addresses.of("api:root"),
            "ids": iri_of(""),
            "language": self.language.spoken,
            "problem_kinds": kinds,
            "default_size": DEFAULT_SIZE,
            "largest_size": LARGEST_SIZE,
            "most_records": MOST_RECORDS,
            "example_token": "8e03978e-40d5-43e8-bc93-6894a57f9324",
        }
        return Response(context, template_name="api/docs.html")
