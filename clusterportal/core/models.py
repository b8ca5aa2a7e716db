"""What every noun of the registry shares, and what the portal notes about its own work."""

import pgtrigger
from django.contrib.postgres.functions import TransactionNow
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Timestamped(models.Model):
    """When a row was made and last changed. The database keeps both, so SQL and bulk writers cannot forget them."""

    created_at = models.DateTimeField(_("created at"), db_default=TransactionNow(), editable=False)
    updated_at = models.DateTimeField(_("updated at"), db_default=TransactionNow(), editable=False)

    class Meta:
        abstract = True
        triggers = [
            pgtrigger.Trigger(
                name="touch_updated_at",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                # `created_at` is never rewritten.
                func="NEW.created_at = OLD.created_at; NEW.updated_at = now(); RETURN NEW;",
            )
        ]


class Delivery(models.Model):
    """A mail that the mail server accepted, by the key of its job; who it went to does not stand here."""

    is_left_out_of_backups = True  # jobs are, too

    key = models.UUIDField(primary_key=True)
    accepted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.key)


class Count(models.Model):
    """What limits of sign-in count: the table of Django's cache in the database (`settings.CACHES`)."""

    is_left_out_of_backups = True  # of some minutes

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.cache_key[:8]
