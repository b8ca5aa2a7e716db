"""Members publish for their actor: a news item, a date or a success story, reviewed by the cluster management."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache

from clusterportal.newsroom.domain.submitting import MOST_A_DAY, TooMany, rework, send_in
from clusterportal.newsroom.models import Contribution
from clusterportal.pages.forms.contribution import EVENT, PICTURE, TEXTS, MemberContributionForm
from clusterportal.pages.forms.mistakes import mistakes_of
from clusterportal.pages.presenters.contribution_preview import previews_of
from clusterportal.pages.views.participation.representative import own_or_404
from clusterportal.pages.views.participation.sending import INVALID, TOO_MANY, show
from clusterportal.review.domain.moves import AlreadyMoved
from clusterportal.review.enums import OPEN


@method_decorator(never_cache, name="dispatch")
class ContributeView(LoginRequiredMixin, View):
    """A new contribution for the actor `slug`."""

    def get(self, request, slug):
        actor = own_or_404(request, slug)
        return _shown(
            request, actor, MemberContributionForm(initial={"kind": request.GET.get("kind", "news")})
        )

    def post(self, request, slug):
        actor = own_or_404(request, slug)
        if "preview" in request.POST:
            return _previewed(request, actor)
        form = MemberContributionForm(request.POST, request.FILES)
        if not form.is_valid():
            return _shown(request, actor, form, status=INVALID)
        try:
            send_in(contribution=form.instance, actor=actor, by=request.user)
        except TooMany:
            text = _("You sent in %(number)d contributions within a day. Please send this one tomorrow.")
            form.add_error(None, text % {"number": MOST_A_DAY})
            return _shown(request, actor, form, status=TOO_MANY)
        messages.success(request, _("Thank you. The cluster management reads it and tells you by e-mail."))
        return redirect("pages:my-entries")


@method_decorator(never_cache, name="dispatch")
class ReworkView(LoginRequiredMixin, View):
    """What was sent in can be changed until it is decided."""

    def get(self, request, uid):
        contribution = self._own(request, uid)
        form = MemberContributionForm(instance=contribution)
        return _shown(request, contribution.submission.proposal.actor, form)

    def post(self, request, uid):
        contribution = self._own(request, uid)
        actor = contribution.submission.proposal.actor
        if "preview" in request.POST:
            return _previewed(request, actor, instance=contribution)
        form = MemberContributionForm(request.POST, request.FILES, instance=contribution)
        if not form.is_valid():
            return _shown(request, actor, form, status=INVALID)
        try:
            rework(contribution=form.instance, changed=form.changed_data, by=request.user)
        except AlreadyMoved as error:  # since the page was opened
            messages.error(request, str(error))
        else:
            messages.success(request, _("Thank you. What you changed waits for review."))
        return redirect("pages:my-entries")

    def _own(self, request, uid) -> Contribution:
        waiting = Contribution.objects.filter(
            submission__proposal__user=request.user, submission__proposal__state__in=OPEN
        )
        contribution = get_object_or_404(waiting.select_related("submission__proposal__actor"), uid=uid)
        if contribution.submission.proposal.actor is None:
            raise Http404
        own_or_404(request, contribution.submission.proposal.actor.slug)
        return contribution


def _previewed(request, actor, **options):
    """What was written as everybody would see it; nothing is stored, and nothing is said of what is missing yet."""
    written = request.POST.dict()
    pictured: dict[str, Any] = {"has_picture": bool(request.FILES), "previews": previews_of(written)}
    if request.htmx:
        return show(request, "pages/_contribution_preview.html", pictured)
    return _shown(request, actor, MemberContributionForm(initial=written, **options), **pictured)


def _shown(request, actor, form, *, status: int = 200, **more):
    context = more | {
        "actor": actor,
        "form": form,
        "mistakes": mistakes_of([form]),
        "texts": [[form[name] for name in row] for row in TEXTS],
        "event": [[form[name] for name in row] for row in EVENT],
        "picture": [[form[name] for name in row] for row in PICTURE],
    }
    return show(request, "pages/contribute.html", context, status)
