"""Bases of the public serializers: texts in the answer's language, moments in UTC, addresses, `fields=`."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

TEXT_SCHEMA = {"$ref": "#/components/schemas/Text"}


def optional(kind=serializers.CharField, **options):
    """A read-only field that is null where nothing is known."""
    return kind(read_only=True, allow_null=True, **options)


class PublicSerializer(serializers.Serializer):
    """Fields in the order of their declaration; a missing value is null. `only` keeps the named fields."""

    def __init__(self, *args, only: list[str] | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.only = only

    def __init_subclass__(cls, **kwargs):
        """A field that a subclass declares anew keeps its place."""
        super().__init_subclass__(**kwargs)
        inherited = [name for base in cls.__bases__ for name in getattr(base, "_declared_fields", {})]
        order = dict.fromkeys([*inherited, *cls._declared_fields])
        cls._declared_fields = {name: cls._declared_fields[name] for name in order}

    def get_fields(self):
        fields = super().get_fields()
        return {name: field for name, field in fields.items() if not self.only or name in self.only}

    def to_representation(self, instance):
        """What REST framework would make of it, with far fewer questions a field: records are sent by thousands."""
        shown = {}
        for name, value_of, shown_as in self._steps:
            value = value_of(instance)
            shown[name] = None if value is None or value == "" else shown_as(value)
        return shown

    @cached_property
    def _steps(self) -> list[tuple[str, Callable, Callable]]:
        """Each field with its way to the value, and from there to the answer."""
        return [(name, _way_to(field), field.to_representation) for name, field in self.fields.items()]

    @classmethod
    def names(cls) -> list[str]:
        return list(cls._declared_fields)


def _way_to(field: serializers.Field) -> Callable[[Any], Any]:
    """Reads the value of `field` from a record or a dictionary; what is missing there is an error."""
    if type(field).get_attribute is not serializers.Field.get_attribute:
        return field.get_attribute
    path: list[str] = field.source_attrs  # empty for the whole record

    def value_of(record):
        for step in path:
            record = record[step] if isinstance(record, dict) else getattr(record, step)
        return record

    return value_of


@extend_schema_field(TEXT_SCHEMA)
class TextField(serializers.Field):
    """A translated field of the model: string with fallback, or an object with every language."""

    def __init__(self, **kwargs):
        super().__init__(read_only=True, **kwargs)

    def get_attribute(self, instance):
        *path, name = self.source_attrs
        for step in path:
            instance = getattr(instance, step)
        return self.context["language"].text(instance, name)

    def to_representation(self, value):
        return value


class NamedSerializer(PublicSerializer):
    """A record named by slug and translated name."""

    slug = serializers.SlugField(read_only=True)
    name = TextField()


class MomentField(serializers.DateTimeField):
    """RFC 3339 in UTC, with Z."""

    def __init__(self, **kwargs):
        super().__init__(read_only=True, default_timezone=UTC, **kwargs)


def moment_text(moment: datetime) -> str:
    """A moment as answers write it."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


class AddressField(serializers.URLField):
    """The absolute address of the view `name` for the record's slug."""

    def __init__(self, name: str, **kwargs):
        super().__init__(read_only=True, source="slug", **kwargs)
        self.name = name

    def to_representation(self, slug):
        return self.context["addresses"].of(self.name, slug)


class FileField(serializers.URLField):
    """The absolute address of an uploaded file, or null."""

    def __init__(self, **kwargs):
        super().__init__(read_only=True, allow_null=True, **kwargs)

    def to_representation(self, file):
        return self.context["addresses"].absolute(file.url) if file else None
