"""Filtered lists under a name: saved above the list, shared with a team, renamed and deleted."""

from typing import cast

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, QueryDict
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from clusterportal.bulk.admin.actor_list import ACTOR_LIST, list_address
from clusterportal.bulk.models import QUERY_LENGTH, SavedFilter
from clusterportal.bulk.rules import can_change, may_use
from clusterportal.clusters.models import Cluster
from clusterportal.core.admin_page import admin_page

LISTED = 40  # filters above the list
_NOT_KEPT = {"p", "chosen", "all", "e"}  # the page of the list, what is selected, a complaint: of the moment


def kept_query(query: str) -> str:
    """The part of the address of a list that a saved filter keeps: filters, search and order, sorted."""
    asked = QueryDict(query)
    kept = QueryDict(mutable=True)
    for name in sorted(set(asked) - _NOT_KEPT):
        if values := [value for value in asked.getlist(name) if value and "\x00" not in value]:
            kept.setlist(name, values)
    return kept.urlencode()


class SavedFilterForm(forms.ModelForm):
    class Meta:
        model = SavedFilter
        fields = ["name", "cluster"]
        widgets = {"name": UnfoldAdminTextInputWidget, "cluster": UnfoldAdminSelectWidget}

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        cluster = cast(forms.ModelChoiceField, self.fields["cluster"])
        cluster.queryset = Cluster.objects.curated_by(user)
        cluster.empty_label = str(gettext_lazy("nobody: only for me"))
        cluster.label = gettext_lazy("Shared with the team of")

    def _get_validation_exclusions(self):
        """A name is refused that the owner has given already, though the owner is no field of the form."""
        return super()._get_validation_exclusions() - {"owner"}  # type: ignore[misc]  # the stubs lack it


class SavesFilters(admin.ModelAdmin):
    """Mixin of the admin of actors: saved filters stand above its list."""

    def changelist_view(self, request, extra_context=None):
        now = kept_query(request.GET.urlencode())
        is_kept = now and len(now) <= QUERY_LENGTH
        own = SavedFilter.objects.filter(may_use(request.user)).select_related("cluster", "owner")[:LISTED]
        context = {
            "saved_filters": [
                {"saved": one, "is_now": one.query == now, "may_change": can_change(request.user, one)}
                for one in own
            ],
            "new_filter": SavedFilterForm(user=request.user, auto_id="saved_%s") if is_kept else None,
        }
        return super().changelist_view(request, context | (extra_context or {}))

    def get_urls(self):
        view = self.admin_site.admin_view
        own = [
            path("filters/", view(self.save_filter_view), name="actors_actor_filters"),
            path("filters/<int:pk>/", view(self.filter_view), name="actors_actor_filter"),
        ]
        return [*own, *super().get_urls()]

    def save_filter_view(self, request):
        """Keeps what the list shows under a name."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        query = kept_query(request.POST.get("query", ""))[:QUERY_LENGTH]
        if request.method == "POST" and query:
            form = SavedFilterForm(request.POST, instance=SavedFilter(owner=request.user), user=request.user)
            if form.is_valid():
                saved = form.save(commit=False)
                saved.query = query
                saved.save()
                messages.success(
                    request, _("The filter “%(name)s” stands above the list now.") % {"name": saved}
                )
            else:
                messages.error(
                    request, " ".join(str(text) for texts in form.errors.values() for text in texts)
                )
        return redirect(list_address(query))

    def filter_view(self, request, pk: int):
        """Renames, shares or deletes a filter."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        saved = SavedFilter.objects.filter(pk=pk).first()
        if saved is None or not can_change(request.user, saved):
            raise Http404
        form = SavedFilterForm(request.POST or None, instance=saved, user=request.user)
        if "delete" in request.POST:
            saved.delete()
            messages.success(request, _("The filter “%(name)s” is gone.") % {"name": saved})
            return redirect(ACTOR_LIST)
        if request.method == "POST" and form.is_valid():
            form.save()
            messages.success(request, _("The filter “%(name)s” is saved.") % {"name": saved})
            return redirect(list_address(saved.query))
        context = {
            "title": _("Saved filter"),
            "opts": self.opts,
            "form": form,
            "back": list_address(SavedFilter.objects.get(pk=pk).query),
        }
        return admin_page(request, "admin/bulk/filter.html", context)
