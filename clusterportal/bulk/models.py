"""What each person keeps of the lists: what is selected, filters under a name, the columns that are shown."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from clusterportal.clusters.models import Cluster

QUERY_LENGTH = 2000  # characters of the address of a filtered list


class Selection(models.Model):
    """The actors that somebody has selected, until they select others or clear the selection."""

    is_left_out_of_backups = True  # of some hours

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    keys = ArrayField(models.BigIntegerField())
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["user", "-made_at"], name="selection_of_person")]

    def __str__(self) -> str:
        return str(len(self.keys))


class SavedFilter(models.Model):
    """A filtered list of actors under a name, for its owner alone or for the team of a cluster."""

    name = models.CharField(_("name"), max_length=80)
    query = models.CharField(_("filters"), max_length=QUERY_LENGTH)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("owner")
    )
    cluster = models.ForeignKey(
        Cluster,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("shared with the team of"),
    )

    class Meta:
        default_permissions = ()
        ordering = ["name", "pk"]
        verbose_name = _("saved filter")
        verbose_name_plural = _("saved filters")
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "name"],
                name="savedfilter_once_a_name",
                violation_error_message=_("You have a filter of this name already."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class ListColumns(models.Model):
    """The columns of the actor list that somebody has chosen, in their order."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    columns = ArrayField(models.CharField(max_length=40))

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return ", ".join(self.columns)
