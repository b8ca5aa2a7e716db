"""Relations between actors: the list of all, and the page of one, which leads back to the actor it was opened from."""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, Value
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter

from actors.admin.filters import RelationClusterFilter, RelationNeedsFilter
from actors.admin.relations import BACK_TO
from actors.domain.relations import is_public, objection_to_relation
from actors.models import Actor
from actors.rules import can_publish, reaches_all
from clusterportal.core.admin import side_by_side
from clusterportal.core.functions import Fold
from clusterportal.core.sent_numbers import sent_number
from clusterportal.history.admin import RecordedAdmin


class RelationForm(forms.ModelForm):
    """`user` is set by the admin for the request at hand."""

    user = None

    def clean(self):
        super().clean()
        source, target = self.cleaned_data.get("source"), self.cleaned_data.get("target")
        if source and target and (objection := self.objection(source, target)):
            raise ValidationError(objection)
        return self.cleaned_data

    def objection(self, source: Actor, target: Actor) -> str:
        return objection_to_relation(self.user, source, target)


class ActorRelationAdmin(RecordedAdmin):
    form = RelationForm
    change_form_template = "admin/actors/relation_form.html"
    list_display = ["source", "kind", "target", "since", "until", "updated_at"]
    list_display_links = ["source", "kind", "target"]
    list_filter = [("kind", ChoicesDropdownFilter), RelationNeedsFilter, RelationClusterFilter]
    list_select_related = ["source", "target"]
    search_fields = ["source__sort_key"]
    search_help_text = _("Name or short name of either actor")
    autocomplete_fields = ["source", "target"]
    sentences = ["note"]
    fieldsets = [
        (
            None,
            {"fields": [("source", "kind", "target"), side_by_side("note"), ("since", "until"), "evidence"]},
        ),
    ]

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and self.may_write(request.user, obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and self.may_write(request.user, obj)

    def may_write(self, user, relation) -> bool:
        return relation is None or can_publish(user) or not is_public(relation.source, relation.target)

    def get_queryset(self, request):
        """Relations with an end among the actors that the person works with."""
        queryset, user = super().get_queryset(request).select_related("source", "target"), request.user
        if reaches_all(user):
            return queryset
        within_reach = Actor.objects.curated_by(user).values("pk")
        return queryset.filter(Q(source__in=within_reach) | Q(target__in=within_reach))

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in ("source", "target"):
            kwargs["queryset"] = Actor.objects.visible_to(request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        return type(form.__name__, (form,), {"user": request.user})

    def get_search_results(self, request, queryset, search_term):
        for word in search_term.split()[:12]:
            folded = Fold(Value(word))
            ends = Q()
            for key in ("sort_key", "name_key"):
                ends |= Q(**{f"source__{key}__contains": folded}) | Q(**{f"target__{key}__contains": folded})
            queryset = queryset.filter(ends)
        return queryset, False

    # ---------- the way back to the actor ----------
    def get_preserved_filters(self, request):
        """Django adds these to every link and form of the page: the actor from which it was opened is one of them."""
        kept = super().get_preserved_filters(request)
        actor = self._opened_from(request)
        return "&".join(filter(None, [kept, urlencode({BACK_TO: actor.pk}) if actor else ""]))

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        context = (extra_context or {}) | {"opened_from": self._opened_from(request)}
        return super().changeform_view(request, object_id, form_url, context)

    def response_post_save_add(self, request, obj):
        return self.back(request) or super().response_post_save_add(request, obj)

    def response_post_save_change(self, request, obj):
        return self.back(request) or super().response_post_save_change(request, obj)

    def response_delete(self, request, obj_display, obj_id):
        answer = super().response_delete(request, obj_display, obj_id)
        return self.back(request) or answer

    def back(self, request) -> HttpResponseRedirect | None:
        """To the relations on the page of the actor from which this one was opened."""
        actor = self._opened_from(request)
        if actor is None:
            return None
        page = reverse("admin:actors_actor_change", args=[actor.pk])
        return HttpResponseRedirect(f"{page}#network")

    @staticmethod
    def _opened_from(request) -> Actor | None:
        asked = sent_number(request.GET.get(BACK_TO))
        return Actor.objects.curated_by(request.user).filter(pk=asked).first() if asked else None
