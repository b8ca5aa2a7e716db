"""Headers of every API answer: CORS for all origins, and caching with entity tags."""

from django.http import HttpResponse
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import gettext as _

from clusterportal.core.api.caching import etag_of, unchanged
from clusterportal.core.api.problems import problem
from clusterportal.partners.api.limiting import headers_of
from clusterportal.partners.domain import usage

PREFIX = "/api/"
METHODS = "GET, HEAD, OPTIONS, POST, PATCH, PUT"  # of some address; each says which are its own
EXPOSED = (
    "ETag, Content-Language, Content-Disposition, Link, Location, X-Complete-Until, RateLimit, RateLimit-Policy, "
    "Retry-After, WWW-Authenticate, Deprecation, Sunset, Idempotent-Replayed"
)
# Authorization by name: `*` does not cover it (Fetch, 3.3.2). The others, for proxies that know no `*`.
ASKED_WITH = (
    "*, Authorization, Content-Type, If-Match, If-None-Match, Idempotency-Key, Last-Event-ID, Accept-Language"
)
PREFLIGHT_SECONDS = 86_400
# The API knows keys and no sign-in, so cookies are ignored. Its answers have no Last-Modified, and without it
# If-Unmodified-Since must be ignored (RFC 9110, 13.1.4).
_IGNORED_HEADERS = ("HTTP_COOKIE", "HTTP_IF_UNMODIFIED_SINCE")


class ApiMiddleware:
    """Adds the headers. Every origin may read the answers: no cookie counts, and a key is only sent by who has it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        for name in _IGNORED_HEADERS:
            request.META.pop(name, None)
        answer = (
            _preflight() if request.method == "OPTIONS" else _conditional(request, self.get_response(request))
        )
        if (quota := getattr(request, "quota", None)) is not None:
            for name, value in headers_of(quota).items():
                answer.headers[name] = value
            usage.note(request.api_key and request.api_key.pk, refused=answer.status_code == 429)
        answer.headers["Access-Control-Allow-Origin"] = "*"
        answer.headers["Access-Control-Expose-Headers"] = EXPOSED
        return answer


def _preflight() -> HttpResponse:
    return HttpResponse(
        status=204,
        headers={
            "Allow": METHODS,
            "Access-Control-Allow-Methods": METHODS,
            "Access-Control-Allow-Headers": ASKED_WITH,
            "Access-Control-Max-Age": str(PREFLIGHT_SECONDS),
        },
    )


def _conditional(request, response):
    """`response` with an entity tag, or 304 if the client has it already."""
    patch_vary_headers(response, ["Accept", "Accept-Language", "Authorization"])
    if request.method not in ("GET", "HEAD"):
        patch_cache_control(response, no_store=True)
        return response
    whose = "private" if "HTTP_AUTHORIZATION" in request.META else "public"
    patch_cache_control(response, **{whose: True}, max_age=0, must_revalidate=True)
    if response.status_code != 200:
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
