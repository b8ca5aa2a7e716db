"""Subscribing to newsletters, confirming, changing and leaving. No GET of these pages changes anything."""

from http import HTTPStatus

from allauth.account.adapter import get_adapter
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import TemplateView

from clusterportal.core.signed_links import BadLink, ExpiredLink, absolute
from clusterportal.newsletters.domain import leaving, subscribing
from clusterportal.newsletters.domain.reader_links import CHOICE, KEPT_UNCONFIRMED, UNSUBSCRIBE
from clusterportal.newsletters.domain.retention import PROOF_YEARS
from clusterportal.newsletters.enums import Way
from clusterportal.newsletters.models import Issue, MailingList
from clusterportal.pages.forms.guard import GuardForm
from clusterportal.pages.forms.mistakes import mistakes_of
from clusterportal.pages.forms.newsletter import ChoiceForm, NewsletterForm
from clusterportal.pages.views.participation.sending import (
    INVALID,
    TOO_MANY,
    is_within_limits,
    open_to_all,
    show,
)

LATEST = 6  # issues beside the form
BY_PAGE = "page"  # in the address to which the button of our own page sends


@method_decorator(open_to_all, name="dispatch")
class NewsletterView(View):
    """The form, the latest issues, and what is kept of whoever subscribes."""

    def get(self, request):
        chosen = request.GET.getlist("newsletter")
        initial = {"newsletters": chosen} if chosen else {}
        return self._show(request, GuardForm(), NewsletterForm(lists=_open_lists(), initial=initial))

    def post(self, request):
        guard, ask = GuardForm(request.POST), NewsletterForm(request.POST, lists=_open_lists())
        if guard.is_trapped:
            return redirect("pages:newsletter-sent")
        if not all([guard.is_valid(), ask.is_valid()]):
            return self._show(request, guard, ask, INVALID)
        said = ask.cleaned_data
        if not is_within_limits(request, guard, email=said["email"]):
            return self._show(request, guard, ask, TOO_MANY)
        subscribing.order(
            email=said["email"],
            lists=said["lists"],
            language=get_language(),
            form=said["form"],
            page=absolute(request.path),
            network=get_adapter().get_client_ip(request) or "",
        )
        return redirect("pages:newsletter-sent")

    def _show(self, request, guard, ask, status=200):
        context = {
            "guard": guard,
            "ask": ask,
            "mistakes": mistakes_of([guard, ask]),
            "issues": list(Issue.objects.public().order_by("-started_at", "-pk")[:LATEST]),
            "days": KEPT_UNCONFIRMED.days,
            "years": PROOF_YEARS,
        }
        return show(request, "pages/newsletter.html", context, status)


def _open_lists() -> list[MailingList]:
    return list(MailingList.objects.open())


@method_decorator(never_cache, name="dispatch")
class NewsletterSentView(TemplateView):
    template_name = "pages/newsletter_sent.html"
    extra_context = {"days": KEPT_UNCONFIRMED.days}


@method_decorator(open_to_all, name="dispatch")
class ConfirmView(View):
    """The link of the mail: its page has a button, because mail programs and scanners open links by themselves."""

    def get(self, request, token):
        try:
            order = subscribing.to_confirm(token)
        except BadLink as error:
            return bad_link(request, error)
        context = {
            "order": order,
            "lists": order.lists.all(),
            "has_ended": subscribing.has_ended(order),
        }
        return show(request, "pages/newsletter_confirm.html", context)

    def post(self, request, token):
        try:
            subscribing.confirm(token)
        except BadLink as error:
            return bad_link(request, error)
        return redirect("pages:newsletter-confirm", token=token)


def bad_link(request, error: BadLink):
    """The page of a link that leads nowhere any more."""
    context = {"is_expired": isinstance(error, ExpiredLink), "days": KEPT_UNCONFIRMED.days}
    return show(request, "pages/newsletter_bad_link.html", context, HTTPStatus.GONE)


@method_decorator([csrf_exempt, never_cache], name="dispatch")
class UnsubscribeView(View):
    """One click in a mail program (RFC 8058), or the button of this page.

    A POST needs no session and no body, which is never read; every token gets the same answer, so that it tells
    nothing of anybody, and no redirect, which mail providers do not follow.
    """

    def get(self, request, token):
        subscription = leaving.named_by(UNSUBSCRIBE, token)
        context = {"subscription": subscription, "token": token, "by": BY_PAGE}
        return show(request, "pages/newsletter_leave.html", context)

    def post(self, request, token):
        subscription = leaving.named_by(UNSUBSCRIBE, token)
        if subscription is not None:
            way = Way.PAGE if request.GET.get("by") == BY_PAGE else Way.ONE_CLICK
            leaving.end(subscription=subscription, way=way)
        return show(request, "pages/newsletter_left.html", {})


@method_decorator(open_to_all, name="dispatch")
class ChoiceView(View):
    """What one address reads; the link came to it by mail."""

    def get(self, request, token):
        return self._show(request, token, None)

    def post(self, request, token):
        return self._show(request, token, request.POST)

    def _show(self, request, token, sent):
        subscription = leaving.named_by(CHOICE, token)
        if subscription is None:
            return bad_link(request, BadLink())
        own = leaving.siblings_of(subscription)
        form = ChoiceForm(sent, subscriptions=own)
        is_saved = sent is not None and form.is_valid()
        if is_saved:
            said = form.cleaned_data
            leaving.choose(subscription=subscription, form=said["form"], kept=said["kept"])
            own = leaving.siblings_of(subscription)
            form = ChoiceForm(subscriptions=own)
        context = {
            "form": form,
            "subscriptions": own,
            "is_saved": is_saved,
            "email": subscription.email,
            "token": token,
        }
        status = INVALID if sent is not None and not is_saved else 200
        return show(request, "pages/newsletter_choice.html", context, status)
