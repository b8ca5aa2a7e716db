"""Keys: made and shown once, changed, replaced, revoked."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import DropdownFilter
from unfold.decorators import display

from clusterportal.core.admin_page import admin_page
from clusterportal.core.signed_links import absolute
from clusterportal.history.admin import RecordedAdmin
from clusterportal.partners.admin.use import use_of
from clusterportal.partners.domain import keys
from clusterportal.partners.enums import KeyState
from clusterportal.partners.forms import KeyForm, NewKeyForm
from clusterportal.partners.models import ApiKey
from clusterportal.partners.rules import can_manage


class StateFilter(DropdownFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [(one.value, one.label) for one in KeyState if one != KeyState.OFF]

    def queryset(self, request, queryset):
        chosen = {
            KeyState.USABLE: queryset.usable,
            KeyState.EXPIRED: queryset.ended,
            KeyState.REVOKED: lambda: queryset.filter(revoked_at__isnull=False),
        }.get(self.value())
        return chosen() if chosen else queryset


@admin.register(ApiKey)
class ApiKeyAdmin(RecordedAdmin):
    form = KeyForm
    change_form_template = add_form_template = "admin/partners/key.html"
    list_before_template = ""
    list_display = ["name", "partner", "prefix", "state", "expires_on", "last_used_at"]
    list_filter = [StateFilter, "partner"]
    list_select_related = ["partner"]
    search_fields = ["name", "prefix", "partner__name"]
    ordering = ["partner__name", "name", "pk"]

    def get_urls(self):
        own = {"revoke": self.revoke_view, "replace": self.replace_view}
        return [
            path(f"<int:pk>/{name}/", self.admin_site.admin_view(view), name=f"partners_apikey_{name}")
            for name, view in own.items()
        ] + super().get_urls()

    @display(description=_("state"))
    def state(self, key):
        return key.state.label

    # ---------- made ----------
    def get_form(self, request, obj=None, change=False, **kwargs):
        return super().get_form(request, obj, change=change, form=KeyForm if obj else NewKeyForm, **kwargs)

    def get_fields(self, request, obj=None):
        return (KeyForm if obj else NewKeyForm).Meta.fields

    def save_model(self, request, key, form, change):
        if change:
            super().save_model(request, key, form, change)
            return
        made, text = keys.create(**form.cleaned_data, by=request.user)
        key.__dict__.update(made.__dict__)
        key.text = text  # for `response_add` alone: it stands in no field

    def response_add(self, request, key, post_url_continue=None):
        return self._shown_once(request, key, key.text)

    def _shown_once(self, request, key, text: str):
        """The only page that holds a key: the answer to the form, so that no address, session or cache knows it."""
        root = absolute(reverse("api:root"))
        context = {"title": gettext("Your new key"), "key": key, "text": text, "root": root}
        return self._page(request, "key_made.html", context)

    # ---------- seen ----------
    def render_change_form(self, request, context, *args, **kwargs):
        if (key := context.get("original")) is not None:
            words = keys.scopes_in_words()
            context |= {
                "key": key,
                "scopes": [words[one] for one in key.scopes if one in words],
                "use": use_of(request, [key.pk]),
                "may_manage": can_manage(request.user) and key.is_usable,
            }
        return super().render_change_form(request, context, *args, **kwargs)

    # ---------- ended ----------
    def revoke_view(self, request, pk: int):
        key = self._key_to_manage(request, pk)
        if request.method != "POST":
            return self._page(request, "key_revoke.html", {"title": gettext("Revoke the key?"), "key": key})
        keys.revoke(key=key, by=request.user)
        messages.success(request, gettext("The key “%(key)s” is revoked.") % {"key": key})
        return redirect(key.partner)

    def replace_view(self, request, pk: int):
        key = self._key_to_manage(request, pk)
        if request.method != "POST":
            context = {"title": gettext("Replace the key?"), "key": key, "days": keys.OVERLAP.days}
            return self._page(request, "key_replace.html", context)
        return self._shown_once(request, *keys.rotate(key=key, by=request.user))

    def _key_to_manage(self, request, pk: int) -> ApiKey:
        if not can_manage(request.user):
            raise PermissionDenied
        key = ApiKey.objects.select_related("partner").filter(pk=pk).first()
        if key is None or not key.is_usable:
            raise Http404
        return key

    def _page(self, request, template: str, context: dict):
        context = {"opts": self.opts, **context}
        return admin_page(request, f"admin/partners/{template}", context)

    # ---------- who ----------
    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (obj is None or obj.revoked_at is None)

    def has_delete_permission(self, request, obj=None):
        """A key is revoked; what it did stays its own."""
        return False

    def has_export_permission(self, request):
        return False
