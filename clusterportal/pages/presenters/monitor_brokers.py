"""Who holds the network of a cluster together on the monitor: brokers, bridges, and who is not tied at all."""

import math
from dataclasses import dataclass
from datetime import date

import numpy as np
from django.utils.formats import date_format, number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from actors.models import Actor
from clusterportal.clusters.models import Cluster
from clusterportal.core.countries import language_spoken_in
from clusterportal.network.domain import measures
from clusterportal.network.domain.broker_sentences import BrokerSentence, broker_sentences
from clusterportal.network.domain.brokerage import Role
from clusterportal.network.domain.choice import GraphChoice
from clusterportal.network.domain.graph import Network, network_of
from clusterportal.network.domain.groups import by_cluster, by_main_layer
from clusterportal.network.enums import Border
from clusterportal.network.models import Betweenness
from clusterportal.pages.presenters.methods import Method

MOST_BARS = 8
MOST_NAMED = 12
MOST_SENTENCES = 6
_ACROSS = frozenset(Role) - {Role.COORDINATOR}  # who joins members of one cluster alone joins no clusters
SCALE = 0.3  # where the bars end, unless a value is greater


@dataclass(frozen=True)
class Bar:
    """A broker and its betweenness, more than 0."""

    actor: Actor
    value: float


@dataclass(frozen=True)
class Named:
    """Actors in the order of their names, at most MOST_NAMED of them, and how many there are in all."""

    actors: list[Actor]
    number: int

    @property
    def more(self) -> int:
        return self.number - len(self.actors)


@dataclass(frozen=True)
class Joined:
    """What a broker joins as a sentence, with the first pairs as links; `has_more` than these."""

    text: str
    pairs: list[tuple[SafeString, SafeString]]
    has_more: bool


def brokers(cluster: Cluster, *, today: date) -> dict:
    """Template context of the section on brokers.

    It holds finding, bars (Bar and its length of 100), scale, stored (Betweenness), is_outdated,
    articulation_points and loners (Named), bridges (pairs of actors), more_bridges, parts (a sentence), by_layer and
    by_cluster (Joined), tie_count, description.
    """
    network = network_of(GraphChoice(as_of=today, cluster=cluster))
    across = network_of(GraphChoice(as_of=today, cluster=cluster, border=Border.TOUCHING))
    stored = Betweenness.objects.filter(cluster=cluster).first()
    bars = _bars(stored, network)
    scale = _scale(bars)
    places = measures.articulation_points(network)
    articulation_points = _named(network, places)
    bridges = network.actors[network.ties[measures.bridges(network)]]
    ends = Actor.objects.with_keys(np.unique(bridges[:MOST_NAMED]).tolist()).in_bulk()
    return {
        "finding": _finding(
            network, articulation_points, _first_articulation_point(stored, network.actors[places])
        ),
        "bars": [(bar, round(100 * bar.value / scale, 1)) for bar in bars],
        "scale": scale,
        "stored": stored,
        "is_outdated": bool(stored and stored.as_of != today),
        "articulation_points": articulation_points,
        "bridges": [(ends[one], ends[other]) for one, other in bridges[:MOST_NAMED].tolist()],
        "more_bridges": max(len(bridges) - MOST_NAMED, 0),
        "loners": _named(network, np.setdiff1d(np.arange(network.size), network.ties)),
        "parts": _parts(network),
        **_joined(
            by_layer=broker_sentences(network, by_main_layer(network), most=MOST_SENTENCES),
            by_cluster=broker_sentences(across, by_cluster(across), most=MOST_SENTENCES, roles=_ACROSS),
        ),
        "tie_count": len(network.ties),
        "description": network.description,
        "methods": [_method(stored)],
    }


