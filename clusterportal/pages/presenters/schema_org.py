"""The portal and its clusters as linked data: schema.org in JSON-LD, for search engines."""

from django.conf import settings
from django.urls import reverse

from clusterportal.clusters.models import Cluster


def website(request) -> dict:
    """The portal, and how it is searched."""
    directory = request.build_absolute_uri(reverse("actors:actor-list"))
    return {
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": settings.SITE_NAME,
        "url": request.build_absolute_uri(reverse("pages:home")),
        "inLanguage": request.LANGUAGE_CODE,
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": f"{directory}?q={{search_term_string}}"},
            "query-input": "required name=search_term_string",
        },
    }


def cluster_data(request, cluster: Cluster) -> dict:
    """A cluster as an organisation; people are never part of it."""
    page = request.build_absolute_uri(reverse("clusters:cluster-detail", args=[cluster.slug]))
    data = {
        "@context": "https://schema.org",
        "@type": "Organization",
        "@id": page,
        "url": page,
        "name": cluster.name,
        "description": cluster.claim,
        "foundingDate": str(cluster.founded) if cluster.founded else "",
        "areaServed": {"@type": "Place", "name": cluster.region.name},
        "sameAs": [cluster.homepage] if cluster.homepage else [],
    }
    return {name: value for name, value in data.items() if value}


def cluster_list(request, clusters: list[Cluster]) -> dict:
    """The clusters of the portal in their order."""
    return {
        "@context": "https://schema.org",
        "@type": "ItemList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "item": cluster_data(request, cluster)}
            for place, cluster in enumerate(clusters, start=1)
        ],
    }
