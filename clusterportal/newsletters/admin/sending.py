"""The desk of one issue: preview, test mail, schedule, progress, and the mails of which nobody knows."""

from csp.decorators import csp_replace
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_POST

from clusterportal.clusters.rules import can_manage, reaches_all_clusters
from clusterportal.core.admin_page import admin_page
from clusterportal.core.models import Standstill
from clusterportal.core.outbox import MAILS_A_PAGE, TROUBLED, MailState
from clusterportal.core.sent_numbers import sent_numbers
from clusterportal.core.standstill import allow_sending
from clusterportal.newsletters.domain import scheduling, trial_mail
from clusterportal.newsletters.domain.attention import troubled, with_progress
from clusterportal.newsletters.forms import ScheduleForm
from clusterportal.newsletters.models import Issue, MailingList, Subscription, Suppression


@csrf_protect
def desk(request, pk: int):
    """One issue on its way out; everything is done by a POST that says what (`do`)."""
    issue = _issue(request, pk)
    form = ScheduleForm(request.POST if request.POST.get("do") == "schedule" else None)
    if request.method == "POST" and (form.is_valid() or not form.is_bound):
        try:
            _carry_out(request, issue, form)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        return redirect("admin:newsletters_issue_sending", issue.pk)
    unknown = issue.mails.filter(state__in=TROUBLED).order_by("state", "to")
    if not request.user.has_perm("newsletters.view_subscription"):
        unknown = unknown.none()  # who writes issues sees how many there are, and no address
    lists = MailingList.objects.filter(cluster=issue.cluster_id, language__in=issue.languages)
    readers = Subscription.objects.filter(list__in=lists).reachable(Suppression.objects.all())
    context = {
        "title": str(issue),
        "opts": Issue._meta,
        "issue": issue,
        "counts": [(state.label, getattr(issue, f"{state.value}_count")) for state in MailState],
        "reader_count": readers.values("email").distinct().count(),
        "troubled": Paginator(unknown, MAILS_A_PAGE).get_page(request.GET.get("page")),
        "form": form,
        "may_send": scheduling.may_send(request.user, issue),
        **standstill(),
    }
    return admin_page(request, "admin/newsletters/sending.html", context)


def _carry_out(request, issue: Issue, form: ScheduleForm) -> None:
    by, do = request.user, request.POST.get("do", "")
    if do == "schedule":
        scheduling.schedule(issue=issue, at=form.cleaned_data["at"] or timezone.now(), by=by)
        messages.success(request, _("The issue is scheduled."))
    elif do == "test":
        trial_mail.order_test(issue=issue, language=request.POST.get("language", ""), by=by)
        messages.success(request, _("A test mail goes to %(address)s.") % {"address": by.email})
    elif do == "again":
        asked = sent_numbers(request.POST.getlist("mail"))
        sent = scheduling.send_again(issue=issue, mails=asked, by=by)
        text = ngettext("%(count)d mail goes out once more.", "%(count)d mails go out once more.", sent)
        messages.success(request, text % {"count": sent})
    elif act := {"back": scheduling.take_back, "stop": scheduling.stop, "release": scheduling.release}.get(
        do
    ):
        act(issue=issue, by=by)
    else:
        raise Http404


# The styles of a mail stand in its elements; nothing else is opened on this page.
@csp_replace({"script-src": ["'none'"], "style-src": ["'unsafe-inline'"]})  # type: ignore[arg-type]  # of a view with arguments
def preview(request, pk: int, language: str, kind: str):
    """The issue as a reader would get it, HTML or text."""
    issue = _issue(request, pk)
    if language not in issue.languages or kind not in ("html", "txt"):
        raise Http404(_("There is no such preview."))
    text, html = trial_mail.as_seen(issue, language=language)
    if kind == "html":
        return HttpResponse(html)
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@csrf_protect
@require_POST
def allow(request):
    """An administrator says that a restored portal may send again."""
    if not reaches_all_clusters(request.user):
        raise PermissionDenied
    allow_sending()
    messages.success(request, _("Mails go out again. Held issues still ask one by one."))
    return redirect("admin:newsletters_issue_changelist")


def standstill() -> dict:
    """For the pages: whether the portal was restored and nothing goes out."""
    return {"standstill": Standstill.objects.first()}


def _issue(request, pk: int) -> Issue:
    found = with_progress(Issue.objects.curated_by(request.user).select_related("cluster", "released_by"))
    issue = get_object_or_404(found, pk=pk)
    if not can_manage(request.user, issue, "view"):
        raise PermissionDenied
    return issue


def attention(user) -> list[dict]:
    """For the first page of the admin: issues that wait for a decision, if there are any; one query."""
    if not user.has_perm("newsletters.change_issue"):
        return []
    waiting = troubled(user).count()
    if not waiting:
        return []
    why = _("Held, or with mails of which nobody knows whether they left.")
    address = reverse("admin:newsletters_issue_changelist")
    return [{"label": _("Newsletters to decide"), "count": waiting, "url": address, "why": why}]
