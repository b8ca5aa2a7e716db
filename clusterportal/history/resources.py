"""Lists as tables, one record a row: django-import-export with the manners of this registry."""

from collections.abc import Callable
from contextlib import suppress

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from import_export import resources, results, widgets
from import_export.fields import Field

from clusterportal.core.labels import field_label
from clusterportal.core.languages import column_names
from clusterportal.core.slugs import slug_of, unused
from clusterportal.tables.skipped_lines import filled

NAME = column_names("name")[0]
UNDECIDED = "undecided"  # the code of an error that goes when somebody says which record a row means
NOT_STATED = object()  # stands in a dataset for a cell that its row does not have


class RowResult(results.RowResult):
    """What became of a row: `changes` are values before and after, by column; `instance` is the record.

    `candidates` are records that the row may mean: key, name, why, and how like in per cent.
    """

    def __init__(self):
        super().__init__()
        self.changes: dict[str, tuple] = {}
        self.candidates: list[tuple] = []

    def add_instance_info(self, instance):
        """Spares the name of each record, which for relations is a query; its key comes with the writing."""


class NoDiff(resources.Diff):
    """Spares the texts that import-export makes of every field before and after: `changes` are what is shown."""

    def __init__(self, resource, instance, new):
        pass

    def compare_with(self, resource, instance):
        pass


class PartColumn(Field):
    """A column whose cells name several records of their own, held in `said` of the record until they are written."""

    def __init__(self, name: str, widget: widgets.Widget, label: str | Promise):
        super().__init__(attribute=name, column_name=name, widget=widget)
        self.label = label

    def get_value(self, instance):
        return instance.said.get(self.column_name, [])

    def save(self, instance, row, is_m2m=False, **kwargs):
        instance.said[self.column_name] = self.clean(row, **kwargs)


class PartsWidget(widgets.Widget):
    """Base of what reads the cells of such a column: items between bars or commas."""

    @staticmethod
    def items(value) -> list[str]:
        """What a cell holds, without spaces around and without empty items."""
        items = value if isinstance(value, list) else str(value or "").replace(",", "|").split("|")
        return [text for item in items if (text := str(item).strip())]

    def render(self, value, obj=None, **kwargs) -> str:
        return ", ".join(value or [])

    def is_same(self, value, current) -> bool:
        return (value or []) == (current or [])


