"""The use of the API by day: as a part of the pages of a partner and a key, and on a page of its own for all."""

from collections.abc import Collection

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from clusterportal.core.admin_page import admin_page
from clusterportal.partners.domain.usage import KEPT_FOR, by_day
from clusterportal.partners.domain.usage_chart import chart_of
from clusterportal.partners.models import Partner

SPANS = (30, 90, KEPT_FOR.days)


def use_of(request, keys: Collection[int] | None = None) -> dict:
    """What templates show of the use: of these keys, or of everybody, in the span that the address names."""
    span = next((days for days in SPANS if str(days) == request.GET.get("days")), SPANS[0])
    days = by_day(days=span, keys=keys)
    return {
        "chart": chart_of(days),
        "days": [day for day in reversed(days) if day.total],
        "spans": SPANS,
        "span": span,
        "of_all": keys is None,
        "sum": sum(day.keyed + day.others for day in days),
    }


def show_use(request):
    """The use of the API by everybody."""
    if not request.user.has_perm("partners.view_partner"):
        raise PermissionDenied
    context = {
        "title": _("Use of the API"),
        "opts": Partner._meta,
        "use": use_of(request),
    }
    return admin_page(request, "admin/partners/use.html", context)
