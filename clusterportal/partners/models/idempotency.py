"""Answers to requests that may be sent twice, kept so that the second time nothing is done again."""

from django.db import models
from django.utils import timezone

from clusterportal.partners.models.partner import ApiKey


class KeptAnswer(models.Model):
    """The answer to what a key asked for under an `Idempotency-Key`, written in the transaction of what was done.

    `token`: the header's value; `request`: a digest of method, path and body.
    """

    is_left_out_of_backups = True  # a restored registry may not hold what these answers tell of

    key = models.ForeignKey(ApiKey, models.CASCADE, related_name="+")
    token = models.CharField(max_length=255)
    request = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    headers = models.JSONField(default=dict)
    body = models.TextField()
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["key", "token"], name="keptanswer_once_a_key")]
        indexes = [models.Index("created_at", name="keptanswer_by_age")]

    def __str__(self) -> str:
        return f"{self.key_id} {self.token} {self.status}"
