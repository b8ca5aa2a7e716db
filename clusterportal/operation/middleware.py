"""Measurements in the web server: where they are read, and which view a request was for."""

from django.core.exceptions import MiddlewareNotUsed

from clusterportal.operation.access import is_measured, networks

PATH = "/metrics"


class Metrics:
    """Answers `/metrics` under any host name, because Prometheus asks each machine by its own address.

    Must stand before what checks the host and redirects to HTTPS. Without a setting that lets somebody read them,
    nothing is measured, and the address is not there.
    """

    def __init__(self, get_response):
        if not is_measured():
            raise MiddlewareNotUsed
        networks()  # says at the start what is wrong with them
        # Late, because they open the files in which this process counts.
        from clusterportal.operation.domain.measuring import VIEW
        from clusterportal.operation.views import metrics

        self.get_response, self.metrics, self.view_key = get_response, metrics, VIEW

    def __call__(self, request):
        return self.metrics(request) if request.path_info == PATH else self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        """Note the name of the view for `MeasuredApplication`, which stands before Django."""
        request.META[self.view_key] = request.resolver_match.view_name
