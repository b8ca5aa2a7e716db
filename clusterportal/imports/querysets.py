"""Whose imports a person sees."""

from typing import Self

from django.db.models import QuerySet

from actors.rules import reaches_all
from clusterportal.imports.rules import nouns_of


class ImportRunQuerySet(QuerySet):
    def visible_to(self, user) -> Self:
        """One's own imports; those who work with the actors of all clusters see everybody's."""
        runs = self.filter(noun__in=nouns_of(user))
        return runs if reaches_all(user) else runs.filter(by=user)
