"""The page of a gap in the matrix: who is near it, who would fit in, and the way to a new actor for it."""

from django.http import Http404
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from actors.models import Actor
from actors.rules import can_edit
from applications.models import ApplicationArea
from clusterportal.core.admin_page import admin_page
from clusterportal.placing.domain.gaps import LOOKED_AT, Gap
from layers.models import Layer

SHOWN = 12  # actors of each list
LISTS = ("fits", "on_layer", "in_area")  # what `gap=` in the address of the desk names


def gap_of(request) -> Gap:
    """The gap that the address names, among the actors that the person works with. Raises Http404."""
    layer = Layer.objects.filter(slug=request.GET.get("layer", "")).first()
    area = ApplicationArea.objects.filter(slug=request.GET.get("area", "")).first()
    if layer is None or area is None:
        raise Http404
    return Gap(layer, area, Actor.objects.curated_by(request.user))


def actors_of_gap(request) -> list[int] | None:
    """The keys of the list of a gap that the desk is to walk through; None where the address names no such list."""
    wanted = request.GET.get("gap")
    if wanted not in LISTS:
        return None
    gap = gap_of(request)
    if wanted == "fits":
        return gap.fitting(among=Actor.objects.visible_to(request.user))
    actors = gap.on_layer() if wanted == "on_layer" else gap.in_area()
    return list(actors.values_list("pk", flat=True))


class GapPage:
    """One request to the page of a gap."""

    def __init__(self, model_admin, request):
        self.model_admin, self.request, self.gap = model_admin, request, gap_of(request)

    def respond(self):
        gap = self.gap
        may_place = can_edit(self.request.user)
        names = {"layer": gap.layer.slug, "area": gap.area.slug}
        context = {
            "title": _("Gap in the chain"),
            "opts": self.model_admin.opts,
            "layer": gap.layer,
            "area": gap.area,
            "lists": [self._list(code, names, may_place=may_place) for code in LISTS],
            "count_here": gap.actors.filter(placements__layer=gap.layer, foci__area=gap.area).count(),
            "list_url": f"{reverse('admin:actors_actor_changelist')}?{urlencode(names)}",
            "new_url": f"{reverse('admin:actors_actor_add')}?{urlencode(names)}"
            if self.model_admin.has_add_permission(self.request)
            else "",
        }
        return admin_page(self.request, "admin/placing/gap.html", context)

    def _list(self, code: str, names: dict, *, may_place: bool) -> dict:
        gap = self.gap
        texts = {
            "fits": (_("Would fit, by the suggestions"), _("No draft and no unplaced actor seems to fit.")),
            "on_layer": (
                _("On the layer, not in the area"),
                _("Nobody stands on the layer without the area."),
            ),
            "in_area": (
                _("In the area, not on the layer"),
                _("Nobody is in the area without the layer."),
            ),
        }
        if code == "fits":
            keys = gap.fitting(among=Actor.objects.visible_to(self.request.user))
            found = {actor.pk: actor for actor in gap.actors.with_keys(keys[:SHOWN]).for_list()}
            shown, total = [found[key] for key in keys[:SHOWN] if key in found], len(keys)
        else:
            actors = gap.on_layer() if code == "on_layer" else gap.in_area()
            shown, total = list(actors.for_list()[:SHOWN]), actors.count()
        candidates = gap.candidates().count() if code == "fits" else 0
        return {
            "code": code,
            "title": texts[code][0],
            "nothing": texts[code][1],
            "actors": shown,
            "total": total,
            "more": total - len(shown),
            "looked_at": min(candidates, LOOKED_AT),
            "candidates": candidates,
            "placing_url": f"{reverse('admin:actors_actor_placing')}?{urlencode(names | {'gap': code})}"
            if may_place and total
            else "",
        }
