"""A cluster as an organisation: schema.org and ORG, as its members are described."""

from django.conf import settings

from actors.domain.linked_data import CONTEXT
from clusterportal.clusters.models import Cluster
from clusterportal.core.api.absolute_addresses import Addresses
from clusterportal.core.languages import LANGUAGE_CODES
from clusterportal.core.licence import data_licence
from clusterportal.core.rdf import iri_of, tagged, web_address, without_empty_values


def of_cluster(cluster: Cluster) -> dict:
    """The description of `cluster` in every language; its members name it, and no people are part of it."""
    node = without_empty_values(
        {
            "@id": iri_of(cluster.uid),
            "@type": ["Organization", "org:Organization"],
            "name": tagged(cluster, "name"),
            "description": tagged(cluster, "claim"),
            "url": web_address(cluster.homepage),
            "foundingDate": str(cluster.founded or ""),
            "logo": f"{settings.SITE_URL}{cluster.logo.url}" if cluster.logo else "",
            "areaServed": {
                "@id": f"{iri_of(cluster.uid)}#region",
                "@type": "Place",
                "name": tagged(cluster.region, "name"),
            },
            "mainEntityOfPage": [
                {
                    "@id": Addresses(settings.SITE_URL, code).of("clusters:cluster-detail", cluster.slug),
                    "@type": "WebPage",
                    "inLanguage": code,
                    "license": data_licence().url,
                }
                for code in LANGUAGE_CODES
            ],
        }
    )
    return {"@context": CONTEXT, **node}
