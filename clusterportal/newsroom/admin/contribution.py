"""The list of contributions and the page of one: its texts in both languages, its picture, and what becomes of it."""

from typing import cast

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RelatedDropdownFilter
from unfold.decorators import display

from actors.models import Actor
from clusterportal.clusters.models import Cluster
from clusterportal.clusters.record_admin import OwnDropdownFilter
from clusterportal.clusters.rules import clusters_of, reaches_all_clusters
from clusterportal.core.admin import fieldset, side_by_side
from clusterportal.core.languages import LANGUAGE_CODES
from clusterportal.core.sent_numbers import sent_number
from clusterportal.history.admin import RecordedAdmin
from clusterportal.newsroom import rules
from clusterportal.newsroom.admin import steps
from clusterportal.newsroom.admin.attachments import FileInline, LinkInline
from clusterportal.newsroom.admin.filters import LanguageFilter, ScheduledFilter
from clusterportal.newsroom.domain.preview import PREVIEW
from clusterportal.newsroom.domain.publishing import PublishingError
from clusterportal.newsroom.domain.readiness import lacks_of
from clusterportal.newsroom.domain.submitting import waiting_proposal
from clusterportal.newsroom.enums import Kind
from clusterportal.newsroom.forms import ContributionForm
from clusterportal.newsroom.models import Contribution
from clusterportal.newsroom.querysets import ContributionQuerySet

_TEXTS = fieldset(None, ("kind", "slug"), *map(side_by_side, ("title", "subtitle", "lead", "body")))
_PICTURE = fieldset(
    gettext_lazy("Picture"),
    ("image", "image_credit"),
    side_by_side("image_caption"),
    side_by_side("image_alt"),
    "image_is_decorative",
)
_ABOUT = fieldset(gettext_lazy("What it is about"), "actors", "clusters", "areas")
_EVENT = fieldset(
    gettext_lazy("Event"),
    ("event_kind", "is_all_day"),
    ("starts_at", "ends_at"),
    ("place", "online_url"),
    ("organiser", "organiser_words"),
    ("registration_url", "registration_from", "registration_until"),
    ("is_full", "has_waiting_list", "matchmaking_event"),
)
_CALL = fieldset(gettext_lazy("Call"), "deadline")
_KEPT = (
    gettext_lazy("Kept by the portal"),
    {
        "classes": ["collapse"],
        "fields": [("number", "sequence"), ("published_at", "announced_at"), ("submitted_by", "uid")],
    },
)


