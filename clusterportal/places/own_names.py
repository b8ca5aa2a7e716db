"""Towns as they call themselves: open data has English names for some, and names without umlauts.

Of German-speaking countries, whose towns German and English pages write alike. GeoNames (CC BY 4.0) has both names.
"""

from clusterportal.core.spelling import caseless

_OWN_NAMES = {
    "DE": {
        "Munich": "München", "Cologne": "Köln", "Nuremberg": "Nürnberg", "Hanover": "Hannover",
        "Brunswick": "Braunschweig", "Hamelin": "Hameln", "Ratisbon": "Regensburg", "Constance": "Konstanz",
        "City state Bremen": "Bremen", "Dusseldorf": "Düsseldorf", "Giessen": "Gießen", "Meissen": "Meißen",
        "Loerrach": "Lörrach", "Unterschleissheim": "Unterschleißheim",
    },
    "AT": {"Vienna": "Wien"},
    "CH": {
        "Zurich": "Zürich", "Geneva": "Genève", "Lucerne": "Luzern", "Berne": "Bern", "Basle": "Basel",
        "Saint Gallen": "St. Gallen",
    },
}  # fmt: skip
_CALLED = {
    country: {caseless(other): own for other, own in names.items()} for country, names in _OWN_NAMES.items()
}
_ANYWHERE = {other: own for names in _CALLED.values() for other, own in names.items()}


def own_name(town: str, country: str) -> str:
    """The name that a town of this country has for itself; `town` where no other is known."""
    return _CALLED.get(country.upper(), {}).get(caseless(town), town.removeprefix("Kreisfreie Stadt "))


def asked_for(town: str) -> str:
    """The town that somebody means who calls it so, in whatever country."""
    return _ANYWHERE.get(caseless(town), town)
