"""Caching headers of public pages: an entity tag, and that caches must revalidate."""

import re

from django.conf import settings
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language_from_path

from clusterportal.core.api.caching import etag_of, unchanged
from clusterportal.core.english_words import marking, partial_languages, spoken, unmarked
from clusterportal.core.refusing import REFUSED
from clusterportal.pages.views.errors import refused
from clusterportal.pages.views.technical import health

_INTERFACE = "/api/"
_WITHOUT_LANGUAGE = ("/sitemap", "/robots.txt")
_OF_WORDS = re.compile(r"text/|[\w/.+-]+(?:json|xml)")  # media types; others, such as of a PDF, are no text


class HealthForAll:
    """Answers `/health/` under any host name: load balancers ask by IP address, which is not in ALLOWED_HOSTS.

    Must be the first middleware, because others check the host. The answer does not depend on the host.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return health(request) if request.path_info == "/health/" else self.get_response(request)


class PublicPages:
    """Marks pages that are the same for everybody as public; with a session or a new cookie, pages are private."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if not _is_page(request.path_info):
            return response
        if response.cookies or settings.SESSION_COOKIE_NAME in request.COOKIES:
            patch_cache_control(response, private=True, no_cache=True)
            return response
        is_whole = (
            response.status_code == 200 and not response.streaming and request.method in ("GET", "HEAD")
        )
        if not is_whole or response.has_header("Cache-Control"):
            return response
        response.headers["ETag"] = etag_of(response.content)
        patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
        return _short(unchanged(request, response.headers["ETag"]), response) or response

    def process_view(self, request, view, args, kwargs):
        """What is refused gets its answer; a query that Django refuses to read is a bad request on every page."""
        if status := request.META.get(REFUSED):
            return refused(request, status)
        if not request.path_info.startswith(_INTERFACE):  # the API has its own error for it
            request.GET  # noqa: B018 - raises SuspiciousOperation
        return None


def _is_page(path: str) -> bool:
    return bool(get_language_from_path(path)) or path.startswith(_WITHOUT_LANGUAGE)


def _short(answer, response):
    """`answer`, a 304 or 412, with the caching headers of the page."""
    for name in ("Cache-Control", "Content-Language", "ETag", "Vary"):
        if answer is not None and name in response.headers:
            answer.headers[name] = response.headers[name]
    return answer


class SaysEnglish:
    """English words that stand in for a translation say their language; all other pages pass untouched.

    Must stand within `PublicPages`, whose entity tag is of the page as it is sent.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if get_language_from_path(request.path_info) not in partial_languages():
            return self.get_response(request)
        with marking():
            response = self.get_response(request)
            kind = response.get("Content-Type", "")
            if not response.streaming and _OF_WORDS.match(kind):
                text = response.content.decode(response.charset)
                response.content = spoken(text) if kind.startswith("text/html") else unmarked(text)
        return response
