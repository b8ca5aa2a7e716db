"""Enquiries as those see them who answer for the actors: what was asked, and what became of its mails."""

from typing import cast

from django.contrib import admin, messages
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from unfold.decorators import display

from clusterportal.core.admin import PortalAdmin, ReadOnlyAdmin
from clusterportal.enquiries.domain.outbox import look_after_lost_ones, send_again
from clusterportal.enquiries.enums import EnquiryState
from clusterportal.enquiries.models import PERSONAL, Enquiry
from clusterportal.enquiries.querysets import EnquiryQuerySet
from clusterportal.enquiries.rules import can_see_enquiries

TROUBLE = "trouble"  # the choice of all states in which a person has to do something
TROUBLED = (EnquiryState.UNCLEAR, EnquiryState.REFUSED, EnquiryState.UNADDRESSED)


class StateFilter(admin.SimpleListFilter):
    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [(TROUBLE, gettext_lazy("Did not arrive")), *EnquiryState.choices]

    def queryset(self, request, queryset):
        if self.value() == TROUBLE:
            return queryset.filter(state__in=TROUBLED)
        return queryset.filter(state=self.value()) if self.value() else queryset


@admin.register(Enquiry)
class EnquiryAdmin(ReadOnlyAdmin, PortalAdmin):
    """Nobody adds or changes an enquiry by hand; what is not confirmed is nobody's to read."""

    list_display = ["about", "created_at", "shown_state"]
    list_filter = [StateFilter]
    list_filter_submit = False
    list_select_related = ["actor", "cluster"]
    ordering = ["-created_at", "-pk"]
    fields = [
        "about",
        "subject",
        "shown_state",
        "created_at",
        "confirmed_at",
        "forgotten_at",
        "said",
        "mails_sent",
    ]
    readonly_fields = ["about", "subject", "shown_state", "said", "mails_sent"]
    actions = ["send_again"]

    def get_queryset(self, request):
        if request.method == "POST":
            look_after_lost_ones()  # what nobody can tell may be sent again
        return cast(EnquiryQuerySet, super().get_queryset(request)).visible_to(request.user).with_state()

    def has_view_permission(self, request, obj=None):
        return can_see_enquiries(request.user)

    has_module_permission = has_view_permission

    @display(description=gettext_lazy("To"))
    def about(self, enquiry):
        return str(enquiry)

    @display(description=gettext_lazy("State"))
    def shown_state(self, enquiry):
        return enquiry.get_state_display()

    @display(description=gettext_lazy("Enquiry"), empty_value="–")
    def said(self, enquiry):
        if enquiry.confirmed_at is None:
            return _("To be read when the visitor has confirmed the e-mail address.")
        return "\n\n".join(filter(None, (getattr(enquiry, name) for name in PERSONAL))) or None

    @display(description=gettext_lazy("Mails"), empty_value="–")
    def mails_sent(self, enquiry):
        lines = [
            ": ".join(filter(None, [mail.get_kind_display(), mail.get_state_display(), mail.reason]))
            for mail in enquiry.mails.all()
        ]
        return "\n".join(lines) or None

    @admin.action(description=gettext_lazy("Send unclear and refused mails once more"), permissions=["view"])
    def send_again(self, request, queryset):
        sent = sum(send_again(enquiry=enquiry) for enquiry in queryset)
        text = ngettext("%(count)d mail goes out once more.", "%(count)d mails go out once more.", sent)
        messages.success(request, text % {"count": sent})


def attention(user) -> list[dict]:
    """For the first page of the admin: enquiries that did not arrive, if there are any; one query."""
    found = Enquiry.objects.visible_to(user).with_state()
    troubled = found.filter(state__in=TROUBLED).count()  # type: ignore[misc]  # annotated
    if not troubled:
        return []
    why = _("Refused, unclear, or nobody has an address.")
    address = f"{reverse('admin:enquiries_enquiry_changelist')}?state={TROUBLE}"
    return [{"label": _("Enquiries that did not arrive"), "count": troubled, "url": address, "why": why}]
