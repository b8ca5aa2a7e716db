"""An actor as linked data in JSON-LD: schema.org, and the Organization Ontology of the W3C beside it.

Actors are given as `actors.api.nested.with_parts` reads them: what is not public is not in their parts.
"""

from collections.abc import Iterable
from functools import cache
from urllib.parse import quote

from django.conf import settings

from actors.enums import ActorKind, IdentifierScheme, RelationKind
from actors.models import Actor
from clusterportal.core.api.absolute_addresses import Addresses
from clusterportal.core.api.serializers import moment_text
from clusterportal.core.languages import LANGUAGE_CODES, active_first
from clusterportal.core.licence import data_licence
from clusterportal.core.rdf import iri_of, tagged, web_address, without_empty_values

# The parts of an actor that its description is made of, by the names of their fields in the API.
PARTS = ("layers", "areas", "clusters", "topics", "services", "identifiers", "relations", "aliases")
ORG = {"org": "http://www.w3.org/ns/org#"}
_IRI = {"@type": "@id"}
# All that a reader needs to know stands in the document. The namespace is the one of schema.org's own context.
CONTEXT = {
    "@vocab": "http://schema.org/",
    **ORG,
    **dict.fromkeys(("url", "sameAs", "logo", "license", "propertyID", "org:classification"), _IRI),
}
PAGE_CONTEXT = ["https://schema.org", {**ORG, "org:classification": _IRI}]  # as search engines know it
_TYPES: dict[str, str] = {
    ActorKind.COMPANY: "Corporation",
    ActorKind.STARTUP: "Corporation",
    ActorKind.SERVICE_PROVIDER: "Corporation",
    ActorKind.SUPPLIER: "Corporation",
    ActorKind.MANUFACTURER: "Corporation",
    ActorKind.UNIVERSITY: "CollegeOrUniversity",
    ActorKind.RESEARCH_INSTITUTE: "ResearchOrganization",
    ActorKind.HOSPITAL: "Hospital",
    ActorKind.PUBLIC_BODY: "GovernmentOrganization",
    ActorKind.EDUCATION: "EducationalOrganization",
}
_PROPERTIES: dict[str, str] = {IdentifierScheme.LEI: "leiCode", IdentifierScheme.VAT: "vatID"}
# Who gives out the numbers of a scheme.
_SCHEMES: dict[str, str] = {
    IdentifierScheme.ROR: "https://ror.org/",
    IdentifierScheme.LEI: "https://www.gleif.org/",
    IdentifierScheme.WIKIDATA: "https://www.wikidata.org/",
    IdentifierScheme.VAT: "https://ec.europa.eu/taxation_customs/vies/",
    IdentifierScheme.REGISTER: "https://www.handelsregister.de/",
}


def linked_data(actor: Actor, *, language: str | None = None) -> dict:
    """The description of `actor`, without a context: texts in `language` as they are, or in every one with their tags.

    `@id` names the organisation itself, the same everywhere; `url` is its own website, `sameAs` what registers say of
    it, `mainEntityOfPage` its pages here. Parts have IRIs of their own, so that who reads twice does not have them
    twice. People are not part of it (`people_of`).
    """
    iri = iri_of(actor.uid)
    pages = _pages(actor, [language] if language else LANGUAGE_CODES)
    identifiers = actor.public_identifiers  # type: ignore[attr-defined]
    data = {
        "@id": iri,
        "@type": [_TYPES.get(actor.kind, "Organization"), _legal_type(actor)],
        "url": web_address(actor.website),
        "mainEntityOfPage": pages,
        "name": actor.name,
        "alternateName": _other_names(actor, language),
        "description": _text(actor, "summary", language),
        "foundingDate": str(actor.founded) if actor.founded else "",
        "email": actor.email,
        "telephone": actor.phone,
        "logo": f"{settings.SITE_URL}{actor.logo.url}" if actor.logo else "",
        "address": _address(actor, iri),
        "geo": _place(actor, iri),
        "knowsAbout": [
            _named(topic, "DefinedTerm", _text(topic, "name", language))
            for topic in actor.public_topics  # type: ignore[attr-defined]
        ],
        "makesOffer": list(_offers(actor, iri, language)),
        "sameAs": [one.url for one in identifiers if one.url],
        "identifier": [_identifier(one, iri) for one in identifiers],
        **_memberships(actor, language),
        **_relations(actor),
        "org:classification": _concepts(actor),
    }
    data |= {_PROPERTIES[one.scheme]: one.value for one in identifiers if one.scheme in _PROPERTIES}
    return without_empty_values(data)


def people_of(actor: Actor) -> dict:
    """The people of `actor` who agreed to be published, in every language; for the answer about one actor only."""
    people = [
        without_empty_values(
            {
                "@id": f"{iri_of(actor.uid)}#contact-{number}",
                "@type": "ContactPoint",
                "name": person.name,
                "contactType": tagged(person, "role"),
                "email": person.email,
                "telephone": person.phone,
            }
        )
        for number, person in enumerate(actor.public_contacts, start=1)  # type: ignore[attr-defined]
    ]
    return {"contactPoint": people} if people else {}


