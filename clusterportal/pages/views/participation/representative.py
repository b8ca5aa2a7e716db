"""Pages of signed-in representatives: their entries, confirming that they are correct, editing them."""

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache

from actors.domain.completeness import completeness, missing_fields
from actors.models import Actor
from clusterportal.newsroom.domain.preview import PREVIEW
from clusterportal.newsroom.models import Submission
from clusterportal.pages.forms.entry import EntryForms
from clusterportal.pages.views.participation.propose import is_acceptable
from clusterportal.pages.views.participation.sending import INVALID, show
from clusterportal.partnering.domain.following import wants_mails
from clusterportal.partnering.models import PartnerSearch
from clusterportal.review.domain.actor_columns import public_record
from clusterportal.review.domain.representatives import confirm_correct, edit_own
from clusterportal.review.models import Proposal, Representation

MOST_SENT_IN = 50  # contributions of the person that the page names, the newest first


@method_decorator(never_cache, name="dispatch")
class MyEntriesView(LoginRequiredMixin, View):
    def get(self, request):
        waiting = Proposal.objects.open().order_by("waiting_since")
        actors = (
            _own(request.user)
            .by_name()
            .for_list()
            .prefetch_related(
                Prefetch("proposals", waiting.filter(user=request.user), to_attr="waiting"),
                Prefetch("partner_searches", PartnerSearch.objects.order_by("-pk"), to_attr="posted"),
            )
        )
        entries = [
            {
                "actor": actor,
                "posted": _posted(actor),
                "percent": completeness(actor),
                "missing_fields": missing_fields(actor),
                "waiting": actor.waiting,
            }
            for actor in actors
        ]
        sent_in = Submission.objects.filter(proposal__user=request.user).select_related(
            "contribution", "proposal"
        )
        context = {
            "entries": entries,
            "submissions": [(one, _preview(one)) for one in sent_in.order_by("-pk")[:MOST_SENT_IN]],
            "wants_mails": wants_mails(request.user),
        }
        return show(request, "pages/my_entries.html", context)

    def post(self, request):
        """The button "still correct"."""
        actor = get_object_or_404(_own(request.user), slug=request.POST.get("actor", "").replace("\x00", ""))
        confirm_correct(actor=actor, by=request.user)
        messages.success(request, _("Thank you. “%(actor)s” counts as checked today.") % {"actor": actor})
        return redirect("pages:my-entries")


@method_decorator(never_cache, name="dispatch")
class EditEntryView(LoginRequiredMixin, View):
    def get(self, request, slug):
        actor = own_or_404(request, slug)
        return self._show(request, actor, EntryForms(base=public_record(actor), is_signed_in=True))

    def post(self, request, slug):
        actor = own_or_404(request, slug)
        forms = EntryForms(request.POST, base=public_record(actor), is_signed_in=True)
        if not is_acceptable(forms, actor=actor):
            return self._show(request, actor, forms, INVALID)
        proposal = edit_own(
            actor=actor,
            wanted=forms.record(),
            base=forms.base,
            by=request.user,
            message=forms.message,
            wanted_topics=forms.wanted_topics,
            consent=forms.consent,
        )
        messages.success(request, _said(proposal))
        return redirect("pages:my-entries")

    def _show(self, request, actor, forms, status=200):
        return show(request, "pages/edit_entry.html", {"forms": forms, "actor": actor}, status)


def _own(user):
    return Actor.objects.filter(pk__in=Representation.objects.active().filter(user=user).values("actor"))


def own_or_404(request, slug: str) -> Actor:
    """The actor at `slug`, if the person represents it. Raises Http404."""
    actor = _own(request.user).filter(slug=slug).first()
    if actor is None:
        raise Http404(_("You represent no such actor."))
    return actor


def _preview(submission: Submission) -> str:
    """The address of what it will look like; empty where everybody sees it, and where it was turned down."""
    contribution = submission.contribution
    is_ahead = submission.proposal.is_open or contribution.is_scheduled
    return PREVIEW.address(str(contribution.uid), language=get_language() or "") if is_ahead else ""


def _posted(actor: Actor) -> list[dict]:
    """What the actor seeks and offers, with how it stands today."""
    today = timezone.localdate()
    return [
        {
            "search": search,
            "standing": search.standing_on(today).label
            if search.is_published
            else search.get_state_display(),
        }
        for search in actor.posted  # type: ignore[attr-defined]  # prefetched
    ]


def _said(proposal: Proposal | None) -> str:
    if proposal is None:
        return _("Your changes are published.")
    return _("Your changes wait for review. Until then the entry stays as it is.")
