"""Pages of signed-in representatives: what their actor seeks and offers, new, changed, extended, closed."""

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache

from actors.models import Actor
from clusterportal.pages.forms.mistakes import mistakes_of
from clusterportal.pages.forms.partner_search import CloseForm, ExtendForm, PartnerSearchForm
from clusterportal.pages.views.participation.sending import INVALID, show
from clusterportal.partnering.domain import following, publishing, submitting
from clusterportal.partnering.models import PartnerSearch
from clusterportal.review.models import Representation


@method_decorator(never_cache, name="dispatch")
class PostView(LoginRequiredMixin, View):
    """A new request or offer of the actor."""

    def get(self, request, slug):
        actor = own_actor(request.user, slug)
        return _show_form(request, actor, PartnerSearchForm(actor=actor))

    def post(self, request, slug):
        actor = own_actor(request.user, slug)
        form = PartnerSearchForm(request.POST, actor=actor)
        if not form.is_valid():
            return _show_form(request, actor, form, status=INVALID)
        try:
            search = submitting.post(actor=actor, stated=form.stated(), by=request.user)
        except submitting.TooMany:
            form.add_error(
                None, _("The actor has as many open requests and offers as it can answer. Close one first.")
            )
            return _show_form(request, actor, form, status=INVALID)
        except ValidationError as error:
            form.add_error(None, error.messages)
            return _show_form(request, actor, form, status=INVALID)
        messages.success(request, _said(search))
        return redirect("pages:my-entries")


@method_decorator(never_cache, name="dispatch")
class ReviseView(LoginRequiredMixin, View):
    """One that is there: its text through the review, its end at once."""

    def get(self, request, slug):
        search = own_search(request.user, slug)
        return self._show(request, search, PartnerSearchForm(actor=search.actor, search=search))

    def post(self, request, slug):
        """`act` says which button was pressed."""
        search = own_search(request.user, slug)
        acts = {"extend": self._extend, "close": self._close}
        return acts.get(request.POST.get("act", ""), self._revise)(request, search)

    def _revise(self, request, search):
        form = PartnerSearchForm(request.POST, actor=search.actor, search=search)
        if not form.is_valid():
            return self._show(request, search, form, status=INVALID)
        try:
            submitting.revise(search=search, stated=form.stated(), by=request.user)
        except ValidationError as error:
            form.add_error(None, error.messages)
            return self._show(request, search, form, status=INVALID)
        messages.success(request, _said(own_search(request.user, search.slug)))
        return redirect("pages:my-entries")

    def _extend(self, request, search):
        form = ExtendForm(request.POST)
        if form.is_valid():
            try:
                publishing.extend(search=search, deadline=form.cleaned_data["deadline"], by=request.user)
            except ValidationError as error:
                form.add_error("deadline", error.messages)
            else:
                messages.success(request, _("The deadline is later now; who follows is told."))
                return redirect("pages:my-entries")
        return self._show(request, search, extend=form, status=INVALID)

    def _close(self, request, search):
        form = CloseForm(request.POST)
        if not form.is_valid():
            return self._show(request, search, close=form, status=INVALID)
        said = form.cleaned_data
        try:
            publishing.close(search=search, outcome=said["outcome"], note=said["note"], by=request.user)
        except ValidationError as error:
            form.add_error(None, error.messages)
            return self._show(request, search, close=form, status=INVALID)
        messages.success(request, _("It is closed. Thank you for saying what came of it."))
        return redirect("pages:my-entries")

    def _show(self, request, search, form=None, *, extend=None, close=None, status=200):
        form = form or PartnerSearchForm(actor=search.actor, search=search)
        ways = {
            "search": search,
            "extend": (extend or ExtendForm()) if search.deadline and not search.closed_at else None,
            "close": (close or CloseForm()) if search.is_published else None,
        }
        wrong = [one for one in (extend, close) if one]
        return _show_form(request, search.actor, form, status=status, wrong=wrong, **ways)


@method_decorator(never_cache, name="dispatch")
class MailChoiceView(LoginRequiredMixin, View):
    """The button on one's own page: suggestions by mail, or none."""

    def post(self, request):
        wanted = request.POST.get("wanted") == "yes"
        following.choose_mails(by=request.user, wanted=wanted)
        said = (
            _("We write to you once a week at most.")
            if wanted
            else _("You get no suggestions by mail any more.")
        )
        messages.success(request, said)
        return redirect("pages:my-entries")


def own_actor(user, slug: str) -> Actor:
    """Raises Http404 for an actor that the person does not represent."""
    own = Representation.objects.active().filter(user=user).values("actor")
    actor = Actor.objects.filter(pk__in=own, slug=slug).first()
    if actor is None:
        raise Http404(_("You represent no such actor."))
    return actor


def own_search(user, slug: str) -> PartnerSearch:
    """Raises Http404 for one of an actor that the person does not represent."""
    own = Representation.objects.active().filter(user=user).values("actor")
    found = PartnerSearch.objects.filter(actor__in=own, slug=slug).select_related("actor", "layer").first()
    if found is None:
        raise Http404(_("There is no such request or offer."))
    return found


def _show_form(request, actor, form, *, status=200, wrong=(), **ways):
    mistakes = mistakes_of([form, *wrong])
    context = {"actor": actor, "form": form, "mistakes": mistakes, "search": None, **ways}
    return show(request, "pages/partner_search_edit.html", context, status)


def _said(search: PartnerSearch) -> str:
    waits = _("It waits for review. What is public stays as it is until then.")
    is_waiting = not search.is_published or submitting.is_waiting(search)
    return waits if is_waiting else _("It is published.")
