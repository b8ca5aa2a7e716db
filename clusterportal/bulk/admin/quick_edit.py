"""State and kind of one actor, changed in its row of the list. It works without a script: a form beside the list."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.decorators import display

from actors.domain.completeness import missing_fields
from actors.domain.publication import move
from actors.enums import ActorKind
from actors.models import Actor
from actors.rules import can_edit, can_publish, may_move, needs_review
from clusterportal.bulk.admin.actor_list import ACTOR_LIST, list_address
from clusterportal.core.admin_page import admin_page
from clusterportal.core.publication import PublicationState, targets_from
from clusterportal.core.sent_numbers import sent_numbers
from clusterportal.history.acts import act
from clusterportal.history.admin.taking_back import offer_to_take_back


class QuickEdits(admin.ModelAdmin):
    """Mixin of the admin of actors: the label of the publication opens, in rows that the person writes at once."""

    @display(description=gettext_lazy("Publication"), ordering="state")
    def state_label(self, actor):
        label = {"state": actor.state, "label": actor.get_state_display()}
        user = getattr(actor, "read_by", None)
        # The list holds what is within reach, so what the role may do decides; no row asks for itself.
        if user is None or not can_edit(user) or (actor.is_published and not can_publish(user)):
            return render_to_string("admin/actors/actor/_state.html", label)
        states = [actor.state, *(to for to in targets_from(actor.state) if may_move(user, actor.state, to))]
        choices = {
            "states": [(state, PublicationState(state).label) for state in states],
            "kinds": ActorKind.choices,
        }
        return render_to_string("admin/bulk/_quick.html", label | choices | {"actor": actor})

    def get_urls(self):
        view = self.admin_site.admin_view(self.quick_view)
        return [path("quick/", view, name="actors_actor_quick"), *super().get_urls()]

    def quick_view(self, request):
        """Takes what was chosen in one row; asks first where a public entry would lack something."""
        if request.method != "POST":
            return redirect(ACTOR_LIST)
        row, sent = request.POST.get("row", ""), request.POST
        back = list_address(sent.get("list", ""))
        actor = self._actor(request, row)
        kind, state = sent.get(f"kind-{row}", actor.kind), sent.get(f"state-{row}", actor.state)
        if sent.get(f"was-{row}") != f"{actor.kind} {actor.state}":
            messages.error(
                request, _("“%(actor)s” was changed meanwhile. Please look again.") % {"actor": actor}
            )
            return redirect(back)
        if kind not in ActorKind.values or (
            state != actor.state and not may_move(request.user, actor.state, state)
        ):
            raise PermissionDenied
        publishes = state == PublicationState.PUBLISHED != actor.state
        if publishes and "anyway" not in sent and (missing := missing_fields(actor)):
            return self._ask(request, actor, missing, back)
        if self._write(actor, kind, state, by=request.user):
            messages.success(request, _("“%(actor)s” is changed.") % {"actor": actor})
            offer_to_take_back(request, back_to=back)
        return redirect(back)

    def _actor(self, request, row: str) -> Actor:
        actor = Actor.objects.curated_by(request.user).filter(pk__in=sent_numbers([row])).first()
        if actor is None:
            raise Http404
        if not can_edit(request.user, actor) or needs_review(request.user, actor):
            raise PermissionDenied
        return actor

    @staticmethod
    @transaction.atomic
    def _write(actor: Actor, kind: str, state: str, *, by) -> bool:
        """Returns whether something had to be written."""
        one = Actor.objects.filter(pk=actor.pk)
        with act("quick edit", by=by):
            if kind != actor.kind:
                one.update(kind=kind)
            if state != actor.state:
                move(actors=one, to=state, by=by)
        return (kind, state) != (actor.kind, actor.state)

    def _ask(self, request, actor: Actor, missing, back: str) -> TemplateResponse:
        row = str(actor.pk)
        names = ("list", f"kind-{row}", f"state-{row}", f"was-{row}")
        context = {
            "title": _("Publish although something is missing?"),
            "opts": self.opts,
            "actor": actor,
            "missing": missing,
            "sent": [("row", row), *((name, request.POST.get(name, "")) for name in names)],
            "back": back,
        }
        return admin_page(request, "admin/bulk/quick_publish.html", context)
