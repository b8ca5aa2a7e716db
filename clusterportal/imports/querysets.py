"""Whose imports and saved mappings a person sees; the rows of an import by what becomes of them."""

from typing import Self

from django.db.models import Count, Q, QuerySet, TextField
from django.db.models.functions import Cast

from actors.rules import reaches_all
from clusterportal.imports.rules import nouns_of
from clusterportal.intake.plan import Outcome


class ImportRunQuerySet(QuerySet):
    def visible_to(self, user) -> Self:
        """One's own imports; those who work with the actors of all clusters see everybody's."""
        runs = self.filter(noun__in=nouns_of(user))
        return runs if reaches_all(user) else runs.filter(by=user)


class ImportProfileQuerySet(QuerySet):
    def visible_to(self, user) -> Self:
        """One's own mappings, those that others share, and those whose owner is gone; administrators see all."""
        profiles = self.filter(noun__in=nouns_of(user))
        if user.is_superuser:
            return profiles
        return profiles.filter(Q(by=user) | Q(is_shared=True) | Q(by=None))


class ImportRowQuerySet(QuerySet):
    def taken(self) -> Self:
        """All but those that people left out."""
        return self.filter(is_taken=True)

    def written(self) -> Self:
        """Rows of a finished import that made or changed a record."""
        return self.taken().filter(outcome__in=[Outcome.NEW, Outcome.CHANGED], record__isnull=False)

    def of_outcome(self, outcome: str) -> Self:
        """What a list of one outcome shows: rows that people left out too, also among those skipped."""
        if outcome == Outcome.SKIPPED:
            return self.filter(Q(outcome=outcome) | Q(is_taken=False))
        return self.filter(outcome=outcome)

    def mentioning(self, numbers) -> Self:
        """Rows whose problems or remarks name the number of one of these rows, in whatever language."""
        words = "|".join(map(str, sorted(numbers)))
        rows = self.exclude(problems=[]).annotate(words=Cast("problems", TextField()))
        return rows.filter(words__regex=rf"\m({words})\M") if words else self.none()

    def tally(self) -> dict[str, int]:
        """How many rows become what; a row that people left out is skipped, whatever it would do."""
        rows = (
            self.order_by()
            .values("outcome")
            .annotate(taken=Count("pk", filter=Q(is_taken=True)), all=Count("pk"))
        )
        found = {outcome.value: 0 for outcome in Outcome}
        for row in rows:
            found[row["outcome"]] += row["taken"]
            found[Outcome.SKIPPED.value] += row["all"] - row["taken"]
        marks = {"normalised": Q(is_normalised=True), "losses": Q(is_loss=True)}
        return found | self.taken().aggregate(
            **{name: Count("pk", filter=mark) for name, mark in marks.items()}
        )
