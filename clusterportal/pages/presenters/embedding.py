"""What other sites show of the portal: the lines that they copy, and the page for a frame."""

from dataclasses import dataclass, field

from django.http import HttpRequest, QueryDict
from django.urls import reverse

from actors.filters import ActorFilterSet
from clusterportal.pages.embed_script import CURRENT, Script

PAGES = {  # by kind of embed: the page that it shows, and the page for a frame
    "directory": ("actors:actor-list", "pages:embed-directory"),
    "matrix": ("pages:matrix", "pages:embed-matrix"),
    "actor": ("actors:actor-detail", "pages:embed-actor"),
}
SIZES = {"directory": (720, 900), "matrix": (720, 760), "actor": (420, 440)}  # of a frame, in pixels


@dataclass(frozen=True)
class Embed:
    """An element of the script, and its equal for a frame; templates write both."""

    kind: str
    portal: str  # scheme and host
    attributes: list[tuple[str, str]]
    page: str  # absolute addresses
    frame: str
    script_address: str
    script: Script = field(default=CURRENT)

    @property
    def width(self) -> int:
        return SIZES[self.kind][0]

    @property
    def height(self) -> int:
        return SIZES[self.kind][1]


def embed_of(request: HttpRequest, kind: str, params: QueryDict | None = None, slug: str = "") -> Embed:
    """The embed of `kind` in the active language, under the filters `params` or of the actor `slug`."""
    portal = request.build_absolute_uri("/").rstrip("/")
    arguments, query = ([slug] if slug else []), params.urlencode() if params else ""
    page, frame = (
        f"{portal}{reverse(name, args=arguments)}{f'?{query}' if query else ''}" for name in PAGES[kind]
    )
    attributes = [("slug", slug)] if slug else _attributes(params or QueryDict())
    return Embed(
        kind, portal, attributes, page, frame, f"{portal}{reverse('embed-script', args=[CURRENT.name])}"
    )


def _attributes(params: QueryDict) -> list[tuple[str, str]]:
    """The filters as attributes of an element, several values separated by commas."""
    return [
        (name, ",".join(values) if ActorFilterSet.takes_several(name) else values[-1])
        for name, values in params.lists()
        if values and name in ActorFilterSet.base_filters
    ]
