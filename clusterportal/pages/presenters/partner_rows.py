"""Requests and offers as rows of a list: glyph with the dashed block, days left, who may fit."""

from dataclasses import dataclass
from datetime import date

from clusterportal.partnering.domain.fitting import Fits, fits_of
from clusterportal.partnering.enums import Standing
from clusterportal.partnering.models import PartnerSearch


@dataclass(frozen=True)
class PartnerRow:
    search: PartnerSearch
    standing: Standing
    days_left: int | None
    fits: Fits
    is_opened: bool = False  # the first of a list whose reasons are shown at once

    @property
    def positions(self) -> list[int]:
        """Where the actor stands: filled blocks."""
        return self.search.layer_positions  # type: ignore[attr-defined]  # annotated

    @property
    def is_open(self) -> bool:
        return self.standing == Standing.OPEN


def partner_rows(searches: list[PartnerSearch], *, today: date) -> list[PartnerRow]:
    """Rows of searches that were read `for_list`; nobody is proposed for what is over."""
    open_ones = [one for one in searches if one.standing_on(today) == Standing.OPEN]
    fits = fits_of(open_ones)
    first = next((one.pk for one in open_ones if fits[one.pk].shown), None)
    return [
        PartnerRow(
            one, one.standing_on(today), one.days_left(today), fits.get(one.pk, Fits()), one.pk == first
        )
        for one in searches
    ]
