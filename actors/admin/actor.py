"""The actor list and the page of one actor."""

from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, F, Func, IntegerField, Value
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from actors.admin.actions import ActorActions
from actors.admin.fieldsets import FIELDSETS, OFFER, without
from actors.admin.filters import FILTERS
from actors.admin.form import ActorForm
from actors.admin.inlines import INLINES, TABS, ContactInline
from actors.admin.locating import OffersCoordinates
from actors.admin.meanwhile import opened_with
from actors.admin.place_in_list import ShowsPlaceInList
from actors.admin.reach import WithinReach
from actors.admin.relations import ListsRelations, RelationList, may_read, relations_of
from actors.domain.completeness import completeness, missing_fields
from actors.domain.history import sources_of
from actors.models import Identifier
from actors.resources import ActorResource
from actors.rules import can_edit, can_export, can_see_contacts
from actors.search.engine import search
from actors.search.highlighting import Highlighter
from actors.search.ranking import best_first
from actors.search.reasons import PARTS, reasons
from clusterportal.history.admin import RecordedAdmin
from clusterportal.tables.writer import PLAIN_FORMATS

RANKED = 1000  # actors found that stand in the order of how well they answer; more follow by name


class ActorAdmin(
    ActorActions, ListsRelations, ShowsPlaceInList, OffersCoordinates, WithinReach, RecordedAdmin
):
    form = ActorForm
    inlines = INLINES
    list_display = [
        "named",
        "kind",
        "chain",
        "areas",
        "state_label",
        "complete",
        "verified",
    ]
    list_filter = FILTERS
    list_fullwidth = True
    sentences = ["summary", "source"]
    export_formats = (*PLAIN_FORMATS, "geojson")
    search_fields = ["name"]  # switches the search on; get_search_results() does it
    search_help_text = _("Name, short name, alias, topic, place, text or identifier")
    ordering = ["sort_key", "pk"]
    readonly_fields = ["uid", "published_at", "created_at", "updated_at", OFFER]
    fieldsets = FIELDSETS

    def get_fieldsets(self, request, obj=None):
        """A new actor has nothing yet that the portal keeps of it; readers need no button."""
        shown = self.fieldsets if obj else self.fieldsets[:-1]
        return shown if can_edit(request.user, obj) else without(OFFER, shown)

    # ---------- the list ----------
    def get_queryset(self, request):
        queryset = super().get_queryset(request)
        if request.resolver_match and request.resolver_match.url_name == "actors_actor_changelist":
            return queryset.for_list()
        return queryset

    def get_search_results(self, request, queryset, search_term):
        """The portal's own search, and identifiers, which only curators look for."""
        if not search_term.strip():
            return queryset, False
        numbered = Identifier.objects.filter(value__icontains=search_term.strip()).values("actor")
        found = queryset.filter(pk__in=numbered) if any(map(str.isdigit, search_term)) else queryset.none()
        if not found.exists():
            return self._searched(queryset, search_term, is_ordered=bool(request.GET.get("o"))), False
        return found, False

    def _searched(self, queryset, text: str, *, is_ordered: bool):
        """The actors that answer `text`, the best first unless they are ordered by a column."""
        result = search(text, among=queryset, in_part=True)
        if not result.is_everything:
            # The question travels with the rows, so that each can say why it was found.
            queryset = (
                queryset.with_keys(result.keys).annotate(asked=Value(result.query)).prefetch_related(*PARTS)
            )
        if is_ordered or not result.keys:
            return queryset
        best = Value(best_first(result, result.keys, slice(RANKED)), ArrayField(BigIntegerField()))
        place = Func(best, F("pk"), function="array_position", output_field=IntegerField())
        return queryset.order_by(place.asc(nulls_last=True), "sort_key", "pk")

    @display(description=_("Name"), ordering="sort_key")
    def named(self, actor):
        asked = getattr(actor, "asked", "")
        why = reasons(actor, Highlighter.of(asked)) if asked else []
        return render_to_string("admin/actors/actor/_name.html", {"actor": actor, "reasons": why})

    @display(description=_("Layers"))
    def chain(self, actor):
        return render_to_string("admin/_chain.html", {"positions": actor.positions})

    @display(description=_("Application areas"))
    def areas(self, actor):
        return ", ".join(str(focus.area) for focus in actor.foci.all())

    @display(description=_("Publication"), ordering="state")
    def state_label(self, actor):
        return render_to_string(
            "admin/actors/actor/_state.html", {"state": actor.state, "label": actor.get_state_display()}
        )

    @display(description=_("Complete"))
    def complete(self, actor):
        context = {"percent": completeness(actor), "missing_fields": missing_fields(actor)}
        return render_to_string("admin/actors/actor/_completeness.html", context)

    @display(description=_("Verified"), ordering="verified_on", empty_value="–")
    def verified(self, actor):
        return actor.verified_on

    # ---------- the list as a file ----------
    def has_export_permission(self, request):
        return can_export(request.user)

    def export_table(self, request, queryset):
        """The same columns that an import reads; people without consent only for those who may see them."""
        return ActorResource(with_contacts=can_see_contacts(request.user)).table(queryset)

    # ---------- the page ----------
    def get_inlines(self, request, obj):
        return [
            inline for inline in self.inlines if inline is not ContactInline or can_see_contacts(request.user)
        ]

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        return type(form.__name__, (form,), {"user": request.user})

    def render_change_form(self, request, context, *args, **kwargs):
        actor = context.get("original")
        relations = relations_of(actor, request) if actor and may_read(request.user) else None
        context["relations"] = relations
        if actor is not None:
            parts = [one.formset for one in context["inline_admin_formsets"]]
            context["opened"] = opened_with(request, context["adminform"].form, parts)
        context["groups"] = _groups(context["inline_admin_formsets"], context["adminform"].form, relations)
        return super().render_change_form(request, context, *args, **kwargs)

    def history_sources(self, request, object_id):
        return sources_of(object_id, user=request.user)


def _groups(formsets, form, relations: RelationList | None) -> list[dict]:
    """The tabs of the page: their parts, how many there are, and where something must be corrected."""
    groups = []
    for code, title in TABS:
        own = [formset for formset in formsets if formset.opts.group == code]
        errors = sum(1 for formset in own for error in formset.formset.errors if error)
        errors += sum(len(formset.formset.non_form_errors()) for formset in own if formset.formset.is_bound)
        if code == "general":
            errors = len(form.errors)
        count = sum(formset.formset.paginator.count for formset in own)
        if code == "network" and relations:
            count += relations.total
        if own or code == "general" or (code == "network" and relations):
            groups.append({"code": code, "title": title, "formsets": own, "errors": errors, "count": count})
    return groups
