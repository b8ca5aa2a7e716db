"""Somebody belongs to an organisation and wants to look after its entry."""

from django.shortcuts import get_object_or_404
from django.utils.decorators import method_decorator
from django.views import View

from actors.models import Actor
from clusterportal.pages.forms.guard import GuardForm
from clusterportal.pages.forms.mistakes import mistakes_of
from clusterportal.pages.forms.people import ClaimForm
from clusterportal.pages.views.participation.sending import (
    INVALID,
    TOO_MANY,
    is_within_limits,
    open_to_all,
    proposer,
    sent,
    show,
)
from clusterportal.review.domain.proposing import propose
from clusterportal.review.enums import ProposalKind


@method_decorator(open_to_all, name="dispatch")
class ClaimView(View):
    def get(self, request, slug):
        return self._show(request, slug, GuardForm(), ClaimForm())

    def post(self, request, slug):
        guard, you = GuardForm(request.POST), ClaimForm(request.POST)
        if guard.is_trapped:
            return sent(request)
        if not all([guard.is_valid(), you.is_valid()]):
            return self._show(request, slug, guard, you, INVALID)
        if not is_within_limits(request, guard, email=you.cleaned_data["email"]):
            return self._show(request, slug, guard, you, TOO_MANY)
        propose(
            kind=ProposalKind.CLAIM,
            by=proposer(you.cleaned_data),
            actor=_published(slug),
            message=you.cleaned_data["message"],
        )
        return sent(request)

    def _show(self, request, slug, guard, you, status=200):
        context = {
            "actor": _published(slug),
            "guard": guard,
            "you": you,
            "mistakes": mistakes_of([guard, you]),
        }
        return show(request, "pages/claim.html", context, status)


def _published(slug: str) -> Actor:
    return get_object_or_404(Actor.objects.published(), slug=slug)
