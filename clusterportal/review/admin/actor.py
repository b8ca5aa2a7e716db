"""The actors' admin with review: what an editor changes of a published actor becomes a proposal."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from actors.admin import ActorAdmin
from actors.columns.fields import ACTOR_FIELDS
from actors.rules import can_publish, needs_review
from clusterportal.quality.forms import DuplicateWarningForm
from clusterportal.review.domain.actor_columns import record_of
from clusterportal.review.domain.differences import changes_of
from clusterportal.review.domain.proposing import suggest
from clusterportal.review.domain.rehearsal import Rehearsed, rehearse
from clusterportal.review.domain.subjects import subject_of
from clusterportal.review.models import Proposal
from clusterportal.review.rules import can_review

# What a proposal cannot hold: files, and an address that the world has stored.
NOT_IN_A_RECORD = [*(one.name for one in ACTOR_FIELDS if not one.in_tables), "slug"]


class ReviewedActorAdmin(ActorAdmin):
    form = DuplicateWarningForm
    change_form_template = "admin/review/actor_change_form.html"

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        actor = self.get_object(request, object_id) if object_id else None
        if actor is None:
            return super().changeform_view(request, object_id, form_url, extra_context)
        is_proposing = needs_review(request.user, actor)
        context = (extra_context or {}) | {
            "is_proposing": is_proposing,
            "waiting": _waiting(request.user, actor),
        }
        if request.method == "POST" and is_proposing:
            return self._propose(request, actor, form_url, context)
        return super().changeform_view(request, object_id, form_url, context)

    @transaction.atomic
    def _propose(self, request, actor, form_url, context):
        """Rehearse the save, and propose what it would have changed."""
        before = record_of(actor)
        rehearsal = RehearsedActorAdmin(self.model, self.admin_site)
        record, refusal = rehearse(
            lambda: rehearsal.changeform_view(request, str(actor.pk), form_url, context)
        )
        if record is None:
            return refusal  # the page with its mistakes
        if suggest(actor=actor, before=before, after=record, by=request.user):
            messages.success(
                request,
                _("Your change of “%(actor)s” waits for review. Until then the published version stays.")
                % {"actor": actor},
            )
        else:
            messages.info(request, _("Nothing was changed."))
        return self.to_next(request) or redirect(request.get_full_path())

    def get_readonly_fields(self, request, obj=None):
        fields = super().get_readonly_fields(request, obj)
        return [*fields, *NOT_IN_A_RECORD] if needs_review(request.user, obj) else fields

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and not needs_review(request.user, obj)


class RehearsedActorAdmin(ReviewedActorAdmin):
    """The same page for a save that is only rehearsed; in no registry, made for one request."""

    def changeform_view(self, *args, **kwargs):
        return ActorAdmin.changeform_view(self, *args, **kwargs)  # without proposing once more

    def response_change(self, request, obj):
        """Django asks for the answer when everything is written."""
        raise Rehearsed(record_of(obj))


def _waiting(user, actor) -> list[dict]:
    """The open proposals about the actor, with what they would change: of editors their own, of others all."""
    proposals = Proposal.objects.open().filter(actor=actor).select_related("actor", "user")
    if not can_publish(user, actor):
        proposals = proposals.filter(user=user)
    return [
        {
            "proposal": proposal,
            "changes": [] if subject_of(proposal) else changes_of(proposal),
            "url": reverse("admin:review_proposal_change", args=[proposal.pk]),
            "may_decide": can_review(user, proposal),
        }
        for proposal in proposals[:5]
    ]
