"""Partners: who they are, what for, since when; their keys and how much they use them."""

from typing import cast

from django.contrib import admin
from django.urls import path
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import BooleanRadioFilter
from unfold.decorators import display

from clusterportal.core.admin import fieldset
from clusterportal.history.admin import RecordedAdmin
from clusterportal.partners.admin.use import show_use, use_of
from clusterportal.partners.domain import keys
from clusterportal.partners.forms import PartnerForm
from clusterportal.partners.models import Partner
from clusterportal.partners.querysets import PartnerQuerySet
from clusterportal.partners.rules import can_manage


@admin.register(Partner)
class PartnerAdmin(RecordedAdmin):
    form = PartnerForm
    change_form_template = add_form_template = "admin/partners/partner.html"
    list_display = ["name", "contact_name", "key_count", "last_used", "is_active"]
    list_filter = [("is_active", BooleanRadioFilter)]
    search_fields = ["name", "contact_name", "contact_email", "purpose"]
    ordering = ["name"]
    sentences = ["purpose"]
    fieldsets = [
        fieldset(None, ("name", "is_active"), "purpose"),
        fieldset(_("Contact"), ("contact_name", "contact_email")),
        fieldset(_("Terms of use"), ("terms_accepted_at", "terms_accepted_by")),
    ]

    def get_urls(self):
        use = self.admin_site.admin_view(show_use)
        return [path("use/", use, name="partners_partner_use"), *super().get_urls()]

    def get_queryset(self, request):
        return cast(PartnerQuerySet, super().get_queryset(request)).with_keys()

    @display(description=_("keys"), ordering="key_count")
    def key_count(self, partner):
        return partner.key_count

    @display(description=_("last used"), ordering="last_used_at")
    def last_used(self, partner):
        return partner.last_used_at

    def render_change_form(self, request, context, *args, **kwargs):
        if (partner := context.get("original")) is not None:
            own = [*partner.keys.select_related("partner")]
            words = keys.scopes_in_words()
            context |= {
                "keys": [(key, [words[one] for one in key.scopes if one in words]) for key in own],
                "use": use_of(request, [key.pk for key in own]),
                "may_manage": can_manage(request.user),
                "why_none": keys.why_none(partner, None),
            }
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request, partner, form, change):
        if change:
            super().save_model(request, partner, form, change)
        else:
            keys.admit(partner=partner, by=request.user)

    def has_delete_permission(self, request, obj=None):
        """What a partner's keys wrote stays its own: who has gone is switched off."""
        return False
