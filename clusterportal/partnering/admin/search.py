"""Requests and offers as their actors' teams see them: written, published, changed, closed."""

from datetime import timedelta
from typing import cast

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from unfold.decorators import display

from actors.models import Actor
from clusterportal.core.admin import NamedForm, fieldset, side_by_side
from clusterportal.history.admin import RecordedAdmin
from clusterportal.partnering.domain import publishing, submitting
from clusterportal.partnering.domain.follower_mails import tell_of_change
from clusterportal.partnering.domain.values import values_of
from clusterportal.partnering.models import PartnerSearch
from clusterportal.partnering.querysets import PartnerSearchQuerySet
from clusterportal.partnering.rules import can_delete, can_edit, can_view


class SearchForm(NamedForm):
    named_by = "title"


class EndFilter(admin.SimpleListFilter):
    title = gettext_lazy("end")
    parameter_name = "end"

    def lookups(self, request, model_admin):
        return [
            ("open", gettext_lazy("Open")),
            ("week", gettext_lazy("Ends within a week")),
            ("expired", gettext_lazy("Expired")),
            ("closed", gettext_lazy("Closed")),
        ]

    def queryset(self, request, queryset):
        today = timezone.localdate()
        searches = cast(PartnerSearchQuerySet, queryset)
        chosen = {
            "open": searches.open_on,
            "expired": searches.expired_on,
            "week": lambda day: searches.open_on(day).filter(deadline__lte=day + timedelta(days=7)),
            "closed": lambda _day: searches.closed(),
        }.get(self.value() or "")
        return chosen(today) if chosen else queryset


@admin.register(PartnerSearch)
class PartnerSearchAdmin(RecordedAdmin):
    """Who may publish the actor writes at once; what others write waits in the review queue."""

    form = SearchForm
    list_display = ["shown_title", "kind", "actor", "layer", "deadline", "state", "standing"]
    list_display_links = ["shown_title"]
    list_filter = [EndFilter, "kind", "state", "layer", "outcome"]
    list_select_related = ["actor", "layer"]
    search_fields = ["slug", *side_by_side("title"), "actor__sort_key"]
    autocomplete_fields = ["actor", "areas", "topics"]
    fieldsets = [
        fieldset(None, ("kind", "actor"), side_by_side("title"), side_by_side("text"), "slug"),
        fieldset(gettext_lazy("Place in the chain"), "layer", "areas", "topics"),
        fieldset(gettext_lazy("Time and source"), "deadline", "source", "is_example"),
        fieldset(
            gettext_lazy("What becomes of it"),
            ("state", "published_at"),
            ("expired_at", "closed_at"),
            ("outcome", "outcome_note"),
        ),
    ]
    readonly_fields = ["state", "published_at", "expired_at", "closed_at"]
    actions = ["submit", "publish", "withdraw"]

    def get_queryset(self, request):
        return cast(PartnerSearchQuerySet, super().get_queryset(request)).curated_by(request.user)

    def has_view_permission(self, request, obj=None):
        return super().has_view_permission(request, obj) and can_view(request.user, obj)

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and can_edit(request.user, obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and can_delete(request.user, obj)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.related_model is Actor:
            kwargs["queryset"] = Actor.objects.curated_by(request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request, obj, form, change):
        """An outcome closes it; without one it is open again. Who reaches the actor has been asked by the form."""
        if not can_edit(request.user, obj):
            raise PermissionDenied
        self._before = values_of(self.model.objects.get(pk=obj.pk)) if change else None
        self._was_closed = bool(obj.closed_at)
        if bool(obj.outcome) != self._was_closed:
            obj.closed_at = timezone.now() if obj.outcome else None
        if "deadline" in form.changed_data and (not obj.deadline or obj.deadline >= timezone.localdate()):
            obj.expired_at = None
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        """Who follows hears of it, once areas and topics are written too."""
        super().save_related(request, form, formsets, change)
        search = form.instance
        if search.closed_at and not self._was_closed:
            publishing.tell_of_end(search)
        elif self._before is not None and values_of(search) != self._before:
            tell_of_change(search)

    @display(description=gettext_lazy("Title"))
    def shown_title(self, search):
        return str(search)

    @display(description=gettext_lazy("End"))
    def standing(self, search):
        return search.standing_on(timezone.localdate()).label

    @admin.action(description=gettext_lazy("Submit for review"), permissions=["change"])
    def submit(self, request, queryset):
        self._do(request, queryset, submitting.submit)

    @admin.action(description=gettext_lazy("Publish"), permissions=["change"])
    def publish(self, request, queryset):
        self._do(request, queryset, publishing.publish)

    @admin.action(description=gettext_lazy("Withdraw from the public"), permissions=["change"])
    def withdraw(self, request, queryset):
        self._do(request, queryset, publishing.withdraw)

    def _do(self, request, queryset, act) -> None:
        done = 0
        for search in queryset.select_related("actor"):
            try:
                act(search=search, by=request.user)
            except PermissionDenied:
                text = _("“%(title)s”: you may not publish what this actor seeks or offers.")
                messages.error(request, text % {"title": search})
            except ValidationError as error:
                messages.error(request, f"{search}: {' '.join(error.messages)}")
            else:
                done += 1
        if done:
            text = ngettext("%(count)d entry is done.", "%(count)d entries are done.", done)
            messages.success(request, text % {"count": done})
