"""How intensely the members of a cluster work together and with others, from the network of their relations."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from actors.enums import COMPANIES, ActorKind, RelationKind
from clusterportal.core.disclosure import is_dominated, too_few
from clusterportal.core.indicator import Reason
from clusterportal.lifecycle.enums import Figure
from clusterportal.network.domain import measures
from clusterportal.network.domain.graph import Network
from clusterportal.network.domain.groups import Groups, by_main_layer
from clusterportal.network.domain.tie_records import KIND_NUMBERS

RESEARCH = frozenset({ActorKind.UNIVERSITY, ActorKind.RESEARCH_INSTITUTE})


@dataclass(frozen=True)
class Interaction:
    """The ties of a cluster's members: `network` holds those among them and those that lead out.

    `kinds`: by kind the primary keys of the actors of the network.
    """

    network: Network
    kinds: Mapping[str, Sequence[int]]

    @cached_property
    def among(self) -> Network:
        """The members and the ties among them."""
        return self.network.inside

    @property
    def members(self) -> int:
        return self.among.size

    @property
    def inner(self) -> int:
        """Pairs of members with a tie."""
        return len(self.among.ties)

    @property
    def outer(self) -> int:
        """Pairs of a member and somebody outside with a tie."""
        return len(self.network.ties) - self.inner

    @cached_property
    def groups(self) -> Groups:
        """The members by main layer."""
        return by_main_layer(self.among)

    def degrees(self, *, is_outer: bool) -> np.ndarray:
        """Ties of each member: those to other members, or those that lead out."""
        inside, ties = self.network.is_inside, self.network.ties
        chosen = ties[inside[ties].all(axis=1) != is_outer]
        return np.bincount(chosen.ravel(), minlength=self.network.size)[inside]

    @cached_property
    def _is_company(self) -> np.ndarray:
        """By actor of the network: is it a member that is a company?"""
        return self._are(COMPANIES) & self.network.is_inside

    @cached_property
    def companies(self) -> np.ndarray:
        """The primary keys of the members that are companies."""
        return self.network.actors[self._is_company]

    @cached_property
    def companies_with_research(self) -> np.ndarray:
        """Those of them that have a tie, competition aside, to a university or a research institute anywhere."""
        network, is_research = self.network, self._are(RESEARCH)
        records = network.records
        ties = network.ties[records.place[records.kind != KIND_NUMBERS[RelationKind.COMPETITION]]]
        is_partner = np.zeros(network.size, bool)
        is_partner[ties[is_research[ties[:, 1]], 0]] = is_partner[ties[is_research[ties[:, 0]], 1]] = True
        return network.actors[is_partner & self._is_company]

    def _are(self, kinds: Collection[str]) -> np.ndarray:
        """By actor of the network: is it of one of these kinds?"""
        keys = [key for kind in kinds for key in self.kinds.get(kind, ())]
        return np.isin(self.network.actors, np.array(keys, np.int64))


def interaction_figures(ties: Interaction) -> dict[Figure, float | Reason]:
    """Mean degree, E-I index, permeability, absorptive capacity, companies and institutions; shares in per cent.

    The E-I index compares the main layers: above 0, more ties join layers than stay within one.

    Absorptive capacity (Cohen & Levinthal 1990) cannot be read from a registry. What stands for it is the share of
    companies that hold a relation to research, through which knowledge from outside comes in.
    """
    if not ties.members:
        return dict.fromkeys(_FIGURES, Reason.NOT_RECORDED)
    has_ties = bool(ties.inner + ties.outer)
    companies = len(ties.companies)
    absorbing: float | Reason = Reason.NOT_DEFINED  # without companies
    if companies:
        share = 100 * len(ties.companies_with_research) / companies
        absorbing = share if has_ties else Reason.NO_RELATIONS
    return {
        Figure.INTERACTION: measures.mean_degree(ties.among),
        Figure.EI_INDEX: measures.e_i_index(*measures.ties_of_groups(ties.among, ties.groups)),
        Figure.PERMEABILITY: 100 * ties.outer / (ties.inner + ties.outer)
        if has_ties
        else Reason.NO_RELATIONS,
        Figure.ABSORPTIVE_CAPACITY: absorbing,
        Figure.COMPANIES: companies,
        Figure.INSTITUTIONS: ties.members - companies,
    }


def kept_back(ties: Interaction) -> dict[Figure, Reason]:
    """What of it is not published: figures on one or two actors, or on one that dominates."""
    found: dict[Figure, Reason] = {}
    if is_dominated(ties.degrees(is_outer=False).tolist()):
        found |= dict.fromkeys((Figure.INTERACTION, Figure.EI_INDEX), Reason.HIDDEN)
    if is_dominated(ties.degrees(is_outer=True).tolist()):
        found[Figure.PERMEABILITY] = Reason.HIDDEN
    companies = len(ties.companies)
    if too_few(companies) or too_few(ties.members - companies):  # one would follow from the other
        told = (Figure.COMPANIES, Figure.INSTITUTIONS, Figure.ABSORPTIVE_CAPACITY)  # "5 of 12 companies"
        found |= dict.fromkeys(told, Reason.TOO_FEW)
    return found


_FIGURES = (
    Figure.INTERACTION,
    Figure.EI_INDEX,
    Figure.PERMEABILITY,
    Figure.ABSORPTIVE_CAPACITY,
    Figure.COMPANIES,
    Figure.INSTITUTIONS,
)
