"""Who reads the lists of a team, each with the proof of the consent, to be printed; and suppressed addresses."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.contrib.filters.admin import RelatedDropdownFilter
from unfold.decorators import display

from clusterportal.core.admin import PortalAdmin, ReadOnlyAdmin
from clusterportal.core.admin_page import admin_page
from clusterportal.newsletters.domain import leaving
from clusterportal.newsletters.domain.proof import proof_of
from clusterportal.newsletters.domain.retention import restricted_until
from clusterportal.newsletters.enums import Way
from clusterportal.newsletters.models import Bounce, Subscription, Suppression


class OwnListFilter(RelatedDropdownFilter, admin.RelatedOnlyFieldListFilter):
    """Offers the lists of the subscribers that the person sees."""


class EndedFilter(admin.SimpleListFilter):
    """Ended subscriptions are restricted: they are seen only by who looks for a proof."""

    title = gettext_lazy("state")
    parameter_name = "ended"

    def lookups(self, request, model_admin):
        return [("1", gettext_lazy("Ended: kept as proof alone"))]

    def queryset(self, request, queryset):
        return queryset.exclude(ended_at=None) if self.value() else queryset.active()


@admin.register(Subscription)
class SubscriptionAdmin(ReadOnlyAdmin, PortalAdmin):
    """Nobody is subscribed by hand: without the person's own click there is no consent."""

    list_display = ["email", "list", "form", "confirmed_at", "ended"]
    list_filter = [EndedFilter, ("list", OwnListFilter)]
    list_filter_submit = False
    list_select_related = ["list"]
    search_fields = ["email"]
    ordering = ["-confirmed_at", "-pk"]
    actions = None

    def get_queryset(self, request):
        return super().get_queryset(request).curated_by(request.user)  # type: ignore[attr-defined]

    @display(description=gettext_lazy("ended at"), ordering="ended_at", empty_value="–")
    def ended(self, subscription):
        return subscription.ended_at

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """The proof; and the button by which the team ends a subscription on request."""
        if object_id is None or not self.has_view_permission(request):
            raise PermissionDenied
        reader = self.get_object(request, object_id)
        if reader is None:
            raise Http404(_("There is no such subscriber."))
        may_end = request.user.has_perm("newsletters.change_subscription")
        if request.method == "POST":
            if not may_end:
                raise PermissionDenied
            leaving.end(subscription=reader, way=Way.TEAM)
            messages.success(request, _("%(address)s is unsubscribed.") % {"address": reader.email})
            return redirect("admin:newsletters_subscription_change", reader.pk)
        context = {
            "title": _("Proof of consent: %(address)s") % {"address": reader.email},
            "opts": self.opts,
            "reader": reader,
            "lines": list(proof_of(reader)),
            "restricted_until": restricted_until(reader),
            "bounces": Bounce.objects.filter(email=reader.email)[:20],
            "suppression": Suppression.objects.filter(email=reader.email).first(),
            "may_end": may_end and reader.ended_at is None,
        }
        return admin_page(request, "admin/newsletters/proof.html", context)


@admin.register(Suppression)
class SuppressionAdmin(PortalAdmin):
    """For administrators: an address belongs to no list."""

    list_display = ["email", "reason", "status", "at"]
    list_filter = ["reason"]
    search_fields = ["email"]
    fields = ["email", "reason", "status", "at"]
    readonly_fields = ["status", "at"]

    def save_model(self, request, obj, form, change):
        obj.email = obj.email.strip().lower()
        super().save_model(request, obj, form, change)
