"""Writing to the contacts of chosen actors: the letter, who gets it, and only then it is sent."""

from uuid import UUID, uuid4

from django.contrib import admin, messages
from django.shortcuts import redirect
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from actors.admin.actions import ActorActions
from actors.models import Actor
from clusterportal.core.admin_page import admin_page
from clusterportal.teamwork.domain.letters import (
    Distribution,
    LetterError,
    body,
    distribution,
    filled,
    send_letter,
)
from clusterportal.teamwork.forms import LetterForm
from clusterportal.teamwork.rules import can_write_letters

SHOWN = 200  # recipients that the preview names; of the others it says how many


class WritesLetters(ActorActions):
    """Mixin for the admin of actors: the action by which letters begin."""

    actions = [*ActorActions.actions, "write_to_contacts"]

    def has_letter_permission(self, request) -> bool:
        return can_write_letters(request.user)

    @admin.action(description=gettext_lazy("Write to the contacts …"), permissions=["letter"])
    def write_to_contacts(self, request, queryset):
        """First the form, then the preview, then it is sent; each step carries the choice of actors on."""
        actors = Actor.objects.filter(pk__in=list(queryset.values_list("pk", flat=True)))
        step = next((name for name in ("send", "preview", "edit") if name in request.POST), "")
        form = LetterForm(request.POST if step else None)
        if step not in ("send", "preview") or not form.is_valid():
            return self._letter_form(request, actors, form)
        try:
            to = distribution(actors=actors, kinds=form.cleaned_data["kinds"], by=request.user)
            if step == "send" and request.POST.get("seen") == to.version:
                letter = send_letter(
                    ticket=_ticket(request),
                    subject=form.cleaned_data["subject"],
                    text=form.cleaned_data["text"],
                    to=to,
                    by=request.user,
                )
                count = len(to.addressees)
                text = ngettext("%(count)d mail is on its way.", "%(count)d mails are on their way.", count)
                messages.success(request, text % {"count": count})
                return redirect(letter.get_absolute_url())
        except LetterError as refused:
            messages.error(request, str(refused))
            return self._letter_form(request, actors, form)
        if step == "send":
            messages.warning(request, _("Nothing was sent: the recipients have changed. Please look again."))
        return self._preview(request, form, to)

    def _letter_form(self, request, actors, form: LetterForm):
        context = self._page(request, _("Write to the contacts")) | {
            "form": form,
            "actors": actors.by_name()[:20],
            "count": actors.count(),
            "reply_to": request.user.email,
        }
        return admin_page(request, "admin/teamwork/write.html", context)

    def _preview(self, request, form: LetterForm, to: Distribution):
        text, first = form.cleaned_data["text"], next(iter(to.addressees), None)
        values = {"name": first.name, "about": first.about} if first else {"name": "", "about": ""}
        context = self._page(request, _("Send this letter?")) | {
            "form": form,
            "to": to,
            "shown": to.addressees[:SHOWN],
            "more": max(len(to.addressees) - SHOWN, 0),
            "without": to.without[:SHOWN],
            "subject": filled(form.cleaned_data["subject"], **values),
            "text": body(filled(text, **values), language=get_language() or ""),
            "ticket": request.POST.get("ticket") or uuid4(),
            "reply_to": request.user.email,
        }
        return admin_page(request, "admin/teamwork/letter_preview.html", context)


def _ticket(request) -> UUID:
    try:
        return UUID(request.POST.get("ticket", ""))
    except ValueError:
        return uuid4()
