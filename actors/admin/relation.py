"""Relations between actors as a list of their own."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Q, Value
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter

from actors.domain.relations import objection_to_relation
from actors.models import Actor, ActorRelation
from actors.rules import can_publish, reaches_all
from clusterportal.core.admin import side_by_side
from clusterportal.core.functions import Fold
from clusterportal.history.admin import RecordedAdmin


class RelationForm(forms.ModelForm):
    """`user` is set by the admin for the request at hand."""

    user = None

    def clean(self):
        super().clean()
        source, target = self.cleaned_data.get("source"), self.cleaned_data.get("target")
        if source and target and (objection := objection_to_relation(self.user, source, target)):
            raise ValidationError(objection)
        return self.cleaned_data


def _is_public(ends) -> bool:
    """Everybody sees a relation of which both ends are published."""
    return all(actor.is_published for actor in ends)


@admin.register(ActorRelation)
class ActorRelationAdmin(RecordedAdmin):
    form = RelationForm
    list_display = ["source", "kind", "target", "since", "updated_at"]
    list_display_links = ["source", "kind", "target"]
    list_filter = [("kind", ChoicesDropdownFilter)]
    list_select_related = ["source", "target"]
    search_fields = ["source__sort_key"]
    search_help_text = _("Name or short name of either actor")
    autocomplete_fields = ["source", "target"]
    fieldsets = [
        (None, {"fields": [("source", "kind", "target"), side_by_side("note"), ("since", "evidence")]}),
    ]

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and self._may_write(request.user, obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and self._may_write(request.user, obj)

    @staticmethod
    def _may_write(user, relation) -> bool:
        return relation is None or can_publish(user) or not _is_public([relation.source, relation.target])

    def get_queryset(self, request):
        """Relations with an end among the actors that the person works with."""
        queryset, user = super().get_queryset(request), request.user
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