def _joined(**sentences: list[BrokerSentence]) -> dict[str, list[Joined]]:
    """The sentences as the page shows them: the same few actors stand in hundreds of pairs, so each is written once."""
    actors = {
        actor.pk: actor for some in sentences.values() for one in some for pair in one.pairs for actor in pair
    }
    links = {key: _link(actor) for key, actor in actors.items()}
    return {
        name: [
            Joined(
                one.text,
                [(links[first.pk], links[second.pk]) for first, second in one.pairs],
                one.number > len(one.pairs),
            )
            for one in some
        ]
        for name, some in sentences.items()
    }


def _link(actor: Actor) -> SafeString:
    spoken = language_spoken_in(actor.country)
    other = "" if spoken in ("", get_language()) else format_html(' lang="{}"', spoken)
    return format_html('<a href="{}"{}>{}</a>', actor.get_absolute_url(), other, actor)


def _bars(stored: Betweenness | None, network: Network) -> list[Bar]:
    """The members through whom most shortest paths lead, as the job computed it; who is no member today is left out."""
    found = stored.by_actor() if stored else {}
    here = {key: found[key] for key in network.actors.tolist() if found.get(key, 0) > 0}
    best = sorted(here, key=lambda key: -here[key])[:MOST_BARS]
    actors = Actor.objects.with_keys(best).in_bulk()
    return [Bar(actors[key], here[key]) for key in best]


def _scale(bars: list[Bar]) -> float:
    """The value at which a bar is full: SCALE, or the next tenth that holds them all."""
    return max([SCALE, *(math.ceil(bar.value * 10) / 10 for bar in bars)])


def _named(network: Network, places: np.ndarray) -> Named:
    keys = network.actors[places].tolist()
    return Named(list(Actor.objects.with_keys(keys).by_name()[:MOST_NAMED]) if keys else [], len(keys))


def _first_articulation_point(stored: Betweenness | None, articulation_points: np.ndarray) -> Actor | None:
    """Of those who alone hold parts together the one on most shortest paths; None where nothing is computed yet."""
    found = stored.by_actor() if stored else {}
    keys = [key for key in articulation_points.tolist() if found.get(key, 0) > 0]
    return Actor.objects.with_keys([max(keys, key=found.__getitem__)]).first() if keys else None


def _finding(network: Network, articulation_points: Named, first: Actor | None) -> str:
    if not len(network.ties):
        return _("No tie between two members has been recorded yet.")
    if not articulation_points.number:
        return _("No member alone holds the network together.")
    names = {
        "number": number_format(articulation_points.number),
        "first": first or articulation_points.actors[0],
    }
    if articulation_points.number == 1:
        return _("One member alone holds the network together: %(first)s.") % names
    if first is None:
        return _("%(number)s members each hold a part of the network together alone.") % names
    return (
        _("%(number)s members each hold a part of the network together alone, above all %(first)s.") % names
    )


def _parts(network: Network) -> str:
    """Into how many parts the network falls, and how large the two largest are."""
    sizes = measures.component_sizes(network)
    if len(sizes) < 2:
        return _("All members are joined, directly or through others.") if len(network.ties) else ""
    text = ngettext(
        "The network has %(number)s parts; the largest has %(first)s member, the second %(second)s.",
        "The network has %(number)s parts; the largest has %(first)s members, the second %(second)s.",
        sizes[0],
    )
    return text % {
        "number": number_format(len(sizes)),
        "first": number_format(sizes[0]),
        "second": number_format(sizes[1]),
    }


def _method(stored: Betweenness | None) -> Method:
    text = _(
        "Betweenness, 0 to 1: the share of all shortest ways between two other members that lead through a member. "
        "A job computes it exactly for each cluster. Whoever holds the network together and which ties are bridges is "
        "computed anew with every visit: without them a part falls into two."
    )
    if stored:
        text += " " + _("Last computed on %(day)s from %(ties)s ties.") % {
            "day": date_format(localtime(stored.computed_at)),
            "ties": number_format(stored.tie_count),
        }
    return Method("brokers", str(_("Brokers")), text)
