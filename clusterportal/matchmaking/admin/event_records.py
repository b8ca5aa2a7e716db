"""Programmes, events with their slots, and registrations as records."""

from django.contrib import admin, messages
from django.db.models import Count, Q
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import display

from actors.models import Actor
from clusterportal.clusters.record_admin import ClusterRecordAdmin, OwnDropdownFilter
from clusterportal.core.admin import NamedForm, PartInline, fieldset, side_by_side
from clusterportal.core.languages import LANGUAGE_CODES
from clusterportal.core.sent_numbers import sent_number
from clusterportal.core.slugs import slug_of
from clusterportal.matchmaking.admin import day, outcomes, talks
from clusterportal.matchmaking.domain.registering import CONSENT, admit_waiting, take_out
from clusterportal.matchmaking.domain.reporting import report_of
from clusterportal.matchmaking.domain.states import state_of
from clusterportal.matchmaking.models import Event, Participation, Programme, Representative, Slot, Wish


@admin.register(Programme)
class ProgrammeAdmin(ClusterRecordAdmin):
    form = NamedForm
    list_display = [*side_by_side("name"), "cluster"]
    list_filter = [("cluster", OwnDropdownFilter)]
    list_select_related = ["cluster"]
    search_fields = ["slug", *side_by_side("name")]
    fieldsets = [
        fieldset(None, side_by_side("name"), ("cluster", "slug"), side_by_side("description")),
        fieldset(
            gettext_lazy("Documented totals"),
            ("documented_events", "documented_participations"),
            ("documented_talks", "documented_projects"),
            ("source", "is_example"),
        ),
        fieldset(gettext_lazy("Report"), "result"),
    ]
    readonly_fields = ["result"]

    @display(description=gettext_lazy("events, participations, talks, projects"))
    def result(self, programme):
        if programme.pk is None:
            return None
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
    verbose_name_plural = gettext_lazy("slots for talks")


@admin.register(Event)
class EventAdmin(ClusterRecordAdmin):
    form = TitledForm
    change_form_before_template = "admin/matchmaking/event_ways.html"
    inlines = [SlotInline]
    list_display = [*side_by_side("title"), "day", "kind", "shown_state", "cluster", "desk"]
    list_filter = [("kind", ChoicesDropdownFilter), ("cluster", OwnDropdownFilter)]
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
        fieldset(
            gettext_lazy("Registration and talks"),
            ("opened_on", "wishes_until"),
            ("rest_after", "forget_after"),
        ),
        fieldset(
            gettext_lazy("Company visit"),
            side_by_side("topic"),
            side_by_side("result"),
            ("source", "is_example"),
        ),
        fieldset(
            gettext_lazy("Counted elsewhere"), ("counted_participations", "counted_talks", "counted_projects")
        ),
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

    @display(description=gettext_lazy("state"))
    def shown_state(self, event):
        return state_of(event, today=timezone.localdate()).label

    @display(description=gettext_lazy("talks"))
    def desk(self, event):
        address = reverse("admin:matchmaking_event_talks", args=[event.pk])
        return format_html('<a class="ap-sub" href="{}">{}</a>', address, _("Wishes and plan"))


class PersonInline(PartInline):
    model = Representative
    fields = ["name", "email", "language", "waits_since", "confirmed_at", "away"]
    readonly_fields = ["waits_since", "confirmed_at"]
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
    """Who registers here by telephone or letter has agreed to it there: the organiser enters them for that.

    What is entered here counts at once; what came by the form counts when it is confirmed by mail.
    """

    change_form_before_template = "admin/matchmaking/participation_ways.html"
    inlines = [PersonInline, WishInline]
    list_display = ["who", "event", "confirmed_at", "withdrawn_at", "waiting"]
    list_filter = [("event", OwnDropdownFilter)]
    list_select_related = ["event", "actor"]
    search_fields = ["organisation", "actor__name", "people__name", "people__email"]
    autocomplete_fields = ["actor"]
    fields = ["event", "actor", "organisation", "confirmed_at", "withdrawn_at", "is_taken_out"]
    readonly_fields = ["confirmed_at", "withdrawn_at"]
    actions = ["admit", "take_out"]

    def get_queryset(self, request):
        waiting = Count("people", filter=Q(people__confirmed_at=None, people__waits_since__isnull=False))
        return super().get_queryset(request).annotate(waiting=waiting)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "actor":
            # Other participants see who comes: a draft of another cluster is not the organiser's to tell.
            kwargs["queryset"] = Actor.objects.visible_to(request.user)
        if db_field.name == "event":
            kwargs["queryset"] = Event.objects.curated_by(request.user).matchmakings()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_readonly_fields(self, request, obj=None):
        return [*super().get_readonly_fields(request, obj), *(["event"] if obj else [])]

    def save_model(self, request, obj, form, change):
        if not change:
            obj.confirmed_at = timezone.now()
        super().save_model(request, obj, form, change)

    def response_post_save_add(self, request, obj):
        """Back to the event, where all who come are listed."""
        return redirect("admin:matchmaking_event_talks", obj.event_id)

    def save_formset(self, request, form, formset, change):
        for one in formset.save(commit=False):
            if isinstance(one, Representative) and one.pk is None:
                one.consent_text, one.confirmed_at = CONSENT, timezone.now()
            one.save()
        for one in formset.deleted_objects:
            one.delete()
        formset.save_m2m()

    @display(description=gettext_lazy("organisation"))
    def who(self, participation):
        """The organiser reads the name of an actor that is not published, too."""
        return str(participation.actor or participation.organisation)

    @display(description=gettext_lazy("people who wait"), ordering="waiting")
    def waiting(self, participation):
        return participation.waiting or "–"

    @admin.action(description=gettext_lazy("Confirm people who wait: I know them"), permissions=["change"])
    def admit(self, request, queryset):
        count = sum(admit_waiting(participation=one, by=request.user) for one in queryset)
        text = ngettext(
            "%(count)d person is confirmed and gets a mail.",
            "%(count)d people are confirmed and get a mail.",
            count,
        )
        messages.success(request, text % {"count": count})

    @admin.action(description=gettext_lazy("Take out: they do not come"), permissions=["change"])
    def take_out(self, request, queryset):
        lost = [
            talk
            for one in queryset.filter(withdrawn_at=None)
            for talk in take_out(participation=one, by=request.user)
        ]
        messages.success(request, _("They are taken out."))
        if lost:
            text = _("These talks fall out, and the partners are told: %(talks)s.")
            messages.warning(request, text % {"talks": ", ".join(map(str, lost))})


def _key(request) -> int | None:
    """The registration whose page this is; none while one is added."""
    return sent_number(request.resolver_match.kwargs.get("object_id"))


def _slots_here(request):
    return Slot.objects.curated_by(request.user).filter(event__participations=_key(request))
