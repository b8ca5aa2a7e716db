"""The feed of changes: what writers note, what partners have been told, and the numbered entries."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from clusterportal.core.constraints import one_of
from clusterportal.partners.enums import FeedObject, Operation


class FeedNote(models.Model):
    """Records that one statement may have changed in public; kept by trigger (`sql/feed_notes.sql`).

    The sequencer takes notes away as they become visible. Without `keys` everything may have changed.
    """

    is_left_out_of_backups = True  # transactions of this server

    transaction = models.BigIntegerField()
    object = models.CharField(max_length=12, blank=True)
    keys = ArrayField(models.BigIntegerField(), null=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.object} of {self.transaction}"


class ToldRecord(models.Model):
    """A public record as the feed last told of it: by digests, so that nothing of it is kept here."""

    is_left_out_of_backups = True  # a restored registry begins a feed of its own

    object = models.CharField(max_length=12, choices=FeedObject)
    key = models.BigIntegerField()
    uid = models.UUIDField()
    slug = models.CharField(max_length=120, blank=True)
    digests = models.JSONField()  # by the name of a field

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["object", "key"], name="toldrecord_once")]

    def __str__(self) -> str:
        return f"{self.object} {self.slug or self.uid}"


class FeedState(models.Model):
    """One row: the life of this feed and its last position. A restored database has none, and begins a new life."""

    is_left_out_of_backups = True

    epoch = models.CharField(max_length=8)
    position = models.BigIntegerField(default=0)
    drafting = models.BigIntegerField(null=True, blank=True)  # the large transaction that is being compared

    class Meta:
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="feedstate_is_one_row")]

    def __str__(self) -> str:
        return f"{self.epoch} {self.position}"


class FeedEntry(models.Model):
    """One change of one public record, in the order of becoming visible.

    It names fields and holds no values, so that what is erased or hidden later stands nowhere in it.
    """

    is_left_out_of_backups = True

    position = models.BigIntegerField(primary_key=True)  # below zero: a draft, which has no number yet
    last_of_transaction = models.BigIntegerField()  # the position; a page ends there
    at = models.DateTimeField(default=timezone.now)
    object = models.CharField(max_length=12, choices=FeedObject)
    uid = models.UUIDField()
    slug = models.CharField(max_length=120, blank=True)
    op = models.CharField(max_length=9, choices=Operation)
    merged_into = models.UUIDField(null=True, blank=True)
    fields = ArrayField(models.CharField(max_length=40), default=list)

    class Meta:
        default_permissions = ()
        ordering = ["position"]
        constraints = [
            one_of("object", FeedObject, table="feedentry"),
            one_of("op", Operation, table="feedentry"),
        ]
        indexes = [
            models.Index("object", "uid", "position", name="feedentry_of_a_record"),
            models.Index("at", name="feedentry_by_age"),
        ]

    def __str__(self) -> str:
        return f"{self.position} {self.op} {self.object} {self.slug or self.uid}"
