"""Whose notes, letters and mails a person sees."""

from typing import Self

from django.apps import apps
from django.db.models import Q, QuerySet
from django.utils import timezone

from actors.rules import reaches_all
from clusterportal.teamwork.rules import can_read_notes, can_write_letters

ASKS = Q(due_on__isnull=False) | Q(assignee__isnull=False)  # a note that somebody is to follow up


class NoteQuerySet(QuerySet):
    def visible_to(self, user) -> Self:
        """Notes on the actors that the person works with."""
        if not can_read_notes(user):
            return self.none()
        if reaches_all(user):
            return self.all()
        actors = apps.get_model("actors", "Actor").objects.curated_by(user)
        return self.filter(actor__in=actors.values("pk"))

    def open(self) -> Self:
        """Follow-ups that nobody has done."""
        return self.filter(ASKS, done_at=None)

    def done(self) -> Self:
        return self.filter(ASKS, done_at__isnull=False)

    def overdue(self) -> Self:
        return self.open().filter(due_on__lt=timezone.localdate())

    def most_urgent_first(self) -> Self:
        """Overdue ones first, those without a date last."""
        return self.order_by("due_on", "pk")  # PostgreSQL puts what has no date at the end


class LetterQuerySet(QuerySet):
    def visible_to(self, user) -> Self:
        """One's own letters; those who work with the actors of all clusters see everybody's."""
        if not can_write_letters(user):
            return self.none()
        return self.all() if reaches_all(user) else self.filter(by=user)
