"""Pages on the criteria of one cluster: live, assessing, one assessment as it was frozen, its report and its proofs."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_protect

from clusterportal.clusters.models import Cluster
from clusterportal.clusters.rules import can_manage
from clusterportal.core.admin_page import admin_page
from clusterportal.core.downloads import as_download
from clusterportal.core.kept_files import BadFile
from clusterportal.core.sent_numbers import sent_number
from clusterportal.labels.domain import assessing
from clusterportal.labels.domain.checking import asked, check, chosen_criteria
from clusterportal.labels.domain.checking import live as live_criteria
from clusterportal.labels.domain.facts import Facts
from clusterportal.labels.domain.frozen_assessment import entries_of
from clusterportal.labels.domain.report import report_of
from clusterportal.labels.domain.rules import RULES
from clusterportal.labels.forms import AssessmentForm, SetsForm, first_values
from clusterportal.labels.models import CriteriaAssessment, CriteriaSet, Proof, SetChoice

MOST_CLUSTERS = 60
LAST_SHOWN = 20  # assessments beside a cluster; the list holds all
MOST_ACTORS = 60  # named as evidence on the page; the report holds all


def own_clusters(user):
    """The clusters whose criteria the person works with, with the number of their lists."""
    own = Cluster.objects.curated_by(user)
    return own.annotate(set_count=Count("setchoice_records", distinct=True))[:MOST_CLUSTERS]


@csrf_protect
def live(request, pk: int):
    """What holds today by the lists that the cluster goes by, and which lists these are."""
    cluster = _cluster(request, pk)
    may_choose = can_manage(request.user, SetChoice(cluster=cluster), "add")
    chosen = CriteriaSet.objects.filter(choices__cluster=cluster)
    form = SetsForm(request.POST or None, initial={"sets": chosen})
    if request.method == "POST":
        if not may_choose:
            raise PermissionDenied
        if form.is_valid():
            assessing.choose_sets(cluster=cluster, sets=form.cleaned_data["sets"], by=request.user)
            messages.success(request, _("The cluster goes by these lists now."))
            return redirect("admin:labels_criteriaassessment_live", cluster.pk)
    assessments = CriteriaAssessment.objects.filter(cluster=cluster).select_related("criteria_set", "by")
    context = {
        "original": cluster,
        "cluster": cluster,
        "chosen": chosen,
        "form": form if may_choose else None,
        "criteria": live_criteria(cluster, chosen_criteria(cluster), as_of=timezone.localdate()),
        "assessments": assessments[:LAST_SHOWN],
        "may_assess": can_manage(request.user, CriteriaAssessment(cluster=cluster), "add"),
    }
    return _page(request, "admin/labels/live.html", _("Criteria"), context)


@csrf_protect
def assess(request, pk: int, set_pk: int):
    """The form of a new assessment: live values, and what the management says beside them."""
    cluster = _cluster(request, pk)
    if not can_manage(request.user, CriteriaAssessment(cluster=cluster), "add"):
        raise PermissionDenied
    criteria_set = get_object_or_404(CriteriaSet, pk=set_pk)
    criteria, today = list(criteria_set.criteria.all()), timezone.localdate()
    last = CriteriaAssessment.objects.filter(cluster=cluster, criteria_set=criteria_set).first()
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = AssessmentForm(*sent, criteria=criteria, initial=first_values(last.findings) if last else {})
    if request.method == "POST" and form.is_valid():
        try:
            made = assessing.assess(
                cluster=cluster,
                criteria_set=criteria_set,
                by=request.user,
                own=form.own_views(),
                remark=form.cleaned_data["remark"],
            )
        except BadFile as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The assessment is frozen as of today."))
            return redirect("admin:labels_criteriaassessment_change", made.pk)
    facts = Facts(cluster, today)
    rows = [
        {
            "criterion": one,
            "checked": check(one.rule, asked(one, cluster), facts) if one.rule in RULES else None,
            "fields": form.fields_of(one.code),
        }
        for one in criteria
    ]
    context = {
        "original": cluster,
        "cluster": cluster,
        "criteria_set": criteria_set,
        "form": form,
        "rows": rows,
        "last": last,
    }
    return _page(request, "admin/labels/assess.html", _("Assess"), context)


def frozen(request, object_id):
    """One assessment as it was made, beside what holds today."""
    assessment = _assessment(request, object_id)
    entries = entries_of(assessment, beside=timezone.localdate())
    context = {
        "assessment": assessment,
        "cluster": assessment.cluster,
        "original": assessment,
        "entries": entries,
        "most_actors": MOST_ACTORS,
    }
    return _page(request, "admin/labels/assessment.html", _("Assessment"), context)


def report(request, pk: int):
    """The assessment as an accessible PDF, in the language of the admin."""
    assessment = _assessment(request, pk)
    name = f"{assessment.cluster.slug}-{assessment.criteria_set.slug}-{assessment.assessed_on}.pdf"
    answer = HttpResponse(report_of(assessment, language=get_language()), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def proof(request, pk: int):
    """A file for the team of the cluster."""
    kept = get_object_or_404(Proof.objects.select_related("assessment"), pk=pk)
    if not can_manage(request.user, kept.assessment, "view"):
        raise PermissionDenied
    return as_download(kept)


def _cluster(request, pk: int) -> Cluster:
    cluster = get_object_or_404(Cluster.objects.with_region(), pk=pk)
    if not can_manage(request.user, CriteriaAssessment(cluster=cluster), "view"):
        raise PermissionDenied
    return cluster


def _assessment(request, pk) -> CriteriaAssessment:
    """Keys of the address are words until now."""
    every = CriteriaAssessment.objects.select_related("cluster__region", "criteria_set", "by")
    assessment = get_object_or_404(every.prefetch_related("proofs"), pk=sent_number(pk))
    if not can_manage(request.user, assessment, "view"):
        raise PermissionDenied
    return assessment


def _page(request, template: str, title: str, context: dict):
    return admin_page(request, template, {"title": title, "opts": CriteriaAssessment._meta, **context})
