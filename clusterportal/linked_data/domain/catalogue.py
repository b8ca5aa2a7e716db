"""The portal's data as a catalogue after DCAT-AP 3 (https://semiceu.github.io/DCAT-AP/releases/3.0.1/).

The profile wants to be told the class of whatever a property leads to. Each such thing is described once in the
graph, and named by its IRI where it is used.
"""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Max, Min
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from actors.domain.taxonomy import Taxonomy
from actors.models import Actor
from applications.models import ApplicationArea
from clusterportal.clusters.models import Region
from clusterportal.core.api.absolute_addresses import Addresses
from clusterportal.core.api.serializers import moment_text
from clusterportal.core.languages import LANGUAGE_CODES
from clusterportal.core.licence import attribution, data_licence
from clusterportal.core.rdf import iri_of, spoken, tagged, without_empty_values
from clusterportal.history.models import PublicChange
from clusterportal.linked_data.domain import authorities
from clusterportal.linked_data.domain.distributions import ABOUT_ACTORS, FORMS, DistributionForm, distribution
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
SERVICE = _("Interface of the registry")
ABOUT_SERVICE = _("Search, filters, whole lists, single records and changes, without a key.")
KEYWORDS = [
    pgettext_lazy("keyword", "cluster"),
    pgettext_lazy("keyword", "companies"),
    pgettext_lazy("keyword", "research"),
    pgettext_lazy("keyword", "innovation"),
    pgettext_lazy("keyword", "regional development"),
]


@dataclass(frozen=True)
class _Ground:
    """What the parts of the catalogue refer to; `things` are the nodes that each of them only names."""

    iri: str
    addresses: Addresses
    areas: list[ApplicationArea]
    things: dict[str, list[dict]]
    issued: str | None
    modified: str | None

    def named(self, *names: str) -> list[dict]:
        return [{"@id": node["@id"]} for name in names for node in self.things[name]]

    @property
    def of_data(self) -> dict:
        """What holds of the data, however they are had."""
        return {
            "dct:language": self.named("languages"),
            "dct:issued": self.issued,
            "dct:modified": self.modified,
        }

    @property
    def of_offers(self) -> dict:
        """What holds of the dataset and the service."""
        return {
            "dct:publisher": self.named("publisher"),
            "contactPoint": self.named("contact"),
            "theme": self.named("themes"),
            "keyword": self._keywords(),
            "dct:accessRights": self.named("access"),
            "foaf:page": self.named("documentation"),
        }

    def _keywords(self) -> list[dict]:
        own = [word for text in KEYWORDS for word in spoken(text)]
        return own + [word for area in self.areas for word in tagged(area, "name")]


def catalogue() -> dict:
    """The catalogue with its dataset and its data service, as a JSON-LD document in every language."""
    ground = _ground()
    parts = [_catalogue(ground), _dataset(ground), _service(ground), *(_form(one, ground) for one in FORMS)]
    things = {node["@id"]: node for nodes in ground.things.values() for node in nodes}
    return {
        "@context": CONTEXT,
        "@graph": [without_empty_values(node) for node in [*parts, *things.values()]],
    }


def _ground() -> _Ground:
    addresses = Addresses(settings.SITE_URL, LANGUAGE_CODES[0])
    iri, taxonomy = addresses.of("api:catalogue"), Taxonomy()
    issued, modified = _times()
    things = {
        "languages": [one for code in LANGUAGE_CODES if (one := authorities.language(code))],
        "themes": [authorities.theme(code) for code in ("ECON", "TECH", "REGI")],
        "schemes": [authorities.theme_scheme(), _scheme(Scheme.LAYERS), _scheme(Scheme.AREAS)],
        "places": [place for region in taxonomy.regions for place in _places(region, iri)],
        "licence": [_licence()],
        "rights": [_rights(iri)],
        "publisher": [_publisher(iri)],
        "contact": [_contact(iri, addresses)],
        "access": [authorities.public_access()],
        "stable": [authorities.stable()],
        "frequency": [authorities.updated_all_the_time()],
        "home": [_page(f"{settings.SITE_URL}/")],
        "directory": [_page(addresses.of("actors:actor-list"))],
        "documentation": [_page(addresses.of("api:docs"))],
        **{form.file_type: [authorities.file_type(form.file_type)] for form in FORMS},
    }
    return _Ground(iri, addresses, taxonomy.areas, things, issued, modified)


def _catalogue(ground: _Ground) -> dict:
    return {
        "@id": ground.iri,
        "@type": "Catalog",
        "dct:title": spoken(TITLE),
        "dct:description": spoken(ABOUT),
        "dct:publisher": ground.named("publisher"),
        "dct:license": ground.named("licence"),
        "dct:rights": ground.named("rights"),
        "dct:spatial": ground.named("places"),
        "foaf:homepage": ground.named("home"),
        "themeTaxonomy": ground.named("schemes"),
        "dataset": {"@id": f"{ground.iri}#actors"},
        "service": {"@id": f"{ground.iri}#service"},
        **ground.of_data,
    }


def _dataset(ground: _Ground) -> dict:
    iri = f"{ground.iri}#actors"
    period = {"@id": f"{ground.iri}#period", "@type": "dct:PeriodOfTime", "startDate": ground.issued}
    return {
        "@id": iri,
        "@type": "Dataset",
        "dct:title": spoken(ACTORS),
        "dct:description": spoken(ABOUT_ACTORS),
        "dct:identifier": iri,
        "dct:accrualPeriodicity": ground.named("frequency"),
        "dct:spatial": ground.named("places"),
        "dct:temporal": period if ground.issued else None,
        "landingPage": ground.named("directory"),
        "distribution": [{"@id": f"{ground.iri}#{form.name}"} for form in FORMS],
        **ground.of_offers,
        **ground.of_data,
    }


def _service(ground: _Ground) -> dict:
    return {
        "@id": f"{ground.iri}#service",
        "@type": "DataService",
        "dct:title": spoken(SERVICE),
        "dct:description": spoken(ABOUT_SERVICE),
        "dct:license": ground.named("licence"),
        "endpointURL": ground.addresses.of("api:root"),
        "endpointDescription": ground.addresses.of("api:schema"),
        "servesDataset": {"@id": f"{ground.iri}#actors"},
        **ground.of_offers,
    }


def _form(form: DistributionForm, ground: _Ground) -> dict:
    return {
        **distribution(form, addresses=ground.addresses, catalogue=ground.iri),
        "dct:format": ground.named(form.file_type),
        "dct:license": ground.named("licence"),
        "dct:rights": ground.named("rights"),
        "dcatap:availability": ground.named("stable"),
        "accessService": {"@id": f"{ground.iri}#service"},
        **ground.of_data,
    }


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
