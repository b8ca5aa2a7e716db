"""The cells of a plain list, as django-import-export reads them: by the registry's own rules."""

from functools import cached_property

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from import_export import widgets

from actors.columns.values import clean_value, first_reason, in_words, is_same
from actors.columns.vocabulary import Vocabulary


class Cell(widgets.Widget):
    """The cells of one field: `clean` reads one, `render` says a value in words."""

    def __init__(self, field: models.Field):
        super().__init__()
        self.field = field

    def clean(self, value, row=None, **kwargs):
        """The value of the field; raises ValueError with a reason for people, which import-export collects."""
        try:
            return self.read(value)
        except ValidationError as error:
            raise ValueError(first_reason(error)) from error

    def read(self, cell):
        return clean_value(self.field.model, self.field.name, cell)

    def render(self, value, obj=None, **kwargs) -> str:
        return in_words(self.field.model, self.field.name, value)

    def is_same(self, value, current) -> bool:
        return is_same(value, current)


class Several(Cell):
    """Several values in one cell, between bars or commas."""

    def read(self, cell):
        values = cell if isinstance(cell, list) else str(cell or "").replace("|", ",").split(",")
        return self.field.clean([text for value in values if (text := str(value).strip())], None)

    def render(self, value, obj=None, **kwargs) -> str:
        return ", ".join(map(str, value or []))


class Reference(Cell):
    """A record of another list, by its address, its name in any language, or of a layer its position."""

    field: models.ForeignKey

    @cached_property
    def vocabulary(self) -> Vocabulary:
        return Vocabulary()

    @property
    def keys(self) -> dict[str, int]:
        return self.vocabulary.slugs(self.field.related_model)

    def read(self, cell):
        return self.keys[self.vocabulary.slug_of(self.field.related_model, str(cell or ""))]

    def render(self, value, obj=None, **kwargs) -> str:
        return next((slug for slug, key in self.keys.items() if key == value), "")


def widget_for(field: models.Field) -> Cell:
    if isinstance(field, ArrayField):
        return Several(field)
    return Reference(field) if isinstance(field, models.ForeignKey) else Cell(field)
