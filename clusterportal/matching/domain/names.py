"""How much of two names is the same: word by word, a slip forgiven, words too many or too few at their weight."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

LONG_WORD = 9  # letters from which two slips in one word are still the same word
# Short words of names in which a slip is one; another letter in any other short word is another acronym.
_FUNCTION_WORDS = """
    al am an and at au da das de del dem den der des di die do dos du e el et for fur il im in la las le les lo los of
    on the to van von y zu zum zur
"""
FUNCTION_WORDS = frozenset(_FUNCTION_WORDS.split())
SHORT_WORD = 4  # letters below which a slip alone does not tell what was meant


@dataclass(frozen=True, slots=True)
class Likeness:
    """Of two names. `slips`: letters that differ in words that are meant to be the same."""

    percent: float
    slips: int = 0
    slipped: tuple[tuple[str, str], ...] = ()  # the words as they were asked, and as they are meant
    surplus: tuple[str, ...] = ()  # words that only the name that was asked has
    missing: tuple[str, ...] = ()  # words that only the other name has

    @property
    def is_whole(self) -> bool:
        """Whether no word is left over on either side."""
        return not self.surplus and not self.missing


NOTHING = Likeness(0)


def likeness(asked: Sequence[str], name: Sequence[str], weight: Callable[[str], float]) -> Likeness:
    """How alike two names are, given by their words; `weight` (0 to 1) says how much a word tells."""
    if not asked or not name:
        return NOTHING
    glued, other = "".join(asked), "".join(name)
    if glued == other:
        return Likeness(100)
    surplus, missing = (
        [*(Counter(asked) - Counter(name)).elements()],
        [*(Counter(name) - Counter(asked)).elements()],
    )
    slips, lost = 0, 0.0
    slipped: list[tuple[str, str]] = []
    for word in list(surplus):
        meant, distance = _meant(word, missing)
        if meant:
            surplus.remove(word)
            missing.remove(meant)
            slips += distance
            slipped.append((word, meant))
            lost += weight(meant) * distance / len(meant)
    if surplus and missing and (distance := _slip(glued, other)) == 1:
        # A blank too many or too few, and one more slip at most.
        return Likeness(
            100 * (1 - distance / len(other)), distance, ((" ".join(surplus), " ".join(missing)),)
        )
    whole = sum(map(weight, asked)) + sum(map(weight, name))
    left = sum(map(weight, surplus)) + sum(map(weight, missing)) + 2 * lost
    percent = 100 * max(0.0, 1 - left / whole)
    return Likeness(percent, slips, tuple(slipped), tuple(surplus), tuple(missing))


def _meant(word: str, words: list[str]) -> tuple[str, int]:
    """The one of `words` that `word` is but for a slip, and how many letters differ; numbers have no slips."""
    best, least = "", 3
    for other in words:
        distance = _slip(word, other)
        if distance < least and distance <= _forgiven(max(len(word), len(other))):
            best, least = other, distance
    return best, least


def _slip(one: str, other: str) -> int:
    """Letters dropped, added, replaced or swapped between two texts; many where a number differs."""
    if [sign for sign in one if sign.isdecimal()] != [sign for sign in other if sign.isdecimal()]:
        return len(one)
    return OSA.distance(one, other, score_cutoff=2)


def _forgiven(letters: int) -> int:
    return 2 if letters >= LONG_WORD else 1
