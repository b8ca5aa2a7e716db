"""The page of an action: what, by whom and with whom, until when, and its milestones."""

from typing import cast

from django.contrib import admin
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from unfold.decorators import display

from actors.models import Actor
from clusterportal.clusters.record_admin import OwnDropdownFilter
from clusterportal.core.admin import fieldset, side_by_side
from clusterportal.plans.admin.filters import LackFilter, TakesPartFilter
from clusterportal.plans.admin.reach import OfPlan, PlanBlocks, PlanRows
from clusterportal.plans.domain.timing import state_of
from clusterportal.plans.forms import TitledForm
from clusterportal.plans.models import Action, ActionPlan, Milestone, Participant
from clusterportal.plans.querysets import PlanPartQuerySet
from clusterportal.plans.rules import can_see, can_write
from layers.admin import LayerBoxes


class OfAction(OfPlan):
    def plan_of(self, record):
        return record.plan


class ParticipantInline(OfAction, PlanBlocks):  # type: ignore[misc]  # as in reach.py
    model = Participant
    fields = [("group", "actor"), side_by_side("words")]
    autocomplete_fields = ["actor"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("actor")

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        return super().formfield_for_foreignkey(db_field, request, **_within_sight(db_field, request, kwargs))


class MilestoneInline(OfAction, PlanRows):  # type: ignore[misc]  # as in reach.py
    model = Milestone
    fields = [*side_by_side("title"), "due_on", "reached_on"]


@admin.register(Action)
class ActionAdmin(LayerBoxes):
    form = TitledForm
    list_display = [*side_by_side("title"), "plan", "starts_on", "horizon_months", "state_today"]
    list_filter = [("plan", OwnDropdownFilter), TakesPartFilter, LackFilter]
    list_select_related = ["plan"]
    search_fields = ["slug", *side_by_side("title"), *side_by_side("topic")]
    autocomplete_fields = ["responsible", "areas"]
    sentences = ["title", "topic", "state_reason"]
    fieldsets = [
        fieldset(None, side_by_side("title"), side_by_side("topic"), ("plan", "slug", "position")),
        fieldset(
            pgettext_lazy("over years", "Time"),
            ("starts_on", "horizon_months"),
            "state_set",
            side_by_side("state_reason"),
        ),
        fieldset(_("Responsible"), "responsible", side_by_side("responsible_words")),
        fieldset(_("Place in the chain"), "carrying_layer", "layers", "areas"),
        fieldset(_("Source"), "source"),
    ]
    inlines = [ParticipantInline, MilestoneInline]

    def get_queryset(self, request):
        found = cast(PlanPartQuerySet, super().get_queryset(request)).curated_by(request.user)
        return found.select_related("plan").prefetch_related("milestones", "plan__owners")

    def has_view_permission(self, request, obj=None):
        return super().has_view_permission(request) and (obj is None or can_see(request.user, obj.plan))

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request) and (obj is None or can_write(request.user, obj.plan))

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request) and (obj is None or can_write(request.user, obj.plan))

    def get_readonly_fields(self, request, obj=None):
        return ["plan"] if obj else []

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.related_model is ActionPlan:
            kwargs["queryset"] = ActionPlan.objects.written_by(request.user)
        return super().formfield_for_foreignkey(db_field, request, **_within_sight(db_field, request, kwargs))

    def response_post_save_add(self, request, obj):
        """Back to the plan, where the new action stands among the others."""
        return redirect("admin:plans_actionplan_change", obj.plan_id)

    @display(description=_("State"))
    def state_today(self, action):
        return state_of(action, on=timezone.localdate()).label


def _within_sight(db_field, request, kwargs: dict) -> dict:
    """Only actors that the person sees can be named: those of others are not theirs to know of before publication."""
    if db_field.related_model is Actor:
        kwargs["queryset"] = Actor.objects.visible_to(request.user)
    return kwargs
