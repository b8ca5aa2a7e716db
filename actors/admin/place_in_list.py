"""From one actor of a list to the next: the page of an actor knows its place in the list it was opened from."""

import copy
from dataclasses import dataclass

from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import SuspiciousOperation
from django.db import connection
from django.db.models import Window
from django.db.models.functions import Lag, Lead, RowNumber
from django.http import HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from unfold.admin import ModelAdmin

from clusterportal.core.sent_numbers import sent_number

FILTERS = (
    "_changelist_filters"  # Django's own name: in it a link from a list carries what the list was filtered by
)
NEXT = "_next"  # the button that saves and opens the next one, whose key is its value


@dataclass(frozen=True)
class PlaceInList:
    """The place of an actor in a list; the keys are None at its ends."""

    number: int
    total: int
    previous: int | None
    following: int | None
    filters: str

    @property
    def previous_url(self) -> str:
        return page_url(self.previous, self.filters) if self.previous else ""

    @property
    def following_url(self) -> str:
        return page_url(self.following, self.filters) if self.following else ""


def page_url(pk: int, filters: str) -> str:
    """The page of an actor, opened from the list with these filters."""
    url = reverse("admin:actors_actor_change", args=[pk])
    return f"{url}?{urlencode({FILTERS: filters})}" if filters else url


class ShowsPlaceInList(ModelAdmin):
    """For the admin of actors."""

    def render_change_form(self, request, context, *args, **kwargs):
        actor = context.get("original")
        if actor is not None:
            context["place"] = self.place_of(request, actor)
        return super().render_change_form(request, context, *args, **kwargs)

    def place_of(self, request, actor) -> PlaceInList | None:
        """Where `actor` stands in the list from which its page was opened; None where it is not in it any more."""
        filters = request.GET.get(FILTERS, "")
        asked = copy.copy(request)
        asked.GET = QueryDict(filters)
        asked.method = "GET"
        try:
            if any("\x00" in value for _name, values in asked.GET.lists() for value in values):
                return None
            listed = self.get_changelist_instance(asked)
        except (IncorrectLookupParameters, SuspiciousOperation):
            return None
        found = _beside(listed.queryset, actor.pk)
        return PlaceInList(found[0], listed.result_count, found[1], found[2], filters) if found else None

    def response_post_save_change(self, request, obj):
        return self.to_next(request) or super().response_post_save_change(request, obj)

    @staticmethod
    def to_next(request) -> HttpResponseRedirect | None:
        """The page of the next actor, where “save and next” was pressed."""
        key = sent_number(request.POST.get(NEXT))
        return None if key is None else HttpResponseRedirect(page_url(key, request.GET.get(FILTERS, "")))


def _beside(queryset, pk: int) -> tuple[int, int | None, int | None] | None:
    """Number of a record in the order of `queryset`, and the keys before and after it, found by the database."""
    order = queryset.query.order_by
    numbered = (
        queryset.order_by()
        .annotate(
            number=Window(RowNumber(), order_by=order),
            before=Window(Lag("pk"), order_by=order),
            after=Window(Lead("pk"), order_by=order),
        )
        .values_list("pk", "number", "before", "after")
    )
    sql, params = numbered.query.sql_with_params()
    # Django filters by a window only among the rows that the filter leaves; here it stands around all of them.
    whole = f"SELECT number, before, after FROM ({sql}) AS listed (pk, number, before, after) WHERE pk = %s"
    with connection.cursor() as cursor:
        cursor.execute(whole, [*params, pk])
        return cursor.fetchone()
