"""Without an account: express interest in a request or an offer, follow it, and stop following.

A GET changes nothing, because mail programs open links before people do.
"""

from contextlib import suppress
from http import HTTPStatus

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from clusterportal.core.signed_links import BadLink, ExpiredLink
from clusterportal.enquiries.domain import enquiring
from clusterportal.enquiries.domain.enquiring import About, Enquirer
from clusterportal.pages.forms.guard import GuardForm
from clusterportal.pages.forms.mistakes import mistakes_of
from clusterportal.pages.forms.partner_search import FollowForm, InterestForm
from clusterportal.pages.views.participation.sending import (
    INVALID,
    TOO_MANY,
    is_within_limits,
    open_to_all,
    show,
)
from clusterportal.partnering.domain import following
from clusterportal.partnering.domain.follower_links import DECLINE, STOP
from clusterportal.partnering.models import MailChoice, PartnerSearch


class _AnswerView(View):
    """A form about a request or an offer that can still be answered; else its page says why it cannot."""

    template = ""
    form_class: type = InterestForm
    search: PartnerSearch

    def dispatch(self, request, *args, slug, **kwargs):
        found = PartnerSearch.objects.published().select_related("actor", "layer").filter(slug=slug).first()
        if found is None:
            raise Http404(_("There is no such request or offer."))
        if not PartnerSearch.objects.open_on(timezone.localdate()).filter(pk=found.pk).exists():
            return redirect(found)
        self.search = found
        return super().dispatch(request, *args, **kwargs)

    def get(self, request):
        return self._show(request, GuardForm(), self.form_class())

    def post(self, request):
        guard, form = GuardForm(request.POST), self.form_class(request.POST)
        if guard.is_trapped:
            return self.sent()
        if not all([guard.is_valid(), form.is_valid()]):
            return self._show(request, guard, form, INVALID)
        if not is_within_limits(request, guard, email=form.cleaned_data["email"]):
            return self._show(request, guard, form, TOO_MANY)
        self.take(form.cleaned_data)
        return self.sent()

    def take(self, said: dict) -> None:
        raise NotImplementedError

    def sent(self):
        raise NotImplementedError

    def _show(self, request, guard, form, status=200):
        context = {"search": self.search, "guard": guard, "ask": form, "mistakes": mistakes_of([guard, form])}
        return show(request, self.template, context, status)


@method_decorator(open_to_all, name="dispatch")
class InterestView(_AnswerView):
    """An enquiry to the actor that says what it answers: confirmed, passed on and forgotten as all enquiries are."""

    template = "pages/partner_search_interest.html"

    def take(self, said: dict) -> None:
        who = Enquirer(
            email=said["email"],
            name=said["name"],
            organisation=said["organisation"],
            phone=said["phone"],
            language=get_language(),
        )
        about = About(self.search.uid, self.search.title, self.search.get_absolute_url())
        enquiring.enquire(text=said["text"], by=who, actor=self.search.actor, about=about)

    def sent(self):
        return redirect("pages:enquiry-sent")


@method_decorator(open_to_all, name="dispatch")
class FollowView(_AnswerView):
    template = "pages/partner_search_follow.html"
    form_class = FollowForm

    def take(self, said: dict) -> None:
        following.follow(search=self.search, email=said["email"], language=get_language())

    def sent(self):
        """Always the same answer: it tells nobody who follows."""
        return redirect("pages:follow-sent")


@method_decorator(open_to_all, name="dispatch")
class FollowSentView(View):
    def get(self, request):
        return _told(request, "sent")


@method_decorator(open_to_all, name="dispatch")
class ConfirmFollowView(View):
    def get(self, request, token):
        try:
            follower = following.to_confirm(token)
        except BadLink as error:
            return _bad_link(request, error)
        stop = STOP.token(str(follower.uid)) if follower.confirmed_at else ""
        return show(request, "pages/partner_search_confirm.html", {"follower": follower, "stop": stop})

    def post(self, request, token):
        try:
            following.confirm(token)
        except BadLink as error:
            return _bad_link(request, error)
        return redirect("pages:follow-confirm", token=token)


@method_decorator([csrf_exempt, never_cache], name="dispatch")
class StopFollowingView(View):
    """Needs no session and no body, because mail programs send the POST too (RFC 8058): every token gets one answer."""

    def get(self, request, token):
        try:
            STOP.key(token)
        except BadLink as error:
            return _bad_link(request, error)
        try:
            follower = following.to_stop(token)
        except BadLink:
            return _told(request, "stopped")
        return show(request, "pages/partner_search_stop.html", {"follower": follower})

    def post(self, request, token):
        with suppress(BadLink):
            following.stop(token)
        return _told(request, "stopped")


@method_decorator([csrf_exempt, never_cache], name="dispatch")
class DeclineView(View):
    """A representative wants no suggestions by mail; likewise."""

    def get(self, request, token):
        try:
            choice = get_object_or_404(MailChoice, uid=str(DECLINE.key(token)))
        except BadLink as error:
            return _bad_link(request, error)
        return _told(request, "declined" if choice.declined_at else "decline")

    def post(self, request, token):
        with suppress(BadLink):
            following.decline(token)
        return _told(request, "declined")


def _told(request, said: str):
    return show(request, "pages/partner_search_told.html", {"said": said})


def _bad_link(request, error: BadLink):
    return show(
        request,
        "pages/enquiry_bad_link.html",
        {"is_expired": isinstance(error, ExpiredLink)},
        HTTPStatus.GONE,
    )
