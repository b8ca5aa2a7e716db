"""The page on which a selection is changed: what shall change, what that would do, and doing it."""

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actors.models import Actor
from clusterportal.bulk.admin.actor_list import list_address
from clusterportal.bulk.domain.changing import Prospect, change, foresee
from clusterportal.bulk.forms import WishesForm
from clusterportal.bulk.models import Selection
from clusterportal.core.admin_page import admin_page
from clusterportal.history.admin.taking_back import offer_to_take_back

NAMED = 12  # actors that the page names


class SelectionPage:
    """One request to the page. It works without a script: first the form, then what it would do, then the act."""

    def __init__(self, model_admin, request, selection: Selection):
        self.model_admin, self.request, self.selection = model_admin, request, selection

    def respond(self):
        if self.request.method != "POST":
            return self._page("form", form=WishesForm(user=self.request.user))
        form = WishesForm(self.request.POST, user=self.request.user)
        if not form.is_valid() or "again" in self.request.POST:
            return self._page("form", form=form)
        if "write" in self.request.POST:
            return self._write(form)
        prospect = foresee(self.selection.keys, form.wishes(), by=self.request.user)
        return self._page("look", form=form, prospect=prospect, sent=self._sent(form))

    def _write(self, form: WishesForm):
        done = change(self.selection.keys, form.wishes(), by=self.request.user)
        self._tell(done)
        address = self._back()
        offer_to_take_back(self.request, back_to=address)
        return redirect(address)

    def _tell(self, done: Prospect) -> None:
        told = [f"{effect.label}: {effect.count}" for effect in done.effects if effect.count]
        if told:
            messages.success(self.request, " · ".join(told))
        else:
            messages.info(self.request, _("Nothing had to be changed."))
        if left := done.chosen - done.writable:
            text = ngettext(
                "%(count)d actor was left as it is: public ones of it need review, or it is out of your reach.",
                "%(count)d actors were left as they are: public ones need review, others are out of your reach.",
                left,
            )
            messages.warning(self.request, text % {"count": left})

    def _sent(self, form: WishesForm) -> list[tuple[str, str]]:
        """What was asked for, to be sent along once more."""
        names = [name for name in form.fields if name in self.request.POST]
        return [(name, value) for name in names for value in self.request.POST.getlist(name) if value]

    def _back(self) -> str:
        """The list as it was filtered when the selection was made."""
        query = self.request.GET.get("list", "")
        return list_address(query)

    def _page(self, name: str, **context) -> TemplateResponse:
        actors = Actor.objects.with_keys(self.selection.keys).curated_by(self.request.user)
        page = {
            "title": _("Change the selection"),
            "opts": self.model_admin.opts,
            "count": len(self.selection.keys),
            "actors": actors.by_name()[:NAMED],
            "back": self._back(),
            **context,
        }
        return admin_page(self.request, f"admin/bulk/{name}.html", page)
