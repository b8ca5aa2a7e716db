"""What is answered to a request that is one too many, too large or too slow: made once, and sent again at no cost.

Beside it what the line before the answers asks of a request: who sent it, and whether its answer is costly.

Django makes each of these answers at the first need, with all headers that a page has, in the language that the address
names; afterwards refusing takes some microseconds, which is what an overload leaves.
"""

from io import BytesIO

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils.translation import get_language_from_path, override

from clusterportal.core.refusing import REFUSED
from clusterportal.partners.api.limiting import network_of

_KEPT = ("wsgi.", "SERVER_", "HTTP_HOST", "HTTP_X_FORWARDED_", "REMOTE_ADDR", "SCRIPT_NAME")


class Refusals:
    """Answers instead of `application`, which makes the answers."""

    def __init__(self, application):
        self._application = application
        self._made: dict[tuple, tuple] = {}

    def __call__(self, environ, start_response, status: int):
        is_api = environ["PATH_INFO"].startswith("/api/")
        key = (status, is_api, _language_of(environ), environ.get("HTTP_HOST"))
        if (made := self._made.get(key)) is None:
            made = self._make(environ, *key[:3])
            if made[0].startswith(str(status)) and len(self._made) < 100:
                self._made[key] = made
        said, headers, body = made
        start_response(said, headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]

    def _make(self, environ, status: int, is_api: bool, language: str) -> tuple:
        asked = {name: value for name, value in environ.items() if name.startswith(_KEPT)} | {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": "/api/v1/" if is_api else f"/{language}/",
            "QUERY_STRING": "",
            "HTTP_ACCEPT_LANGUAGE": language,
            "wsgi.input": BytesIO(),
            REFUSED: status,
        }
        said: list = []
        answer = self._application(asked, lambda status, headers, _error=None: said.extend([status, headers]))
        try:
            return said[0], said[1], b"".join(answer)
        finally:
            answer.close()


def _language_of(environ) -> str:
    if language := get_language_from_path(environ["PATH_INFO"]):
        return language
    first = environ.get("HTTP_ACCEPT_LANGUAGE", "")[:2].lower()
    return first if first in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def client_of(environ) -> str:
    """Who asks, as far as an address tells; behind proxies the one that the outermost of ours was asked by."""
    proxies = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    passed = environ.get("HTTP_X_FORWARDED_FOR", "").split(",")[-proxies:] if proxies else []
    is_told = len(passed) == proxies > 0
    return network_of((is_told and passed[0].strip()) or environ.get("REMOTE_ADDR", ""))[0]


def is_costly(environ) -> bool:
    """Whether the view behind the address says so, see `clusterportal.core.turns.costly`."""
    path = environ["PATH_INFO"]
    try:
        with override(get_language_from_path(path) or settings.LANGUAGE_CODE):
            view = resolve(path.encode("latin-1").decode("utf-8", "replace")).func
    except Resolver404:
        return False
    return getattr(getattr(view, "view_class", None) or getattr(view, "cls", view), "is_costly", False)
