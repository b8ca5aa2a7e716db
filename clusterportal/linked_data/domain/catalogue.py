"""The portal's data as a catalogue after DCAT-AP 3 (https://semiceu.github.io/DCAT-AP/releases/3.0.1/).

The profile wants to be told the class of whatever a property leads to. Each such thing is described once in the
graph, and named by its IRI where it is used.
"""

from django.conf import settings
from django.db.models import Max, Min
from django.utils.translation import gettext_lazy as _

from actors.domain.taxonomy import Taxonomy
from actors.models import Actor
from clusterportal.clusters.models import Region
from clusterportal.core.api.absolute_addresses import Addresses
from clusterportal.core.api.serializers import moment_text
from clusterportal.core.languages import LANGUAGE_CODES
from clusterportal.core.licence import attribution, data_licence
from clusterportal.core.rdf import iri_of, spoken, tagged, without_gaps
from clusterportal.history.models import PublicChange
from clusterportal.linked_data.domain import authorities
from clusterportal.linked_data.domain.distributions import FORMS, distribution
from clusterportal.linked_data.enums import Scheme

_IRI = {"@type": "@id"}
_XSD = "http://www.w3.org/2001/XMLSchema#"
CONTEXT = {
    "@vocab": "http://www.w3.org/ns/dcat#",
    "dcatap": "http://data.europa.eu/r5r/",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    **dict.fromkeys(("accessURL", "downloadURL", "endpointURL", "endpointDescription"), _IRI),
    "dct:issued": {"@type": f"{_XSD}date"},
    "startDate": {"@type": f"{_XSD}date"},
    "dct:modified": {"@type": f"{_XSD}dateTime"},
}
TITLE = _("Open data of the registry")
ABOUT = _("What the registry holds on companies, institutes and organisations, free for everybody to use.")
ACTORS = _("Companies, institutes and organisations of the region")
ABOUT_ACTORS = _(
    "Each actor with its place on the chain from research to market, its application areas, topics, services, "
    "clusters, relations and identifiers."
)
SERVICE = _("Interface of the registry")
ABOUT_SERVICE = _("Search, filters, whole lists, single records and changes, without a key.")
KEYWORDS = [_("cluster"), _("companies"), _("research"), _("innovation"), _("regional development")]


def catalogue() -> dict:
    """The catalogue with its dataset and its data service, as a JSON-LD document in every language."""
    addresses = Addresses(settings.SITE_URL, LANGUAGE_CODES[0])
    iri, taxonomy = addresses.of("api:catalogue"), Taxonomy()
    licence, rights, publisher, contact = _licence(), _rights(iri), _publisher(iri), _contact(iri, addresses)
    languages = [one for code in LANGUAGE_CODES if (one := authorities.language(code))]
    themes = [authorities.theme(code) for code in ("ECON", "TECH", "REGI")]
    places = [place for region in taxonomy.regions for place in _places(region, iri)]
    schemes = [authorities.theme_scheme(), *(_scheme(one) for one in (Scheme.LAYERS, Scheme.AREAS))]
    homepage = _page(f"{settings.SITE_URL}/")
    documentation = _page(addresses.of("api:docs"))
    issued, modified = _times()
    # What holds of everything that is offered here, and of the data however they are had.
    terms = {"dct:license": _ref(licence), "dct:publisher": _ref(publisher)}
    times = {"dct:issued": issued, "dct:modified": modified}
    spoken_here = {"dct:language": [_ref(one) for one in languages]}
    covered = {"dct:spatial": [_ref(one) for one in places]}
    asked = {"contactPoint": _ref(contact), "theme": [_ref(one) for one in themes]}
    access = authorities.public_access()
    forms = [
        distribution(form, addresses=addresses, catalogue=iri)
        | {
            "dct:description": spoken(ABOUT_ACTORS),
            "dct:format": _ref(authorities.file_type(form.file_type)),
            "dct:license": _ref(licence),
            "dct:rights": _ref(rights),
            "dcatap:availability": _ref(authorities.stable()),
            "accessService": {"@id": f"{iri}#service"},
            **spoken_here,
            **times,
        }
        for form in FORMS
    ]
    dataset = {
        "@id": f"{iri}#actors",
        "@type": "Dataset",
        "dct:title": spoken(ACTORS),
        "dct:description": spoken(ABOUT_ACTORS),
        "dct:identifier": f"{iri}#actors",
        "dct:publisher": _ref(publisher),
        "dct:accrualPeriodicity": _ref(authorities.updated_all_the_time()),
        "dct:accessRights": _ref(access),
        "dct:temporal": {"@id": f"{iri}#period", "@type": "dct:PeriodOfTime", "startDate": issued}
        if issued
        else None,
        "keyword": [word for text in KEYWORDS for word in spoken(text)]
        + [word for area in taxonomy.areas for word in tagged(area, "name")],
        "landingPage": _page(addresses.of("actors:actor-list")),
        "foaf:page": _ref(documentation),
        "distribution": [_ref(one) for one in forms],
        **asked,
        **times,
        **spoken_here,
        **covered,
    }
    service = {
        "@id": f"{iri}#service",
        "@type": "DataService",
        "dct:title": spoken(SERVICE),
        "dct:description": spoken(ABOUT_SERVICE),
        "endpointURL": addresses.of("api:root"),
        "endpointDescription": addresses.of("api:schema"),
        "servesDataset": _ref(dataset),
        "dct:accessRights": _ref(access),
        "foaf:page": _ref(documentation),
        **asked,
        **terms,
    }
    whole = {
        "@id": iri,
        "@type": "Catalog",
        "dct:title": spoken(TITLE),
        "dct:description": spoken(ABOUT),
        "dct:rights": _ref(rights),
        "foaf:homepage": _ref(homepage),
        "themeTaxonomy": [_ref(one) for one in schemes],
        "dataset": _ref(dataset),
        "service": _ref(service),
        **terms,
        **times,
        **spoken_here,
        **covered,
    }
    types = {form.file_type: authorities.file_type(form.file_type) for form in FORMS}
    described = [licence, rights, publisher, contact, *languages, *themes, *places, *schemes, homepage]
    described += [documentation, access, authorities.updated_all_the_time(), authorities.stable()]
    nodes = [whole, dataset, service, *forms, *described, *types.values()]
    return {"@context": CONTEXT, "@graph": [without_gaps(node) for node in nodes]}


