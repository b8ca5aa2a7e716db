"""Regions and clusters."""

from typing import cast

from django.contrib import admin
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RelatedDropdownFilter
from unfold.decorators import display
from unfold.widgets import UnfoldAdminTextInputWidget

from clusterportal.accounts.admin import UserAdmin
from clusterportal.clusters.models import Cluster, Region, TeamMember
from clusterportal.clusters.querysets import RegionQuerySet
from clusterportal.clusters.rules import can_edit
from clusterportal.core.admin import NamedForm, PartInline, fieldset, side_by_side
from clusterportal.history.admin import RecordedAdmin


@admin.register(Region)
class RegionAdmin(RecordedAdmin):
    form = NamedForm
    list_display = [*side_by_side("name"), "country", "nuts_codes"]
    search_fields = ["slug", *side_by_side("name")]
    fieldsets = [
        fieldset(None, side_by_side("name"), ("slug", "country", "nuts_codes"), "outline_source"),
    ]
    readonly_fields = ["outline_source"]

    def get_queryset(self, request):
        return cast(RegionQuerySet, super().get_queryset(request)).without_outline()

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "nuts_codes":
            kwargs["widget"] = UnfoldAdminTextInputWidget()
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class TeamInline(PartInline):
    """The team of a cluster. Only administrators change it, because its members may edit the cluster's actors."""

    model = TeamMember
    fields = ["user"]
    autocomplete_fields = ["user"]

    def has_view_permission(self, request, obj=None):
        return request.user.is_superuser

    has_add_permission = has_change_permission = has_delete_permission = has_view_permission


class TeamsOfPersonInline(TeamInline):
    """The teams of a person: managers and editors without a team see no actors."""

    verbose_name_plural = _("clusters on whose team the person is")
    fields = ["cluster"]
    autocomplete_fields = []  # few enough to be seen at once
    hide_title = False


UserAdmin.inlines = [*UserAdmin.inlines, TeamsOfPersonInline]


@admin.register(Cluster)
class ClusterAdmin(RecordedAdmin):
    form = NamedForm
    list_display = [*side_by_side("name"), "region", "kind", "state", "is_active", "position"]
    list_filter = [
        ("state", ChoicesDropdownFilter),
        ("kind", ChoicesDropdownFilter),
        ("region", RelatedDropdownFilter),
    ]
    list_select_related = ["region"]
    inlines = [TeamInline]
    search_fields = ["slug", *side_by_side("name")]
    fieldsets = [
        fieldset(
            None,
            side_by_side("name"),
            ("region", "kind", "slug"),
            ("state", "is_active", "position"),
            ("owner", "verified_on", "trusts_representatives"),
        ),
        fieldset(
            _("Texts"),
            side_by_side("claim"),
            side_by_side("description"),
            side_by_side("aims"),
            side_by_side("services"),
            side_by_side("organisation"),
            side_by_side("technology_field"),
        ),
        fieldset(
            _("Facts"),
            ("founded", "legal_form"),
            side_by_side("founding_occasion"),
            ("staff_fte", "stage"),
            ("programmes", "source"),
        ),
        fieldset(_("Contact"), ("homepage", "email", "phone"), "logo"),
    ]
    readonly_fields = ["stage"]

    @display(description=_("life-cycle stage"), empty_value="–")
    def stage(self, cluster):
        if not cluster.life_cycle:
            return None
        return gettext("%(stage)s, by the latest assessment") % {"stage": cluster.get_life_cycle_display()}

    def has_change_permission(self, request, obj=None):
        return can_edit(request.user, obj)
