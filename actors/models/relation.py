"""Relations between actors."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least
from django.utils.translation import gettext_lazy as _

from actors.enums import DIRECTED_RELATIONS, ONCE_A_PAIR, RelationKind
from actors.models.actor import Actor
from actors.models.base import touches
from actors.querysets import RelationQuerySet
from clusterportal.core.constraints import check_end_year, check_year, one_of, plausible_year, web_address
from clusterportal.core.languages import translated
from clusterportal.history.models import Permanent
from clusterportal.history.tracking import tracked

_IS_PUBLIC = {  # RelationQuerySet.public(), for the row of a trigger
    row: f"2 = (SELECT count(*) FROM actors_actor WHERE id IN ({row}.source_id, {row}.target_id)"
    " AND registry_is_public(state))"
    for row in ("OLD", "NEW")
}


@tracked
class ActorRelation(Permanent):
    """Two actors and what joins them; directed kinds run from source to target.

    That is: supplier -> customer, parent -> spin-off, parent body -> part. A relation stands from the first day of
    the year `since` to the last day of the year `until`: as days half-open, [1 January since, 1 January until + 1).
    """

    source = models.ForeignKey(Actor, models.CASCADE, related_name="relations_out", verbose_name=_("from"))
    target = models.ForeignKey(Actor, models.CASCADE, related_name="relations_in", verbose_name=_("to"))
    kind = models.CharField(_("kind"), max_length=12, choices=RelationKind)
    since = models.PositiveSmallIntegerField(
        _("since"), null=True, blank=True, validators=[check_year], help_text=_("Year.")
    )
    until = models.PositiveSmallIntegerField(
        _("until"),
        null=True,
        blank=True,
        validators=[check_end_year],
        help_text=_("Year in which it ended. It stands until the end of that year."),
    )
    note = translated(models.CharField(_("note"), max_length=200, blank=True))
    evidence = models.URLField(
        _("evidence"), max_length=500, blank=True, help_text=_("Where this is published.")
    )

    objects = RelationQuerySet.as_manager()

    class Meta(Permanent.Meta):
        ordering = ["source__sort_key", "kind", "target__sort_key"]
        verbose_name = _("relation")
        verbose_name_plural = _("relations")
        constraints = [
            models.CheckConstraint(
                condition=~Q(source=F("target")),
                name="relation_not_to_itself",
                violation_error_message=_("An actor has no relation to itself."),
            ),
            models.UniqueConstraint(fields=["source", "target", "kind"], name="relation_once_a_kind"),
            models.UniqueConstraint(
                Least("source", "target"),
                Greatest("source", "target"),
                "kind",
                condition=Q(kind__in=sorted(ONCE_A_PAIR)),
                name="relation_once_a_pair",
                violation_error_message=_("This relation is already recorded, seen from the other side."),
            ),
            one_of("kind", RelationKind, table="relation"),
            plausible_year("since", table="relation"),
            plausible_year("until", table="relation"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(since=None) | Q(until__gte=F("since")),
                name="relation_ends_after_it_began",
                violation_error_message=_("A relation does not end before it began."),
            ),
            web_address("evidence", table="relation"),
        ]
        indexes = [models.Index("target", "kind", name="relation_by_target")]
        triggers = [
            *Permanent.Meta.triggers,
            touches("source_id", "target_id", public=f"({_IS_PUBLIC['OLD']}) OR ({_IS_PUBLIC['NEW']})"),
        ]

    def __str__(self) -> str:
        return f"{self.source} {'→' if self.is_directed else '–'} {self.target}"

    @property
    def is_directed(self) -> bool:
        return self.kind in DIRECTED_RELATIONS

    def clean(self):
        if self.source_id and self.source_id == self.target_id:
            raise ValidationError({"target": _("An actor has no relation to itself.")})
