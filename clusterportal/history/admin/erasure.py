"""Erasing a person in the admin: look for them, see what holds them, choose, erase. For administrators."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display
from unfold.widgets import UnfoldAdminEmailInputWidget, UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from clusterportal.core.admin import LookedAt, PortalAdmin
from clusterportal.history.erasure import Person, erase, find_person, mentions_of
from clusterportal.history.models import Erasure, Ground


class PersonForm(forms.Form):
    name = forms.CharField(
        label=_("Name"), max_length=160, required=False, widget=UnfoldAdminTextInputWidget,
        help_text=_("As it stands in the registry."),
    )  # fmt: skip
    email = forms.EmailField(label=_("E-mail"), required=False, widget=UnfoldAdminEmailInputWidget)

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not (cleaned.get("name") or cleaned.get("email")):
            raise forms.ValidationError(_("Give the name, the e-mail address, or both."))
        return cleaned

    @property
    def person(self) -> Person:
        return Person(self.cleaned_data["name"].strip(), self.cleaned_data["email"].strip())


class GroundForm(forms.Form):
    ground = forms.ChoiceField(label=_("Ground"), choices=Ground, widget=UnfoldAdminSelectWidget)


@admin.register(Erasure)
class ErasureAdmin(LookedAt, PortalAdmin):
    """The list says that people were erased, never whom."""

    list_display = ["at", "by", "ground", "number"]
    list_select_related = ["by"]
    list_filter = ["ground"]
    list_display_links = None
    list_before_template = "admin/history/erasure_tools.html"

    @display(description=_("Erased records"))
    def number(self, erasure):
        return sum(erasure.counts.values())

    def get_urls(self):
        view = self.admin_site.admin_view(self.erase_view)
        return [path("person/", view, name="history_erase_person"), *super().get_urls()]

    def has_view_permission(self, request, obj=None):
        return request.user.is_active and request.user.is_superuser

    has_module_permission = has_view_permission

    def erase_view(self, request):
        """Nothing is erased that was not shown: the form sends back the keys of what was found."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        asked = request.POST if request.method == "POST" else request.GET
        form, ground = PersonForm(asked if asked else None), GroundForm(request.POST or None)
        found, mentions = {}, []
        if form.is_valid():
            found, mentions = find_person(form.person), mentions_of(form.person)
        chosen = [key for key in request.POST.getlist("found") if key in found]
        if request.method == "POST" and ground.is_valid():
            if chosen:
                return self._erase(request, chosen, ground.cleaned_data["ground"])
            messages.warning(request, gettext("Nothing was chosen, nothing was erased."))
        context = {
            **self.admin_site.each_context(request), "title": gettext("Erase a person"), "opts": self.opts,
            "form": form, "ground": ground, "found": found, "mentions": mentions,
        }  # fmt: skip
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/history/erase.html", context)

    def _erase(self, request, keys: list[str], ground: str):
        erasure = erase(keys=keys, ground=ground, by=request.user)
        count = self.number(erasure)
        text = ngettext(
            "%(count)d record was erased with all its versions.",
            "%(count)d records were erased with all their versions.",
            count,
        )
        messages.success(request, text % {"count": count})
        return redirect("admin:history_erasure_changelist")