def _ref(node: dict) -> dict:
    return {"@id": node["@id"]}


def _page(address: str) -> dict:
    return {"@id": address, "@type": "foaf:Document"}


def _licence() -> dict:
    licence = data_licence()
    kind = authorities.licence_type(licence.code)
    node = {"@id": licence.url, "@type": "dct:LicenseDocument", "dct:identifier": licence.code}
    return node | ({"dct:type": kind} if kind else {})


def _rights(iri: str) -> dict:
    """How to name the source."""
    return {"@id": f"{iri}#rights", "@type": "dct:RightsStatement", "rdfs:label": attribution()}


def _publisher(iri: str) -> dict:
    return {"@id": f"{iri}#publisher", "@type": "foaf:Agent", "foaf:name": settings.SITE_NAME}


def _contact(iri: str, addresses: Addresses) -> dict:
    """Whom to ask: the operator, by the page for enquiries and, where the settings name one, by mail."""
    mail = {"vcard:hasEmail": {"@id": f"mailto:{settings.OPERATOR_EMAIL}"}} if settings.OPERATOR_EMAIL else {}
    return {
        "@id": f"{iri}#contact",
        "@type": ["vcard:Kind", "vcard:Organization"],
        "vcard:fn": settings.SITE_NAME,
        "vcard:hasURL": {"@id": addresses.of("pages:enquiry")},
        **mail,
    }


def _places(region: Region, iri: str) -> list[dict]:
    """A region by its NUTS codes; one without any by its name."""
    codes = [f"http://data.europa.eu/nuts/code/{code}" for code in region.nuts_codes]
    return [
        {"@id": place, "@type": "dct:Location", "skos:prefLabel": tagged(region, "name")}
        for place in codes or [f"{iri}#region-{region.slug}"]
    ]


def _scheme(scheme: Scheme) -> dict:
    return {"@id": iri_of(scheme), "@type": "skos:ConceptScheme", "dct:title": spoken(scheme.label)}


def _times() -> tuple[str | None, str | None]:
    """When the first actor was published, and when the public last saw something change."""
    actors = Actor.objects.published().aggregate(
        first=Min("published_at__date"), last=Max("public_updated_at")
    )
    change = PublicChange.objects.aggregate(last=Max("at"))["last"] or actors["last"]
    return (
        actors["first"].isoformat() if actors["first"] else None,
        moment_text(change) if change else None,
    )
