"""The list of website checks, and taking over a new address."""

from django.contrib import admin, messages
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.contrib.filters.admin import DropdownFilter
from unfold.decorators import display

from actors.rules import can_publish
from clusterportal.quality.admin.base import FindingsAdmin
from clusterportal.quality.domain.link_checks import take_new_address
from clusterportal.quality.enums import LinkStatus
from clusterportal.quality.models import LinkCheck


class StatusFilter(DropdownFilter):
    title = _("status")
    parameter_name = "status"

    def lookups(self, request, model_admin):
        return LinkStatus.choices

    def queryset(self, request, queryset):
        return queryset.filter(status=self.value()) if self.value() in LinkStatus.values else queryset


@admin.register(LinkCheck)
class LinkCheckAdmin(FindingsAdmin):
    list_display = ["named", "address", "found", "checked_at"]
    list_filter = [StatusFilter]
    list_select_related = ["actor"]
    list_fullwidth = True
    search_fields = ["actor__name", "url"]
    ordering = ["-failures", "-checked_at", "pk"]
    actions = ["take_new_address"]
    nothing = _("No website was looked at so far. Every night those that are due are.")

    @display(description=_("Actor"), ordering="actor__sort_key")
    def named(self, check):
        return render_to_string("admin/quality/_actor.html", {"actor": check.actor})

    @display(description=_("Website"), ordering="url")
    def address(self, check):
        return render_to_string("admin/quality/_address.html", {"check": check})

    @display(description=_("Status"), ordering="status")
    def found(self, check):
        return render_to_string("admin/quality/_found.html", {"check": check})

    def has_edit_permission(self, request) -> bool:
        return can_publish(request.user)

    @admin.action(description=_("Take the new address"), permissions=["edit"])
    def take_new_address(self, request, queryset):
        taken = sum(take_new_address(check=check, by=request.user) for check in queryset)
        if taken:
            text = ngettext(
                "%(count)d website has its new address.", "%(count)d websites have their new address.", taken
            )
            messages.success(request, text % {"count": taken})
        if left := len(queryset) - taken:
            text = ngettext(
                "%(count)d website has no new address and stays as it is.",
                "%(count)d websites have no new address and stay as they are.",
                left,
            )
            messages.warning(request, text % {"count": left})
