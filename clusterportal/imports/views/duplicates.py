"""Actors of one import that look like others: the pairs that wait for a decision, and searching for them now."""

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404
from django.shortcuts import redirect

from clusterportal.imports.enums import ImportNoun, RunState
from clusterportal.imports.models import ImportRun
from clusterportal.imports.views.pages import address, page, run_of, step_of
from clusterportal.intake.identity.reasons import for_display
from clusterportal.quality.admin.searching import search_now
from clusterportal.quality.models import DuplicatePair

PER_PAGE = 25


def duplicates(request, pk: int):
    """Open pairs of which the import made or changed at least one actor; sending the form has all searched."""
    run = run_of(request, pk)
    if run.noun != ImportNoun.ACTORS:
        raise Http404
    if run.state != RunState.DONE:
        return redirect(address(step_of(run), run))
    if request.method == "POST":
        search_now(request)
        return redirect(address("duplicates", run))
    at = Paginator(_pairs(run, request.user), PER_PAGE).get_page(request.GET.get("page"))
    return page(
        request,
        "duplicates",
        run,
        step="result",
        at=at,
        pairs=[(pair, for_display(pair.reasons)) for pair in at.object_list],
    )


def _pairs(run: ImportRun, user):
    own = run.rows.written().values("record")
    pairs = DuplicatePair.objects.open().curated_by(user).filter(Q(first__in=own) | Q(second__in=own))
    return pairs.select_related("first", "second").order_by("-score", "pk")
