"""The endpoints of the API as the address configuration has them; what each gives, it says itself."""

import re
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from actors.domain.taxonomy import Taxonomy
from actors.facets.index_loading import current_index
from actors.models import ActorRelation, Topic
from clusterportal.newsroom.enums import Kind
from clusterportal.newsroom.filters import NEWS_KINDS
from clusterportal.newsroom.models import Contribution
from clusterportal.partnering.models import PartnerSearch

NAMESPACE = "api"
_WRITING = ("post", "put", "patch", "delete")
_CONVERTER = re.compile(r"<\w+:")


@dataclass(frozen=True)
class Endpoint:
    address: str  # below the root, `<slug>` for the part that names a record
    about: str
    methods: str  # other than GET, as "POST"
    url: str  # of the answer; empty where it needs a part, or only takes what is sent
    count: int | None  # entries today


def endpoints() -> list[Endpoint]:
    """All that document themselves, in the order of the address configuration; entries go with their lists."""
    counts = _counts()
    return [_endpoint(pattern, counts) for pattern in _patterns() if _is_listed(pattern)]


def routes() -> dict[str, bool]:
    """Which routes there are, by their words: `changes_stream`, `actors_bulk`."""
    return {"_".join(re.findall(r"\w+", str(pattern.pattern))): True for pattern in _patterns()}


def _patterns(resolver: URLResolver | None = None) -> list[URLPattern]:
    found: list[URLPattern] = []
    for one in (resolver or get_resolver().namespace_dict[NAMESPACE][1]).url_patterns:
        found += _patterns(one) if isinstance(one, URLResolver) else [one]
    return found


def _is_listed(pattern: URLPattern) -> bool:
    actions = getattr(pattern.callback, "actions", None) or {}
    return bool(str(pattern.pattern) and _about(pattern)) and set(actions.values()) != {"retrieve"}


def _about(pattern: URLPattern) -> str:
    """What the endpoint says of itself: of a list that it lists, of several calls the first."""
    if (view := getattr(pattern.callback, "cls", None)) is None:
        return ""
    one = view()
    one.request = None  # a view may ask what it is asked for
    about = getattr(one, "about", "")
    actions = getattr(pattern.callback, "actions", None) or {}
    return str(about[next(iter(actions.values()))] if isinstance(about, dict) else about)


def _endpoint(pattern: URLPattern, counts: dict[str, int]) -> Endpoint:
    route = str(pattern.pattern)
    view = getattr(pattern.callback, "cls", None)  # of Django REST framework
    actions = getattr(pattern.callback, "actions", None) or {name: name for name in _verbs(view)}
    is_open = "get" in actions and "<" not in route
    name = f"{NAMESPACE}:{pattern.name}"
    return Endpoint(
        address=_CONVERTER.sub("<", route),
        about=_about(pattern),
        methods=", ".join(verb.upper() for verb in _WRITING if verb in actions),
        url=reverse(name) if is_open else "",
        count=counts.get(pattern.name or ""),
    )


def _verbs(view) -> list[str]:
    return [verb for verb in view.http_method_names if hasattr(view, verb)]


def _counts() -> dict[str, int]:
    """Public entries by the name of the list."""
    taxonomy = Taxonomy()
    index = current_index(taxonomy.version)
    shown = Contribution.objects.published()
    return {
        "actor-list": len(index.keys),
        "layer-list": len(taxonomy.layers),
        "application-area-list": len(taxonomy.areas),
        "cluster-list": len(taxonomy.clusters),
        "region-list": len(taxonomy.regions),
        "topic-list": Topic.objects.public().count(),
        "relation-list": ActorRelation.objects.public().count(),
        "partner-search-list": PartnerSearch.objects.open_on(timezone.localdate()).count(),
        "news-list": shown.of_kind(*NEWS_KINDS).count(),
        "event-list": shown.of_kind(Kind.EVENT).count(),
        "success-story-list": shown.of_kind(Kind.SUCCESS_STORY).count(),
        "matrix": len(taxonomy.layers) * len(taxonomy.areas),
    }
