"""An actor as linked data: schema.org in JSON-LD, for search engines and partners."""

from collections.abc import Iterable
from urllib.parse import urljoin

from actors.enums import ActorKind, IdentifierScheme, RelationKind
from actors.models import Actor
from clusterportal.core.publication import PublicationState

_TYPES: dict[str, str] = {
    ActorKind.COMPANY: "Corporation",
    ActorKind.STARTUP: "Corporation",
    ActorKind.SUPPLIER: "Corporation",
    ActorKind.MANUFACTURER: "Corporation",
    ActorKind.UNIVERSITY: "CollegeOrUniversity",
    ActorKind.RESEARCH_INSTITUTE: "ResearchOrganization",
    ActorKind.HOSPITAL: "Hospital",
    ActorKind.PUBLIC_BODY: "GovernmentOrganization",
    ActorKind.EDUCATION: "EducationalOrganization",
}
_PROPERTIES: dict[str, str] = {IdentifierScheme.LEI: "leiCode", IdentifierScheme.VAT: "vatID"}


def linked_data(
    actor: Actor,
    *,
    base_url: str,
    parents: Iterable[Actor] | None = None,
    clusters: Iterable[tuple[str, str]] = (),
) -> dict:
    """The schema.org description of `actor` in the active language; `base_url` is the portal's own.

    `url` is the actor's own website, as schema.org means it, or where it has none the page here; `@id` is always the
    page here, `sameAs` what registers say of the same organisation. `clusters` are the addresses and names of those
    of which it is a member.
    Reads topics, identifiers and, unless its published parent bodies are given as `parents`, incoming relations:
    prefetch them for a list.
    Persons are never part of it.
    """
    page = urljoin(base_url, actor.get_absolute_url())
    identifiers = list(actor.identifiers.all())
    data = {
        "@context": "https://schema.org",
        "@type": _TYPES.get(actor.kind, "Organization"),
        "@id": page,
        "url": actor.website or page,
        "mainEntityOfPage": page,
        "name": actor.name,
        "alternateName": actor.short_name if actor.short_name != actor.name else "",
        "description": actor.summary,
        "foundingDate": str(actor.founded) if actor.founded else "",
        "email": actor.email,
        "telephone": actor.phone,
        "logo": urljoin(base_url, actor.logo.url) if actor.logo else "",
        "address": _address(actor),
        "geo": _place(actor),
        "knowsAbout": [topic.name for topic in actor.topics.all()],
        "sameAs": [one.url for one in identifiers if one.url],
        "identifier": [
            {"@type": "PropertyValue", "propertyID": one.scheme, "value": one.value} for one in identifiers
        ],
        "parentOrganization": [
            {
                "@type": "Organization",
                "@id": urljoin(base_url, parent.get_absolute_url()),
                "name": parent.name,
            }
            for parent in (_parents(actor) if parents is None else parents)
        ],
        "memberOf": [
            {"@type": "Organization", "@id": urljoin(base_url, address), "name": name}
            for address, name in clusters
        ],
    }
    data |= {_PROPERTIES[one.scheme]: one.value for one in identifiers if one.scheme in _PROPERTIES}
    return {name: value for name, value in data.items() if value}


def _parents(actor: Actor) -> Iterable[Actor]:
    relations = actor.relations_in.filter(
        kind=RelationKind.PARENT, source__state=PublicationState.PUBLISHED
    ).select_related("source")
    return [relation.source for relation in relations]


def _address(actor: Actor) -> dict:
    parts = {
        "streetAddress": actor.street,
        "postalCode": actor.postcode,
        "addressLocality": actor.city,
        "addressRegion": actor.state_name,
        "addressCountry": actor.country,
    }
    known = {name: value for name, value in parts.items() if value}
    return {"@type": "PostalAddress"} | known if actor.city or actor.street or actor.postcode else {}


def _place(actor: Actor) -> dict:
    """Only a point that marks the building: a town's middle would be read as an address."""
    if not actor.is_located_exactly:
        return {}
    return {"@type": "GeoCoordinates", "latitude": actor.latitude, "longitude": actor.longitude}
