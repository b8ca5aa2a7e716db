"""The links in our mails: confirm the e-mail, follow a proposal, answer, withdraw. A GET changes nothing:

mail programs open links before people do.
"""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView

from clusterportal.pages.forms.people import AnswerForm
from clusterportal.pages.views.participation.sending import INVALID, show
from clusterportal.review.domain import proposing
from clusterportal.review.domain.links import BadLink, ExpiredLink, status_token
from clusterportal.review.domain.moves import AlreadyMoved
from clusterportal.review.enums import ProposalState

GONE = 410


@method_decorator(never_cache, name="dispatch")
class SentView(TemplateView):
    template_name = "pages/proposal_sent.html"


@method_decorator(never_cache, name="dispatch")
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
            proposal = proposing.confirm(token)
        except BadLink as error:
            return _bad_link(request, error)
        except AlreadyMoved as error:
            messages.warning(request, str(error))
            proposal = proposing.to_confirm(token)
        return redirect("pages:proposal-status", token=status_token(proposal))


@method_decorator(never_cache, name="dispatch")
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
        try:
            if is_answer:
                proposing.answer(proposal=self.proposal, text=form.cleaned_data["text"])
                messages.success(request, _("Thank you. Your answer has reached the review."))
            elif request.POST.get("act") == "withdraw":
                proposing.withdraw(proposal=self.proposal)
                messages.success(request, _("Your proposal is withdrawn."))
        except AlreadyMoved as error:
            messages.warning(request, str(error))
        return redirect("pages:proposal-status", token=token)

    def _show(self, request, form, status=200):
        context = {"proposal": self.proposal, "notes": list(self.proposal.notes.all()), "form": form}
        return show(request, "pages/proposal_status.html", context, status)


def _bad_link(request, error: BadLink):
    return show(request, "pages/proposal_bad_link.html", {"is_expired": isinstance(error, ExpiredLink)}, GONE)
