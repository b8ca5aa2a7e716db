"""The list of actors, to which the acts of this room lead back."""

from django.urls import reverse

ACTOR_LIST = "admin:actors_actor_changelist"


def list_address(query: str) -> str:
    """The list under the filters, search and order of `query`."""
    return f"{reverse(ACTOR_LIST)}?{query}" if query else reverse(ACTOR_LIST)
