"""Rows beside all names, places and sites of the registry, and beside each other."""

from collections.abc import Iterable, Set

from django.utils.translation import gettext as _

from actors.querysets import ActorQuerySet
from clusterportal.intake.identity.description import Description
from clusterportal.intake.identity.evidence import Verdict
from clusterportal.intake.identity.index import DescriptionIndex, PossibleMatch
from clusterportal.intake.identity.reasons import ReasonCode
from clusterportal.intake.identity.registry import descriptions
from clusterportal.intake.plan import Candidate
from clusterportal.intake.row_facts import Reason

MAX_CANDIDATES = 3  # of a row, shown to people
_ELSEWHERE = {ReasonCode.OTHER_PLACE, ReasonCode.OTHER_POSTCODE}


class SimilarActors:
    """These actors of the registry, read when they are first searched."""

    def __init__(self, actors: ActorQuerySet):
        self._actors = actors
        self._index: DescriptionIndex | None = None
        self._titles: dict[int, str] = {}

    def find(self, description: Description) -> list[PossibleMatch]:
        """The actors that are, or probably are, what is described, likeliest first."""
        return self._read().find_similar(description)

    def candidates(
        self, similar: Iterable[PossibleMatch], *, taken: Set[int] = frozenset()
    ) -> list[Candidate]:
        """What people are shown of them; actors of `taken` are left out."""
        return [
            Candidate(one.ref, self._titles[one.ref], one.judgement.in_words, one.judgement.score)
            for one in similar
            if one.ref not in taken
        ][:MAX_CANDIDATES]

    def _read(self) -> DescriptionIndex:
        if self._index is None:
            self._index = DescriptionIndex()
            for pk, description, title in descriptions(self._actors):
                self._index.add(pk, description)
                self._titles[pk] = title
        return self._index


class SimilarRows:
    """New rows of the file beside each other: the same organisation twice, though in another spelling."""

    def __init__(self):
        self._index = DescriptionIndex()
        self._names: dict[int, str] = {}

    def add(self, description: Description, *, name: str, row: int) -> tuple[Reason | None, str]:
        """Why the row repeats an earlier one for certain, or the remark that it probably does."""
        similar = self._index.find_similar(description, by_name_alone=True)
        self._index.add(row, description)
        self._names[row] = name
        for one in similar:
            if one.judgement.verdict is Verdict.SAME and self._names[one.ref] == name:
                text = _("Row %(row)s is about the same actor already.") % {"row": one.ref}
                return ("name", name, text), ""
        for one in similar:
            if not _ELSEWHERE & {reason.code for reason in one.judgement.reasons}:
                names = {"row": one.ref, "why": one.judgement.in_words}
                return None, _("Probably the same organisation as in row %(row)s: %(why)s.") % names
        return None, ""
