"""Abstract models that every noun of the registry shares."""

import pgtrigger
from django.contrib.postgres.functions import TransactionNow
from django.db import models
from django.utils.translation import gettext_lazy as _

from clusterportal.core.texts import clean_line, clean_text


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

    def clean_fields(self, exclude=None):
        clean_texts(self)
        super().clean_fields(exclude=exclude)


def clean_texts(record: models.Model) -> None:
    """Cleans every text of a record, so that forms, commands and imports store the same."""
    for field in record._meta.concrete_fields:
        value = record.__dict__.get(field.attname)
        if isinstance(value, str) and isinstance(field, (models.CharField, models.TextField)):
            is_long = isinstance(field, models.TextField)
            setattr(record, field.attname, clean_text(value) if is_long else clean_line(value))
