"""The board of one's clusters: what is mine to do, what colleagues did, what waits, how far we are."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_POST

from actors.admin.reach import NO_TEAM, works_for_no_cluster
from actors.rules import can_publish
from clusterportal.clusters.rules import leads_a_cluster
from clusterportal.core.admin_page import admin_page
from clusterportal.history.admin.changes import page_of_record
from clusterportal.teamwork.domain import board
from clusterportal.teamwork.domain.news import rhythm_of, set_rhythm
from clusterportal.teamwork.domain.picture import picture_of
from clusterportal.teamwork.forms import RhythmForm, named
from clusterportal.teamwork.models import Note
from clusterportal.teamwork.rules import can_read_notes


def show_board(request):
    user = request.user
    if not can_read_notes(user):
        raise PermissionDenied
    clusters = board.clusters_within_reach(user)
    cluster = next(
        (one for one in clusters if one.slug == request.GET.get("cluster")), next(iter(clusters), None)
    )
    has_cockpit = leads_a_cluster(user)
    ages, oldest = ([], []) if has_cockpit else board.queue(user)
    days = board.days_of(cluster) if cluster else []
    context = {
        "title": _("My clusters"),
        "opts": Note._meta,
        "no_team": NO_TEAM if works_for_no_cluster(user) else "",
        "clusters": clusters,
        "cluster": cluster,
        "follow_ups": board.follow_ups(user),
        "drafts": board.own_drafts(user),
        "changes": _with_pages(board.of_colleagues_today(user)),
        "has_cockpit": has_cockpit,
        "ages": ages,
        "oldest": oldest,
        "runs": board.imports_of_the_week(user),
        "team": [{"person": one, "name": named(one)} for one in board.team_of(clusters)],
        "picture": picture_of(days) if days else None,
        "weeks": board.by_week(days),
        "rhythm": RhythmForm(initial={"rhythm": rhythm_of(user)}) if can_publish(user) else None,
        "shown": board.SHOWN,
    }
    return admin_page(request, "admin/teamwork/board.html", context)


@csrf_protect
@require_POST
def set_own_rhythm(request):
    """How often the person is told of proposals."""
    if not can_read_notes(request.user):
        raise PermissionDenied
    form = RhythmForm(request.POST)
    if form.is_valid():
        set_rhythm(person=request.user, rhythm=form.cleaned_data["rhythm"])
        messages.success(request, _("Your choice is kept."))
    return redirect(reverse("admin:teamwork_note_board"))


def _with_pages(changes: list) -> list:
    for change in changes:
        change.url = page_of_record(change)
    return changes
