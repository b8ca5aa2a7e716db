"""Rows beside all names, places and sites of the registry, and beside each other."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from actors.models import Actor
from clusterportal.intake.identity.evidence import Verdict
from clusterportal.intake.identity.index import Index, Likeness
from clusterportal.intake.identity.reasons import ReasonCode
from clusterportal.intake.identity.registry import descriptions
from clusterportal.intake.plan import Candidate
from clusterportal.intake.planning.matching import Meaning, Reason, chosen, description_of
from clusterportal.intake.row_facts import RowFacts

SHOWN = 3  # candidates of a row
_ELSEWHERE = {ReasonCode.OTHER_PLACE, ReasonCode.OTHER_POSTCODE}


class Resembling:
    """The registry, read once when the first row asks.

    A person is shown nothing that they may not see; None, the command line, sees all.
    """

    def __init__(self, by=None):
        self._actors = Actor.objects.all() if by is None else Actor.objects.visible_to(by)
        self._index: Index | None = None
        self._titles: dict[int, str] = {}

    def like(self, facts: RowFacts) -> list[Likeness]:
        """What is, or probably is, meant by the row, likeliest first."""
        return self._read().like(description_of(facts))

    def meaning(self, facts: RowFacts, like: list[Likeness]) -> Meaning:
        """The actor that the row means beyond doubt, though the registry spells its name otherwise."""
        same = [one for one in like if one.judgement.verdict is Verdict.SAME]
        return chosen(description_of(facts), same, facts.fields) if same else Meaning()

    def candidates(self, like: Iterable[Likeness], *, taken: set[int] = frozenset()) -> list[Candidate]:
        """What people are shown; an actor of `taken` is meant by another row already."""
        return [
            Candidate(one.ref, self._titles[one.ref], one.judgement.in_words, one.judgement.score)
            for one in like
            if one.ref not in taken
        ][:SHOWN]

    def _read(self) -> Index:
        if self._index is None:
            self._index = Index()
            for pk, description, title in descriptions(self._actors):
                self._index.add(pk, description)
                self._titles[pk] = title
        return self._index


class Repetitions:
    """New rows of the file beside each other: the same firm twice, though spelt differently."""

    def __init__(self):
        self._index = Index()
        self._names: dict[int, str] = {}

    def look(self, facts: RowFacts, *, row: int) -> tuple[Reason | None, str]:
        """Why the row repeats an earlier one outright, or the words that it probably does; noted otherwise."""
        described, name = description_of(facts), facts.fields.get("name") or ""
        like = self._index.like(described, by_name_alone=True)
        self._index.add(row, described)
        self._names[row] = name
        for one in like:
            if one.judgement.verdict is Verdict.SAME and self._names[one.ref] == name:
                text = _("Row %(row)s is about the same actor already.") % {"row": one.ref}
                return ("name", name, text), ""
        for one in like:
            if not _ELSEWHERE & {reason.code for reason in one.judgement.reasons}:
                names = {"row": one.ref, "why": one.judgement.in_words}
                return None, _("Probably the same organisation as in row %(row)s: %(why)s.") % names
        return None, ""
