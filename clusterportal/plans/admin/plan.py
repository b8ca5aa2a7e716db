"""The page of an action plan: its clusters, areas and regional SWOT; actions and gaps have pages of their own."""

from typing import cast

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.decorators import display

from clusterportal.clusters.models import Cluster
from clusterportal.clusters.record_admin import ClusterRecordAdmin, OwnDropdownFilter
from clusterportal.clusters.rules import clusters_of, reaches_cluster
from clusterportal.core.admin import fieldset, side_by_side
from clusterportal.core.sent_numbers import sent_number
from clusterportal.plans.admin.filters import AsksFilter
from clusterportal.plans.admin.gaps import GapsPage
from clusterportal.plans.admin.reach import PlanBlocks, PlanRows
from clusterportal.plans.domain.deciding import agree
from clusterportal.plans.domain.timing import state_of
from clusterportal.plans.forms import FindingForm, TitledForm
from clusterportal.plans.models import Action, ActionPlan, PlanOwner, SwotEntry
from clusterportal.plans.querysets import ActionPlanQuerySet
from clusterportal.plans.rules import can_agree, can_delete, can_see, can_write

LONGEST_KEY = 18  # digits of a number that PostgreSQL can still look for


class OwnerInline(PlanRows):
    """Further clusters: the leading one asks them, their managers agree."""

    model = PlanOwner
    fields = ["cluster", "has_agreed"]
    readonly_fields = ["has_agreed"]

    def has_change_permission(self, request, obj=None):
        return False  # another cluster is another row: what one agreed to, another did not

    def has_add_permission(self, request, obj=None):
        return super().has_add_permission(request, obj) and _leads(request.user, obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and _leads(request.user, obj)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.related_model is Cluster:
            kwargs["queryset"] = Cluster.objects.published().order_by("position", "slug")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class FindingInline(PlanBlocks):
    model = SwotEntry
    form = FindingForm
    sentences = ["text"]
    fields = [("quadrant", "verdict", "position"), side_by_side("text"), "query"]


class ActionsInline(PlanRows):
    """The actions of the plan; each has a page of its own."""

    model = Action
    fields = ["starts_on", "horizon_months", "state_today"]
    readonly_fields = ["starts_on", "horizon_months", "state_today"]
    show_change_link = True
    can_delete = False

    def has_add_permission(self, request, obj=None):
        return False

    has_change_permission = has_delete_permission = has_add_permission

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("milestones")

    @display(description=gettext_lazy("State"))
    def state_today(self, action):
        return state_of(action, on=timezone.localdate()).label


@admin.register(ActionPlan)
class ActionPlanAdmin(ClusterRecordAdmin):
    form = TitledForm
    change_form_outer_before_template = "admin/plans/plan_tools.html"
    list_display = [*side_by_side("title"), "cluster", "further", "actions_count", "is_public", "is_example"]
    list_filter = [("cluster", OwnDropdownFilter), "is_public", AsksFilter]
    list_select_related = ["cluster"]
    search_fields = ["slug", *side_by_side("title")]
    autocomplete_fields = ["areas"]
    sentences = ["summary"]
    fieldsets = [
        fieldset(
            None,
            side_by_side("title"),
            side_by_side("summary"),
            ("cluster", "slug"),
            "areas",
            ("is_public", "is_example"),
            "source",
        ),
    ]
    inlines = [OwnerInline, FindingInline, ActionsInline]

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/gaps/", view(self.gaps_view), name="plans_actionplan_gaps"),
            path("<int:pk>/agree/", view(self.agree_view), name="plans_actionplan_agree"),
            *super().get_urls(),
        ]

    # ---------- who ----------
    def get_queryset(self, request):
        found = cast(ActionPlanQuerySet, super().get_queryset(request))
        return found.prefetch_related("owners__cluster").annotate(action_number=Count("actions"))

    def has_view_permission(self, request, obj=None):
        return super().has_view_permission(request) and (obj is None or can_see(request.user, obj))

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request) and (obj is None or can_write(request.user, obj))

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request) and (obj is None or can_delete(request.user, obj))

    def get_readonly_fields(self, request, obj=None):
        """Who leads a plan goes on leading it: the others agreed to that."""
        return ["cluster"] if obj else []

    def get_inlines(self, request, obj):
        return self.inlines if obj else [OwnerInline, FindingInline]

    def save_formset(self, request, form, formset, change):
        """A cluster of one's own needs not be asked."""
        if formset.model is PlanOwner:
            for part in formset.forms:
                if part.instance.pk is None and part.instance.cluster_id:
                    part.instance.has_agreed = reaches_cluster(request.user, part.instance.cluster_id)
        super().save_formset(request, form, formset, change)

    # ---------- the list ----------
    @display(description=gettext_lazy("further clusters"))
    def further(self, plan):
        return ", ".join(str(owner.cluster) for owner in plan.owners.all()) or "–"

    @display(description=gettext_lazy("actions"), ordering="action_number")
    def actions_count(self, plan):
        return plan.action_number

    # ---------- beside the form ----------
    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        asked = _owner_asked(request.user, object_id) if object_id else None
        context = (extra_context or {}) | {"asked": asked}
        return super().changeform_view(request, object_id, form_url, context)

    def gaps_view(self, request, pk: int):
        return GapsPage(self, request, self._plan(request, pk)).respond()

    def agree_view(self, request, pk: int):
        plan = self._plan(request, pk)
        owner = _owner_asked(request.user, pk)
        if request.method != "POST" or owner is None:
            raise PermissionDenied
        agree(owner=owner, by=request.user)
        text = _("“%(cluster)s” takes part in this plan now.")
        messages.success(request, text % {"cluster": owner.cluster})
        return redirect("admin:plans_actionplan_change", plan.pk)

    def _plan(self, request, pk: int) -> ActionPlan:
        """The plan, if the person sees it. Raises Http404."""
        plan = self.get_queryset(request).filter(pk=pk).first()
        if plan is None or not self.has_view_permission(request, plan):
            raise Http404
        return plan


def _leads(user, plan: ActionPlan | None) -> bool:
    return plan is None or plan.pk is None or reaches_cluster(user, plan.cluster_id)


def _owner_asked(user, pk) -> PlanOwner | None:
    """The cluster for which the person can still agree to the plan."""
    if (plan := sent_number(pk)) is None:
        return None
    waiting = PlanOwner.objects.filter(plan=plan, has_agreed=False, cluster__in=clusters_of(user))
    owner = waiting.select_related("cluster").first()
    return owner if owner is not None and can_agree(user, owner) else None
