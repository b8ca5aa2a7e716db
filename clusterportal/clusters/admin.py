"""Regions and clusters."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RelatedDropdownFilter
from unfold.widgets import UnfoldAdminTextInputWidget

from clusterportal.accounts.admin import UserAdmin
from clusterportal.clusters.models import Cluster, Region, TeamMember
from clusterportal.core.admin import NamedForm, PartInline, side_by_side
from clusterportal.history.admin import RecordedAdmin


@admin.register(Region)
class RegionAdmin(RecordedAdmin):
    form = NamedForm
    list_display = [*side_by_side("name"), "country", "nuts_codes"]
    search_fields = ["slug", *side_by_side("name")]
    fieldsets = [
        (None, {"fields": [side_by_side("name"), ("slug", "country", "nuts_codes"), "outline_source"]})
    ]
    readonly_fields = ["outline_source"]

    def get_queryset(self, request):
        return super().get_queryset(request).defer("outline")

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "nuts_codes":
            kwargs["widget"] = UnfoldAdminTextInputWidget()
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class TeamInline(PartInline):
    """The team of the cluster. Only administrators change it, because members gain access to the cluster's actors."""

    model = TeamMember
    fields = ["user"]
    autocomplete_fields = ["user"]

    def has_view_permission(self, request, obj=None):
        return request.user.is_superuser

    has_add_permission = has_change_permission = has_delete_permission = has_view_permission


class TeamsOfPersonInline(TeamInline):
    """The same teams, seen from a person: without one, managers and editors see no actors."""

    verbose_name_plural = _("clusters on whose team the person is")
    fields = ["cluster"]
    autocomplete_fields = ["cluster"]


UserAdmin.inlines = [*UserAdmin.inlines, TeamsOfPersonInline]


@admin.register(Cluster)
class ClusterAdmin(RecordedAdmin):
    form = NamedForm
    list_display = [*side_by_side("name"), "region", "kind", "state", "is_active", "position"]
    list_filter = [
        ("state", ChoicesDropdownFilter), ("kind", ChoicesDropdownFilter), ("region", RelatedDropdownFilter),
    ]  # fmt: skip
    list_select_related = ["region"]
    inlines = [TeamInline]
    search_fields = ["slug", *side_by_side("name")]
    fieldsets = [
        (None, {"fields": [
            side_by_side("name"), ("region", "kind", "slug"), ("state", "is_active", "position"),
            ("owner", "verified_on", "trusts_representatives"),
        ]}),
        (_("Texts"), {"fields": [
            side_by_side("claim"), side_by_side("description"), side_by_side("aims"),
            side_by_side("services"), side_by_side("technology_field"),
        ]}),
        (_("Facts"), {"fields": [
            ("founded", "legal_form"), side_by_side("founding_occasion"), ("staff_fte", "life_cycle"),
            ("programmes", "source"),
        ]}),
        (_("Contact"), {"fields": [("homepage", "email", "phone"), "logo"]}),
    ]  # fmt: skip

    def has_change_permission(self, request, obj=None):
        """Users who do not work for all clusters edit their own."""
        user = request.user
        is_own = obj is None or user.is_superuser or obj.team.filter(user=user).exists()
        return super().has_change_permission(request, obj) and is_own
