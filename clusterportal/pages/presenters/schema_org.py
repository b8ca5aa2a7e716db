"""The portal, its clusters and its words as linked data: schema.org in JSON-LD, for search engines."""

from collections.abc import Iterable
from html import unescape

from django.conf import settings
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.translation import get_language, gettext

from actors.models import Actor
from clusterportal.clusters.models import Cluster
from clusterportal.core.languages import language_shown
from clusterportal.core.rdf import iri_of
from clusterportal.pages.markdown import render
from clusterportal.pages.models import GlossaryEntry


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


def cluster_data(request, cluster: Cluster, members: Iterable[Actor] = ()) -> dict:
    """A cluster as an organisation with the `members` that its page lists; people are never part of it.

    `url` is its own website, or where it has none its page here.
    """
    page = request.build_absolute_uri(_page(cluster))
    data = {
        "@context": "https://schema.org",
        "@type": "Organization",
        "@id": iri_of(cluster.uid),
        "url": cluster.homepage or page,
        "mainEntityOfPage": page,
        "name": cluster.name,
        "description": cluster.claim,
        "foundingDate": str(cluster.founded) if cluster.founded else "",
        "logo": request.build_absolute_uri(cluster.logo.url) if cluster.logo else "",
        "areaServed": {"@type": "Place", "name": cluster.region.name},
        "member": [
            {
                "@type": "Organization",
                "@id": iri_of(member.uid),
                "name": member.name,
            }
            for member in members
        ],
    }
    return {name: value for name, value in data.items() if value}


def _page(cluster: Cluster) -> str:
    return reverse("clusters:cluster-detail", args=[cluster.slug])


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


def defined_terms(request, entries: Iterable[GlossaryEntry]) -> dict:
    """The glossary as a set of terms. A text that stands in another language than the page says so."""
    page = request.build_absolute_uri(reverse("pages:glossary"))
    return {
        "@context": "https://schema.org",
        "@type": "DefinedTermSet",
        "@id": page,
        "url": page,
        "name": gettext("Glossary"),
        "inLanguage": request.LANGUAGE_CODE,
        "hasDefinedTerm": [
            {
                "@type": "DefinedTerm",
                "@id": f"{page}#{entry.slug}",
                "url": f"{page}#{entry.slug}",
                "termCode": entry.slug,
                "name": _in_its_language(entry, "term"),
                "description": _in_its_language(entry, "definition"),
                "inDefinedTermSet": page,
            }
            for entry in entries
        ],
    }


def _in_its_language(entry: GlossaryEntry, name: str) -> str | dict:
    text, language = getattr(entry, name), language_shown(entry, name)
    text = " ".join(unescape(strip_tags(render(text))).split())
    return text if language in ("", get_language()) else {"@value": text, "@language": language}
