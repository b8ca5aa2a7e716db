"""The export of actors: what every column shows of an actor, for the admin and for everybody.

Contact persons are a column only for those who may see them all (`with_contacts`): whoever makes the resource asks.
"""

from collections.abc import Iterator
from typing import cast

from django.db.models import ForeignKey, Prefetch
from import_export import fields, resources

from actors.columns.cells import cell_of
from actors.columns.fields import ACTOR_FIELDS, FIELDS
from actors.columns.parts import AREAS, CLUSTERS, CONTACTS, PARTS, RELATIONS, SERVICES, Part
from actors.models import Actor, ActorRelation, ApplicationFocus, Membership
from applications.models import ApplicationArea
from clusterportal.core.models import own_field
from clusterportal.tables.writer import Table

CHUNK = 1000  # actors read from the database at once
_RELATED = {  # column -> (related name, queryset)
    column: (
        cast(ForeignKey, own_field(part.model, part.owner)).remote_field.related_name,
        part.model._default_manager.order_by("pk"),
    )
    for column, part in PARTS.items()
}
_INTERNAL = [one.column_name for one in ACTOR_FIELDS if not one.is_public]  # for curators, not for visitors


class PartField(fields.Field):
    """A part of the actor (layers, topics, relations ...) as one cell."""

    def __init__(self, column: str):
        super().__init__(attribute=f"shown_{column}", column_name=column)
        self.part = PARTS[column]

    def prefetch(self, rows, areas) -> Prefetch:
        """Of `rows` what a cell shows, of services those of `areas`.

        Into an attribute: a related manager for each actor took as long as reading.
        """
        part = self.part
        shown = (
            part.owner,
            *part.columns.values(),
            *part.references,
            *(f"{key}__slug" for key in part.references),
        )
        rows = rows.select_related(*part.references).only(*shown)
        if part is SERVICES:
            rows = rows.prefetch_related(Prefetch("areas", areas.only("slug")))
        return Prefetch(_RELATED[part.column][0], rows, to_attr=self.attribute)

    def items(self, actor) -> list[dict]:
        """The items as plain dictionaries, of an actor that was read with them."""
        return [self.part.complete(_item(self.part, row)) for row in getattr(actor, self.attribute)]

    def export(self, instance, **kwargs):
        return cell_of(self.part.column, self.items(instance))


class ValueField(fields.Field):
    """A field of the actor as a cell: numbers as numbers, days as 2026-05-31."""

    def value(self, actor):
        value = getattr(actor, self.attribute)
        if value is None:
            return ""
        if hasattr(value, "isoformat"):
            return value.isoformat()
        return value if isinstance(value, (int, float)) else str(value)

    def export(self, instance, **kwargs):
        return self.value(instance)


def _item(part: Part, row) -> dict:
    item = {key: getattr(row, name) for key, name in part.columns.items()}
    item |= {key: getattr(row, key).slug if getattr(row, key) else None for key in part.references}
    if part is SERVICES:
        item["areas"] = sorted(area.slug for area in row.areas.all())
    return {key: value.isoformat() if hasattr(value, "isoformat") else value for key, value in item.items()}


class ActorResource(resources.ModelResource):
    """All columns that can be exported and imported again without a change."""

    class Meta:
        model = Actor
        name = "actors"
        fields = ()
        # The plan checks every value by the model's own rules; this says so to import-export as well.
        clean_model_instances = True
        use_transactions = True

    def __init__(self, *, with_contacts: bool = False, **kwargs):
        super().__init__(**kwargs)
        self.with_contacts = with_contacts
        self.fields = {
            column: ValueField(attribute=name, column_name=column)
            for column, name in FIELDS.items()
            if self.shows(column)
        } | {column: PartField(column) for column in PARTS if self.shows(column)}

    def shows(self, column: str) -> bool:
        return self.with_contacts or column != CONTACTS.column

    @property
    def columns(self) -> list[str]:
        return [*self.fields]

    # ---------- out ----------
    def related(self, column: str):
        """The rows of a part that this resource shows."""
        return _RELATED[column][1]

    @property
    def areas(self):
        """The application areas that this resource names."""
        return ApplicationArea.objects.all()

    def prepared(self, queryset):
        """`queryset` with everything that the columns read, in a fixed number of queries."""
        parts = [field for field in self.fields.values() if isinstance(field, PartField)]
        values = [field.attribute for field in self.fields.values() if isinstance(field, ValueField)]
        return queryset.only(*values).prefetch_related(
            *(field.prefetch(self.related(field.column_name), self.areas) for field in parts)
        )

    def iter_queryset(self, queryset):
        yield from self.prepared(queryset).iterator(chunk_size=CHUNK)

    def table(self, queryset) -> Table:
        """The list as something that can be written in any format."""
        return Table(
            str(self.Meta.model._meta.verbose_name_plural),
            self.columns,
            rows=lambda: self.rows(queryset),
            records=lambda: self.records(queryset),
        )

    def rows(self, queryset) -> Iterator[list]:
        """One list of cells an actor, for CSV and workbooks; memory does not grow with the actors."""
        for actor in self.iter_queryset(queryset):
            yield [field.export(actor) for field in self.fields.values()]

    def records(self, queryset) -> Iterator[dict]:
        """One dictionary an actor, for JSON: parts as lists of objects, None for unknown."""
        for actor in self.iter_queryset(queryset):
            yield {column: self._plain(field, actor) for column, field in self.fields.items()}

    @staticmethod
    def _plain(field, actor):
        if isinstance(field, PartField):
            return [field.part.brief(item) for item in field.items(actor)]
        value = field.value(actor)
        return None if value == "" and Actor._meta.get_field(field.attribute).null else value


class PublicActorResource(ActorResource):
    """The columns for everybody: nothing of the curators' own, no relation, cluster or area that is not public."""

    def shows(self, column: str) -> bool:
        return column not in (*_INTERNAL, CONTACTS.column)

    @property
    def areas(self):
        return ApplicationArea.objects.active()

    def related(self, column: str):
        """Only what pages and API show as well."""
        public = {
            RELATIONS.column: lambda: ActorRelation.objects.public(),
            CLUSTERS.column: lambda: Membership.objects.public(),
            AREAS.column: lambda: ApplicationFocus.objects.filter(area__in=self.areas),
        }
        return public[column]().order_by("pk") if column in public else super().related(column)
