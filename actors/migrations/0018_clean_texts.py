"""Existing texts lose what nobody sees. In a transaction of its own: the tables are altered by the next one."""

from django.db import IntegrityError, migrations, models, transaction

from clusterportal.core.texts import clean_line, clean_text

_MODELS = ("Actor", "ActorAlias", "ContactPerson", "Service")
# Control characters, invisible signs, blanks and hyphens that only look different, accents beside their letter.
_DIRTY = (
    "[\\u0001-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F\\u00A0\\u00AD\\u0300-\\u036F"
    "\\u2000-\\u2011\\u2028-\\u202F\\u205F-\\u206F\\u3000\\uFEFF]"
)


def clean_texts(apps, editor):
    """Existing texts as the portal cleans new ones, so that they compare, export and pass the constraints."""
    for name in _MODELS:
        model = apps.get_model("actors", name)
        for field in model._meta.concrete_fields:
            if isinstance(field, (models.CharField, models.TextField)) and not field.choices:
                _clean_column(model, field)


def _clean_column(model, field):
    cleaned_by = clean_text if isinstance(field, models.TextField) else clean_line
    rows = model.objects.filter(**{f"{field.name}__regex": _DIRTY}).values_list("pk", field.name)
    for pk, text in list(rows):
        row, cleaned = model.objects.filter(pk=pk), cleaned_by(text)
        try:
            with transaction.atomic():
                row.update(**{field.name: cleaned or "?"})
        except IntegrityError:
            row.delete()  # another name of the actor, which it has already without the invisible signs


class Migration(migrations.Migration):
    dependencies = [("actors", "0017_checked_values")]
    operations = [migrations.RunPython(clean_texts, migrations.RunPython.noop)]