class RecordedResource(resources.ModelResource):
    """The records of one model. A table states what it names, and nothing is ever deleted.

    `decisions` are what people have said about rows, by number: the key of the record meant, None for a new one.
    `widget_for(field)` says how the cells of a field are read: a widget with `clean(cell)`, which raises ValueError
    with a reason for people, and `is_same(value, current)`, true for two spellings of one value. `by` is the person
    who imports.
    """

    key: tuple[str, ...]  # the columns that tell records apart
    needed: tuple[tuple[str, ...], ...]  # of each of these groups a table must have a column

    class Meta:
        batch_size = 200
        clean_model_instances = True
        import_id_fields = ()  # `get_instance` knows how a row names its record
        report_skipped = True
        skip_html_diff = True
        skip_unchanged = True
        store_instance = True
        use_bulk = True

    def __init__(
        self, *, widget_for: Callable[[models.Field], widgets.Widget], by=None, decisions=None, **kwargs
    ):
        super().__init__(**kwargs)
        self.by, self.decisions = by, decisions or {}  # by the number of a row
        self.parts = [name for name, column in self.fields.items() if isinstance(column, PartColumn)]
        for name, column in self.fields.items():
            if name not in self.parts:
                column.widget = widget_for(self._meta.model._meta.get_field(name))

    @classmethod
    def label(cls, column: str) -> str:
        """What people read above a column."""
        field = cls.fields.get(column)
        if isinstance(field, PartColumn):
            return str(field.label)
        return field_label(cls._meta.model._meta.get_field(column)) if field else column

    @classmethod
    def field_from_django_field(cls, field_name, django_field, readonly):
        """References are held as keys. No defaults: `import_field` decides about empty cells."""
        return Field(attribute=django_field.attname, column_name=field_name)

    @classmethod
    def get_row_result_class(cls):
        return RowResult

    @classmethod
    def get_diff_class(cls):
        return NoDiff

    def get_queryset(self):
        return self._meta.model._base_manager.order_by("pk")

    # ---------- what each list says for itself ----------
    def read_records(self, records) -> None:
        """Keeps the records of the registry so that `get_instance` finds them without a query for each row."""
        raise NotImplementedError

    def get_instance(self, instance_loader, row):
        """The record that a row means; None for a new one."""
        raise NotImplementedError

    def title_of(self, row: dict) -> str:
        """What the preview calls the row."""
        raise NotImplementedError

    def subjects(self, instance, row: dict) -> list:
        """What only one row of a table may be about."""
        raise NotImplementedError

    # ---------- what a row says ----------
    def before_import(self, dataset, **kwargs):
        self.first_row_about: dict[object, int] = {}
        self.changed_columns: set[str] = set()
        self.read_records(self.get_queryset())

    def before_import_row(self, row, *, row_number: int, on_progress: Callable[[int], None], **kwargs):
        on_progress(row_number)
        for column in [column for column, cell in row.items() if cell is NOT_STATED]:
            del row[column]

    def meaning(self, row: dict, column: str):
        """What a cell says; None where there is none or it cannot be read, which `import_instance` reports."""
        with suppress(ValueError):
            return self.fields[column].clean(row) if column in row else None

    def names_by_key(self, row: dict) -> bool:
        return all(filled(row.get(column)) for column in self.key)

    def import_instance(self, instance, row, **kwargs):
        """Reads the cells. Raises ValidationError by column."""
        try:
            super().import_instance(instance, row, **kwargs)
        except ValidationError as error:
            columns = {column.attribute: column.column_name for column in self.fields.values()}
            errors = {columns[attribute]: some for attribute, some in error.error_dict.items()}
            raise ValidationError(errors) from error
        self.refuse_repetition(instance, row, **kwargs)

    def import_field(self, field, instance, row, is_m2m=False, **kwargs):
        """An empty cell empties a field only where the row names a known record by its key."""
        is_known = not instance._state.adding
        if filled(row.get(field.column_name)) or (is_known and self.names_by_key(row)):
            super().import_field(field, instance, row, is_m2m, **kwargs)

    def refuse_repetition(self, instance, row, *, row_number: int, numbers: list[int], **kwargs) -> None:
        """Raises ValidationError where an earlier row is about the same record; `numbers`: rows as people count."""
        for subject in self.subjects(instance, row):
            earlier = self.first_row_about.setdefault(subject, row_number)
            if earlier != row_number:
                reason = _("Row %(row)s is about the same record already.") % {"row": numbers[earlier - 1]}
                raise ValidationError({self.key[0]: reason})

    # ---------- what becomes of it ----------
    def skip_row(self, instance, original, row, import_validation_errors=None):
        """Whether the registry says all of it already."""
        if instance._state.adding or import_validation_errors:
            return False
        with suppress(ValidationError):
            instance.clean_fields()  # as it would be stored: telephone numbers in one spelling
        changes = self.changes(original, instance)
        self.changed_columns |= changes.keys()
        return not changes

    def changes(self, original, instance) -> dict[str, tuple]:
        """Values before and after, by column, of what would say something else."""
        values = (
            (name, column.widget, column.get_value(original), column.get_value(instance))
            for name, column in self.fields.items()
        )
        return {
            name: (before, after)
            for name, widget, before, after in values
            if not widget.is_same(after, before)
        }

    def save_instance(self, instance, is_create, row, **kwargs):
        """A trial writes nothing, so that it locks nothing: validation refuses what the database would."""
        if not self._is_dry_run(kwargs):
            super().save_instance(instance, is_create, row, **kwargs)

    def get_bulk_update_fields(self):
        """Where only parts change, a record is written as it is: something has to be named."""
        columns = [name for name in self.fields if name not in self.parts]
        return [name for name in columns if name in self.changed_columns] or columns[:1]

    def after_import_row(self, row, row_result, **kwargs):
        """Notes what the row changes: of a new record, whatever the row says of it."""
        instance, original = row_result.instance, row_result.original
        if original is not None:
            row_result.changes = self.changes(original, instance)
        else:
            values = {name: column.get_value(instance) for name, column in self.fields.items()}
            row_result.changes = {
                name: (None, value)
                for name, value in values.items()
                if (name in row or name in self.key) and value not in (None, "", [])
            }
        row_result.original = None

    def after_import(self, dataset, result, **kwargs):
        """Leaves the sequence of keys alone: no row has a key, and turning it back would give keys out twice."""


class NamedResource(RecordedResource):
    """A list of records that have an address and a name: a row names one by its address, without one by its name."""

    key = ("slug",)
    needed = (("slug", NAME),)

    @property
    def named_by(self) -> str:
        return self.needed[0][1]

    def read_records(self, records) -> None:
        self.by_slug = {record.slug: record for record in records}
        self.by_name = {getattr(record, self.named_by).casefold(): record for record in self.by_slug.values()}
        self.slugs = {*self.by_slug}

    def get_instance(self, instance_loader, row):
        if slug := self.meaning(row, "slug"):
            return self.by_slug.get(slug)
        return self.by_name.get(str(self.meaning(row, self.named_by) or "").casefold())

    def title_of(self, row: dict) -> str:
        return str(row.get(self.named_by) or row.get("slug") or "")

    def subjects(self, instance, row: dict) -> list:
        said = {"slug": instance.slug}
        if not self.names_by_key(row):
            said[self.named_by] = getattr(instance, self.named_by).casefold()
        return [(column, text) for column, text in said.items() if text]

    def import_instance(self, instance, row, **kwargs):
        try:
            super().import_instance(instance, row, **kwargs)
        except ValidationError:
            self._give_address(instance)  # nobody has to mend what a row without faults need not say
            raise

    def refuse_repetition(self, instance, row, **kwargs) -> None:
        self._give_address(instance)
        super().refuse_repetition(instance, row, **kwargs)
        self.slugs.add(instance.slug)

    def _give_address(self, instance) -> None:
        if not instance.slug:
            length = self._meta.model._meta.get_field("slug").max_length - 6
            made = slug_of(getattr(instance, self.named_by), length=length)
            instance.slug = unused(made, self.slugs) if made else ""
