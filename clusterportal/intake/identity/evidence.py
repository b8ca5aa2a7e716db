"""Are two descriptions the same organisation? A verdict with its reasons, from what both sides state.

A name is no proof: what contradicts it (another town, postcode or website, another number) makes a pair of the same
name probable at most. Pure functions; nothing is read from the database.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import fuzz

from clusterportal.intake.identity.description import Description
from clusterportal.intake.identity.names import is_other_site, is_other_town, name_key
from clusterportal.intake.identity.reasons import SAME_PLACE, Reason, ReasonCode, reason
from clusterportal.places.distances import distance_km

WORTH_A_LOOK = 50  # score from which a pair is shown to people
SIMILAR_FROM = 80  # percent of equal letters; the weight grows with what is above
UNLIKE_BELOW = 50  # percent of equal letters
NEAR_KM = 1.0
MAX_ACRONYM_LETTERS = 6  # many organisations share names as short as that
# Schemes that give each organisation one number; two numbers are two organisations.
SINGLE_VALUED = frozenset({"ror", "lei", "wikidata", "vat"})
REGISTER = "register"
KNOWN_BY_ACRONYM = 35  # weight where an actor's whole name is the short name of another
_DIGITS = re.compile(r"\d+")


class Verdict(StrEnum):
    SAME = "same"
    PROBABLE = "probable"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class Judgement:
    verdict: Verdict
    score: int  # 0 to 100
    reasons: list[Reason]

    @property
    def in_words(self) -> str:
        """The reasons for it, then those against it, as one sentence."""
        ordered = sorted(self.reasons, key=lambda one: -one.weight)
        return ", ".join(one.sentence for one in ordered)


def judge(left: Description, right: Description, *, are_related: bool = False) -> Judgement:
    """The verdict about two descriptions; related: one is parent or origin of the other."""
    reasons = compare(left, right, are_related=are_related)
    return Judgement(_verdict(left, right, reasons), score_of(reasons), reasons)


def score_of(reasons: list[Reason]) -> int:
    return max(0, min(100, sum(one.weight for one in reasons)))


def compare(left: Description, right: Description, *, are_related: bool = False) -> list[Reason]:
    """What speaks for and against `left` and `right` being one."""
    reasons = [*_of_identifiers(left, right), *_of_reach(left, right), *_of_names(left, right)]
    reasons += _of_place(left, right)
    return [*reasons, reason(ReasonCode.RELATED)] if are_related else reasons


# ---------- the verdict ----------
_CONTRADICT = {
    ReasonCode.OTHER_PLACE,
    ReasonCode.OTHER_POSTCODE,
    ReasonCode.OTHER_WEBSITE,
    ReasonCode.OTHER_REGISTER,
}
_EXCLUDE = {ReasonCode.OTHER_IDENTIFIER, ReasonCode.RELATED}


def agree_on_place(judgement: Judgement) -> bool:
    return any(one.code in SAME_PLACE for one in judgement.reasons)


def _verdict(left: Description, right: Description, reasons: list[Reason]) -> Verdict:
    codes = {one.code for one in reasons}
    if codes & _EXCLUDE:
        return Verdict.DIFFERENT
    if _shares_a_number(left, right):
        return Verdict.SAME
    is_here, is_elsewhere = bool(codes & SAME_PLACE), ReasonCode.OTHER_PLACE in codes
    is_known_as = left.name in right.others or right.name in left.others
    if not codes & _CONTRADICT:
        if left.name and left.name == right.name:
            return Verdict.SAME
        # An acronym is many; a longer other name in the same place is one.
        if is_known_as and is_here and ReasonCode.SAME_SHORT_NAME not in codes:
            return Verdict.SAME
    if ReasonCode.OTHER_REGISTER in codes and not is_here:
        return Verdict.DIFFERENT
    is_named_so = ReasonCode.OTHER_NAME_OF in codes and not is_elsewhere
    is_reached_here = is_here and ReasonCode.SAME_WEBSITE in codes
    # A whole name that the other had before is worth a question wherever it is; an acronym is not.
    is_question = is_known_as and not (is_elsewhere and ReasonCode.SAME_SHORT_NAME in codes)
    if ReasonCode.SAME_NAME in codes or is_named_so or is_reached_here or is_question:
        return Verdict.PROBABLE
    return Verdict.PROBABLE if score_of(reasons) >= WORTH_A_LOOK else Verdict.DIFFERENT


def _shares_a_number(left: Description, right: Description) -> bool:
    return any(
        left.identifiers[scheme] & right.identifiers.get(scheme, frozenset()) for scheme in left.identifiers
    )


# ---------- reasons ----------
def _of_identifiers(left: Description, right: Description) -> Iterator[Reason]:
    if not left.identifiers or not right.identifiers:
        return
    own, other = left.bare_numbers, right.bare_numbers
    if shared := sorted(own.keys() & other.keys()):
        yield reason(ReasonCode.SAME_IDENTIFIER, value=own[shared[0]])
    for scheme in sorted(left.identifiers.keys() & right.identifiers.keys()):
        one, two = left.identifiers[scheme], right.identifiers[scheme]
        if one & two:
            continue
        if scheme in SINGLE_VALUED:
            yield reason(ReasonCode.OTHER_IDENTIFIER, scheme=scheme, left=min(one), right=min(two))
            return
        if scheme == REGISTER:
            yield reason(ReasonCode.OTHER_REGISTER, scheme=scheme, left=min(one), right=min(two))


def _of_reach(left: Description, right: Description) -> Iterator[Reason]:
    if left.host and left.host == right.host:
        yield reason(ReasonCode.SAME_WEBSITE, host=left.host)
    elif is_other_site(left.host, right.host):
        yield reason(ReasonCode.OTHER_WEBSITE, left=left.host, right=right.host)
    if left.phone and left.phone == right.phone:
        yield reason(ReasonCode.SAME_PHONE, phone=left.phone_label)


def _of_names(left: Description, right: Description) -> Iterator[Reason]:
    own, other = _without_blanks(left.key), _without_blanks(right.key)
    if own and own == other:
        yield reason(ReasonCode.SAME_NAME)
        return
    shared = {_without_blanks(key) for key in left.keys} & {_without_blanks(key) for key in right.keys}
    if long := [key for key in shared if len(key) > MAX_ACRONYM_LETTERS]:
        yield reason(ReasonCode.OTHER_NAME_OF, name=_label(min(long), left, right))
        return
    percent = max((_similarity(one, two) for one in left.keys for two in right.keys), default=0)
    if percent >= SIMILAR_FROM:
        # 20 at the threshold, 50 for the same name: worth a look in one city from 90 % on, in one postcode earlier.
        weight = 20 + round(30 * (percent - SIMILAR_FROM) / (100 - SIMILAR_FROM))
        yield reason(ReasonCode.SIMILAR_NAME, weight=weight, percent=percent)
    elif shared:
        is_whole_name = left.name in right.others or right.name in left.others
        acronym_weight = KNOWN_BY_ACRONYM if is_whole_name else None
        yield reason(ReasonCode.SAME_SHORT_NAME, weight=acronym_weight, name=min(shared).upper())
    elif percent < UNLIKE_BELOW and _has_a_long_name(left) and _has_a_long_name(right):
        yield reason(ReasonCode.OTHER_NAME, percent=percent)


def _has_a_long_name(side: Description) -> bool:
    return any(len(key) > MAX_ACRONYM_LETTERS for key in side.keys)


def _label(key: str, *sides: Description) -> str:
    """The other name behind a key, as people read it."""
    labels = [label for side in sides for label in side.others.values()]
    return next((label for label in labels if _without_blanks(name_key(label)) == key), key)


def _similarity(one: str, other: str) -> int:
    """Percent of equal letters; none for short names, and less than similar where numbers differ (school 12, 13)."""
    if min(len(one), len(other)) <= MAX_ACRONYM_LETTERS:
        return 0
    percent = int(max(fuzz.ratio(one, other), fuzz.token_sort_ratio(one, other)))
    is_numbered_alike = sorted(_DIGITS.findall(one)) == sorted(_DIGITS.findall(other))
    return percent if is_numbered_alike else min(percent, SIMILAR_FROM - 1)


def _without_blanks(name: str) -> str:
    return name.replace(" ", "")


def _of_place(left: Description, right: Description) -> Iterator[Reason]:
    both_postcodes, both_towns = left.postcode and right.postcode, left.town and right.town
    is_abroad = bool(left.country and right.country and left.country != right.country)
    if not is_abroad and both_postcodes and left.postcode == right.postcode:
        if left.street and left.street == right.street:
            yield reason(ReasonCode.SAME_STREET, street=left.street_label)
        else:
            yield reason(
                ReasonCode.SAME_POSTCODE, postcode=max(left.postcode_label, right.postcode_label, key=len)
            )
        return
    distance = _distance_km(left.position, right.position)
    is_near = distance is not None and distance <= NEAR_KM
    if both_towns and (is_abroad or (is_other_town(left.town, right.town) and not is_near)):
        yield reason(ReasonCode.OTHER_PLACE, left=_place(left, is_abroad), right=_place(right, is_abroad))
        return
    if both_towns and not is_other_town(left.town, right.town):
        is_here = left.street and left.street == right.street and not both_postcodes
        if is_here:
            yield reason(ReasonCode.SAME_STREET, street=left.street_label)
        else:
            yield reason(ReasonCode.SAME_CITY, city=left.town_label)
    elif distance is not None and is_near:
        yield reason(ReasonCode.NEARBY, metres=round(distance * 1000, -1))
    elif is_abroad:
        yield reason(ReasonCode.OTHER_PLACE, left=left.country, right=right.country)
        return
    if both_postcodes:
        yield reason(ReasonCode.OTHER_POSTCODE, left=left.postcode_label, right=right.postcode_label)


def _place(side: Description, is_abroad: bool) -> str:
    return f"{side.town_label} ({side.country})" if is_abroad else side.town_label


def _distance_km(one: tuple[float, float] | None, other: tuple[float, float] | None) -> float | None:
    return None if one is None or other is None else distance_km(*one, *other)
