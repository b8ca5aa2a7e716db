"""The figures of a cluster's life cycle as indicators: value or reason, with method and records."""

from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from actors.enums import COMPANIES, ActorKind
from clusterportal.clusters.kept_figures import kept_figures
from clusterportal.clusters.models import Cluster
from clusterportal.core.disclosure import too_few
from clusterportal.core.indicator import Indicator, Reason
from clusterportal.lifecycle.domain.measuring import measure
from clusterportal.lifecycle.enums import Figure
from clusterportal.lifecycle.models import Measurement

# Unit, method on the monitor, and the page of the records behind it. Mean degree and E-I index are the network's to
# tell (`network.domain.indicators`).
_MATRIX, _NETWORK, _DIRECTORY = "pages:matrix", "pages:network", "actors:actor-list"
_TOLD = {
    Figure.HETEROGENEITY: ("", "heterogeneity", _MATRIX),
    Figure.EFFECTIVE_CELLS: ("", "variety", _MATRIX),
    Figure.VARIETY: ("bit", "variety", _MATRIX),
    Figure.UNRELATED_VARIETY: ("bit", "variety", _MATRIX),
    Figure.RELATED_VARIETY: ("bit", "variety", _MATRIX),
    Figure.CONCENTRATION: ("", "variety", _MATRIX),
    Figure.CONCENTRATION_NORMALISED: ("", "variety", _MATRIX),
    Figure.COMPANIES: ("", "factors", _DIRECTORY),
    Figure.INSTITUTIONS: ("", "factors", _DIRECTORY),
    Figure.ABSORPTIVE_CAPACITY: ("%", "absorptive-capacity", _NETWORK),
    Figure.JOINED: ("", "movement", ""),  # no list shows who joined or left in a year
    Figure.LEFT: ("", "movement", ""),
    Figure.PERMEABILITY: ("%", "permeability", _NETWORK),
}
NAMES = {figure.value: figure.label for figure in _TOLD}
# Members of these kinds alone are behind it.
_KINDS = {
    Figure.COMPANIES: [kind for kind in ActorKind.values if kind in COMPANIES],
    Figure.INSTITUTIONS: [kind for kind in ActorKind.values if kind not in COMPANIES],
}


@kept_figures
def indicators_of(cluster: Cluster, *, as_of: date, public: bool = True) -> list[Indicator]:
    """The figures of that day: of today as they are computed now, of another day as they were measured last.

    Nothing is made up for days before the first measurement. `public`: over what is public, and without figures on
    one or two actors.
    """
    if as_of >= timezone.localdate():
        now = measure(cluster, public=public)
        return [
            _indicator(cluster, figure, now.value(figure, public=public), now.day, now.actors)
            for figure in _TOLD
        ]
    kept = Measurement.objects.of(cluster).filter(measured_on__lte=as_of, is_example=False)
    last = kept.order_by("-measured_on").first()
    if last is None:
        return [_indicator(cluster, figure, Reason.NOT_RECORDED, as_of, None) for figure in _TOLD]
    return [
        _indicator(cluster, figure, last.value(figure, public=public), last.measured_on, last.actor_count)
        for figure in _TOLD
    ]


def _indicator(cluster, figure: Figure, value, day: date, actors: int | None) -> Indicator:
    unit, method, _page = _TOLD[figure]
    is_reason = isinstance(value, Reason)
    return Indicator(
        code=figure.value,
        label=str(figure.label),
        unit=unit,
        as_of=day,
        method=method,
        value=None if is_reason else value,
        reason=value if is_reason else None,
        actors=None if actors is not None and too_few(actors) else actors,
        records=records_of(cluster, figure),
    )


def records_of(cluster: Cluster, figure: Figure) -> str:
    """The path to what is behind a figure; empty where no list shows it."""
    page = _TOLD[figure][2]
    wanted = [("cluster", cluster.slug), *(("kind", kind) for kind in _KINDS.get(figure, ()))]
    return f"{reverse(page)}?{urlencode(wanted)}" if page else ""
