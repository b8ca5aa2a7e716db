"""A contribution as linked data for search engines: schema.org NewsArticle or Event in JSON-LD."""

from django.conf import settings
from django.utils.timezone import localtime

from actors.models import Actor
from clusterportal.core.languages import language_shown
from clusterportal.core.rdf import iri_of
from clusterportal.newsroom.enums import Kind
from clusterportal.newsroom.models import Contribution

_SCHEMA = "https://schema.org"


def contribution_data(request, one: Contribution) -> dict | None:
    """None for examples: what is no fact is not told to machines as one."""
    if one.is_example:
        return None
    data = _event(request, one) if one.kind == Kind.EVENT else _article(request, one)
    return {name: value for name, value in data.items() if value}


def _article(request, one: Contribution) -> dict:
    page = request.build_absolute_uri(one.get_absolute_url())
    return _common(request, one, page) | {
        "@type": "NewsArticle" if one.kind != Kind.PUBLICATION else "Article",
        "headline": one.title,
        "alternativeHeadline": one.subtitle,
        "mainEntityOfPage": page,
        "datePublished": _moment(one.published_at),
        "dateModified": _moment(max(filter(None, [one.announced_at, one.published_at]), default=None)),
        "temporalCoverage": (one.date.isoformat() if one.date else str(one.year or "")),
        "isBasedOn": one.source if one.source.startswith(("http://", "https://")) else "",
        "publisher": {"@type": "Organization", "name": settings.SITE_NAME},
        "about": [_organisation(actor) for actor in one.public_actors],
        "expires": one.deadline.isoformat() if one.deadline else "",
    }


def _event(request, one: Contribution) -> dict:
    begins = localtime(one.starts_at)
    ends = localtime(one.ends_at) if one.ends_at else None
    as_text = (lambda at: at.date().isoformat()) if one.is_all_day else (lambda at: at.isoformat())
    places: list[dict] = []
    if one.place:
        places.append({"@type": "Place", "name": one.place, "address": one.place})
    if one.online_url:
        places.append({"@type": "VirtualLocation", "url": one.online_url})
    mode = {(True, True): "Mixed", (True, False): "Offline", (False, True): "Online"}.get(
        (bool(one.place), bool(one.online_url))
    )
    status = "Cancelled" if one.cancelled_at else "Rescheduled" if one.moved_from else "Scheduled"
    words = {"@type": "Organization", "name": one.organiser_words} if one.organiser_words else None
    return _common(request, one, request.build_absolute_uri(one.get_absolute_url())) | {
        "@type": "Event",
        "name": one.title,
        "startDate": as_text(begins),
        "endDate": one.last_day.isoformat() if one.is_all_day else as_text(ends) if ends else "",
        "previousStartDate": as_text(localtime(one.moved_from)) if one.moved_from else "",
        "eventStatus": f"{_SCHEMA}/Event{status}",
        "eventAttendanceMode": f"{_SCHEMA}/{mode}EventAttendanceMode" if mode else "",
        "location": places,
        "organizer": _organisation(one.public_organiser) if one.public_organiser else words,
    }


def _common(request, one: Contribution, page: str) -> dict:
    picture = {
        "@type": "ImageObject",
        "url": request.build_absolute_uri(one.image.url) if one.image else "",
        "creditText": one.image_credit,
    }
    return {
        "@context": _SCHEMA,
        "@id": iri_of(one.uid),
        "url": page,
        "description": one.lead,
        "inLanguage": language_shown(one, "title"),
        "image": picture if one.image else None,
    }


def _organisation(actor: Actor) -> dict:
    return {"@type": "Organization", "@id": iri_of(actor.uid), "name": actor.name}


def _moment(moment) -> str:
    return localtime(moment).isoformat() if moment else ""
