"""What proves a finding: a question to the directory, and how many actors answer it today."""

from urllib.parse import urlsplit

from django.core.exceptions import SuspiciousOperation
from django.http import QueryDict

from actors.filters import ActorFilterSet


def query_of(address: str) -> str:
    """The question in the address of a filtered directory; a question alone stays as it is."""
    text = address.strip()
    parts = urlsplit(text)
    return parts.query if parts.scheme or "?" in text else text


def evidence_count(query: str) -> int | None:
    """How many published actors the question finds; None where the directory does not understand it."""
    try:
        params = QueryDict(query)
    except SuspiciousOperation:
        return None
    if not params or not set(params) <= set(ActorFilterSet.base_filters):
        return None
    filters = ActorFilterSet(params)
    return filters.selection.count() if filters.is_valid() else None
