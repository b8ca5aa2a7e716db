"""Addresses and ids that an actor had before: links out in the world go on leading to it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from actors.models.actor import Actor
from clusterportal.history.models import raises_revision
from clusterportal.history.tracking import tracked


@tracked
class FormerSlug(models.Model):
    """An address that an actor had before; kept by trigger, so that links out in the world go on working."""

    slug = models.SlugField(_("address"), max_length=120, primary_key=True)
    actor = models.ForeignKey(Actor, models.CASCADE, related_name="former_slugs", verbose_name=_("actor"))

    class Meta:
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")
        triggers = [raises_revision()]

    def __str__(self) -> str:
        return self.slug


@tracked
class FormerUid(models.Model):
    """The permanent id of an actor that was merged into this one: a promise that goes on being kept."""

    uid = models.UUIDField(_("permanent id"), primary_key=True)
    actor = models.ForeignKey(Actor, models.CASCADE, related_name="former_uids", verbose_name=_("actor"))

    class Meta:
        verbose_name = _("former permanent id")
        verbose_name_plural = _("former permanent ids")
        triggers = [raises_revision()]

    def __str__(self) -> str:
        return str(self.uid)
