"""Absolute addresses of pages and endpoints, cheap enough for every row of a stream."""

from django.urls import reverse
from django.utils.translation import override

_PLACEHOLDER = "0-slug-0"


class Addresses:
    """Addresses on the host `base`; pages in `language`."""

    def __init__(self, base: str, language: str):
        self.base = base.rstrip("/")
        self.language = language
        self._patterns: dict[str, str] = {}

    def of(self, name: str, slug: str = "") -> str:
        """The address of the view `name`, for the record `slug`."""
        key = f"{name}/{bool(slug)}"
        if key not in self._patterns:
            with override(self.language):
                self._patterns[key] = self.base + reverse(name, args=[_PLACEHOLDER] if slug else [])
        return self._patterns[key].replace(_PLACEHOLDER, slug)

    def around(self, name: str) -> list[str]:
        """The parts before and after the slug in addresses of the view `name`."""
        return self.of(name, _PLACEHOLDER).split(_PLACEHOLDER)

    def absolute(self, path: str) -> str:
        """`path` on this host; an absolute address is returned unchanged."""
        return path if path.startswith(("http:", "https:")) else self.base + path
