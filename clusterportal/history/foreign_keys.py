"""What the rows of a model point to."""

from django.db import models


def foreign_keys(model: type[models.Model]) -> list[models.ForeignKey]:
    """The columns of the model that name a record of another, one-to-one relations included."""
    return [column for column in model._meta.concrete_fields if isinstance(column, models.ForeignKey)]
