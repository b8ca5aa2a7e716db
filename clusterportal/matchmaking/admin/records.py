"""Programmes, events with their slots, and registrations as records."""

from django.contrib import admin, messages
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RelatedDropdownFilter
from unfold.decorators import display

from clusterportal.clusters.record_admin import ClusterRecordAdmin
from clusterportal.core.admin import NamedForm, PartInline, fieldset, side_by_side
from clusterportal.core.languages import LANGUAGE_CODES
from clusterportal.core.slugs import slug_of
from clusterportal.matchmaking.admin import day, outcomes, talks
from clusterportal.matchmaking.domain.registering import CONSENT, take_out
from clusterportal.matchmaking.domain.reporting import report_of
from clusterportal.matchmaking.domain.states import state_of
from clusterportal.matchmaking.models import Event, Participation, Programme, Representative, Slot, Wish


@admin.register(Programme)
class ProgrammeAdmin(ClusterRecordAdmin):
    form = NamedForm
    list_display = [*side_by_side("name"), "cluster", "result"]
    list_filter = [("cluster", RelatedDropdownFilter)]
    list_select_related = ["cluster"]
    search_fields = ["slug", *side_by_side("name")]
    fieldsets = [
        fieldset(None, side_by_side("name"), ("cluster", "slug"), side_by_side("description")),
        fieldset(
            _("Documented totals"),
            ("documented_events", "documented_participations"),
            ("documented_talks", "documented_projects"),
            ("source", "is_example"),
        ),
    ]

    @display(description=_("events, participations, talks, projects"))
    def result(self, programme):
        report = report_of(programme, today=timezone.localdate())
        found = (report.events, report.participations, report.talks, report.projects)
        return " · ".join("–" if number is None else str(number) for number in found)


class TitledForm(NamedForm):
    """An address left empty is made from the title."""

    def clean(self):
        title = self.cleaned_data.get(f"title_{LANGUAGE_CODES[0]}", "")
        if "slug" in self.cleaned_data and not self.cleaned_data["slug"]:
            self.cleaned_data[f"name_{LANGUAGE_CODES[0]}"] = slug_of(title)
        cleaned = super().clean()
        cleaned.pop(f"name_{LANGUAGE_CODES[0]}", None)
        return cleaned


class SlotInline(PartInline):
    model = Slot
    fields = ["starts", "is_next_day", "minutes", "tables"]
    hide_title = False
    verbose_name_plural = _("slots for talks")


@admin.register(Event)
class EventAdmin(ClusterRecordAdmin):
    form = TitledForm
    change_form_before_template = "admin/matchmaking/event_ways.html"
    inlines = [SlotInline]
    list_display = [*side_by_side("title"), "day", "kind", "shown_state", "cluster", "desk"]
    list_filter = [("kind", ChoicesDropdownFilter), ("cluster", RelatedDropdownFilter)]
    list_select_related = ["cluster"]
    search_fields = ["slug", *side_by_side("title"), "place"]
    date_hierarchy = "day"
    fieldsets = [
        fieldset(
            None,
            side_by_side("title"),
            ("cluster", "programme", "kind", "slug"),
            ("day", "place", "timezone"),
            side_by_side("description"),
        ),
        fieldset(_("Registration and talks"), ("opened_on", "wishes_until"), ("rest_after", "forget_after")),
        fieldset(_("Company visit"), side_by_side("topic"), side_by_side("result"), ("source", "is_example")),
        fieldset(_("Counted elsewhere"), ("counted_participations", "counted_talks", "counted_projects")),
    ]

    def get_urls(self):
        pages = {"talks": talks.show_talks, "day": day.show_day, "outcomes": outcomes.show_outcomes}
        return [
            path(f"<int:pk>/{name}/", self.admin_site.admin_view(view), name=f"matchmaking_event_{name}")
            for name, view in pages.items()
        ] + super().get_urls()

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("plans")

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "programme":
            kwargs["queryset"] = Programme.objects.curated_by(request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @display(description=_("state"))
    def shown_state(self, event):
        return state_of(event, today=timezone.localdate()).label

    @display(description=_("talks"))
    def desk(self, event):
        address = reverse("admin:matchmaking_event_talks", args=[event.pk])
        return format_html('<a class="ap-sub" href="{}">{}</a>', address, _now("Wishes and plan"))


class PersonInline(PartInline):
    model = Representative
    fields = ["name", "email", "language", "confirmed_at", "away"]
    readonly_fields = ["confirmed_at"]
    hide_title = False

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name == "away":
            kwargs["queryset"] = _slots_here(request)
        return super().formfield_for_manytomany(db_field, request, **kwargs)


class WishInline(PartInline):
    model = Wish
    fk_name = "source"
    fields = ["target", "stance", "is_repeatable"]
    hide_title = False

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "target":
            found = Participation.objects.curated_by(request.user).select_related("actor")
            kwargs["queryset"] = found.filter(event__participations=_key(request))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(Participation)
class ParticipationAdmin(ClusterRecordAdmin):
    """Who registers here by telephone or letter has agreed to it there: the organiser enters them for that."""

    inlines = [PersonInline, WishInline]
    list_display = ["who", "event", "confirmed_at", "withdrawn_at"]
    list_filter = [("event", RelatedDropdownFilter)]
    list_select_related = ["event", "actor"]
    search_fields = ["organisation", "actor__name", "people__name", "people__email"]
    autocomplete_fields = ["actor"]
    fields = ["event", "actor", "organisation", "confirmed_at", "withdrawn_at"]
    readonly_fields = ["confirmed_at", "withdrawn_at"]
    actions = ["take_out"]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "event":
            kwargs["queryset"] = Event.objects.curated_by(request.user).matchmakings()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_readonly_fields(self, request, obj=None):
        return [*super().get_readonly_fields(request, obj), *(["event"] if obj else [])]

    def save_model(self, request, obj, form, change):
        obj.confirmed_at = obj.confirmed_at or timezone.now()
        super().save_model(request, obj, form, change)

    def save_formset(self, request, form, formset, change):
        for one in formset.save(commit=False):
            if isinstance(one, Representative):
                one.consent_text = one.consent_text or CONSENT
                one.confirmed_at = one.confirmed_at or timezone.now()
            one.save()
        for one in formset.deleted_objects:
            one.delete()
        formset.save_m2m()

    @display(description=_("organisation"))
    def who(self, participation):
        return str(participation)

    @admin.action(description=_("Take out: they do not come"), permissions=["change"])
    def take_out(self, request, queryset):
        lost = [
            talk
            for one in queryset.filter(withdrawn_at=None)
            for talk in take_out(participation=one, by=request.user)
        ]
        messages.success(request, _now("They are taken out."))
        if lost:
            text = _now("These talks fall out, and the partners are told: %(talks)s.")
            messages.warning(request, text % {"talks": ", ".join(map(str, lost))})


def _key(request) -> str | None:
    """The registration whose page this is; none while one is added."""
    return request.resolver_match.kwargs.get("object_id")


def _slots_here(request):
    return Slot.objects.curated_by(request.user).filter(event__participations=_key(request))
