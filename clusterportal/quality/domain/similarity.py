"""How alike two actors are, and why: reasons with weights, whose sum from 0 to 100 is the score."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from math import cos, hypot, radians

from rapidfuzz import fuzz

from clusterportal.quality.enums import ReasonCode

WORTH_A_LOOK = 50  # score from which a pair is shown to people
SIMILAR = 80  # percent from which names count as similar; the weight grows with what is above
UNLIKE = 50  # percent below which names speak against
NEAR_KM = 1.0
SHORT = 6  # letters: many have the same acronym
# Schemes that give each organisation one number; two numbers are two organisations.
SINGLE_VALUED = frozenset({"ror", "lei", "wikidata", "vat"})
_KM_PER_DEGREE = 111.2

_WEIGHTS = {
    ReasonCode.SAME_IDENTIFIER: 70,
    ReasonCode.SAME_WEBSITE: 40,
    ReasonCode.SAME_NAME: 50,
    ReasonCode.SAME_SHORT_NAME: 25,
    ReasonCode.SAME_POSTCODE: 20,
    ReasonCode.SAME_CITY: 15,
    ReasonCode.NEARBY: 15,
    ReasonCode.OTHER_IDENTIFIER: -70,
    ReasonCode.RELATED: -70,
    ReasonCode.OTHER_NAME: -20,
    ReasonCode.OTHER_PLACE: -25,
}


@dataclass(frozen=True)
class Facts:
    """What is compared of an actor; names and city are plain (`registry_plain_name`), identifiers by scheme."""

    names: frozenset[str]
    identifiers: dict[str, frozenset[str]] = field(default_factory=dict)
    website_host: str = ""
    country: str = ""
    postcode: str = ""
    city: str = ""
    city_label: str = ""
    position: tuple[float, float] | None = None


@dataclass(frozen=True)
class Reason:
    """`values` hold what a sentence about the reason names."""

    code: str
    weight: int
    values: dict

    def as_json(self) -> dict:
        return {"code": str(self.code), "weight": self.weight, **self.values}


def score_of(reasons: list[Reason]) -> int:
    return max(0, min(100, sum(reason.weight for reason in reasons)))


def compare(left: Facts, right: Facts, *, are_related: bool = False) -> list[Reason]:
    """What speaks for and against `left` and `right` being one; related: parent and part, or spin-off."""
    reasons = [*_of_identifiers(left, right), *_of_website(left, right), *_of_names(left, right)]
    reasons += _of_place(left, right)
    return [*reasons, _reason(ReasonCode.RELATED)] if are_related else reasons


def _reason(code: ReasonCode, **values) -> Reason:
    return Reason(code, _WEIGHTS[code], values)


def _of_identifiers(left: Facts, right: Facts) -> Iterator[Reason]:
    everything = [set().union(*facts.identifiers.values()) for facts in (left, right)]
    if shared := sorted(everything[0] & everything[1]):
        yield _reason(ReasonCode.SAME_IDENTIFIER, value=shared[0])
    for scheme in sorted(SINGLE_VALUED & left.identifiers.keys() & right.identifiers.keys()):
        own, other = left.identifiers[scheme], right.identifiers[scheme]
        if not own & other:
            values = {"scheme": scheme, "left": min(own), "right": min(other)}
            yield _reason(ReasonCode.OTHER_IDENTIFIER, **values)
            return


def _of_website(left: Facts, right: Facts) -> Iterator[Reason]:
    if left.website_host and left.website_host == right.website_host:
        yield _reason(ReasonCode.SAME_WEBSITE, host=left.website_host)


def _of_names(left: Facts, right: Facts) -> Iterator[Reason]:
    shared = {_tight(name) for name in left.names} & {_tight(name) for name in right.names}
    if any(len(name) > SHORT for name in shared):
        yield _reason(ReasonCode.SAME_NAME)
        return
    percent = max((_likeness(one, other) for one in left.names for other in right.names), default=0)
    if percent >= SIMILAR:
        # 20 at the threshold, 50 at the same name: in one city from 90 % on, with one postcode a little earlier.
        weight = 20 + round(30 * (percent - SIMILAR) / (100 - SIMILAR))
        yield Reason(ReasonCode.SIMILAR_NAME, weight, {"percent": percent})
    elif shared:
        yield _reason(ReasonCode.SAME_SHORT_NAME, name=min(shared).upper())
    elif percent < UNLIKE:
        yield _reason(ReasonCode.OTHER_NAME, percent=percent)


def _likeness(one: str, other: str) -> int:
    """Percent; short names are alike only when they are the same, which is looked at before."""
    if min(len(one), len(other)) <= SHORT:
        return 0
    return int(max(fuzz.ratio(one, other), fuzz.token_sort_ratio(one, other)))


def _tight(name: str) -> str:
    return name.replace(" ", "")


def _of_place(left: Facts, right: Facts) -> Iterator[Reason]:
    distance = _distance_km(left.position, right.position)
    same_country = left.country == right.country
    if same_country and left.postcode and left.postcode == right.postcode:
        yield _reason(ReasonCode.SAME_POSTCODE, postcode=left.postcode)
    elif same_country and left.city and left.city == right.city:
        yield _reason(ReasonCode.SAME_CITY, city=left.city_label)
    elif distance is not None and distance <= NEAR_KM:
        yield _reason(ReasonCode.NEARBY, metres=round(distance * 1000, -1))
    elif left.city and right.city:
        yield _reason(ReasonCode.OTHER_PLACE, left=left.city_label, right=right.city_label)


def _distance_km(one: tuple[float, float] | None, other: tuple[float, float] | None) -> float | None:
    """Flat approximation, good for the few kilometres that matter here."""
    if one is None or other is None:
        return None
    north = one[0] - other[0]
    east = (one[1] - other[1]) * cos(radians(one[0]))
    return hypot(north, east) * _KM_PER_DEGREE
