"""How the figures of action plans come about, for the foot of the monitor."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from clusterportal.core.indicator import Indicator
from clusterportal.pages.presenters.methods import Method


def plan_methods(known: Mapping[str, Indicator]) -> list[Method]:
    """The method of gaps and actions with today's numbers, from the figures by code; none without a public plan."""
    gaps, proposed = known.get("gaps_open"), known.get("gaps_proposed")
    if gaps is None or proposed is None or gaps.value is None:
        return []
    says = _(
        "A gap is a layer and an area of a published plan that no published member joins: today %(open)s, of which "
        "%(proposed)s have an actor that stands there or a member near it. Who was taken for a gap closes it. "
        "An action runs from its start to the end of its horizon, or until its last milestone is reached."
    )
    numbers = {"open": gaps.value, "proposed": proposed.value}
    return [Method(gaps.method, _("Gaps and actions"), says % numbers)]
