"""Erasing a person in the admin: look for them, see what holds them, choose, erase. For administrators."""

import logging

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import path
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display
from unfold.widgets import UnfoldAdminEmailInputWidget, UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from clusterportal.core.admin import PortalAdmin, ReadOnlyAdmin
from clusterportal.core.admin_page import admin_page
from clusterportal.history.erasure import TEXT, PersonFinding, erase, look_for
from clusterportal.history.models import Erasure, Ground
from clusterportal.history.person import Person, possible_phone
from clusterportal.history.person_data import data_of
from clusterportal.history.person_files import file_of

logger = logging.getLogger(__name__)


class PersonForm(forms.Form):
    name = forms.CharField(
        label=_("Name"),
        max_length=160,
        required=False,
        widget=UnfoldAdminTextInputWidget,
        help_text=_("First name and surname, in any order. Titles, accents and umlauts make no difference."),
    )
    email = forms.EmailField(label=_("E-mail"), required=False, widget=UnfoldAdminEmailInputWidget)
    phone = forms.CharField(
        label=_("Phone"),
        max_length=40,
        required=False,
        validators=[possible_phone],
        widget=UnfoldAdminTextInputWidget,
        help_text=_("The person's own number, not one that a whole house shares."),
    )

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        if not self.errors and not any(cleaned.get(name, "").strip() for name in self.fields):
            raise forms.ValidationError(_("Give the name, the e-mail address or the telephone number."))
        if not self.errors and cleaned["name"].strip() and not self.person.words:
            self.add_error("name", _("Give first name and surname: a single word names many people."))
        return cleaned

    @property
    def person(self) -> Person:
        return Person(**{name: value.strip() for name, value in self.cleaned_data.items()})


class GroundForm(forms.Form):
    ground = forms.ChoiceField(label=_("Ground"), choices=Ground, widget=UnfoldAdminSelectWidget)


@admin.register(Erasure)
class ErasureAdmin(ReadOnlyAdmin, PortalAdmin):
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
        """Nothing is erased that was not shown: the form sends back the keys of what was found.

        Only sent forms name the person: addresses stand in the history of browsers and in logs.
        """
        if not self.has_view_permission(request):
            raise PermissionDenied
        form = PersonForm(request.POST if request.method == "POST" else None)
        ground = GroundForm(request.POST if "ground" in request.POST else None)
        context = {
            "title": gettext("Inform or erase a person"),
            "opts": self.opts,
            "form": form,
            "ground": ground,
            "marks_all": "all" in request.POST,
        }
        if form.is_valid():
            found = look_for(form.person)
            chosen = [key for key in request.POST.getlist("found") if key in found.findings]
            if "give" in request.POST and chosen:
                return _handed_over(request, form.person, chosen)
            if "erase" in request.POST and ground.is_valid():
                if chosen:
                    context |= self._erase(request, form.person, chosen, ground.cleaned_data["ground"])
                    found = look_for(form.person)
                else:
                    messages.warning(request, gettext("Nothing was chosen, nothing was erased."))
            own: dict[str, PersonFinding] = {}
            texts: dict[str, PersonFinding] = {}
            for key, one in found.findings.items():
                (texts if key.startswith(f"{TEXT}:") else own)[key] = one
            context |= {"found": found, "own": own, "texts": texts, "chosen": chosen}
        return admin_page(request, "admin/history/erase.html", context)

    def _erase(self, request, person: Person, keys: list[str], ground: str) -> dict:
        erasure, done = erase(person=person, keys=keys, ground=ground, by=request.user)
        count = self.number(erasure)
        text = ngettext(
            "%(count)d record was erased with all its versions.",
            "%(count)d records were erased with all their versions.",
            count,
        )
        messages.success(request, text % {"count": count})
        return {"is_done": True, "failed": done.failed}


def _handed_over(request, person: Person, keys: list[str]) -> HttpResponse:
    """What was chosen as a file, for the person; that it was made is noted, without whom it is about."""
    logger.info("Data of a person were given out by account %s: %d records.", request.user.pk, len(keys))
    return file_of(data_of(person, is_chosen=lambda key, _finding: key in keys), format=request.POST["give"])
