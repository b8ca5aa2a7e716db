"""Any list of the admin as a file: what the filters show, in the formats that people work with."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import models
from django.http import HttpResponseBadRequest, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusterportal.tables.model_fields import fields_in_tables
from clusterportal.tables.writer import FORMATS, PLAIN_FORMATS, CannotWrite, Table, pieces

CHUNK = 1000  # records read from the database at once
_NAMES = {
    "csv": "CSV",
    "xlsx": gettext_lazy("Excel workbook"),
    "json": "JSON",
    "ndjson": "NDJSON",
    "geojson": "GeoJSON",
}
_OWN_PARAMETERS = ("format", "bom")


class ExportsList(admin.ModelAdmin):
    """Mixin of admin lists: a link beside the list downloads what it shows, filters and search included."""

    export_formats: Sequence[str] = PLAIN_FORMATS
    list_before_template = "admin/parts/list_tools.html"

    def has_export_permission(self, request) -> bool:
        return self.has_view_permission(request)

    def export_table(self, request, queryset) -> Table:
        """The records as their own columns; references by address, so that an import reads them again."""
        own = fields_in_tables(self.model)
        more = [name for name in self.part_columns() if name not in own]
        names = ["pk", *(_path(self.model._meta.get_field(name)) for name in own)]

        def rows() -> Iterator[list]:
            found = queryset.values_list(*names).iterator(chunk_size=CHUNK)
            while some := [*islice(found, CHUNK)]:
                keys = [key for key, *_values in some]
                parts = self.export_parts(self.model._default_manager.filter(pk__in=keys)) if more else {}
                for key, *values in some:
                    said = parts.get(key, {})  # without any: deleted in between
                    yield [*values, *(said.get(name, []) for name in more)]

        columns = [*own, *more]
        return Table(
            str(self.opts.verbose_name_plural),
            columns,
            rows=lambda: ([_cell(value) for value in row] for row in rows()),
            records=lambda: (dict(zip(columns, map(_plain, row), strict=True)) for row in rows()),
        )

    def part_columns(self) -> Iterable[str]:
        """Columns beside those of the model, each of whose cells holds several items."""
        return ()

    def export_parts(self, records: models.QuerySet) -> dict[int, dict[str, list[str]]]:
        """What stands in `part_columns`, by the key of the record."""
        return {}

    # ---------- the way there ----------
    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_export"
        return [path("export/", self.admin_site.admin_view(self.export_view), name=name), *super().get_urls()]

    def export_view(self, request):
        if not self.has_export_permission(request):
            raise PermissionDenied
        parameters = request.GET.copy()
        format, with_bom = parameters.get("format", "csv"), parameters.get("bom") == "1"
        if format not in self.export_formats:
            known = {"format": format, "known": ", ".join(self.export_formats)}
            return HttpResponseBadRequest(_("“%(format)s” is no format here. Known: %(known)s.") % known)
        for name in _OWN_PARAMETERS:
            parameters.pop(name, None)
        if any("\x00" in value for _name, values in parameters.lists() for value in values):
            raise SuspiciousOperation("PostgreSQL holds no NUL characters, so nothing can be found by one.")
        request.GET = parameters
        try:
            shown = self.get_changelist_instance(request).get_queryset(request).order_by().values("pk")
        except IncorrectLookupParameters:
            text = _(
                "The list does not know one of these filters. Open it, filter it there and export again."
            )
            return HttpResponseBadRequest(text)
        queryset = self.model._default_manager.filter(pk__in=shown).order_by("pk")
        try:
            file = pieces(format, self.export_table(request, queryset), with_bom=with_bom)
        except CannotWrite as error:
            messages.error(request, str(error))
            return redirect(reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist"))
        name = f"{self.opts.model_name}-{timezone.localdate().isoformat()}.{format}"
        return StreamingHttpResponse(
            file,
            content_type=FORMATS[format].media_type,
            headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
        )

    def changelist_view(self, request, extra_context=None):
        context = {"export_links": self._export_links(request)} | (extra_context or {})
        return super().changelist_view(request, context)

    def _export_links(self, request) -> list[dict]:
        """One link a format, with the filters of the list at hand."""
        if not self.has_export_permission(request):
            return []
        address = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_export")
        choices = [(_NAMES[format], {"format": format}) for format in self.export_formats]
        choices.insert(1, (_("CSV for Excel"), {"format": "csv", "bom": "1"}))
        links = []
        for label, chosen in choices:
            parameters = request.GET.copy()
            parameters.pop("p", None)  # the page of the list
            for name, value in chosen.items():
                parameters[name] = value
            links.append({"label": label, "url": f"{address}?{parameters.urlencode()}"})
        return links


def _path(column: models.Field) -> str:
    return f"{column.name}__slug" if column.is_relation else column.name


def _plain(value):
    if isinstance(value, list):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else value if _is_json(value) else str(value)


def _is_json(value) -> bool:
    return value is None or isinstance(value, (str, int, float, bool))


def _cell(value):
    if isinstance(value, list):
        return "|".join(map(str, value))
    return "" if value is None else _plain(value)
