"""The forms in which the portal's data can be had, as the catalogue lists them."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clusterportal.core.api.absolute_addresses import Addresses
from clusterportal.core.rdf import spoken

ABOUT_ACTORS = _(
    "Each actor with its place on the chain from research to market, its application areas, topics, services, "
    "clusters, relations and identifiers."
)


class DistributionForm(NamedTuple):
    """`media_type` only where IANA has registered it; `is_whole`: one file with everything, not a page of a list."""

    name: str
    title: str | Promise
    view: str
    question: str
    file_type: str
    media_type: str = ""
    is_whole: bool = False
    about: str | Promise = ABOUT_ACTORS


FORMS = [
    DistributionForm(
        "json", _("Actors, page by page (JSON)"), "api:actor-list", "", "JSON", "application/json"
    ),
    DistributionForm(
        "csv", _("All actors as a table (CSV)"), "api:actor-list", "?format=csv", "CSV", "text/csv", True
    ),
    DistributionForm(
        "xlsx",
        _("All actors as a workbook (XLSX)"),
        "api:actor-list",
        "?format=xlsx",
        "XLSX",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        True,
    ),
    DistributionForm(
        "geojson",
        _("All actors with coordinates (GeoJSON)"),
        "api:actor-list",
        "?format=geojson",
        "GEOJSON",
        "application/geo+json",
        True,
    ),
    DistributionForm(
        "jsonld",
        _("Actors as linked data, page by page (JSON-LD)"),
        "api:actor-list",
        "?format=jsonld",
        "JSON_LD",
        "application/ld+json",
    ),
    DistributionForm(
        "ttl",
        _("Actors as linked data, page by page (Turtle)"),
        "api:actor-list",
        "?format=ttl",
        "RDF_TURTLE",
        "text/turtle",
    ),
    DistributionForm(
        "ndjson", _("All actors, a line each (NDJSON)"), "api:actor-list", "?format=ndjson", "JSON", "", True
    ),
    DistributionForm(
        "dumps",
        _("Dated copies of all public records, each with its checksum (JSON list of NDJSON files)"),
        "api:dumps",
        "",
        "JSON",
        "application/json",
        False,
        _("What the registry held on a day, as files to keep: their addresses, sizes and SHA-256."),
    ),
    DistributionForm(
        "snapshot",
        _("All public records of one moment, a line each (NDJSON)"),
        "api:snapshot",
        "",
        "JSON",
        "",
        True,
        _(
            "Layers, application areas, clusters, topics, actors and relations, and the cursor from which the "
            "changes go on."
        ),
    ),
]


def distribution(form: DistributionForm, *, addresses: Addresses, catalogue: str) -> dict:
    """What distinguishes a form from the others."""
    address = addresses.of(form.view) + form.question
    found: dict = {
        "@id": f"{catalogue}#{form.name}",
        "@type": "Distribution",
        "dct:title": spoken(form.title),
        "dct:description": spoken(form.about),
        "accessURL": address,
    }
    if form.is_whole:
        found["downloadURL"] = address
    if form.media_type:
        iri = f"https://www.iana.org/assignments/media-types/{form.media_type}"
        found["mediaType"] = {"@id": iri, "@type": "dct:MediaType"}
    return found
