"""Coordinates offered from postcode and town: filled in when asked for, saved only with the form."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.template.loader import render_to_string
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin
from unfold.decorators import display

from actors.domain.nearby import Point, point_of_address
from actors.rules import can_edit
from clusterportal.core.admin import SHOW_AGAIN

ASKED = "_locate"  # the button that fills the coordinates in
DIGITS = 5  # after the point: a metre, far finer than the middle of a town
_ADDRESS = ("postcode", "city", "country")


class OffersCoordinates(ModelAdmin):
    """For the admin of actors. The button works without a script; with one, nothing is loaded anew."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.coordinates_view)
        return [path("coordinates/", view, name="actors_actor_coordinates"), *super().get_urls()]

    @display(description=gettext_lazy("From postcode and town"))
    def coordinates_offer(self, actor):
        """The button, as a field of the form."""
        return render_to_string("admin/actors/actor/_locate.html", {"asked": ASKED})

    def coordinates_view(self, request):
        if not can_edit(request.user):
            raise PermissionDenied
        point = _point(request.GET)
        return JsonResponse(_fields(point) | {"text": _in_words(point)})

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.method == "POST" and ASKED in request.POST:
            point = _point(request.POST)
            filled = request.POST.copy()
            filled.update({SHOW_AGAIN: "1"})
            for name, value in _fields(point).items():
                filled[name] = value
            request.POST = filled
            (messages.info if point else messages.warning)(request, _in_words(point))
        return super().changeform_view(request, object_id, form_url, extra_context)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        actor = form.instance
        if actor.latitude is None and set(_ADDRESS) & set(form.changed_data):
            where = {name: getattr(actor, name) for name in _ADDRESS}
            if point := point_of_address(**where):
                text = _(
                    "The actor is not on the map yet. Coordinates of %(place)s are known: the button “Take "
                    "coordinates” on its page fills them in."
                )
                messages.info(request, text % {"place": point.name})


def _point(data) -> Point | None:
    said = {name: " ".join(data.get(name, "").split()) for name in _ADDRESS}
    return point_of_address(**said | {"country": said["country"].upper()})


def _fields(point: Point | None) -> dict[str, str]:
    """What is written into the form, as texts that a form of any language reads."""
    if point is None:
        return {}
    return {
        "latitude": str(round(point.latitude, DIGITS)),
        "longitude": str(round(point.longitude, DIGITS)),
        "location_accuracy": point.accuracy.value,
    }


def _in_words(point: Point | None) -> str:
    if point is None:
        return _("No coordinates are known for this postcode and town.")
    return _("Filled in, not saved yet: the middle of %(place)s, approximate.") % {"place": point.name}
