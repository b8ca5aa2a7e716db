"""Requests and offers as linked data: schema.org Demand and Offer in JSON-LD."""

from typing import Any

from django.utils.translation import get_language

from clusterportal.core.rdf import iri_of
from clusterportal.partnering.enums import Standing
from clusterportal.partnering.models import PartnerSearch

_AVAILABLE, _OVER = "https://schema.org/InStock", "https://schema.org/Discontinued"


def partner_search_data(request, search: PartnerSearch, standing: Standing) -> dict[str, Any]:
    """One request or offer.

    An offer names who makes it; of a demand schema.org knows no such property, so that its page says on whose
    behalf it speaks.
    """
    actor = {"@type": "Organization", "@id": iri_of(search.actor.uid), "name": search.actor.name}
    page = request.build_absolute_uri(search.get_absolute_url())
    told_by = {"@type": "WebPage", "url": page, "sourceOrganization": actor}
    service = {
        "@type": "Service",
        "name": search.title,
        "description": search.text,
        "category": [search.layer.name, *map(str, search.areas.all())],
    }
    data = {
        "@context": "https://schema.org",
        "@type": "Demand" if search.is_request else "Offer",
        "@id": iri_of(search.uid),
        "url": page,
        "name": search.title,
        "description": search.text,
        "inLanguage": search.language_shown or get_language(),
        "itemOffered": {name: value for name, value in service.items() if value},
        **({"mainEntityOfPage": told_by} if search.is_request else {"offeredBy": actor}),
        "availability": _AVAILABLE if standing == Standing.OPEN else _OVER,
        "validFrom": search.published_at.isoformat() if search.published_at else "",
        "validThrough": search.deadline.isoformat() if search.deadline else "",
    }
    return {name: value for name, value in data.items() if value}
