"""Actors as lists, NDJSON and lookups say them: any fields of the detail, and how they are asked for.

A list says little by default, written by the database (`ActorJson`). `include` adds what the detail has beyond it,
`fields` chooses; with either the entries say what the detail says, also of layers, whose ground a list leaves out.
"""

from collections.abc import Iterator, Sequence

import orjson
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import NotAuthenticated, PermissionDenied
from rest_framework.utils.encoders import JSONEncoder

from actors.api.actor_json import ActorJson
from actors.api.nested import with_parts
from actors.api.serializers import ActorDetailSerializer, ActorSerializer
from actors.domain.taxonomy import Taxonomy
from clusterportal.core.api.absolute_addresses import Addresses
from clusterportal.core.api.answer_language import AnswerLanguage
from clusterportal.core.api.credentials import may_read_contacts
from clusterportal.core.api.parameters import chosen_codes, codes

EVERYTHING = ("*", "all")
CONTACTS = "contacts"
BLOCK = 250  # full records read at once
FIELDS = ActorDetailSerializer.names()
_IN_LISTS = frozenset(ActorSerializer.names())
BEYOND_LISTS = ["layers", *(name for name in FIELDS if name not in _IN_LISTS)]

INCLUDE = codes(
    "include",
    _(
        "Adds these fields of the detail to each entry, `*` all of them. Layers then say on what ground an actor "
        "stands there. Contact persons come only with a key of the scope `read:contacts`."
    ),
    [*EVERYTHING, *BEYOND_LISTS],
)


def fields_asked_for(request, *, default: Sequence[str]) -> list[str]:
    """The fields of each record by `fields` and `include`, in their order; `default` where `fields` is not given.

    Raises problems for unknown fields, and for contact persons that are named without a key that may read them.
    """
    chosen = chosen_codes(request.query_params, "fields", FIELDS)
    included = chosen_codes(request.query_params, "include", [*EVERYTHING, *BEYOND_LISTS])
    if CONTACTS in (*chosen, *included) and not may_read_contacts(request):
        reason = _("Contact persons of many actors need a key with the scope “read:contacts”.")
        raise (PermissionDenied if getattr(request, "auth", None) else NotAuthenticated)(reason)
    wanted = {*(chosen or default), *included}
    if wanted.intersection(EVERYTHING):
        wanted.update(BEYOND_LISTS)
    if not may_read_contacts(request):
        wanted.discard(CONTACTS)
    return [name for name in FIELDS if name in wanted]


class FullRecords:
    """Actors as lines of JSON, with any fields of the detail."""

    def __init__(self, language: AnswerLanguage, addresses: Addresses, fields: Sequence[str]):
        self.fields = list(fields)
        context = {"language": language, "addresses": addresses}
        self._write = ActorDetailSerializer(only=self.fields, context=context).to_representation

    def of(self, keys: list[int]) -> Iterator[str]:
        """The lines of the actors `keys`, in this order; whoever is no longer public is left out."""
        for begin in range(0, len(keys), BLOCK):
            block = keys[begin : begin + BLOCK]
            found = self.by_key(block)
            yield from (found[key] for key in block if key in found)

    def by_key(self, keys: list[int]) -> dict[int, str]:
        """The lines by key; one query."""
        return {actor.pk: _json(self._write(actor)) for actor in with_parts(keys, self.fields)}


def records_asked_for(
    request, *, language: AnswerLanguage, addresses: Addresses, taxonomy: Taxonomy | None = None
) -> ActorJson | FullRecords:
    """Writes the entries of a list as the request wants them."""
    fields = fields_asked_for(request, default=ActorSerializer.names())
    if "include" not in request.query_params and _IN_LISTS.issuperset(fields):
        return ActorJson(language, addresses, fields, taxonomy)
    return FullRecords(language, addresses, fields)


def _json(record: dict) -> str:
    return orjson.dumps(record, default=JSONEncoder().default).decode()