@admin.register(Contribution)
class ContributionAdmin(RecordedAdmin):
    form = ContributionForm
    inlines = [LinkInline, FileInline]
    change_form_outer_before_template = "admin/newsroom/steps.html"
    list_before_template = "admin/newsroom/list_tools.html"
    view_on_site = False  # the steps above the form lead to page and preview
    list_display = ["headline", "kind", "day", "state_label", "planned", "owner_cluster"]
    list_filter = [
        ("kind", ChoicesDropdownFilter),
        ("state", ChoicesDropdownFilter),
        ScheduledFilter,
        LanguageFilter,
        ("owner_cluster", OwnDropdownFilter),
        ("areas", RelatedDropdownFilter),
        "is_example",
    ]
    list_select_related = ["owner_cluster"]
    search_fields = ["slug", *side_by_side("title"), "actors__name"]
    ordering = ["-year", "-date", "-pk"]
    autocomplete_fields = ["actors", "clusters", "areas", "organiser"]
    sentences = ["subtitle", "lead", "image_caption", "image_alt", "source"]
    readonly_fields = ["number", "sequence", "published_at", "announced_at", "submitted_by", "uid"]
    actions = ["submit_all", "publish_all", "withdraw_all"]

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/step/", view(self.step_view), name="newsroom_contribution_step"),
            *super().get_urls(),
        ]

    # ---------- who ----------
    def get_queryset(self, request):
        return cast(ContributionQuerySet, super().get_queryset(request)).curated_by(request.user)

    def has_view_permission(self, request, obj=None):
        return rules.can_view(request.user, obj)

    def has_change_permission(self, request, obj=None):
        return rules.can_edit(request.user, obj)

    def has_delete_permission(self, request, obj=None):
        """What a member sent in is decided in the review queue, which tells them, before it goes."""
        is_waiting = obj is not None and waiting_proposal(obj) is not None
        return rules.can_delete(request.user, obj) and not is_waiting

    def get_actions(self, request):
        """Records are deleted one by one: the list does not ask what becomes of each."""
        return {name: one for name, one in super().get_actions(request).items() if name != "delete_selected"}

    # ---------- the form ----------
    def get_fieldsets(self, request, obj=None):
        kind = obj.kind if obj else request.POST.get("kind") or request.GET.get("kind")
        own = {Kind.EVENT: [_EVENT], Kind.CALL: [_CALL]}.get(kind, [])
        where = [("owner_cluster", "is_example"), "source"]
        day = [] if kind == Kind.EVENT else [("date", "year")]
        kept = [_KEPT] if obj else []
        return [_TEXTS, *own, _PICTURE, _ABOUT, fieldset(_("Day, source, care"), *day, *where), *kept]

    def get_readonly_fields(self, request, obj=None):
        """What it is stays; the begin of an event that everybody sees is moved by a step: readers hear of it."""
        fixed = ["kind"] if obj else []
        is_public = obj is not None and obj.is_published and not obj.is_scheduled
        return [*super().get_readonly_fields(request, obj), *fixed, *(["starts_at"] if is_public else [])]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        formfield = super().formfield_for_dbfield(db_field, request, **kwargs)
        if formfield and db_field.name.startswith("body_"):
            formfield.widget.attrs |= {
                "rows": 18,
                "data-preview": _("Show as a page"),
                "data-preview-at": reverse("markdown-preview"),
            }
        return formfield

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        user = request.user
        if db_field.name == "owner_cluster":
            kwargs["queryset"] = Cluster.objects.curated_by(user)
            kwargs["required"] = not reaches_all_clusters(user)
        if db_field.name == "matchmaking_event":
            kwargs["queryset"] = db_field.related_model._default_manager.curated_by(user)
        if db_field.name == "organiser":
            kwargs["queryset"] = self._actors_for(request)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name == "actors":
            kwargs["queryset"] = self._actors_for(request)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def _actors_for(self, request):
        """Whom the person may see, and whom others named in this very contribution: saving it takes nobody out."""
        shown = Q(pk__in=Actor.objects.visible_to(request.user).values("pk"))
        if key := sent_number(request.resolver_match.kwargs.get("object_id")):
            shown |= Q(pk__in=Contribution.actors.through.objects.filter(contribution=key).values("actor"))
            shown |= Q(pk__in=Contribution.objects.filter(pk=key).values("organiser"))
        return Actor.objects.filter(shown)

    def get_changeform_initial_data(self, request):
        """Whoever works for one cluster writes for it, about it."""
        own = [] if reaches_all_clusters(request.user) else [*clusters_of(request.user)][:2]
        only = {"owner_cluster": own[0], "clusters": own} if len(own) == 1 else {}
        return only | super().get_changeform_initial_data(request)

    def save_model(self, request, obj, form, change):
        """Only what the form changed is written: a job may publish the contribution at the same time."""
        if not change:
            return super().save_model(request, obj, form, change)
        columns = {field.name for field in self.opts.concrete_fields}
        if changed := [name for name in form.changed_data if name in columns]:
            obj.save(update_fields=changed)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        found = self.get_object(request, object_id) if object_id else None
        context = (extra_context or {}) | ({"steps": self._steps(request, found)} if found else {})
        return super().changeform_view(request, object_id, form_url, context)

    def _steps(self, request, contribution: Contribution) -> dict:
        previews = [(code, PREVIEW.address(str(contribution.uid), language=code)) for code in LANGUAGE_CODES]
        if waiting := waiting_proposal(contribution):  # it is decided there, so that the member is told
            return {
                "proposal": reverse("admin:review_proposal_change", args=[waiting.pk]),
                "lacks": lacks_of(contribution),
                "previews": previews,
            }
        return {
            "lacks": [] if contribution.is_published else lacks_of(contribution),
            "buttons": steps.steps_for(request.user, contribution),
            "forms": steps.forms_for(request.user, contribution),
            "previews": previews,
        }

    def step_view(self, request, pk: int):
        found = self.get_queryset(request).filter(pk=pk).first()
        if found is None:
            raise Http404
        if request.method != "POST":
            raise PermissionDenied
        try:
            said = steps.take(
                request.POST.get("step", ""), contribution=found, by=request.user, data=request.POST
            )
        except PublishingError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, said)
        return redirect("admin:newsroom_contribution_change", pk)

    # ---------- the list ----------
    def changelist_view(self, request, extra_context=None):
        kinds = Kind.choices if self.has_add_permission(request) else []
        return super().changelist_view(request, (extra_context or {}) | {"kinds": kinds})

    @admin.action(description=gettext_lazy("Submit for review"))
    def submit_all(self, request, queryset):
        self._take_all("submit", request, queryset)

    @admin.action(description=gettext_lazy("Publish now"))
    def publish_all(self, request, queryset):
        self._take_all("publish", request, queryset)

    @admin.action(description=pgettext_lazy("contribution", "Withdraw"))
    def withdraw_all(self, request, queryset):
        self._take_all("withdraw", request, queryset)

    def _take_all(self, code: str, request, queryset) -> None:
        """One after the other: what is refused is said and stops nobody else."""
        done = 0
        for found in queryset:
            try:
                steps.take(code, contribution=found, by=request.user, data={})
                done += 1
            except PublishingError as error:
                messages.error(request, f"{found}: {error}")
            except PermissionDenied:
                messages.error(request, _("%(title)s: you may not do that.") % {"title": found})
        if done:
            messages.success(request, _("Done: %(count)d.") % {"count": done})

    @display(description=gettext_lazy("headline"), ordering="title_de")
    def headline(self, contribution):
        return contribution.title

    @display(description=gettext_lazy("day"), ordering="date")
    def day(self, contribution):
        return contribution.date or contribution.year

    @display(description=gettext_lazy("Publication"), ordering="state")
    def state_label(self, contribution):
        label = _("Scheduled") if contribution.is_scheduled else contribution.get_state_display()
        context = {"state": "in_review" if contribution.is_scheduled else contribution.state, "label": label}
        return render_to_string("admin/actors/actor/_state.html", context)

    @display(description=gettext_lazy("planned"), ordering="publish_at", empty_value="–")
    def planned(self, contribution):
        moments = {
            pgettext("moment", "from"): contribution.publish_at,
            pgettext("moment", "until"): contribution.expires_at,
        }
        said = [
            f"{word} {date_format(localtime(moment), 'SHORT_DATETIME_FORMAT')}"
            for word, moment in moments.items()
            if moment
        ]
        return ", ".join(said) or None
