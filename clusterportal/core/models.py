"""Abstract models that every noun of the registry shares."""

import pgtrigger
from django.contrib.postgres.functions import TransactionNow
from django.db import models
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
