"""The first page of the admin: what needs attention, where the region has gaps, what happened last."""

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from actors.admin.filters import (
    CURRENT,
    NONE,
    current,
    untranslated,
    waiting_for_clearance,
    without_place,
    without_placement,
)
from actors.admin.reach import NO_TEAM, works_for_no_cluster
from actors.domain.completeness import complete_condition
from actors.models import Actor
from applications.models import ApplicationArea
from clusterportal.core.publication import PublicationState, is_published
from clusterportal.history.act_list import read_acts
from clusterportal.history.admin.changes import page_of_record
from clusterportal.history.changes import sources_for
from layers.models import Layer

LATEST = 10


def add_registry(request, context: dict) -> None:
    """Adds what the reader may see of the registry: tasks, states and gaps."""
    if not request.user.has_perm("actors.view_actor"):
        return
    layers, areas = list(Layer.objects.all()), list(ApplicationArea.objects.active())
    counts = _counts(request.user)
    context |= {
        "no_team": NO_TEAM if works_for_no_cluster(request.user) else "",
        "tasks": _tasks(counts),
        "states": _states(counts),
        "total": counts["total"],
        "layers": layers,
        "areas": areas,
        "matrix": _matrix(layers, areas),
    }


def add_latest(request, context: dict) -> None:
    """Adds the latest acts of what the reader may see."""
    known = [*context.get("layers", ()), *context.get("areas", ())]
    context["latest"] = read_acts(sources_for(request.user), limit=LATEST, known=known)
    for act in context["latest"]:
        for change in act.changes:
            change.url = page_of_record(change)


def actor_list(**filters) -> str:
    """The address of the actor list under these filters."""
    return f"{reverse('admin:actors_actor_changelist')}?{urlencode(filters)}"


def _counts(user) -> dict[str, int]:
    wanted = {
        "incomplete": current() & ~Q(complete_condition()),
        "untranslated": current() & untranslated(),
        "placeless": current() & without_place(),
        "uncleared": current() & waiting_for_clearance(user),
        "unplaced": is_published() & Q(without_placement()),
        **{state: Q(state=state) for state in PublicationState.values},
    }
    return Actor.objects.curated_by(user).aggregate(
        total=Count("pk"), **{name: Count("pk", filter=condition) for name, condition in wanted.items()}
    )


def _tasks(counts: dict) -> list[dict]:
    tasks: list[tuple[str, str, dict[str, str]]] = [
        (_("In review"), "in_review", {"state": PublicationState.IN_REVIEW}),
        (_("Wait for clearance by a cluster"), "uncleared", {"state": CURRENT, "clearance": "waiting"}),
        (_("Published without a layer"), "unplaced", {"state": PublicationState.PUBLISHED, "layer": NONE}),
        (_("Incomplete"), "incomplete", {"state": CURRENT, "entry": "incomplete"}),
        (_("In one language only"), "untranslated", {"state": CURRENT, "needs": "translation"}),
        (_("Without coordinates"), "placeless", {"state": CURRENT, "needs": "place"}),
    ]
    return [
        {"label": label, "count": counts[name], "url": actor_list(**filters)}
        for label, name, filters in tasks
    ]


def _states(counts: dict) -> list[dict]:
    return [
        {"state": state, "label": label, "count": counts[state], "url": actor_list(state=state)}
        for state, label in PublicationState.choices
    ]


def _matrix(layers: list[Layer], areas: list[ApplicationArea]) -> list[dict]:
    """Published actors by area and layer, a cell for every pair; its strength is the count in four steps."""
    pairs = (
        Actor.objects.published().values_list("placements__layer", "foci__area").annotate(count=Count("pk"))
    )
    found = {(layer, area): count for layer, area, count in pairs.order_by()}
    most = max((found.get((layer.pk, area.pk), 0) for layer in layers for area in areas), default=0)

    def cell(layer, area) -> dict:
        count = found.get((layer.pk, area.pk), 0)
        return {
            "layer": layer,
            "count": count,
            "heat": -(-4 * count // most) if count else 0,
            "url": actor_list(state=PublicationState.PUBLISHED, layer=layer.slug, area=area.slug),
        }

    return [{"area": area, "cells": [cell(layer, area) for layer in layers]} for area in areas]
