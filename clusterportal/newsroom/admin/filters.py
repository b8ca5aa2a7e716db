"""Filters of the list of contributions that no field has."""

from django.contrib import admin
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from clusterportal.core.languages import LANGUAGE_CODES


class LanguageFilter(admin.SimpleListFilter):
    """In which language something is still missing."""

    title = _("missing language")
    parameter_name = "lacks"

    def lookups(self, request, model_admin):
        return [(code, get_language_info(code)["name_translated"]) for code in LANGUAGE_CODES]

    def queryset(self, request, queryset):
        return (
            queryset.filter(**{f"title_{self.value()}": ""}) if self.value() in LANGUAGE_CODES else queryset
        )


class ScheduledFilter(admin.SimpleListFilter):
    title = _("planned")
    parameter_name = "planned"

    def lookups(self, request, model_admin):
        return [("appears", _("will appear")), ("disappears", _("will disappear"))]

    def queryset(self, request, queryset):
        columns = {"appears": "publish_at", "disappears": "expires_at"}
        column = columns.get(self.value() or "")
        return queryset.filter(**{f"{column}__isnull": False}) if column else queryset
