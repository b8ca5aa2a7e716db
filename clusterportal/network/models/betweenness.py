"""What takes too long for a page: the betweenness of the actors of a cluster, as a job computed it."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clusterportal.clusters.models import Cluster


class Betweenness(models.Model):
    """Of the public network among the members of a cluster on the day `as_of`.

    `revision`: the commits of the registry that were read; `digest`: the network, so that the same one is not computed
    twice. Nothing but the answer to a sum: it has no history.
    """

    is_left_out_of_backups = True  # computed anew within minutes

    cluster = models.OneToOneField(
        Cluster, models.CASCADE, related_name="betweenness", verbose_name=_("cluster")
    )
    actors = ArrayField(models.BigIntegerField(), verbose_name=_("actors"))
    values = ArrayField(models.FloatField(), verbose_name=_("values"), help_text=_("0 to 1, by actor."))
    tie_count = models.PositiveIntegerField(_("ties"))
    as_of = models.DateField(_("as of"))
    computed_at = models.DateTimeField(_("computed at"))
    seconds = models.FloatField(_("duration in seconds"))
    revision = models.BigIntegerField(_("revision of the data"))
    digest = models.CharField(_("digest of the network"), max_length=40)

    class Meta:
        verbose_name = _("betweenness")
        verbose_name_plural = _("betweenness")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(actors__len=models.F("values__len")) | Q(actors=[], values=[]),
                name="betweenness_a_value_an_actor",
            )
        ]
        triggers = [
            # Pages that are kept show the values. That the same network was looked at once more is no news.
            pgtrigger.Trigger(
                name="raise_revision",
                level=pgtrigger.Statement,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("as_of", "values") | pgtrigger.Delete,
                when=pgtrigger.After,
                func="PERFORM registry_mark_revision(); RETURN NULL;",
            )
        ]

    def __str__(self) -> str:
        return f"{self.cluster}: {self.as_of}"

    def by_actor(self) -> dict[int, float]:
        """The values by the primary keys of the actors."""
        return dict(zip(self.actors, self.values, strict=True))
