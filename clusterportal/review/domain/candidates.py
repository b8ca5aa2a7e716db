"""Entries that a new one may be meant to be."""

from urllib.parse import urlsplit

from django.db.models import Q

from actors.enums import LegalForm
from actors.models import Actor

FEW = 5
_LEGAL_FORMS = {str(word).casefold() for label in LegalForm.labels for word in str(label).split()}


def possible_entries(*, name: str, website: str = "") -> list[Actor]:
    """At most five published actors with a name like this or a website of the same host, likeliest first."""
    words = " ".join(word for word in name.split() if word.casefold() not in _LEGAL_FORMS)
    actors = Actor.objects.published()
    found = actors.search_condition(words) if words else Q(pk__in=[])
    host = (urlsplit(website).hostname or "").removeprefix("www.")
    if host:
        found |= Q(website__icontains=f"//{host}") | Q(website__icontains=f"//www.{host}")
    return list(actors.filter(found).ranked(name).for_list()[:FEW])
