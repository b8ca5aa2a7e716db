"""Filters of the actor list by a town that is typed and by what changed."""

import datetime

from django import forms
from django.db.models import Count
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import DropdownFilter, TextFilter
from unfold.contrib.filters.forms import SearchForm
from unfold.widgets import UnfoldAdminTextInputWidget

from actors.domain.history import changed_by
from actors.models import Actor

OFFERED = 150  # towns, those with most actors
ME = "me"


class CityFilter(TextFilter):
    """Actors in towns that begin like this; towns of the registry are offered while typing."""

    title = _("town")
    parameter_name = "city"
    template = "admin/actors/actor/city_filter.html"

    def __init__(self, request, params, model, model_admin):
        super().__init__(request, params, model, model_admin)
        named = Actor.objects.curated_by(request.user).exclude(city="").order_by().values("city")
        most = named.annotate(count=Count("pk")).order_by("-count", "city")
        self.towns = sorted(most.values_list("city", flat=True)[:OFFERED])

    def choices(self, changelist):
        form = _typed(self, UnfoldAdminTextInputWidget(attrs={"list": "towns", "autocomplete": "off"}))
        yield {"form": form, "towns": self.towns}

    def queryset(self, request, queryset):
        town = (self.value() or "").strip()
        return queryset.filter(city__istartswith=town) if town else queryset


class ChangedSinceFilter(TextFilter):
    """Actors that were changed on a day or later, themselves or one of their parts."""

    title = _("changed since")
    parameter_name = "changed_since"

    def choices(self, changelist):
        yield {"form": _typed(self, UnfoldAdminTextInputWidget(attrs={"type": "date"}))}

    def queryset(self, request, queryset):
        moment = midnight_of(self.value())
        return queryset.filter(updated_at__gte=moment) if moment else queryset

    def unknown_value(self) -> str:
        """What was asked for and is no day."""
        return (self.value() or "") if midnight_of(self.value()) is None else ""


class ChangedByFilter(DropdownFilter):
    """Actors that the reader changed; with a day beside it, since then."""

    title = _("changed by")
    parameter_name = "changed_by"

    def lookups(self, request, model_admin):
        self.since = midnight_of(request.GET.get(ChangedSinceFilter.parameter_name))
        return [(ME, _("Me"))]

    def queryset(self, request, queryset):
        if self.value() != ME:
            return queryset
        return queryset.filter(changed_by(request.user, since=self.since))


def midnight_of(text: str | None) -> datetime.datetime | None:
    """When the day begins that is written so; None where it is no day."""
    try:
        day = parse_date(text or "")
    except ValueError:
        return None
    if day is None or not 1970 <= day.year <= 9998:
        return None
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))


def _typed(filter: TextFilter, widget: forms.Widget) -> SearchForm:
    form = filter.form_class(
        name=filter.parameter_name,
        label=_("By %(what)s") % {"what": filter.title},
        data={filter.parameter_name: filter.value()},
    )
    form.fields[filter.parameter_name].widget = widget
    return form
