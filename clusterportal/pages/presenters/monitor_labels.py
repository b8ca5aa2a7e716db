"""The labels of a cluster over the years, as its monitor shows them."""

from datetime import date

from django.utils.translation import gettext as _

from clusterportal.clusters.models import Cluster
from clusterportal.labels.domain.label_status import LabelOnDay, standings
from clusterportal.labels.domain.timeline import last_day, month, timeline
from clusterportal.labels.enums import LabelKind, LabelStatus
from clusterportal.pages.presenters.methods import Method


def labels(cluster: Cluster, *, today: date) -> dict:
    """Context of `management/monitor/_labels.html`.

    timeline (labels.domain.timeline.Timeline), caption, says, is_example, methods.
    """
    found = standings(cluster, as_of=today)
    drawn = timeline(found, today=today)
    years = {"first": drawn.years[0], "last": drawn.years[-1]}
    return {
        "timeline": drawn,
        "caption": _("Validity of the labels, %(first)s to %(last)s. Terms by the rules of ESCA.") % years,
        "says": _says(found, today),
        "is_example": any(one.is_example for one in found),
        "methods": [_method()],
    }


def _says(found: list[LabelOnDay], today: date) -> str:
    """What is valid and what is to be done, the next thing first."""
    said = []
    for one in sorted((one for one in found if one.last), key=_end):
        assert one.last is not None
        name, end = {"label": one.label}, one.last.valid_until
        if one.status == LabelStatus.WINDOW:
            said.append(_("%(label)s has expired and can still be renewed") % name)
        elif one.status == LabelStatus.VALID and end:
            said.append(_("%(label)s is valid until %(month)s") % {**name, "month": month(last_day(end))})
        elif one.status == LabelStatus.VALID:
            said.append(_("%(label)s is held") % name)
        elif one.status == LabelStatus.EXPIRED:
            said.append(_("%(label)s has expired") % name)
        elif one.status == LabelStatus.PLANNED:
            begin = {**name, "month": month(one.last.valid_from)}
            said.append(_("%(label)s becomes valid in %(month)s") % begin)
    silver = next(one for one in found if one.kind == LabelKind.SILVER)
    if silver.last is None and silver.window and today in silver.window:
        said.append(_("the window for Silver is open"))
    if not said:
        return _("No label is recorded.")
    text = "; ".join(said)
    return f"{text[:1].upper()}{text[1:]}."


def _end(one: LabelOnDay) -> date:
    assert one.last is not None
    return one.last.valid_until or date.max


def _method() -> Method:
    text = _(
        "Bronze is valid for two years from the month of the interview and can be renewed up to one year after its "
        "end, then for three years without a break. The second benchmarking on the way to Silver takes place 1.5 to "
        "2 years after the first one; Silver is valid for two years. Of Gold and go-cluster the certificate says how "
        "long they are valid. A term that began on a day which its last month does not have ends with that month."
    )
    return Method("labels", _("Labels valid"), text)
