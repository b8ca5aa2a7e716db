"""Where an actor stands: on layers, in areas, in clusters."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from actors.enums import MembershipKind, PlacementBasis
from actors.models.actor import Actor
from actors.models.base import ActorPart, feeds_search, touches
from actors.querysets import MembershipQuerySet
from applications.models import ApplicationArea
from clusterportal.clusters.models import Cluster
from clusterportal.core.constraints import one_of
from clusterportal.core.languages import translated
from clusterportal.history.models import Recorded
from clusterportal.history.tracking import tracked
from layers.models import Layer

NOTE_LENGTH = 200  # characters of the ground for a placement


@tracked
class LayerPlacement(ActorPart):
    """An actor on a layer, with the ground for it."""

    actor = models.ForeignKey(Actor, models.CASCADE, related_name="placements", verbose_name=_("actor"))
    layer = models.ForeignKey(Layer, models.PROTECT, related_name="placements", verbose_name=_("layer"))
    basis = models.CharField(_("basis"), max_length=10, choices=PlacementBasis, default=PlacementBasis.TOPIC)
    note = translated(
        models.CharField(_("reason"), max_length=NOTE_LENGTH, blank=True, help_text=_("One short sentence."))
    )
    is_primary = models.BooleanField(_("main layer"), default=False)

    class Meta(ActorPart.Meta):
        ordering = ["layer__position"]
        verbose_name = _("placement on a layer")
        verbose_name_plural = _("placements on layers")
        constraints = [
            models.UniqueConstraint(fields=["actor", "layer"], name="placement_once_a_layer"),
            models.UniqueConstraint(
                fields=["actor"], condition=Q(is_primary=True), name="placement_one_main_layer"
            ),
            one_of("basis", PlacementBasis, table="placement"),
        ]
        indexes = [models.Index("layer", "actor", name="placement_by_layer")]
        triggers = [*ActorPart.Meta.triggers, *feeds_search()]

    def __str__(self) -> str:
        return f"{self.actor}: {self.layer}"


@tracked
class ApplicationFocus(ActorPart):
    """An actor in an application area."""

    actor = models.ForeignKey(Actor, models.CASCADE, related_name="foci", verbose_name=_("actor"))
    area = models.ForeignKey(
        ApplicationArea, models.PROTECT, related_name="foci", verbose_name=_("application area")
    )

    class Meta(ActorPart.Meta):
        ordering = ["area__position"]
        verbose_name = _("focus on an application area")
        verbose_name_plural = _("foci on application areas")
        constraints = [models.UniqueConstraint(fields=["actor", "area"], name="focus_once_an_area")]
        indexes = [models.Index("area", "actor", name="focus_by_area")]
        triggers = [*ActorPart.Meta.triggers, *feeds_search()]

    def __str__(self) -> str:
        return f"{self.actor}: {self.area}"


@tracked
class Membership(ActorPart):
    """An actor in a cluster."""

    actor = models.ForeignKey(Actor, models.CASCADE, related_name="memberships", verbose_name=_("actor"))
    cluster = models.ForeignKey(
        Cluster, models.CASCADE, related_name="memberships", verbose_name=_("cluster")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=MembershipKind, default=MembershipKind.MEMBER)
    since = models.DateField(_("since"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)
    is_committed = models.BooleanField(
        _("committed"),
        default=False,
        help_text=_("By contract, fee or letter of intent, as cluster labels count it."),
    )
    is_cleared = models.BooleanField(
        _("cleared"),
        default=True,
        db_default=True,
        help_text=_("The cluster shows the actor on its own pages; its team decides."),
    )

    objects = MembershipQuerySet.as_manager()

    class Meta(ActorPart.Meta):
        ordering = ["cluster__position"]
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(fields=["actor", "cluster", "kind"], name="membership_once_a_kind"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(since__isnull=True) | Q(until__gte=F("since")),
                name="membership_ends_after_it_began",
            ),
            one_of("kind", MembershipKind, table="membership"),
        ]
        triggers = [
            *Recorded.Meta.triggers,
            touches("actor_id", public="OLD.is_cleared OR NEW.is_cleared"),
        ]

    def __str__(self) -> str:
        return f"{self.actor}: {self.cluster}"
