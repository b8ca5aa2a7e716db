"""What placing adds to the admin of actors: the desk over each of its lists, the page of a gap, a new actor for it."""

from collections.abc import Callable

from django.contrib import admin
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.urls import path, reverse

from actors.models import Actor, ApplicationFocus, LayerPlacement
from actors.rules import can_edit
from applications.models import ApplicationArea
from clusterportal.placing.admin.desk import Desk
from clusterportal.placing.admin.gap import GapPage
from layers.models import Layer


class PlacesActors(admin.ModelAdmin):
    """For the admin of actors: the desk over every list of it, and the page of a gap in the matrix."""

    def get_urls(self):
        own: dict[str, tuple[str, Callable]] = {
            "placing/": ("placing", self.placing_view),
            "placing/<int:pk>/": ("place", self.place_view),
            "placing/end/": ("placed", self.placed_view),
            "gap/": ("gap", self.gap_view),
        }
        view = self.admin_site.admin_view
        return [
            path(route, view(function), name=f"actors_actor_{name}")
            for route, (name, function) in own.items()
        ] + super().get_urls()

    def changelist_view(self, request, extra_context=None):
        """The list leads to the desk with its own filters."""
        context = extra_context or {}
        if can_edit(request.user):
            context |= {"placing_url": f"{reverse('admin:actors_actor_placing')}?{request.GET.urlencode()}"}
        return super().changelist_view(request, context)

    # ---------- a new actor for a gap ----------
    def get_inline_instances(self, request, obj=None):
        inlines = super().get_inline_instances(request, obj)
        for inline in inlines if obj is None else []:
            if _first_row(request, inline):
                inline.extra = 1
        return inlines

    def get_formset_kwargs(self, request, obj, inline, prefix):
        """The first rows of layers and areas are filled; what is sent is compared with empty rows, so it is saved."""
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        if request.method == "GET" and obj.pk is None and (row := _first_row(request, inline)):
            kwargs["initial"] = [row]
        return kwargs

    # ---------- the desk ----------
    def wait_for_review(self, request, actor: Actor, save: Callable[[], object]) -> bool:
        """Hands what `save` would write to those who review it; whether it differs. Rooms above know how."""
        raise PermissionDenied

    def placing_view(self, request):
        _may_place(request)
        return Desk(self, request).enter()

    def place_view(self, request, pk: int):
        _may_place(request)
        return Desk(self, request).respond(pk)

    def placed_view(self, request):
        _may_place(request)
        return Desk(self, request).end()

    def gap_view(self, request):
        _refuse_signs_that_nothing_holds(request)
        if not self.has_view_permission(request):
            raise PermissionDenied
        return GapPage(self, request).respond()


def _first_row(request, inline) -> dict:
    """What the address of a new actor says of its layer or area, for the part of the page that holds these."""
    if inline.model is LayerPlacement and request.GET.get("layer"):
        layer = Layer.objects.filter(slug=request.GET["layer"]).first()
        return {"layer": layer.pk, "is_primary": True} if layer else {}
    if inline.model is ApplicationFocus and request.GET.get("area"):
        area = ApplicationArea.objects.active().filter(slug=request.GET["area"]).first()
        return {"area": area.pk} if area else {}
    return {}


def _refuse_signs_that_nothing_holds(request) -> None:
    if any("\x00" in value for _name, values in request.GET.lists() for value in values):
        raise SuspiciousOperation("PostgreSQL holds no NUL characters, so nothing can be found by one.")


def _may_place(request) -> None:
    _refuse_signs_that_nothing_holds(request)
    if not can_edit(request.user):
        raise PermissionDenied
