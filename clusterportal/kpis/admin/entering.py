"""What is due, on one page; and templates that become a cluster's own indicators."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_POST

from clusterportal.clusters.models import Cluster
from clusterportal.clusters.rules import reaches_cluster
from clusterportal.core.admin_page import admin_page
from clusterportal.kpis.domain.board import with_values
from clusterportal.kpis.domain.due import due_of
from clusterportal.kpis.domain.recording import record_value, take_over
from clusterportal.kpis.forms import DueForm
from clusterportal.kpis.models import Kpi

MOST_ROWS = 60  # values on the page at once


@csrf_protect
def enter(request):
    """The due values of the own clusters, or of one of them; each row is saved for itself when it says something."""
    if not request.user.has_perm("kpis.change_kpi"):
        raise PermissionDenied
    today = timezone.localdate()
    chosen = request.GET.get("cluster", "")
    clusters = list(Cluster.objects.curated_by(request.user))
    kpis = Kpi.objects.curated_by(request.user).filter(is_active=True, cluster__isnull=False)
    if chosen:  # whatever was typed into the address
        kpis = kpis.filter(cluster__in=[one.pk for one in clusters if one.slug == chosen])
    due = due_of(with_values(kpis.select_related("cluster"), today=today), today=today)
    forms = [DueForm(request.POST or None, due=one) for one in due[:MOST_ROWS]]
    wrong = [
        form for form in forms if not form.is_valid()
    ]  # all are asked, so that each says what is wrong with it
    if request.method == "POST" and not wrong:
        count = _save(forms, by=request.user)
        said = ngettext("%(count)s value is saved.", "%(count)s values are saved.", count)
        messages.success(request, said % {"count": count})
        return redirect(request.get_full_path())
    context = {
        "title": _("Enter values"),
        "opts": Kpi._meta,
        "forms": forms,
        "left_out": len(due) - len(forms),
        "clusters": clusters,
        "chosen": chosen,
    }
    return admin_page(request, "admin/kpis/enter.html", context)


@transaction.atomic
def _save(forms: list[DueForm], *, by) -> int:
    spoken = [form for form in forms if form.says_something]
    for form in spoken:
        said = form.cleaned_data
        record_value(
            kpi=form.due.kpi,
            period=form.due.period,
            value=said["value"],
            reason=said["reason"],
            note=said["note"],
            by=by,
        )
    return len(spoken)


@csrf_protect
@require_POST
def take_over_templates(request, pk: int):
    """The templates become indicators of the cluster `pk`."""
    cluster = get_object_or_404(Cluster, pk=pk)
    if not reaches_cluster(request.user, cluster.pk):
        raise PermissionDenied
    count = len(take_over(cluster=cluster, by=request.user))
    said = ngettext("%(count)s indicator is taken over.", "%(count)s indicators are taken over.", count)
    messages.success(request, said % {"count": count})
    return redirect(f"{reverse('admin:kpis_kpi_enter')}?cluster={cluster.slug}")
