"""Issues: composed from published contributions, previewed, sent and watched."""

from collections.abc import Callable

from django.contrib import admin
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import display

from clusterportal.clusters.record_admin import OwnDropdownFilter
from clusterportal.core.admin import PartBlockInline, fieldset, side_by_side
from clusterportal.newsletters.admin import sending
from clusterportal.newsletters.admin.own_records import OwnRecordAdmin
from clusterportal.newsletters.domain.attention import with_progress
from clusterportal.newsletters.enums import IssueState
from clusterportal.newsletters.forms import IssueForm, named, offered
from clusterportal.newsletters.models import Issue, IssueItem


class ItemInline(PartBlockInline):
    """What stands in an issue, in the order of the positions."""

    model = IssueItem
    fields = [("position", "contribution"), side_by_side("title"), side_by_side("lead"), "url"]
    extra = 1

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name != "contribution":
            return super().formfield_for_foreignkey(db_field, request, **kwargs)
        issue = request.resolver_match.kwargs.get("object_id")
        chosen = (
            IssueItem.objects.filter(issue=issue, contribution__isnull=False)
            if issue
            else IssueItem.objects.none()
        )
        contributions = offered(chosen.values_list("contribution", flat=True))
        formfield = super().formfield_for_foreignkey(db_field, request, queryset=contributions, **kwargs)
        formfield.choices = named(contributions)
        return formfield

    def has_view_permission(self, request, obj=None):
        return self._may(request, "view")

    def has_add_permission(self, request, obj=None):
        return self._may(request, "change") and _is_draft(obj)

    def has_change_permission(self, request, obj=None):
        return self._may(request, "change") and _is_draft(obj)

    has_delete_permission = has_change_permission

    def _may(self, request, verb: str) -> bool:
        """Items have no rights of their own: who writes an issue writes its items."""
        return request.user.has_perm(f"newsletters.{verb}_issue")


def _is_draft(issue: Issue | None) -> bool:
    return issue is None or issue.state == IssueState.DRAFT


@admin.register(Issue)
class IssueAdmin(OwnRecordAdmin):
    form = IssueForm
    change_form_before_template = "admin/newsletters/issue_ways.html"
    list_before_template = "admin/newsletters/standstill.html"
    list_display = [*side_by_side("title"), "cluster", "state", "send_at", "progress", "desk"]
    list_filter = [("state", ChoicesDropdownFilter), ("cluster", OwnDropdownFilter)]
    list_select_related = ["cluster"]
    search_fields = ["slug", *side_by_side("title")]
    ordering = ["-pk"]
    inlines = [ItemInline]
    view_on_site = False
    fieldsets = [
        fieldset(None, side_by_side("title"), ("cluster", "slug"), side_by_side("introduction"), "is_example")
    ]

    def get_urls(self):
        own: dict[str, tuple[str, Callable]] = {
            "<int:pk>/sending/": ("sending", sending.desk),
            "<int:pk>/preview/<str:language>.<str:kind>": ("preview", sending.preview),
            "allow/": ("allow", sending.allow),
        }
        return [
            path(route, self.admin_site.admin_view(view), name=f"newsletters_issue_{name}")
            for route, (name, view) in own.items()
        ] + super().get_urls()

    def get_queryset(self, request):
        return with_progress(super().get_queryset(request))

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, sending.standstill() | (extra_context or {}))

    def has_change_permission(self, request, obj=None):
        """What is on its way stays as it is."""
        return super().has_change_permission(request, obj) and _is_draft(obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and _is_draft(obj)

    @display(description=_("sent"))
    def progress(self, issue):
        if not issue.mail_count:
            return "–"
        told = f"{issue.sent_count} / {issue.mail_count}"
        unclear = gettext("%(count)d unclear") % {"count": issue.unclear_count}
        return f"{told}, {unclear}" if issue.unclear_count else told

    @display(description=_("Sending"))
    def desk(self, issue):
        address = reverse("admin:newsletters_issue_sending", args=[issue.pk])
        return format_html('<a href="{}">{}</a>', address, _("Preview and sending"))