def kind_iri(kind: str) -> str:
    """The concept of a kind of actor; its scheme is described under the same address."""
    return f"{iri_of('kinds')}#{kind}"


def _legal_type(actor: Actor) -> str:
    """Whose legal form is known is recognised by law; others may be a unit of another organisation."""
    return "org:FormalOrganization" if actor.legal_form else "org:Organization"


def _text(instance, name: str, language: str | None):
    if language is None:
        return tagged(instance, name)
    return next((text for column in active_first(name, language) if (text := getattr(instance, column))), "")


def _other_names(actor: Actor, language: str | None) -> list:
    """Short name and aliases; the language of an alias is told where every language is."""
    aliases = [
        {"@value": one.name, "@language": one.language} if one.language and language is None else one.name
        for one in actor.public_aliases  # type: ignore[attr-defined]
    ]
    return [*([actor.short_name] if actor.short_name not in ("", actor.name) else []), *aliases]


@cache
def _addresses(site: str, code: str) -> Addresses:
    return Addresses(site, code)


def _pages(actor: Actor, languages: Iterable[str]) -> list[dict]:
    """The pages of the actor, and what holds of what they say."""
    return [
        without_empty_values(
            {
                "@id": _addresses(settings.SITE_URL, code).of("actors:actor-detail", actor.slug),
                "@type": "WebPage",
                "inLanguage": code,
                "license": data_licence().url,
                "dateModified": moment_text(actor.public_updated_at),
                "lastReviewed": str(actor.verified_on or ""),
            }
        )
        for code in languages
    ]


def _named(record, kind: str, name) -> dict:
    """A record that another description names."""
    return {"@id": iri_of(record.uid), "@type": kind, "name": name}


def _memberships(actor: Actor, language: str | None) -> dict:
    clusters = [one.cluster for one in actor.public_memberships]  # type: ignore[attr-defined]
    return {
        "memberOf": [_named(one, "Organization", _text(one, "name", language)) for one in clusters],
        "org:memberOf": [{"@id": iri_of(one.uid)} for one in clusters],
    }


def _relations(actor: Actor) -> dict:
    """Parent bodies and parts; all else that joins two organisations only links them, as ORG has no words for it."""
    parents, parts, linked = [], [], []
    for relation in actor.public_relations:  # type: ignore[attr-defined]
        if relation.kind != RelationKind.PARENT:
            linked.append(relation.actor)
        elif relation.direction == "in":
            parents.append(relation.actor)
        else:
            parts.append(relation.actor)
    return {
        "parentOrganization": [_named(one, "Organization", one.name) for one in parents],
        "org:subOrganizationOf": [{"@id": iri_of(one.uid)} for one in parents],
        "subOrganization": [_named(one, "Organization", one.name) for one in parts],
        "org:hasSubOrganization": [{"@id": iri_of(one.uid)} for one in parts],
        "org:linkedTo": list({one.uid: _named(one, "Organization", one.name) for one in linked}.values()),
    }


def _concepts(actor: Actor) -> list[str]:
    """Its kind, its layers and its areas, which `vocabulary/` describes."""
    return [
        kind_iri(actor.kind),
        *(iri_of(one.layer.uid) for one in actor.public_placements),  # type: ignore[attr-defined]
        *(iri_of(one.area.uid) for one in actor.public_foci),  # type: ignore[attr-defined]
    ]


def _offers(actor: Actor, iri: str, language: str | None) -> Iterable[dict]:
    for number, service in enumerate(actor.public_services, start=1):  # type: ignore[attr-defined]
        yield {
            "@id": f"{iri}#offer-{number}",
            "@type": "Offer",
            "itemOffered": without_empty_values(
                {
                    "@id": f"{iri}#service-{number}",
                    "@type": "Service",
                    "name": _text(service, "title", language),
                    "description": _text(service, "description", language),
                }
            ),
        }


def _identifier(one, iri: str) -> dict:
    return {
        "@id": f"{iri}#{one.scheme}-{quote(one.value, safe='')}",
        "@type": "PropertyValue",
        "propertyID": _SCHEMES[one.scheme],
        "value": one.value,
    }


def _address(actor: Actor, iri: str) -> dict:
    parts = without_empty_values(
        {
            "streetAddress": actor.street,
            "postalCode": actor.postcode,
            "addressLocality": actor.city,
            "addressRegion": actor.state_name,
            "addressCountry": actor.country,
        }
    )
    is_known = actor.city or actor.street or actor.postcode
    return {"@id": f"{iri}#address", "@type": "PostalAddress"} | parts if is_known else {}


def _place(actor: Actor, iri: str) -> dict:
    """Only a point that marks the building: a town's middle would be read as an address."""
    if not actor.is_located_exactly:
        return {}
    return {
        "@id": f"{iri}#place",
        "@type": "GeoCoordinates",
        "latitude": actor.latitude,
        "longitude": actor.longitude,
    }
