"""Headers of every API answer: CORS for all origins, caching with entity tags, and compression."""

from typing import Any

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpResponse
from django.urls import Resolver404, resolve
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import gettext as _

from clusterportal.core import codings
from clusterportal.core.api.caching import etag_of, unchanged
from clusterportal.core.api.problems import problem
from clusterportal.core.licence import data_licence
from clusterportal.partners.api.limiting import headers_of
from clusterportal.partners.domain import usage

PREFIX = "/api/"
READING = ["GET", "HEAD", "OPTIONS"]
METHODS = ", ".join([*READING, "POST", "PATCH", "PUT"])  # of some address; `Allow` says which are its own
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


class KeysOverHttps:
    """Refuses a key, or a body, that came unencrypted; a redirect would hide from its sender that others could read it.

    Must stand before what redirects to HTTPS. Public reads are redirected.
    """

    def __init__(self, get_response):
        if not settings.SECURE_SSL_REDIRECT:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request):
        is_told = "Authorization" in request.headers or request.method not in READING
        if not request.path_info.startswith(PREFIX) or request.is_secure() or not is_told:
            return self.get_response(request)
        text = _(
            "This came unencrypted and was not read. Use https://, and have a key that was sent so replaced."
        )
        return problem(403, text)


class ApiMiddleware:
    """Adds the headers. Every origin may read the answers: no cookie counts, and a key is only sent by who has it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        for name in _IGNORED_HEADERS:
            request.META.pop(name, None)
        answer = _preflight(request.path_info) if request.method == "OPTIONS" else self._answer(request)
        if (quota := getattr(request, "quota", None)) is not None:
            for name, value in headers_of(quota).items():
                answer.headers[name] = value
            usage.note(request.api_key and request.api_key.pk, refused=answer.status_code == 429)
        if not answer.headers.get("Content-Type", "").startswith("text/html"):
            answer.headers["X-Robots-Tag"] = "noindex"  # search engines list the pages
            if answer.status_code == 200:
                answer.headers["Link"] = ", ".join(filter(None, [answer.headers.get("Link"), _licence()]))
        answer.headers["Access-Control-Allow-Origin"] = "*"
        answer.headers["Access-Control-Expose-Headers"] = EXPOSED
        return answer

    def _answer(self, request):
        """The answer in the coding that the client prefers; all behind knows the tags of plain answers alone."""
        known = request.META.get("HTTP_IF_NONE_MATCH", "")
        for name in ("HTTP_IF_NONE_MATCH", "HTTP_IF_MATCH"):
            if name in request.META:
                request.META[name] = codings.plain_tags(request.META[name])
        answer = _conditional(request, self.get_response(request))
        patch_vary_headers(answer, ["Accept-Encoding"])
        if answer.status_code == 304:
            answer.headers["ETag"] = codings.named_tag(answer.headers["ETag"], known)
        else:
            _compress(request, answer)
        return answer


def _licence() -> str:
    """The licence of the data for the header `Link` (RFC 8288)."""
    return f'<{data_licence().url}>; rel="license"'


def _preflight(path: str) -> HttpResponse:
    return HttpResponse(
        status=204,
        headers={
            "Allow": ", ".join(_methods_of(path)),
            "Access-Control-Allow-Methods": METHODS,
            "Access-Control-Allow-Headers": ASKED_WITH,
            "Access-Control-Max-Age": str(PREFLIGHT_SECONDS),
        },
    )


def _methods_of(path: str) -> list[str]:
    """What the address answers; one without its last slash, or with a format behind it, is the one that it means."""
    try:
        view: Any = resolve(path if path.endswith("/") else f"{path.partition('.')[0]}/").func
    except Resolver404:
        return READING
    verbs = getattr(view, "actions", None) or [
        one for one in view.cls.http_method_names if hasattr(view.cls, one)
    ]
    written = [one.upper() for one in verbs if one.upper() not in READING]
    return [*(READING if "get" in verbs else ["OPTIONS"]), *written]


def _compress(request, answer) -> None:
    coding = codings.coding_for(request.headers.get("Accept-Encoding", ""))
    if not coding or not _gains(answer):
        return
    answer.headers["Content-Encoding"] = coding
    if etag := answer.headers.get("ETag"):
        answer.headers["ETag"] = codings.coded_tag(etag, coding)
    if not answer.streaming:
        answer.content = codings.pack(answer.content, coding)
        answer.headers["Content-Length"] = str(len(answer.content))
    elif request.method == "GET":
        answer.streaming_content = codings.pack_pieces(answer.streaming_content, coding)


def _gains(answer) -> bool:
    """Whether compressing is worth while: workbooks are compressed already, and events must not wait for more."""
    kind = answer.headers.get("Content-Type", "").partition(";")[0]
    if "Content-Encoding" in answer.headers or kind == "text/event-stream":
        return False
    is_text = kind.startswith("text/") or kind.endswith(("json", "xml", "yaml", "openapi"))
    return is_text and (answer.streaming or len(answer.content) >= codings.SMALLEST)


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
