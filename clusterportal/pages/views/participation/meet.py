"""People without an account come to a matchmaking: they register, confirm, wish, and see their talks."""

from http import HTTPStatus

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView

from clusterportal.clusters.enums import Section
from clusterportal.clusters.models import Cluster
from clusterportal.core.calendars import MEDIA_TYPE
from clusterportal.core.signed_links import BadLink, ExpiredLink
from clusterportal.matchmaking.domain import registering, wishing
from clusterportal.matchmaking.domain.calendar import calendar_of
from clusterportal.matchmaking.domain.participant_links import AGENDA, CONFIRMATION, person_of, vouched_by
from clusterportal.matchmaking.domain.registering import NotOpen, Over, Registrant, WouldStrand
from clusterportal.matchmaking.domain.releasing import standing_plan
from clusterportal.matchmaking.domain.states import is_over, takes_registrations
from clusterportal.matchmaking.domain.talks_of_person import appointments_of
from clusterportal.matchmaking.models import Event, Representative
from clusterportal.pages.forms.guard import GuardForm
from clusterportal.pages.forms.meeting import PresenceForm, RegistrationForm, WishesForm
from clusterportal.pages.forms.mistakes import mistakes_of
from clusterportal.pages.views.participation.sending import (
    INVALID,
    TOO_MANY,
    is_within_limits,
    open_to_all,
    show,
)
from clusterportal.pages.views.released import released_sections


@method_decorator(open_to_all, name="dispatch")
class RegisterView(View):
    """The form of an event that takes registrations, of a cluster that shows its matchmakings."""

    def dispatch(self, request, *args, slug, event, **kwargs):
        cluster = get_object_or_404(Cluster.objects.published(), slug=slug)
        self.event = get_object_or_404(Event.objects.filter(cluster=cluster).matchmakings(), slug=event)
        is_shown = Section.MATCHMAKING in released_sections(cluster)
        if not is_shown or not takes_registrations(self.event, today=timezone.localdate()):
            raise Http404(_("This event takes no registrations now."))
        return super().dispatch(request, *args, **kwargs)

    def get(self, request):
        return self._show(request, GuardForm(), RegistrationForm())

    def post(self, request):
        guard, form = GuardForm(request.POST), RegistrationForm(request.POST)
        if guard.is_trapped:
            return redirect("pages:talks-sent")
        if not all([guard.is_valid(), form.is_valid()]):
            return self._show(request, guard, form, INVALID)
        said = form.cleaned_data
        if not is_within_limits(request, guard, email=said["email"]):
            return self._show(request, guard, form, TOO_MANY)
        who = Registrant(
            name=said["name"],
            email=said["email"],
            language=get_language(),
            actor=form.actor(),
            organisation=said["organisation"],
        )
        registering.register(event=self.event, by=who)
        return redirect("pages:talks-sent")

    def _show(self, request, guard, form, status=200):
        context = {"event": self.event, "guard": guard, "form": form, "mistakes": mistakes_of([guard, form])}
        return show(request, "pages/meet_register.html", context, status)


@method_decorator(never_cache, name="dispatch")
class RegisteredView(TemplateView):
    template_name = "pages/meet_sent.html"


@method_decorator(open_to_all, name="dispatch")
class ConfirmTalksView(View):
    """The link of the first mail. A GET changes nothing, because mail programs open links before people do."""

    def get(self, request, token):
        try:
            person = person_of(CONFIRMATION, token)
        except BadLink as error:
            return bad_link(request, error)
        if person.confirmed_at or person.waits_since:
            return _onward(request, person)
        return show(
            request, "pages/meet_confirm.html", {"person": person, "event": person.participation.event}
        )

    def post(self, request, token):
        try:
            return _onward(request, registering.confirm(token))
        except BadLink as error:
            return bad_link(request, error)
        except NotOpen:
            return _is_past(request, _("Registration for this event is over."))


@method_decorator(open_to_all, name="dispatch")
class VouchView(View):
    """The link by which somebody of an organisation confirms a colleague; as above, a GET changes nothing."""

    def get(self, request, token):
        try:
            person, _colleague = vouched_by(token)
        except BadLink as error:
            return bad_link(request, error)
        return self._show(request, person)

    def post(self, request, token):
        try:
            return self._show(request, registering.vouch(token))
        except BadLink as error:
            return bad_link(request, error)
        except Over:
            return _is_past(request, _("This event is over."))

    def _show(self, request, person):
        context = {"person": person, "event": person.participation.event}
        return show(request, "pages/meet_vouch.html", context)


