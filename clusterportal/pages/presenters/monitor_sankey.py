"""Who works with whom on the monitor: the ties between the layers, as bands and as a table."""

from collections import Counter
from datetime import date

import numpy as np
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clusterportal.clusters.models import Cluster
from clusterportal.network.domain.choice import GraphChoice
from clusterportal.network.domain.graph import Network, network_of
from clusterportal.network.domain.groups import NONE, by_main_layer
from clusterportal.network.enums import Border
from clusterportal.pages.drawing.lettering import REGULAR, wrapped
from clusterportal.pages.drawing.sankey import NARROW, WIDE
from clusterportal.pages.drawing.sankey import sankey as drawn
from clusterportal.pages.drawing.shapes import Caption, Column
from clusterportal.pages.presenters.methods import Method
from clusterportal.pages.presenters.network_matrix import by_layer
from layers.models import Layer

_CORNER_WIDTH = 330  # px: what a finding may take of the last two columns
_FIRST_LINE, _LEADING = 24, 19


def sankey(cluster: Cluster, *, today: date) -> dict:
    """Template context of the flows between layers.

    It holds finding, tie_count, wide and narrow (pictures), address, corner, table, unplaced, empty,
    description.

    `empty`: (layer, number of members whose main layer it is) of the layers without a tie.
    """
    network = network_of(GraphChoice(as_of=today, cluster=cluster))
    layers = list(Layer.objects.order_by("position"))
    numbers = by_main_layer(network).numbers
    flows, unplaced = _flows(network, numbers, layers)
    columns = [Column(layer.position, str(layer.name)) for layer in layers]
    wide = drawn(flows, columns, WIDE)
    inside = f"{reverse('pages:network')}?{urlencode({'cluster': cluster.slug, 'border': Border.INSIDE})}"
    total, cut = sum(flows.values()), weakest_cut(flows, layers)
    used = {position for pair, count in flows.items() if count for position in pair}
    return {
        "finding": _finding(flows, cut, total),
        "tie_count": len(network.ties),
        "wide": wide,
        "narrow": drawn(flows, columns, NARROW),
        "address": f"{inside}&pair=",
        "corner": _corner(cut, flows, total, inside, wide.corner),
        "table": by_layer(flows, layers, f"{inside}&pair="),
        "unplaced": unplaced,
        "empty": [
            (layer, int((numbers == rank).sum()))
            for rank, layer in enumerate(layers)
            if total and layer.position not in used
        ],
        "description": network.description,
        "methods": [_method(network)],
    }


def _flows(
    network: Network, numbers: np.ndarray, layers: list[Layer]
) -> tuple[dict[tuple[int, int], int], int]:
    """The number of ties by pair of main layers, and of those with an end that is on no layer."""
    ends = np.sort(numbers[network.ties], axis=1)
    placed = ends[(ends != NONE).all(axis=1)]
    pairs = Counter(map(tuple, placed.tolist()))
    flows = {(layers[one].position, layers[other].position): count for (one, other), count in pairs.items()}
    return flows, len(ends) - len(placed)


def weakest_cut(flows: dict[tuple[int, int], int], layers: list[Layer]) -> tuple[int, int] | None:
    """The layer after which the chain is thinnest, the first of equals, and how many ties lead across.

    Layers before which no tie ends are not looked at; None where that leaves none.
    """
    cuts = []
    for layer in layers[:-1]:
        across = sum(count for (one, other), count in flows.items() if one <= layer.position < other)
        before = sum(count for (_one, other), count in flows.items() if other <= layer.position)
        if before:
            cuts.append((across, layer.position))
    return (min(cuts)[1], min(cuts)[0]) if cuts else None


def _finding(flows: dict[tuple[int, int], int], cut: tuple[int, int] | None, total: int) -> str:
    if not total:
        return _("No tie between two members has been recorded yet.")
    first = min(min(pair) for pair, count in flows.items() if count)
    if first > 1 or cut is None:
        return _("The chain begins only on layer %(layer)s: no tie is recorded for the layers before it.") % {
            "layer": first
        }
    position, across = cut
    if not across:
        return _("The chain breaks after layer %(layer)s: no recorded tie leads beyond it.") % {
            "layer": position
        }
    text = ngettext(
        "The chain is thinnest after layer %(layer)s: %(across)s of %(all)s ties leads beyond it.",
        "The chain is thinnest after layer %(layer)s: %(across)s of %(all)s ties lead beyond it.",
        across,
    )
    return text % {"layer": position, "across": number_format(across), "all": number_format(total)}


def _corner(
    cut: tuple[int, int] | None,
    flows: dict[tuple[int, int], int],
    total: int,
    url: str,
    place: tuple[float, float] | None,
) -> dict | None:
    """How many ties stay on the near side of the thinnest place, to be written into a free corner of the picture."""
    if not place or cut is None:
        return None
    kept = sum(count for (_one, other), count in flows.items() if other <= cut[0])
    text = (
        _("ties stay on layer 1.")
        if cut[0] == 1
        else _("ties stay on layers 1 to %(layer)s.") % {"layer": cut[0]}
    )
    x, y = place
    lines = wrapped(text, _CORNER_WIDTH, size=14 * REGULAR, most=2)
    return {
        "url": url,
        "headline": _("%(number)s of %(all)s") % {"number": number_format(kept), "all": number_format(total)},
        "lines": [Caption(x, y + _FIRST_LINE + _LEADING * number, line) for number, line in enumerate(lines)],
    }


def _method(network: Network) -> Method:
    text = _(
        "Every member counts on its main layer, or where none is marked on its first one. A band is as wide as there "
        "are ties between two layers. Ties: %(ties)s"
    )
    return Method("sankey", str(_("Who works with whom")), text % {"ties": network.description})
