"""What is measured, for Prometheus."""

from django.http import HttpResponse, HttpResponseNotFound
from prometheus_client import CONTENT_TYPE_LATEST

from clusterportal.operation.access import may_read_metrics
from clusterportal.operation.domain.exposition import exposition


def metrics(request) -> HttpResponse:
    """404 for whoever may not read it: nothing shows that it is there."""
    if request.method not in ("GET", "HEAD") or not may_read_metrics(request):
        return HttpResponseNotFound(b"", content_type="text/plain")
    return HttpResponse(exposition(), content_type=CONTENT_TYPE_LATEST, headers={"Cache-Control": "no-store"})
