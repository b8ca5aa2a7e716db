"""The links in our mails: confirm the e-mail, follow a proposal, answer, withdraw.

A GET changes nothing, because mail programs open links before people do.
"""

from http import HTTPStatus

from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView

from clusterportal.core.signed_links import BadLink, ExpiredLink
from clusterportal.pages.forms.mistakes import mistakes_of
from clusterportal.pages.forms.people import AnswerForm
from clusterportal.pages.views.participation.sending import INVALID, open_to_all, show
from clusterportal.review.domain import proposing
from clusterportal.review.domain.moves import AlreadyMoved
from clusterportal.review.domain.proposer_links import status_token
from clusterportal.review.enums import ProposalState

# The address says what has just been done: Django's messages would need a cookie.
_DONE = {
    "answered": gettext_lazy("Thank you. Your answer has reached the review."),
    "withdrawn": gettext_lazy("Your proposal is withdrawn."),
    "late": gettext_lazy("Nothing was done: the proposal had been decided or withdrawn already."),
}


@method_decorator(never_cache, name="dispatch")
class SentView(TemplateView):
    template_name = "pages/proposal_sent.html"


@method_decorator(open_to_all, name="dispatch")
class ConfirmView(View):
    def get(self, request, token):
        try:
            proposal = proposing.to_confirm(token)
        except BadLink as error:
            return _bad_link(request, error)
        if proposal.state != ProposalState.UNCONFIRMED:
            return redirect("pages:proposal-status", token=status_token(proposal))
        return show(request, "pages/proposal_confirm.html", {"proposal": proposal})

    def post(self, request, token):
        try:
            return _status_page(status_token(proposing.confirm(token)))
        except BadLink as error:
            return _bad_link(request, error)
        except AlreadyMoved:
            return _status_page(status_token(proposing.to_confirm(token)), "late")


@method_decorator(open_to_all, name="dispatch")
class StatusView(View):
    def dispatch(self, request, token):
        try:
            self.proposal = proposing.followed(token)
        except BadLink as error:
            raise Http404(_("This link leads to no proposal.")) from error
        return super().dispatch(request, token=token)

    def get(self, request, token):
        return self._show(request, AnswerForm())

    def post(self, request, token):
        """`act` says which button was pressed."""
        form = AnswerForm(request.POST)
        is_answer = request.POST.get("act") == "answer"
        if is_answer and not form.is_valid():
            return self._show(request, form, INVALID)
        done = ""
        try:
            if is_answer:
                proposing.answer(proposal=self.proposal, text=form.cleaned_data["text"])
                done = "answered"
            elif request.POST.get("act") == "withdraw":
                proposing.withdraw(proposal=self.proposal)
                done = "withdrawn"
        except AlreadyMoved:
            done = "late"
        return _status_page(token, done)

    def _show(self, request, form, status=200):
        done = _DONE.get(request.GET.get("done", ""))
        context = {
            "proposal": self.proposal,
            "notes": list(self.proposal.notes.all()),
            "form": form,
            "mistakes": mistakes_of([form]),
            "messages": [done] if done else [],
        }
        return show(request, "pages/proposal_status.html", context, status)


def _status_page(token: str, done: str = ""):
    return redirect(reverse("pages:proposal-status", args=[token], query={"done": done} if done else None))


def _bad_link(request, error: BadLink):
    return show(
        request,
        "pages/proposal_bad_link.html",
        {"is_expired": isinstance(error, ExpiredLink)},
        HTTPStatus.GONE,
    )
