"""Descriptions indexed so that the possible matches of another one are found without comparing with all."""

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from rapidfuzz import fuzz, process

from clusterportal.intake.identity.description import Description
from clusterportal.intake.identity.evidence import Judgement, Verdict, judge

MIN_NAME_SIMILARITY = 86  # percent of equal letters; below, names in one place do not reach WORTH_A_LOOK
MAX_SIMILAR_NAMES = 3  # in one place
MAX_NAMES_COMPARED = 5000  # in one place, so that the time stays bounded
MAX_NAMESAKES = 50
MAX_SHARING_CONTACT = 5  # a site, street or telephone that more share is a common host or house, no evidence


class PossibleMatch(NamedTuple):
    """A description of the index that may be the same organisation, under its number `ref`."""

    ref: int
    description: Description
    judgement: Judgement


class DescriptionIndex:
    """Descriptions by number, indexed by names, place with site or street, and telephone."""

    def __init__(self):
        self.descriptions: dict[int, Description] = {}
        self._by_key: dict[tuple, list[int]] = defaultdict(list)
        self._names_in: dict[str, tuple[list[str], list[int]]] = defaultdict(lambda: ([], []))

    def __bool__(self) -> bool:
        return bool(self.descriptions)

    def add(self, ref: int, description: Description) -> None:
        self.descriptions[ref] = description
        for key in _keys(description):
            self._by_key[key].append(ref)
        for place in _places(description):
            names, refs = self._names_in[place]
            names.append(description.key)
            refs.append(ref)

    def find_similar(self, description: Description, *, by_name_alone: bool = False) -> list[PossibleMatch]:
        """Descriptions that are, or probably are, the same organisation, likeliest first.

        `by_name_alone`: only those that share a name are compared.
        """
        keys = _names(description) if by_name_alone else _keys(description)
        refs = {ref for key in keys for ref in self._sharing(key)}
        if not by_name_alone:
            refs |= {
                ref for place in _places(description) for ref in self._similar_names(description.key, place)
            }
        found = []
        for ref in refs:
            judgement = judge(description, self.descriptions[ref])
            if judgement.verdict is not Verdict.DIFFERENT:
                found.append(PossibleMatch(ref, self.descriptions[ref], judgement))
        return sorted(found, key=lambda one: (-one.judgement.score, one.ref))

    def _sharing(self, key: tuple) -> list[int]:
        refs = self._by_key.get(key, [])
        if key[0] == "name":
            return refs[:MAX_NAMESAKES]
        return refs if len(refs) <= MAX_SHARING_CONTACT else []

    def _similar_names(self, key: str, place: str) -> Iterator[int]:
        if place not in self._names_in:
            return
        names, refs = self._names_in[place]
        similar = process.extract(
            key,
            names[:MAX_NAMES_COMPARED],
            scorer=fuzz.ratio,
            score_cutoff=MIN_NAME_SIMILARITY,
            limit=MAX_SIMILAR_NAMES,
        )
        yield from (refs[position] for _name, _score, position in similar)


def _names(description: Description) -> Iterator[tuple]:
    for key in description.keys:
        yield "name", key.replace(" ", "")


def _keys(description: Description) -> Iterator[tuple]:
    yield from _names(description)
    for place in _places(description):
        if description.host:
            yield "site", description.host, place
        if description.street:
            yield "street", description.street, place
    if description.phone:
        yield "phone", description.phone


def _places(description: Description) -> set[str]:
    return {description.postcode, description.town} - {""}
