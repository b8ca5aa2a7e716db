"""The list of actors by the import that made or changed them."""

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import DropdownFilter

from clusterportal.core.sent_numbers import sent_number
from clusterportal.imports.enums import ImportNoun, RunState
from clusterportal.imports.models import ImportRow, ImportRun

OFFERED = 20  # imports to choose from; the page of an older one leads to its actors too


class ImportFilter(DropdownFilter):
    """Actors that an import of the person's made or changed. One that they may not see filters nothing."""

    title = _("import")
    parameter_name = "import"

    def lookups(self, request, model_admin):
        runs = ImportRun.objects.visible_to(request.user).filter(
            noun=ImportNoun.ACTORS, state=RunState.DONE, act_id__isnull=False
        )
        offered = list(runs.defer("options", "notes", "undone").order_by("-finished_at")[:OFFERED])
        asked = sent_number(request.GET.get(self.parameter_name))
        if asked is not None and asked not in {run.pk for run in offered}:
            offered += runs.filter(pk=asked)
        return [(str(run.pk), f"{run.file_name} ({_moment(run)})") for run in offered]

    def queryset(self, request, queryset):
        value = self.value()
        if value and value in {key for key, _label in self.lookup_choices}:
            return queryset.filter(pk__in=ImportRow.objects.filter(run=int(value)).written().values("record"))
        return queryset


def _moment(run: ImportRun) -> str:
    return date_format(localtime(run.finished_at), "SHORT_DATETIME_FORMAT")
