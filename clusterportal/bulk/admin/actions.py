"""Acts on a selection: it travels under a number, survives the act, and what was done can be taken back."""

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin as UnfoldModelAdmin
from unfold.views import ChangeList
from unfold.widgets import UnfoldBooleanWidget

from actors.models import Actor
from clusterportal.bulk.admin.actor_list import list_address
from clusterportal.bulk.admin.selection_page import SelectionPage
from clusterportal.bulk.domain import selections
from clusterportal.bulk.models import Selection
from clusterportal.core.sent_numbers import sent_numbers
from clusterportal.history.admin.taking_back import offer_to_take_back

DELETED_AT_ONCE = 1000  # actors


class ActorList(ChangeList):
    """The list with the rows marked that the person has selected."""

    @property
    def unknown_values(self) -> list[tuple[str, str]]:
        """Filters that were asked for by a value that is not there (any more): by title, with the value."""
        asked = [(spec, spec.unknown_value()) for spec in self.filter_specs if hasattr(spec, "unknown_value")]
        return [(str(spec.title), value) for spec, value in asked if value]

    def get_results(self, request):
        super().get_results(request)
        self.selection = selections.selection_of(request.user)
        keys = set(self.selection.keys) if self.selection else set()
        self.shown = [actor.pk for actor in self.result_list]
        for actor in self.result_list:
            actor.is_chosen = actor.pk in keys
            actor.read_by = request.user  # for columns that ask what the reader may do
        self.may_change = self.model_admin.has_change_permission(request)
        self.chosen_here = len(keys.intersection(self.shown))
        self.chosen_elsewhere = len(keys.difference(self.shown))


class SelectsActors(admin.ModelAdmin):
    """Mixin of the admin of actors; stands before the class whose actions it runs."""

    list_before_template = "admin/bulk/list.html"

    def get_changelist(self, request, **kwargs):
        return ActorList

    @admin.display(description=UnfoldModelAdmin.action_checkbox.short_description)
    def action_checkbox(self, obj):
        label = _("Select %(actor)s") % {"actor": obj}
        attributes = {"class": "action-select", "aria-label": label}
        box = UnfoldBooleanWidget(attributes, lambda value: getattr(obj, "is_chosen", False))
        return box.render(ACTION_CHECKBOX_NAME, str(obj.pk))

    # ---------- acting ----------
    @admin.action(description=gettext_lazy("Change the selection …"), permissions=["change"])
    def change_selection(self, request, queryset):
        address = reverse("admin:actors_actor_selection", args=[request.selection.pk])
        return redirect(f"{address}?{urlencode({'list': request.GET.urlencode()})}")

    # The stubs know a third argument, of a later Django.
    def response_action(self, request, queryset):  # type: ignore[override]
        """Run the action on what is selected here and, where that was ticked, on other pages."""
        keys = self._chosen(request, queryset)
        if not keys:
            if keys is None:
                messages.error(request, _("This selection is no longer there. Please select again."))
            else:
                messages.warning(request, _("Nothing was done: no actor is selected."))
            return redirect(request.get_full_path())
        if request.POST.get("action") == "delete_selected" and len(keys) > DELETED_AT_ONCE:
            text = _("At most %(count)d actors are deleted at once: each one is named before.")
            messages.error(request, text % {"count": DELETED_AT_ONCE})
            return redirect(request.get_full_path())
        request.selection = selections.choose(keys, by=request.user)
        # From here on the selection is what is meant, whatever the list shows.
        sent = request.POST.copy()
        sent["select_across"] = "1"
        request.POST = sent
        chosen = Actor.objects.with_keys(keys).curated_by(request.user)
        response = super().response_action(request, chosen)
        if sent.get("action") == "delete_selected" and "post" in sent:
            selections.clear(by=request.user)  # they are gone
        offer_to_take_back(request, back_to=request.get_full_path())
        return response

    def choice_fields(self, request) -> list[tuple[str, object]]:
        """What a page between an action and its end sends along: which actors are meant."""
        # Without a row that is ticked, Django would say that none is.
        return [("selection", request.selection.pk), (ACTION_CHECKBOX_NAME, 0)]

    def _chosen(self, request, queryset) -> set[int] | None:
        """The keys that are meant; None where the selection is not there any more."""
        if "selection" in request.POST:
            kept = self._kept(request, request.POST["selection"])
            return None if kept is None else set(kept.keys)
        if request.POST.get("select_across", "0") != "0":
            return set(queryset.primary_keys())
        ticked = sent_numbers(request.POST.getlist(ACTION_CHECKBOX_NAME))
        chosen = set(queryset.filter(pk__in=ticked).primary_keys())
        if kept := self._kept(request, request.POST.get("kept", "")):
            chosen |= set(kept.keys) - set(sent_numbers(request.POST.get("shown", "").split()))
        return chosen

    @staticmethod
    def _kept(request, number: str) -> Selection | None:
        return Selection.objects.filter(user=request.user, pk__in=sent_numbers([number])).first()

    # ---------- pages ----------
    def get_urls(self):
        view = self.admin_site.admin_view
        own = [
            path("selection/<int:number>/", view(self.selection_view), name="actors_actor_selection"),
            path("selection/clear/", view(self.clear_view), name="actors_actor_selection_clear"),
        ]
        return [*own, *super().get_urls()]

    def selection_view(self, request, number: int):
        if not self.has_change_permission(request):
            raise PermissionDenied
        selection = self._kept(request, str(number))
        if selection is None:
            raise Http404
        return SelectionPage(self, request, selection).respond()

    def clear_view(self, request):
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method == "POST":
            selections.clear(by=request.user)
            messages.success(request, _("Nothing is selected any more."))
        return redirect(list_address(request.POST.get("list", "")))
