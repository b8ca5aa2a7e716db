"""What every noun of the registry shares, and what the portal notes about its own work."""

import pgtrigger
from django.contrib.postgres.functions import TransactionNow
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clusterportal.core.texts import clean_line, clean_text


def own_field(model: type[models.Model], name: str) -> models.Field:
    """The field that `model` declares as `name`. Raises FieldDoesNotExist, also for references from other models."""
    field = model._meta.get_field(name)
    if not isinstance(field, models.Field):
        raise FieldDoesNotExist(f"{model.__name__} does not declare {name} itself.")
    return field


def columns_change(model: type[models.Model], *, besides: set[str]) -> str:
    """SQL for use in a trigger: whether a column of `model` has another value than before, `besides` aside.

    Columns are named one by one, because the generated ones have no value yet before a row is written.
    """
    fields = [one for one in model._meta.concrete_fields if not one.generated and one.name not in besides]
    old, new = (", ".join(f'{row}."{one.column}"' for one in fields) for row in ("OLD", "NEW"))
    return f"ROW({old}) IS DISTINCT FROM ROW({new})"


class TouchUpdatedAt(pgtrigger.Trigger):
    """Keeps `updated_at`: saving a row as it was changes nothing. A later moment is a wish to have it moved."""

    name = "touch_updated_at"
    operation = pgtrigger.Update
    when = pgtrigger.Before

    def get_func(self, model):
        change = columns_change(model, besides={"created_at", "updated_at", "public_updated_at"})
        return f"""NEW.created_at = OLD.created_at;  -- is never rewritten
IF NEW.updated_at > OLD.updated_at OR {change} THEN
  NEW.updated_at = now();
ELSE
  NEW.updated_at = OLD.updated_at;
END IF;
RETURN NEW;"""


class Timestamped(models.Model):
    """When a row was made and last changed. The database keeps both, so SQL and bulk writers cannot forget them."""

    created_at = models.DateTimeField(_("created at"), db_default=TransactionNow(), editable=False)
    updated_at = models.DateTimeField(_("updated at"), db_default=TransactionNow(), editable=False)

    class Meta:
        abstract = True
        triggers: list[pgtrigger.Trigger] = [TouchUpdatedAt()]

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


class Standstill(models.Model):
    """Since the registry was restored from a backup, no mail goes out: what waits in it may have been sent long ago.

    One row while it lasts; an administrator ends it (`manage.py allow_sending`).
    """

    is_left_out_of_backups = True  # of this server: `restore` begins one

    since = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="standstill_is_one_row")]

    def __str__(self) -> str:
        return f"{self.since:%Y-%m-%d %H:%M}"

    @classmethod
    def is_on(cls) -> bool:
        return cls.objects.exists()


class BackupNote(models.Model):
    """When `manage.py backup` last wrote this registry to a file: one row."""

    is_left_out_of_backups = True  # of this server

    made_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="backupnote_is_one_row")]

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d %H:%M}"
