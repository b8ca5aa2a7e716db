"""What a curator does to many actors at once: the domain acts, here people choose and are told."""

from collections import Counter

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from actors.domain import curation, publication
from actors.models import Actor
from actors.rules import can_merge, can_publish
from clusterportal.core.admin_page import admin_page
from clusterportal.core.publication import PublicationState, power_needed
from clusterportal.history.acts import act, sentences

NAMED = 20  # actors on the page that asks before publishing


class ActorActions(admin.ModelAdmin):
    """Bulk actions of the actor list."""

    actions = [
        "publish",
        "send_to_review",
        "withdraw_to_draft",
        "archive",
        "clear",
        "mark_verified",
        "merge_two",
    ]

    def has_publish_permission(self, request) -> bool:
        return can_publish(request.user)

    @admin.action(description=gettext_lazy("Publish"), permissions=["publish"])
    def publish(self, request, queryset):
        """Asks first when the actors lack what visitors need."""
        lacking = publication.lacking(actors=_plain(queryset), by=request.user)
        if lacking and "anyway" not in request.POST:
            return self._ask_before_publishing(request, queryset, lacking)
        return self._move(request, queryset, PublicationState.PUBLISHED)

    def _ask_before_publishing(self, request, queryset, lacking) -> TemplateResponse:
        missing = Counter(field for _actor, fields in lacking for field in fields)
        context = self._page(request, _("Publish although something is missing?")) | {
            "count": queryset.count(),
            "incomplete": len(lacking),
            "missing": sorted(missing.items(), key=lambda pair: (not pair[0].is_error, -pair[1])),
            "lacking": lacking[:NAMED],
            "more": max(len(lacking) - NAMED, 0),
        }
        return admin_page(request, "admin/actors/actor/publish.html", context)

    @admin.action(description=gettext_lazy("Send to review"), permissions=["change"])
    def send_to_review(self, request, queryset):
        self._move(request, queryset, PublicationState.IN_REVIEW)

    @admin.action(description=gettext_lazy("Withdraw to draft"), permissions=["change"])
    def withdraw_to_draft(self, request, queryset):
        self._move(request, queryset, PublicationState.DRAFT)

    @admin.action(description=gettext_lazy("Archive"), permissions=["publish"])
    def archive(self, request, queryset):
        self._move(request, queryset, PublicationState.ARCHIVED)

    @admin.action(description=gettext_lazy("Show on the pages of my clusters"), permissions=["publish"])
    def clear(self, request, queryset):
        with act("clear", says=sentences(lambda: _("Shown on the pages of clusters"))):
            count = publication.clear(actors=_plain(queryset), by=request.user)
        text = ngettext("%(count)d membership was cleared.", "%(count)d memberships were cleared.", count)
        messages.success(request, text % {"count": count})

    @admin.action(description=gettext_lazy("Mark as verified today"), permissions=["change"])
    def mark_verified(self, request, queryset):
        actors = _plain(queryset)
        with act("verify", says=sentences(lambda: _("Marked as verified"))):
            count = curation.mark_verified(actors=actors, by=request.user)
        if count:
            text = ngettext(
                "%(count)d actor is verified as of today.",
                "%(count)d actors are verified as of today.",
                count,
            )
            messages.success(request, text % {"count": count})
        if left := actors.count() - count:
            text = ngettext(
                "%(count)d public actor stays as it is: open it, and your change goes to review.",
                "%(count)d public actors stay as they are: open each one, and your change goes to review.",
                left,
            )
            messages.warning(request, text % {"count": left})

    def has_merge_permission(self, request) -> bool:
        return can_merge(request.user)

    @admin.action(description=gettext_lazy("Compare and merge two …"), permissions=["merge"])
    def merge_two(self, request, queryset):
        keys = list(_plain(queryset).order_by("pk").values_list("pk", flat=True)[:3])
        if len(keys) != 2:
            messages.error(request, _("Choose exactly two actors that are one organisation."))
            return None
        return redirect("admin:quality_duplicatepair_merge", *keys)

    def _move(self, request, queryset, target: PublicationState) -> None:
        actors = _plain(queryset)
        said = sentences(lambda: _("Moved to “%(state)s”") % {"state": target.label})
        try:
            with act("move", says=said):
                moved, kept = publication.move(actors=actors, to=target, by=request.user)
        except PermissionDenied:
            moved, kept = [], list(actors)
        if moved:
            text = ngettext(
                "%(count)d actor moved to “%(state)s”.", "%(count)d actors moved to “%(state)s”.", len(moved)
            )
            messages.success(request, text % {"count": len(moved), "state": target.label})
        for reason, count in Counter(_why_kept(actor, target) for actor in kept).items():
            text = ngettext(
                "%(count)d actor stays as it is: %(reason)s",
                "%(count)d actors stay as they are: %(reason)s",
                count,
            )
            messages.warning(request, text % {"count": count, "reason": reason})

    def _page(self, request, title: str) -> dict:
        """What a page between an action and its end needs: the choice of actors travels with it."""
        return {
            "title": title,
            "opts": self.opts,
            "sent": [("action", request.POST.get("action", "")), *self.choice_fields(request)],
        }

    def choice_fields(self, request) -> list[tuple[str, object]]:
        """The choice of actors as names and values of a form."""
        keys = [(ACTION_CHECKBOX_NAME, key) for key in request.POST.getlist(ACTION_CHECKBOX_NAME)]
        return [*keys, ("select_across", request.POST.get("select_across", "0"))]


def _plain(queryset):
    """The chosen actors without the order and annotations of the list."""
    return Actor.objects.filter(pk__in=list(queryset.values_list("pk", flat=True)))


def _why_kept(actor, target: PublicationState) -> str:
    if actor.state == target:
        return _("already “%(state)s”.") % {"state": target.label}
    names = {"current": actor.get_state_display(), "target": target.label}
    if power_needed(current=actor.state, target=target) is None:
        return _("there is no move from “%(current)s” to “%(target)s”.") % names
    return _("you may not move from “%(current)s” to “%(target)s”.") % names
