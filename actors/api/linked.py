"""Actors as linked data: what JSON-LD and Turtle of the list and of one actor hold."""

from actors.api.nested import with_parts
from actors.domain.linked_data import CONTEXT, PARTS, linked_data, people_of
from actors.models import Actor
from clusterportal.core.licence import data_licence
from clusterportal.core.rdf import without_empty_values

_HYDRA = {"hydra": "http://www.w3.org/ns/hydra/core#", "hydra:next": {"@type": "@id"}}


def in_linked_data(keys: list[int]) -> dict[int, Actor]:
    """The published actors of `keys` with all that their description needs, by key; one query."""
    return {actor.pk: actor for actor in with_parts(keys, PARTS)}


def page_of(keys: list[int], *, address: str, following: str | None) -> dict:
    """The actors `keys` in their order, and the page of the list at `address` that they stand on.

    Whoever follows `hydra:next` (https://www.hydra-cg.com/spec/latest/core/) walks the whole list. People are left
    out: they are told one actor at a time.
    """
    found = in_linked_data(keys)
    page = {
        "@id": address,
        "@type": "hydra:PartialCollectionView",
        "license": data_licence().url,
        "hydra:next": following,
    }
    actors = [linked_data(found[key]) for key in keys if key in found]
    return {"@context": {**CONTEXT, **_HYDRA}, "@graph": [without_empty_values(page), *actors]}


def one_of(key: int) -> dict | None:
    """One actor, with the people who agreed to be published; None where it is no longer public."""
    for actor in with_parts([key], [*PARTS, "contacts"]):
        return {"@context": CONTEXT, **linked_data(actor), **people_of(actor)}
    return None
