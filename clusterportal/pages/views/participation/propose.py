"""Visitors propose an entry or a change of one."""

from django.shortcuts import get_object_or_404, redirect
from django.utils.decorators import method_decorator
from django.views import View

from actors.models import Actor, FormerSlug
from clusterportal.pages.forms.entry import EntryForms
from clusterportal.pages.views.participation.sending import (
    INVALID,
    TOO_MANY,
    is_within_limits,
    open_to_all,
    proposer,
    sent,
    show,
)
from clusterportal.review.domain.actor_columns import public_record
from clusterportal.review.domain.candidates import possible_entries
from clusterportal.review.domain.proposal_writing import CannotWrite, planned
from clusterportal.review.domain.proposing import propose
from clusterportal.review.enums import ProposalKind


@method_decorator(open_to_all, name="dispatch")
class ProposeView(View):
    """A new entry. If it may be in the registry already, the person is asked first."""

    def get(self, request):
        return self._show(request, EntryForms())

    def post(self, request):
        forms = EntryForms(request.POST)
        if forms.guard.is_trapped:
            return sent(request)
        if not is_acceptable(forms):
            return self._show(request, forms, INVALID)
        candidates = possible_entries(forms.record())
        if candidates and "is_new" not in request.POST:
            return self._show(request, forms, INVALID, candidates=candidates)
        you = forms.you.cleaned_data
        if not is_within_limits(request, forms.guard, email=you["email"]):
            return self._show(request, forms, TOO_MANY)
        propose(
            kind=ProposalKind.NEW,
            by=proposer(you),
            wanted=forms.record(),
            message=forms.message,
            wanted_topics=forms.wanted_topics,
            consent=forms.consent,
            cluster=forms.fields.cleaned_data["cluster"],
        )
        return sent(request)

    def _show(self, request, forms, status=200, candidates=()):
        return show(request, "pages/propose.html", {"forms": forms, "candidates": candidates}, status)


@method_decorator(open_to_all, name="dispatch")
class ProposeChangeView(View):
    """A change of a published entry; its public record fills the form."""

    actor: Actor

    def dispatch(self, request, *args, slug, **kwargs):
        actor = Actor.objects.published().filter(slug=slug).first()
        if actor is None:
            # The current address of an actor that is no longer public is not revealed.
            public = FormerSlug.objects.filter(actor__in=Actor.objects.published())
            former = get_object_or_404(public.select_related("actor"), slug=slug)
            return redirect(request.resolver_match.view_name, slug=former.actor.slug)
        self.actor = actor
        return super().dispatch(request, *args, **kwargs)

    def get(self, request):
        return self._show(request, EntryForms(base=public_record(self.actor)))

    def post(self, request):
        forms = EntryForms(request.POST, base=public_record(self.actor))
        if forms.guard.is_trapped:
            return sent(request)
        if not is_acceptable(forms, actor=self.actor):
            return self._show(request, forms, INVALID)
        you = forms.you.cleaned_data
        if not is_within_limits(request, forms.guard, email=you["email"]):
            return self._show(request, forms, TOO_MANY)
        propose(
            kind=ProposalKind.CHANGE,
            by=proposer(you),
            actor=self.actor,
            wanted=forms.record(),
            base=forms.base,
            message=forms.message,
            wanted_topics=forms.wanted_topics,
            consent=forms.consent,
        )
        return sent(request)

    def _show(self, request, forms, status=200):
        return show(request, "pages/propose_change.html", {"forms": forms, "actor": self.actor}, status)


def is_acceptable(forms: EntryForms, *, actor: Actor | None = None) -> bool:
    """Whether the form is valid, also by the rules of the registry; their complaints are added to the fields."""
    if not forms.is_valid():
        return False
    record = forms.record()
    if actor:
        record |= {"uid": str(actor.uid)}
    try:
        planned(record)
    except CannotWrite as error:
        forms.blame(error.problems)
        return False
    return True
