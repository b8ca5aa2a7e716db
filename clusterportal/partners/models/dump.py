"""Dated dumps: snapshots that were written to a file for download."""

from django.db import models


class Dump(models.Model):
    """The snapshot of one day; the file is in the storage `dumps` (`domain/dumps.py`)."""

    is_left_out_of_backups = True  # as the files are, and the feed that they fit

    date = models.DateField(unique=True)
    at = models.DateTimeField()
    epoch = models.CharField(max_length=8)
    position = models.BigIntegerField()  # where the feed stood
    counts = models.JSONField()  # records by kind
    size = models.BigIntegerField()  # bytes of the file
    sha256 = models.CharField(max_length=64)  # of the file, in hexadecimal digits

    class Meta:
        default_permissions = ()
        ordering = ["-date"]

    def __str__(self) -> str:
        return f"{self.date:%Y-%m-%d}"

    @property
    def name(self) -> str:
        """Of the file, in its storage and for whoever downloads it."""
        return f"{self}.ndjson.gz"
