"""Which application areas are in use."""

from typing import Self

from django.db.models import QuerySet


class ApplicationAreaQuerySet(QuerySet):
    def active(self) -> Self:
        """The areas that matrix and filters offer."""
        return self.filter(is_active=True)
