"""Webhooks of partners: how each stands, what became of its deliveries, and what can be done about it."""

from collections.abc import Callable
from functools import partial

from django.contrib import admin, messages
from django.core.paginator import Paginator
from django.db.models import Case, F, OuterRef, Subquery, When
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.defaultfilters import date
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_POST
from unfold.decorators import display

from clusterportal.core.admin import fieldset
from clusterportal.core.admin_page import admin_page
from clusterportal.history.admin import RecordedAdmin
from clusterportal.partners.domain.webhooks import endpoints, signing
from clusterportal.partners.enums import EndpointState, PauseReason, Signing
from clusterportal.partners.models import FeedEntry, FeedState, WebhookAttempt, WebhookEndpoint
from clusterportal.partners.rules import can_manage
from clusterportal.partners.webhook_forms import AgainForm, WebhookForm

ATTEMPTS_A_PAGE = 25
_FILTER = ("objects_told", "ops_told", "clusters", "layers", "areas")
_CHANGED = ("url", "description", *_FILTER)


@admin.register(WebhookEndpoint)
class WebhookEndpointAdmin(RecordedAdmin):
    form = WebhookForm
    list_display = ["url", "partner", "shown_state", "lag", "accepted_at"]
    list_filter = ["state", "partner"]
    list_before_template = ""  # no export: addresses of partners are nobody's table
    list_select_related = ["partner"]
    search_fields = ["url", "description", "partner__name"]
    ordering = ["partner__name", "pk"]
    actions = ["resume_chosen", "pause_chosen"]
    fieldsets = [
        fieldset(None, "partner", "url", "description", "signing"),
        fieldset(gettext_lazy("What is told"), _FILTER[:2], _FILTER[2:]),
    ]
    change_form_template = add_form_template = "admin/partners/webhook.html"
    view_on_site = False

    def get_urls(self):
        own: dict[str, tuple[str, Callable]] = {
            "<int:pk>/do/": ("do", self.do),
            "<int:pk>/again/": ("again", self.again),
            "attempt/<int:pk>/again/": ("attempt_again", self.attempt_again),
        }
        return [
            path(
                route,
                self.admin_site.admin_view(csrf_protect(require_POST(view))),
                name=f"partners_webhookendpoint_{name}",
            )
            for route, (name, view) in own.items()
        ] + super().get_urls()

    # ---------- who ----------
    def has_view_permission(self, request, obj=None):
        return can_manage(request.user)

    has_change_permission = has_delete_permission = has_view_permission

    def has_add_permission(self, request):
        return can_manage(request.user)

    def has_module_permission(self, request):
        return can_manage(request.user)

    def has_export_permission(self, request) -> bool:
        return False

    # ---------- the list ----------
    def get_queryset(self, request):
        return super().get_queryset(request).annotate(**_lag())

    @display(description=gettext_lazy("State"), ordering="state")
    def shown_state(self, endpoint):
        return state_text(endpoint)

    @display(description=gettext_lazy("Still to be told"), ordering="behind")
    def lag(self, endpoint):
        return lag_text(endpoint)

    @admin.action(description=gettext_lazy("Resume"), permissions=["change"])
    def resume_chosen(self, request, queryset):
        for endpoint in queryset:
            self._carry_out(request, lambda one=endpoint: endpoints.resume(endpoint=one, by=request.user))
        messages.success(request, _("What was not refused goes on."))

    @admin.action(description=gettext_lazy("Pause"), permissions=["change"])
    def pause_chosen(self, request, queryset):
        for endpoint in queryset:
            endpoints.pause(endpoint=endpoint, by=request.user)
        messages.success(request, _("Nothing goes to these addresses until somebody resumes them."))

    # ---------- one endpoint ----------
    def get_readonly_fields(self, request, obj=None):
        return ["partner", "signing"] if obj else []

    def save_model(self, request, obj, form, change):
        if change:
            fields = {name: getattr(obj, name) for name in _CHANGED}
            endpoints.change(endpoint=obj, by=request.user, **fields)
            return
        fields = {name: getattr(obj, name) for name in (*_CHANGED, "signing")}
        made, request.webhook_secret = endpoints.create(partner=obj.partner, by=request.user, **fields)
        obj.pk = made.pk

    def response_add(self, request, obj, post_url_continue=None):
        return self._shown_once(request, WebhookEndpoint.objects.get(pk=obj.pk), request.webhook_secret)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None and change:
            context |= self._standing(request, obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _standing(self, request, endpoint) -> dict:
        failed = "failed" in request.GET
        attempts = endpoint.attempts.filter(is_accepted=False) if failed else endpoint.attempts.all()
        is_asymmetric = endpoint.signing == Signing.ASYMMETRIC and signing.is_readable(endpoint)
        return {
            "endpoint": endpoint,
            "state": state_text(endpoint),
            "lag": lag_text(endpoint),
            "public_key": signing.public_key(endpoint) if is_asymmetric else "",
            "both_until": endpoint.former_until if _is_ahead(endpoint.former_until) else None,
            "next_at": endpoint.due_at if endpoint.is_active and _is_ahead(endpoint.due_at) else None,
            "orders": endpoint.orders.select_related("by"),
            "log": Paginator(attempts, ATTEMPTS_A_PAGE).get_page(request.GET.get("page")),
            "only_failed": failed,
            "again": AgainForm(),
        }

    def do(self, request, pk: int):
        """One of the buttons."""
        endpoint = self._endpoint(request, pk)
        acts: dict[str, tuple[Callable, str]] = {
            "test": (endpoints.order_test, _("A test is on its way; its answer stands below in a moment.")),
            "pause": (endpoints.pause, _("Nothing goes to this address until somebody resumes it.")),
            "resume": (endpoints.resume, _("The webhook goes on.")),
        }
        what = request.POST.get("what", "")
        if what == "rotate":
            return self._shown_once(request, endpoint, endpoints.rotate(endpoint=endpoint, by=request.user))
        if what not in acts:
            raise Http404
        act, said = acts[what]
        if self._carry_out(request, lambda: act(endpoint=endpoint, by=request.user)):
            messages.success(request, said)
        return redirect(endpoint.get_absolute_url())

    def again(self, request, pk: int):
        """Events of a time, once more."""
        endpoint, form = self._endpoint(request, pk), AgainForm(request.POST)
        if form.is_valid() and form.first and form.last:
            span = {"first": form.first, "last": form.last}
            order = partial(endpoints.redeliver, endpoint=endpoint, by=request.user, **span)
            if self._carry_out(request, order):
                messages.success(request, _("The events of this time are told once more."))
        for problem in {str(one) for several in form.errors.values() for one in several}:
            messages.error(request, problem)
        return redirect(endpoint.get_absolute_url())

    def attempt_again(self, request, pk: int):
        """One event, once more."""
        attempt = get_object_or_404(WebhookAttempt.objects.select_related("endpoint"), pk=pk)
        self._endpoint(request, attempt.endpoint_id)
        if self._carry_out(request, lambda: endpoints.redeliver_one(attempt=attempt, by=request.user)):
            messages.success(request, _("The event is told once more."))
        return redirect(attempt.endpoint.get_absolute_url())

    def _endpoint(self, request, pk: int) -> WebhookEndpoint:
        if not can_manage(request.user):
            raise Http404
        return get_object_or_404(WebhookEndpoint, pk=pk)

    @staticmethod
    def _carry_out(request, act: Callable) -> bool:
        """Whether it is done; what stands against it is said."""
        try:
            act()
        except endpoints.CannotDo as error:
            messages.error(request, str(error))
            return False
        return True

    def _shown_once(self, request, endpoint: WebhookEndpoint, secret: str):
        """The page with the new secret, which nobody can see again. It is in no session and no cookie."""
        endpoint.refresh_from_db()
        is_asymmetric = endpoint.signing == Signing.ASYMMETRIC
        context = {
            "title": _("Key of the webhook") if is_asymmetric else _("Secret of the webhook"),
            "opts": self.opts,
            "endpoint": endpoint,
            "key": signing.public_key(endpoint) if is_asymmetric else secret,
            "is_public": is_asymmetric,
            "both_until": endpoint.former_until,
        }
        return admin_page(request, "admin/partners/webhook_secret.html", context)


def _lag() -> dict:
    """How many entries of the feed are still to be looked at, and since when the first of them waits."""
    state = FeedState.objects.filter(epoch=OuterRef("epoch"))
    waiting = FeedEntry.objects.filter(position__gt=OuterRef("position")).order_by("position")
    return {
        "behind": Subquery(state.values("position")[:1]) - F("position"),
        "waiting_since": Case(
            When(epoch__in=FeedState.objects.values("epoch"), then=Subquery(waiting.values("at")[:1]))
        ),
    }


def state_text(endpoint: WebhookEndpoint) -> str:
    if endpoint.is_active:
        return str(EndpointState.ACTIVE.label)
    given = {
        "reason": PauseReason(endpoint.pause_reason).label,
        "at": date(_here(endpoint.paused_at), "SHORT_DATETIME_FORMAT"),
    }
    return _("Paused since %(at)s: %(reason)s") % given


def lag_text(endpoint: WebhookEndpoint) -> str:
    """Of an endpoint that was read with its lag."""
    if endpoint.behind is None:  # type: ignore[attr-defined]  # annotated
        return "–"
    if not endpoint.behind:  # type: ignore[attr-defined]
        return pgettext("webhook", "nothing")
    given = {"count": endpoint.behind, "at": date(_here(endpoint.waiting_since), "SHORT_DATETIME_FORMAT")}  # type: ignore[attr-defined]
    return _("%(count)d, since %(at)s") % given


def _here(moment):
    return timezone.localtime(moment) if moment else None


def _is_ahead(moment) -> bool:
    return moment is not None and moment > timezone.now()


def attention(user) -> list[dict]:
    """For the first page of the admin: webhooks that wait for somebody, if there are any; one query."""
    if not can_manage(user):
        return []
    paused = WebhookEndpoint.objects.filter(state=EndpointState.PAUSED, partner__is_active=True)
    count = paused.exclude(pause_reason=PauseReason.BY_HAND).count()
    if not count:
        return []
    why = _("Partners are not told of changes. Look why, and resume them.")
    address = f"{reverse('admin:partners_webhookendpoint_changelist')}?state__exact={EndpointState.PAUSED}"
    return [{"label": _("Paused webhooks"), "count": count, "url": address, "why": why}]
