"""A walk through a list of actors: what somebody places at the desk, one after the other."""

from datetime import timedelta

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

MOST_ACTORS = 20_000  # of one walk; what is beyond, the next walk through the same list holds
MOST_WALKS = 20  # kept of one person, the latest ones
LONGEST_QUERY = 2000  # characters of an address's filters
FRESH = timedelta(days=7)  # a walk that rested longer begins anew, with the list as it is then


class Walk(models.Model):
    """A list as it was when the walk began: who is placed leaves the list, and yet nobody is skipped or comes twice."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("person")
    )
    query = models.CharField(_("filters of the list"), max_length=LONGEST_QUERY, blank=True)
    keys = ArrayField(models.BigIntegerField(), verbose_name=_("actors"))
    placed = ArrayField(models.BigIntegerField(), default=list, verbose_name=_("placed"))
    at = models.BigIntegerField(_("actor that was shown last"), null=True)
    is_over = models.BooleanField(_("at its end"), default=False)
    begun_at = models.DateTimeField(_("begun"), auto_now_add=True)
    used_at = models.DateTimeField(_("last used"), auto_now=True)

    class Meta:
        verbose_name = _("walk through a list")
        verbose_name_plural = _("walks through lists")
        constraints = [models.UniqueConstraint(fields=["user", "query"], name="walk_once_a_list")]
        default_permissions = ()

    def __str__(self) -> str:
        return self.query

    def beside(self, key: int, step: int) -> int | None:
        """The key one step after (1) or before (-1) `key`; None at the ends."""
        place = self.keys.index(key) + step
        return self.keys[place] if 0 <= place < len(self.keys) else None

    def number(self, key: int) -> int:
        """Which one of the walk it is, from 1."""
        return self.keys.index(key) + 1
