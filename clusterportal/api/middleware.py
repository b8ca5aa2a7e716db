"""What every answer of the API carries: open to every origin, and named by an entity tag."""

from django.http import HttpResponse
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import gettext as _

from clusterportal.core.api.caching import etag_of, unchanged
from clusterportal.core.api.problems import problem

PREFIX = "/api/"
METHODS = "GET, HEAD, OPTIONS"
EXPOSED = "ETag, Content-Language, Content-Disposition, Link, X-Complete-Until"
PREFLIGHT_SECONDS = 86_400
# Nobody is signed in here, so that no answer sets or varies by a cookie. No answer has a date of its last change, and
# without one the condition must be ignored (RFC 9110, 13.1.4).
_UNHEARD = ("HTTP_COOKIE", "HTTP_IF_UNMODIFIED_SINCE")


class ApiMiddleware:
    """Reads are public and carry no credentials, so any origin may have them."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        for name in _UNHEARD:
            request.META.pop(name, None)
        answer = (
            _preflight() if request.method == "OPTIONS" else _conditional(request, self.get_response(request))
        )
        answer.headers["Access-Control-Allow-Origin"] = "*"
        answer.headers["Access-Control-Expose-Headers"] = EXPOSED
        return answer


def _preflight() -> HttpResponse:
    return HttpResponse(
        status=204,
        headers={
            "Allow": METHODS,
            "Access-Control-Allow-Methods": METHODS,
            "Access-Control-Allow-Headers": "*",
            "Access-Control-Max-Age": str(PREFLIGHT_SECONDS),
        },
    )


def _conditional(request, response):
    """`response`, or 304 when the client holds it already."""
    patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
    patch_vary_headers(response, ["Accept", "Accept-Language"])
    if response.status_code != 200 or request.method not in ("GET", "HEAD"):
        return response
    if "ETag" not in response.headers and not response.streaming:
        response.headers["ETag"] = etag_of(response.content)
    if (short := unchanged(request, response.headers.get("ETag"))) is None:
        return response
    if short.status_code == 412:
        return problem(412, _("The record has changed: it is no longer what If-Match names."))
    for name in ("Cache-Control", "Content-Language", "ETag", "Vary"):
        if name in response.headers:
            short.headers[name] = response.headers[name]
    return short
