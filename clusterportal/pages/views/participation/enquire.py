"""A visitor asks an actor, the management of a cluster or the operator; the portal passes it on."""

from http import HTTPStatus

from django.http import Http404
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView

from actors.models import Actor
from clusterportal.clusters.models import Cluster
from clusterportal.core.signed_links import BadLink, ExpiredLink
from clusterportal.enquiries.domain import enquiring
from clusterportal.enquiries.domain.enquiring import Enquirer, NobodyToAsk
from clusterportal.pages.forms.enquiry import EnquiryForm
from clusterportal.pages.forms.guard import GuardForm
from clusterportal.pages.forms.mistakes import mistakes_of
from clusterportal.pages.forms.people import TEXT_LIMIT
from clusterportal.pages.views.errors import gone
from clusterportal.pages.views.participation.sending import (
    INVALID,
    TOO_MANY,
    is_within_limits,
    open_to_all,
    show,
)
from clusterportal.pages.views.profile import elsewhere


class _AskView(View):
    """The form; subclasses say whom it asks."""

    actor: Actor | None = None

    def get(self, request, **_kwargs):
        sought = {"text": request.GET.get("q", "")[:TEXT_LIMIT], "cluster": request.GET.get("cluster", "")}
        return self._show(request, GuardForm(), self._form(initial=sought))

    def post(self, request, **_kwargs):
        guard, ask = GuardForm(request.POST), self._form(request.POST)
        if guard.is_trapped:
            return redirect("pages:enquiry-sent")
        if not all([guard.is_valid(), ask.is_valid()]):
            return self._show(request, guard, ask, INVALID)
        said = ask.cleaned_data
        if not is_within_limits(request, guard, email=said["email"]):
            return self._show(request, guard, ask, TOO_MANY)
        who = Enquirer(
            email=said["email"],
            name=said["name"],
            organisation=said["organisation"],
            phone=said["phone"],
            language=get_language(),
        )
        enquiring.enquire(text=said["text"], by=who, actor=self.actor, cluster=self._cluster(said))
        return redirect("pages:enquiry-sent")

    def _form(self, *args, **kwargs) -> EnquiryForm:
        return EnquiryForm(*args, **kwargs)

    def _cluster(self, said: dict) -> Cluster | None:
        return None

    def _show(self, request, guard, ask, status=200):
        context = {"actor": self.actor, "guard": guard, "ask": ask, "mistakes": mistakes_of([guard, ask])}
        return show(request, "pages/enquiry.html", context, status)


@method_decorator(open_to_all, name="dispatch")
class ActorEnquiryView(_AskView):
    """An actor that wants no enquiries has no such page."""

    def dispatch(self, request, *args, slug, **kwargs):
        self.actor = Actor.objects.published().filter(slug=slug).first()
        if self.actor is None:
            return elsewhere(request, slug, view="pages:actor-enquiry")
        if not enquiring.takes_enquiries(self.actor):
            raise Http404(_("This actor wants no enquiries."))
        return super().dispatch(request, *args, **kwargs)


@method_decorator(open_to_all, name="dispatch")
class ClusterEnquiryView(_AskView):
    """ "We seek ...": to the management of a cluster. Where there is one cluster only, to its management."""

    def _form(self, *args, **kwargs) -> EnquiryForm:
        clusters = Cluster.objects.published()
        return EnquiryForm(*args, clusters=clusters if clusters.count() > 1 else None, **kwargs)

    def _cluster(self, said: dict) -> Cluster | None:
        return said["cluster"] if "cluster" in said else Cluster.objects.published().first()


@method_decorator(never_cache, name="dispatch")
class EnquirySentView(TemplateView):
    template_name = "pages/enquiry_sent.html"


@method_decorator(open_to_all, name="dispatch")
class ConfirmEnquiryView(View):
    """The link of the mail. A GET changes nothing, because mail programs open links before people do."""

    def get(self, request, token):
        try:
            enquiry = enquiring.to_confirm(token)
        except BadLink as error:
            return _bad_link(request, error)
        return show(request, "pages/enquiry_confirm.html", {"enquiry": enquiry})

    def post(self, request, token):
        try:
            enquiring.confirm(token)
        except BadLink as error:
            return _bad_link(request, error)
        except NobodyToAsk:
            return gone(request)
        return redirect("pages:enquiry-confirm", token=token)


def _bad_link(request, error: BadLink):
    return show(
        request,
        "pages/enquiry_bad_link.html",
        {"is_expired": isinstance(error, ExpiredLink)},
        HTTPStatus.GONE,
    )
