"""What an actor offers."""

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from actors.models.actor import Actor
from actors.models.base import ActorPart, feeds_search, touches_through
from applications.models import ApplicationArea
from clusterportal.core.constraints import printable
from clusterportal.core.languages import column_names, translated
from clusterportal.history.models import raises_revision
from clusterportal.history.tracking import tracked
from layers.models import Layer


@tracked
class Service(ActorPart):
    """Something that an actor offers to others."""

    actor = models.ForeignKey(Actor, models.CASCADE, related_name="services", verbose_name=_("actor"))
    title = translated(models.CharField(_("title"), max_length=200), required=True)
    description = translated(models.TextField(_("description"), blank=True))
    layer = models.ForeignKey(
        Layer, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("layer")
    )
    areas = models.ManyToManyField(
        ApplicationArea, blank=True, related_name="+", verbose_name=_("application areas")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta(ActorPart.Meta):
        ordering = ["position", "pk"]
        verbose_name = _("service")
        verbose_name_plural = _("services")
        constraints = [printable(*column_names("title"), *column_names("description"), table="service")]
        triggers = [*ActorPart.Meta.triggers, *feeds_search()]

    def __str__(self) -> str:
        return self.title


@pghistory.track(pghistory.InsertEvent(), pghistory.DeleteEvent(), append_only=True)
class ServiceArea(Service.areas.through):  # type: ignore[name-defined]  # a class that Django makes
    """An area that a service names: a face of the join table, so that its changes are kept and counted too."""

    class Meta:
        proxy = True
        verbose_name = _("application area of a service")
        verbose_name_plural = _("application areas of services")
        triggers = [
            raises_revision(),
            touches_through(
                "SELECT actor_id FROM actors_service WHERE id IN (OLD.service_id, NEW.service_id)"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service}: {self.applicationarea}"