@method_decorator(open_to_all, name="dispatch")
class AgendaView(View):
    """A person's own page: their talks, when they are there, whom they wish to meet; the link is the key to it."""

    def dispatch(self, request, *args, token, **kwargs):
        try:
            self.person = person_of(AGENDA, token)
        except BadLink as error:
            return bad_link(request, error)
        if self.person.confirmed_at is None:
            raise Http404
        self.token, self.participation = token, self.person.participation
        return super().dispatch(request, *args, **kwargs)

    def get(self, request):
        return self._show(request)

    def post(self, request):
        """`do` says what: presence, wishes, or leave."""
        doing = {"presence": self._be_there, "wishes": self._wish, "leave": self._leave}.get(
            request.POST.get("do", "")
        )
        if doing is None:
            return self._show(request, status=INVALID)
        try:
            return doing(request)
        except NotOpen:
            return self._show(
                request, status=HTTPStatus.CONFLICT, refused=_("The last day for wishes is over.")
            )
        except Over:
            refused = _("This event is over: nothing about its talks changes any more.")
            return self._show(request, status=HTTPStatus.CONFLICT, refused=refused)
        except WouldStrand as stranded:
            return self._show(request, status=HTTPStatus.CONFLICT, talks=stranded.talks)

    def _be_there(self, request):
        form = PresenceForm(request.POST, person=self.person)
        if not form.is_valid():
            return self._show(request, presence=form, status=INVALID)
        registering.set_away(person=self.person, slots=form.away())
        return self._again("times")

    def _wish(self, request):
        form = WishesForm(request.POST, participation=self.participation)
        if not form.is_valid():
            return self._show(request, wishes=form, status=INVALID)
        wishing.say(participation=self.participation, stances=form.stances(), again=form.again())
        return self._again("wishes")

    def _leave(self, request):
        """Asks once more, with the talks that would fall out; then the person is erased."""
        if request.POST.get("sure") != "yes":
            talks = registering.talks_lost(self.participation)
            context = {"event": self.participation.event, "talks": talks, "token": self.token}
            return show(request, "pages/meet_leave.html", context)
        registering.withdraw(person=self.person)
        return show(request, "pages/meet_left.html", {"event": self.participation.event})

    def _again(self, kept: str):
        response = redirect("pages:talks-agenda", token=self.token)
        response["Location"] += f"?kept={kept}#h-{kept}"
        return response

    def _show(self, request, *, status=200, presence=None, wishes=None, refused="", talks=()):
        event = self.participation.event
        plan = standing_plan(event)
        context = {
            "person": self.person,
            "participation": self.participation,
            "event": event,
            "token": self.token,
            "plan": plan,
            "appointments": appointments_of(self.person, plan=plan) if plan else [],
            "presence": presence or PresenceForm(person=self.person),
            "wishes": wishes or WishesForm(participation=self.participation),
            "mutual": wishing.mutual_with(self.participation),
            "is_over": is_over(event, today=timezone.localdate()),
            "is_open": takes_registrations(event, today=timezone.localdate()),
            "refused": refused,
            "stranded": talks,
            "kept": request.GET.get("kept", ""),
            "mistakes": [],
        }
        return show(request, "pages/meet_agenda.html", context, status)


@never_cache
def calendar_file(request, token):
    """A person's talks for their calendar; reading it changes nothing."""
    try:
        person = person_of(AGENDA, token)
    except BadLink as error:
        return bad_link(request, error)
    if person.confirmed_at is None:
        raise Http404
    plan = standing_plan(person.participation.event)
    return HttpResponse(
        calendar_of(person, plan=plan),
        content_type=MEDIA_TYPE,
        headers={"Content-Disposition": 'attachment; filename="talks.ics"'},
    )


def bad_link(request, error: BadLink):
    """The answer to a link that was changed, ran out, or whose person was erased."""
    return show(
        request, "pages/meet_bad_link.html", {"is_expired": isinstance(error, ExpiredLink)}, HTTPStatus.GONE
    )


def _is_past(request, says: str):
    """The answer to a link that is right and comes too late."""
    return show(request, "pages/meet_bad_link.html", {"says": says}, HTTPStatus.GONE)


def _onward(request, person: Representative):
    """To the person's own page, or why it is not open yet: somebody of the organisation has to know them."""
    if person.confirmed_at is None:
        context = {"person": person, "event": person.participation.event}
        return show(request, "pages/meet_waiting.html", context)
    return redirect("pages:talks-agenda", token=AGENDA.token(str(person.uid)))
