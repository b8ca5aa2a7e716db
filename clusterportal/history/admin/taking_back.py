"""The page on which any act is taken back: what would go back, what stays and why, and the button."""

from urllib.parse import quote
from uuid import UUID

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from pghistory.models import Context

from clusterportal.core.admin_page import admin_page
from clusterportal.history.acts import current_act, words_of
from clusterportal.history.undo import foresee, take_back


class TakingBack:
    """One request to the page of one act."""

    def __init__(self, admin_site, request, act_id: UUID):
        self.admin_site, self.request, self.act_id = admin_site, request, act_id

    def respond(self):
        if not (act := Context.objects.filter(pk=self.act_id).first()):
            raise Http404
        if self.request.method == "POST":
            return self._take_back()
        context = {
            "title": _("Take back an act"),
            "words": words_of(act.metadata),
            "person": act.metadata.get("username", ""),
            "at": act.created_at,
            "prospect": foresee(self.act_id, by=self.request.user),
            "act_url": f"{reverse('admin:history_revision_changelist')}?act={self.act_id}",
            "next": self._next(self.request.GET),
        }
        return admin_page(self.request, "admin/history/undo.html", context)

    def _take_back(self):
        undone = take_back(self.act_id, by=self.request.user)
        text = ngettext(
            "%(count)d record is as it was before.",
            "%(count)d records are as they were before.",
            undone.restored,
        )
        messages.success(self.request, text % {"count": undone.restored})
        if undone.kept_count:
            text = ngettext(
                "%(count)d record was edited since or is not yours to edit, and stays as it is: %(names)s",
                "%(count)d records were edited since or are not yours to edit, and stay as they are: %(names)s",
                undone.kept_count,
            )
            names = ", ".join(f"{one.kind_label} {one.title} ({one.reason})" for one in undone.kept[:10])
            names += " …" if undone.kept_count > 10 else ""
            messages.warning(self.request, text % {"count": undone.kept_count, "names": names})
        offer_to_take_back(self.request)
        return redirect(self._next(self.request.POST))

    def _next(self, sent) -> str:
        asked = sent.get("next", "")
        is_ours = url_has_allowed_host_and_scheme(asked, allowed_hosts=None) and asked.startswith("/")
        return asked if is_ours else reverse("admin:history_revision_changelist")


def offer_to_take_back(request, *, back_to: str = "") -> None:
    """Say under what was done just now where it can be taken back; nothing where nothing was written."""
    act_id = current_act()
    if not Context.objects.filter(pk=act_id).exists():
        return
    address = reverse("admin:history_undo", args=[act_id])
    address += f"?next={quote(back_to)}" if back_to else ""
    messages.info(
        request, format_html('{} <a href="{}">{}</a>', _("Not what you meant?"), address, _("Take it back …"))
    )
