"""Which fields of a model its tables have: the same on their way out and in."""

from django.db import models


def fields_in_tables(model: type[models.Model]) -> list[str]:
    """The names of what people edit, without pictures and without people, who have no address."""
    return [field.name for field in model._meta.concrete_fields if _is_in_tables(field)]


def _is_in_tables(field: models.Field) -> bool:
    is_person = field.is_relation and not hasattr(field.related_model, "slug")
    return field.editable and not (field.primary_key or is_person or isinstance(field, models.FileField))
