"""How the figures of the life cycle come about, with today's numbers put in."""

from django.utils.translation import gettext as _

from clusterportal.core.indicator import Reason
from clusterportal.lifecycle.domain.measuring import MeasuredDay
from clusterportal.lifecycle.domain.path import GROWTH
from clusterportal.lifecycle.domain.wording import rounded
from clusterportal.lifecycle.enums import Figure
from clusterportal.network.domain.measures import e_i_index
from clusterportal.pages.presenters.methods import Method


def methods_of_life_cycle(measured: MeasuredDay) -> list[Method]:
    """One entry for each formula; of what the public does not see no number is put in."""
    numbers = measured.counts | {"actors": measured.actors, "year": measured.day.year, "growth": GROWTH}

    def computed(figure: Figure, sum_of: str, digits: int = 2, **words) -> str:
        """The sum with its result, where there is one that everybody may see."""
        value = measured.value(figure, public=True)
        if isinstance(value, Reason):
            return ""
        return " " + sum_of % (numbers | words | {"value": rounded(value, digits)})

    expected = e_i_index(numbers["external_pairs"], numbers["internal_pairs"])
    return [
        Method(
            "heterogeneity",
            _("Heterogeneity of knowledge"),
            _(
                "Shannon's entropy of the entries in the matrix of layers and active application areas, "
                "divided by that of equally filled cells (Pielou 1966). A member is an entry in each cell of "
                "its layers and areas. 0: all in one cell; 1: equally spread."
            )
            + computed(
                Figure.HETEROGENEITY,
                _("Today: %(namings)s entries in %(filled)s of %(cells)s cells give %(value)s."),
            ),
        ),
        Method(
            "variety",
            _("Variety"),
            _(
                "Entropy in bit, in which every member weighs 1: in k cells it counts 1/k in each. Unrelated "
                "variety is the entropy between the application areas, related variety that of the layers "
                "inside them (Frenken, Van Oort, Verburg 2007, with areas as groups and cells as classes, "
                "which cross here). The effective number of cells is 2 to the power of the entropy; "
                "concentration is the sum of squared shares (HHI)."
            ),
        ),
        Method(
            "interaction",
            _("Interaction"),
            _("Relations a member: twice the tied pairs of members, divided by the members.")
            + computed(Figure.INTERACTION, _("Today: 2 × %(inner)s ÷ %(actors)s = %(value)s."))
            + f" {measured.network_inside}",
        ),
        Method(
            "ei-index",
            _("E-I index over the layers"),
            _(
                "(E − I) ÷ (E + I) with E relations between members on different main layers and I between "
                "those on the same one (Krackhardt and Stern 1988)."
            )
            + computed(
                Figure.EI_INDEX,
                _("Today: (%(external)s − %(internal)s) ÷ (%(external)s + %(internal)s) = %(value)s.")
                if isinstance(expected, Reason)
                else _(
                    "Today: (%(external)s − %(internal)s) ÷ (%(external)s + %(internal)s) = %(value)s; if "
                    "relations fell at random, %(expected)s would be expected."
                ),
                expected="" if isinstance(expected, Reason) else rounded(expected, 2),
            )
            + f" {measured.network_inside}",
        ),
        Method(
            "permeability",
            _("Permeability"),
            _("Tied pairs of a member and somebody outside, divided by all tied pairs of members.")
            + computed(
                Figure.PERMEABILITY, _("Today: %(outer)s ÷ (%(inner)s + %(outer)s) = %(value)s %%."), digits=1
            )
            + f" {measured.network_touching}",
        ),
        Method(
            "absorptive-capacity",
            _("Absorptive capacity"),
            _(
                "A registry cannot know how well companies take up knowledge (Cohen and Levinthal 1990). In its "
                "place stands the share of companies with a relation, competition aside, to a university or "
                "research institute, inside or outside the cluster."
            )
            + computed(
                Figure.ABSORPTIVE_CAPACITY,
                _("Today: %(companies_with_research)s ÷ %(companies)s = %(value)s %%."),
                digits=1,
            ),
        ),
        Method(
            "factors",
            _("Companies and institutions"),
            _(
                "Companies, start-ups, service providers, suppliers and manufacturers are companies, all "
                "other members institutions. Figures on one or two actors are not shown, nor the other one, "
                "from which they follow."
            ),
        ),
        Method(
            "movement",
            _("Joined and left"),
            _(
                "Members whose membership began or ended in %(year)s up to today. Several memberships of one "
                "member are one stay. Without a recorded day nothing is known, which is not nought."
            )
            % numbers,
        ),
        Method(
            "life-cycle",
            _("Path and stages"),
            _(
                "The path holds the last measurement of each year, frozen on its day, and today's figures. "
                "Where the five stages lie in the plane is schematic (after Menzel and Fornahl 2010): the "
                "literature names no numbers, and the stage is the management's assessment. A warning "
                "appears when the number of actors grew by at least %(growth)s %% since the measurement "
                "before, and more than both axes."
            )
            % numbers,
        ),
    ]
