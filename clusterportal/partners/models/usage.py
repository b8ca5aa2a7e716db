"""How much the API is used: per day for people, per window for the limits."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clusterportal.partners.models.partner import ApiKey


class Usage(models.Model):
    """Answers of one day to one key; without a key those to everybody else, as one sum that names nobody."""

    day = models.DateField(_("day"))
    key = models.ForeignKey(ApiKey, models.CASCADE, null=True, related_name="usage", verbose_name=_("key"))
    answers = models.PositiveBigIntegerField(_("answers"), default=0)
    refused = models.PositiveBigIntegerField(_("over the limit"), default=0)

    class Meta:
        ordering = ["day"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["key", "day"], name="usage_of_a_key_once"),
            models.UniqueConstraint(fields=["day"], condition=Q(key=None), name="usage_of_all_others_once"),
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.answers}"


class RequestCount(models.Model):
    """Requests of one client in one window of a limit, over all processes (`domain/limits.py`)."""

    is_left_out_of_backups = True  # of some minutes, at most a day

    client = models.CharField(max_length=64)  # a fingerprint, from which no address can be read
    seconds = models.PositiveIntegerField()  # length of the window
    ends_at = models.DateTimeField(db_index=True)
    count = models.PositiveBigIntegerField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["client", "seconds", "ends_at"], name="requestcount_once")
        ]

    def __str__(self) -> str:
        return f"{self.client[:8]}: {self.count}"
