"""The list of possible duplicates, and looking for those of one actor."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from unfold.contrib.filters.admin import DropdownFilter
from unfold.decorators import display

from actors.models import Actor
from actors.rules import can_edit, can_merge
from actors.search.engine import search
from actors.search.ranking import best_first
from clusterportal.core.admin_page import admin_page
from clusterportal.core.sent_numbers import sent_number
from clusterportal.intake.identity.reasons import ReasonCode, for_display
from clusterportal.quality.admin.base import FindingsAdmin
from clusterportal.quality.admin.merge_page import MergePage
from clusterportal.quality.admin.searching import search_now
from clusterportal.quality.domain import duplicates
from clusterportal.quality.enums import PairState
from clusterportal.quality.models import DuplicatePair

SHOWN = 20  # actors that a search for the other one lists


class PairStateFilter(DropdownFilter):
    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [*PairState.choices, ("all", gettext_lazy("All"))]

    def queryset(self, request, queryset):
        """What waits for a decision, unless something else is asked for."""
        if self.value() == "all":
            return queryset
        wanted = self.value() if self.value() in PairState.values else PairState.OPEN
        return queryset.filter(state=wanted)


class ReasonFilter(DropdownFilter):
    title = gettext_lazy("reason")
    parameter_name = "reason"

    def lookups(self, request, model_admin):
        return ReasonCode.choices

    def queryset(self, request, queryset):
        if self.value() in ReasonCode.values:
            return queryset.filter(reasons__contains=[{"code": self.value()}])
        return queryset


class ActorFilter(DropdownFilter):
    """Pairs of one actor; its page leads here, nobody chooses it from a list."""

    title = gettext_lazy("actor")
    parameter_name = "actor"

    def lookups(self, request, model_admin):
        if (asked := sent_number(request.GET.get(self.parameter_name))) is None:
            return []
        return [
            (str(actor.pk), str(actor)) for actor in Actor.objects.curated_by(request.user).filter(pk=asked)
        ]

    def has_output(self):
        return bool(self.lookup_choices)

    def queryset(self, request, queryset):
        return queryset.of(int(self.value())) if self.value() and self.lookup_choices else queryset


@admin.register(DuplicatePair)
class DuplicatePairAdmin(FindingsAdmin):
    list_display = ["weight", "both", "why", "ways"]
    list_filter = [PairStateFilter, ReasonFilter, ActorFilter]
    list_select_related = ["first", "second", "decided_by"]
    list_fullwidth = True
    ordering = ["-score", "pk"]
    actions = ["dismiss", "reopen"]
    change_list_template = "admin/quality/pairs.html"
    nothing = gettext_lazy(
        "No two of your actors look like one. The registry is searched every night; an actor's page searches at once."
    )

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("look/<int:pk>/", view(self.look_view), name="quality_duplicatepair_look"),
            path("search/", view(self.search_view), name="quality_duplicatepair_search"),
            path("choose/<int:pk>/", view(self.choose_view), name="quality_duplicatepair_choose"),
            path(
                "merge/<int:first>/<int:second>/", view(self.merge_view), name="quality_duplicatepair_merge"
            ),
            *super().get_urls(),
        ]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        pair = self.get_object(request, object_id)
        if pair is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        return redirect("admin:quality_duplicatepair_merge", pair.first_id, pair.second_id)

    # ---------- the list ----------
    @display(description=gettext_lazy("Score"), ordering="-score")
    def weight(self, pair):
        return pair.score

    @display(description=gettext_lazy("Actors"))
    def both(self, pair):
        return render_to_string("admin/quality/_both.html", {"pair": pair})

    @display(description=gettext_lazy("Why"))
    def why(self, pair):
        return render_to_string(
            "admin/quality/_reasons.html", {"reasons": for_display(pair.reasons), "pair": pair}
        )

    @display(description=gettext_lazy("Decide"))
    def ways(self, pair):
        return render_to_string("admin/quality/_ways.html", {"pair": pair})

    # ---------- what people say ----------
    def has_decide_permission(self, request) -> bool:
        return can_edit(request.user)

    @admin.action(description=gettext_lazy("Not a duplicate"), permissions=["decide"])
    def dismiss(self, request, queryset):
        for pair in queryset:
            duplicates.dismiss(pair=pair, by=request.user)
        self._count(request, len(queryset))

    @admin.action(description=gettext_lazy("Ask again"), permissions=["decide"])
    def reopen(self, request, queryset):
        for pair in queryset:
            duplicates.reopen(pair=pair, by=request.user)
        self._count(request, len(queryset))

    def _count(self, request, count: int) -> None:
        text = ngettext("%(count)d pair is decided.", "%(count)d pairs are decided.", count)
        messages.success(request, text % {"count": count})

    # ---------- pages ----------
    def look_view(self, request, pk: int):
        """Compare one actor with the whole registry at once."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        actor = Actor.objects.curated_by(request.user).filter(pk=pk).first()
        if actor is None:
            raise Http404
        count = duplicates.look_for(actor=actor, by=request.user)
        text = ngettext(
            "%(count)d actor looks like “%(actor)s”.", "%(count)d actors look like “%(actor)s”.", count
        )
        if count:
            messages.warning(request, text % {"count": count, "actor": actor})
            query = urlencode({"actor": actor.pk})
            return redirect(f"{reverse('admin:quality_duplicatepair_changelist')}?{query}")
        messages.success(request, _("No other actor looks like “%(actor)s”.") % {"actor": actor})
        return redirect("admin:actors_actor_change", actor.pk)

    def search_view(self, request):
        """Have the whole registry searched now, by the job that does it every night."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        search_now(request)
        return redirect("admin:quality_duplicatepair_changelist")

    def choose_view(self, request, pk: int):
        """Two actors that a person sees to be one, though the search did not: find the other one."""
        own = Actor.objects.curated_by(request.user)
        actor = own.filter(pk=pk).first()
        if actor is None:
            raise Http404
        if not can_merge(request.user, actor):
            raise PermissionDenied
        asked = request.GET.get("q", "").replace("\x00", "").strip()[:200]
        others = own.exclude(pk=pk)
        found = []
        if asked:
            result = search(asked, among=others)
            found = others.listed(best_first(result, result.keys, slice(SHOWN)))
        context = {
            "title": _("Merge with another actor"),
            "opts": self.opts,
            "actor": actor,
            "asked": asked,
            "found": found,
        }
        return admin_page(request, "admin/quality/choose.html", context)

    def merge_view(self, request, first: int, second: int):
        """Two actors side by side: merge them, or say that they are two."""
        found = Actor.objects.curated_by(request.user).in_bulk([first, second])
        if len(found) < 2:
            raise Http404(_("One of the actors is no longer there; perhaps it was merged already."))
        if not can_merge(request.user, *found.values()):
            raise PermissionDenied
        return MergePage(self, request, found[first], found[second]).respond()
