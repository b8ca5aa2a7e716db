"""What an actor works on and what it offers."""

import pghistory
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.utils.translation import gettext_lazy as _

from actors.models.actor import Actor
from actors.models.base import ActorPart, feeds_search, renaming_feeds_search, touches_through
from actors.querysets import TopicQuerySet
from applications.models import ApplicationArea
from clusterportal.core.constraints import printable
from clusterportal.core.functions import gathered_column, gathers
from clusterportal.core.languages import column_names, translated
from clusterportal.history.models import Recorded, is_news_of_all, raises_revision
from clusterportal.history.tracking import tracked
from layers.models import Layer


@tracked
class Topic(Recorded):
    """A subject that actors focus on."""

    slug = models.SlugField(_("address"), unique=True, max_length=120)
    name = translated(models.CharField(_("name"), max_length=160), required=True)
    key = gathered_column()

    objects = TopicQuerySet.as_manager()

    class Meta(Recorded.Meta):
        ordering = ["key", "pk"]
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        indexes = [GinIndex(OpClass("key", "gin_trgm_ops"), name="topic_trigrams")]
        triggers = [
            *Recorded.Meta.triggers,
            is_news_of_all("slug", *column_names("name")),
            gathers("key", *column_names("name")),
            renaming_feeds_search(
                "SELECT actor_id FROM actors_actortopic WHERE topic_id = NEW.id", *column_names("name")
            ),
        ]

    def __str__(self) -> str:
        return self.name


@tracked
class ActorTopic(ActorPart):
    """An actor works on a topic."""

    actor = models.ForeignKey(Actor, models.CASCADE, related_name="actor_topics", verbose_name=_("actor"))
    topic = models.ForeignKey(Topic, models.CASCADE, related_name="actor_topics", verbose_name=_("topic"))

    class Meta(ActorPart.Meta):
        ordering = ["topic__key"]
        verbose_name = _("topic of an actor")
        verbose_name_plural = _("topics of actors")
        constraints = [models.UniqueConstraint(fields=["actor", "topic"], name="topic_once_an_actor")]
        triggers = [*ActorPart.Meta.triggers, *feeds_search()]

    def __str__(self) -> str:
        return f"{self.actor}: {self.topic}"


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
