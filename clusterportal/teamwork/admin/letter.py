"""Letters that were sent: who wrote what to whom, when, and what became of each mail."""

from typing import cast

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.decorators import display

from clusterportal.core.admin import PortalAdmin, ReadOnlyAdmin
from clusterportal.core.admin_page import admin_page
from clusterportal.core.outbox import MAILS_A_PAGE, TROUBLED, MailState
from clusterportal.core.sent_numbers import sent_number
from clusterportal.teamwork.domain.letters import body
from clusterportal.teamwork.domain.outbox import look_after_lost_ones, send_again
from clusterportal.teamwork.forms import named
from clusterportal.teamwork.models import Letter, OutgoingMail
from clusterportal.teamwork.querysets import LetterQuerySet
from clusterportal.teamwork.rules import can_write_letters

UNFINISHED = [MailState.WAITING, MailState.SENDING]


@admin.register(Letter)
class LetterAdmin(ReadOnlyAdmin, PortalAdmin):
    list_display = ["subject", "writer", "created_at", "sent", "waiting", "troubled"]
    list_select_related = ["by"]
    list_filter_submit = False
    search_fields = ["subject", "text"]
    ordering = ["-created_at", "-pk"]
    actions = None

    def get_queryset(self, request):
        return (
            cast(LetterQuerySet, super().get_queryset(request))
            .visible_to(request.user)
            .annotate(
                sent_count=Count("mails", filter=Q(mails__state=MailState.SENT)),
                waiting_count=Count("mails", filter=Q(mails__state__in=UNFINISHED)),
                troubled_count=Count("mails", filter=Q(mails__state__in=TROUBLED)),
            )
        )

    def has_view_permission(self, request, obj=None):
        return can_write_letters(request.user)

    def has_module_permission(self, request):
        return can_write_letters(request.user)

    @display(description=gettext_lazy("Written by"), ordering="by__username", empty_value="–")
    def writer(self, letter):
        return named(letter.by) if letter.by else None

    @display(description=MailState.SENT.label, ordering="sent_count")
    def sent(self, letter):
        return letter.sent_count

    @display(description=gettext_lazy("On the way"), ordering="waiting_count")
    def waiting(self, letter):
        return letter.waiting_count

    @display(description=gettext_lazy("Refused or unclear"), ordering="troubled_count")
    def troubled(self, letter):
        return letter.troubled_count

    # ---------- one letter ----------
    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if not can_write_letters(request.user):
            raise PermissionDenied
        if object_id is None:
            raise PermissionDenied  # letters begin at the list of actors
        letter = self.get_object(request, object_id)
        if letter is None:
            raise Http404(_("There is no such letter."))
        if request.method == "POST":
            look_after_lost_ones()  # what nobody can tell may be sent again
            return self._send_again(request, letter)
        mails = Paginator(letter.mails.select_related("actor"), MAILS_A_PAGE)
        context = {
            "title": letter.subject,
            "opts": self.opts,
            "letter": letter,
            "text": body(letter.text, language=letter.language),
            "mails": mails.get_page(request.GET.get("page")),
            "may_send_again": letter.by_id == request.user.pk,
        }
        return admin_page(request, "admin/teamwork/letter.html", context)

    def _send_again(self, request, letter):
        asked = sent_number(request.POST.get("mail"))
        mail = get_object_or_404(OutgoingMail.objects.select_related("letter"), letter=letter, pk=asked)
        send_again(mail=mail, by=request.user)
        messages.success(request, _("The mail to %(address)s goes out once more.") % {"address": mail.to})
        return redirect(letter.get_absolute_url())
