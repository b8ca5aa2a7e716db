"""Postcodes of four digits: of another country, or German ones whose zero a spreadsheet took."""

import re
from collections.abc import Iterable

from clusterportal.core.spelling import spelling
from clusterportal.intake.address_cells import code_text
from clusterportal.places.models import Postcode
from clusterportal.places.points import countries_around
from clusterportal.places.postcodes import has_four_digits, may_have_lost_a_zero, split_prefix
from clusterportal.places.towns import lies_abroad


class ShortPostcodes:
    """What the table and the known places say about postcodes of four digits in rows that name no country."""

    def __init__(self):
        self.with_five_digits = self.with_four_digits = 0
        self.is_international = False  # the table has postcodes of several countries
        self.keeps_zeros = False  # a text with a leading zero was seen: texts of the column lose none
        self.towns: dict[tuple[str, str], set[str]] = {}  # (country, code) -> towns
        self.knows_germany: bool | None = None

    def observe(self, rows: Iterable[dict]) -> None:
        """Counts what the next rows of the table show, before any of them is interpreted."""
        wanted = set()
        for row in rows:
            if row.get("postcode") is None or row.get("country"):
                continue
            code = code_text(row["postcode"])
            if split_prefix(code).country not in ("", "DE"):
                self.is_international = True
            if re.fullmatch(r"\d{5}", code):
                self.with_five_digits += 1
                self.keeps_zeros |= code.startswith("0") and isinstance(row["postcode"], str)
            elif re.fullmatch(r"\d{4}", code):
                self.with_four_digits += 1
                wanted |= {code, f"0{code}"}
        self._read_towns(wanted)

    def interpret(
        self, code: str, *, city: str, is_number: bool, point: tuple[float, float] | None
    ) -> tuple[str, str]:
        """(country, postcode) that four digits mean; ("", the digits) where nothing says more.

        `is_number`: the cell is a number, so that it cannot have kept a zero; `point`: the row's coordinates.
        """
        padded = f"0{code}"
        # First the town beside the code, then the coordinates, then what the rest of the column looks like.
        if city and (countries := {c for c, _code in self.towns if self._lies_in(city, c, padded, code)}):
            if countries == {"DE"}:
                return "", padded
            return (countries.pop(), code) if len(countries) == 1 else ("", code)
        if self.knows_germany and (city or ("DE", padded) not in self.towns):
            return "", code
        if point and may_have_lost_a_zero(code) and _is_german(*point):
            return "", padded
        is_german_column = self.with_five_digits >= self.with_four_digits and not self.is_international
        may_be_german = may_have_lost_a_zero(code) and not lies_abroad(city)
        lost_zero = is_german_column and may_be_german and (is_number or not self.keeps_zeros)
        return "", (padded if lost_zero else code)

    def _lies_in(self, city: str, country: str, padded: str, code: str) -> bool:
        towns = self.towns.get((country, padded if country == "DE" else code), ())
        name = spelling(city)
        return any(f"{town} ".startswith(f"{name} ") or f"{name} ".startswith(f"{town} ") for town in towns)

    def _read_towns(self, codes: set[str]) -> None:
        if not codes:
            return
        if self.knows_germany is None:
            self.knows_germany = Postcode.objects.filter(country="DE").exists()
        rows = Postcode.objects.filter(code__in=codes).values_list("country", "code", "place")
        for country, code, place in rows:
            self.towns.setdefault((country, code), set()).add(spelling(place))


def _is_german(latitude: float, longitude: float) -> bool:
    """Whether a point lies in Germany and in no country where four digits are a postcode."""
    around = countries_around(latitude, longitude)
    return "DE" in around and not any(map(has_four_digits, around))
