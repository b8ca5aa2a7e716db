"""Whether a point on the map can lie in a country."""

from django.utils.translation import gettext as _

from clusterportal.core.countries import country_name

_TOLERANCE = 0.1  # degrees, about 10 km: rounding, and islands off the coast
# South, west, north, east in degrees, of Europe and its islands that share the code; rounded outwards from
# Natural Earth's outlines (public domain). A box is no border: it finds what is far away.
_BOXES = {
    "AD": (42.4, 1.4, 42.7, 1.8), "AL": (39.6, 19.2, 42.7, 21.1), "AT": (46.3, 9.5, 49.1, 17.2),
    "BA": (42.5, 15.7, 45.3, 19.7), "BE": (49.4, 2.5, 51.6, 6.5), "BG": (41.2, 22.3, 44.3, 28.7),
    "BY": (51.2, 23.1, 56.2, 32.8), "CH": (45.8, 5.9, 47.9, 10.5), "CY": (34.5, 32.2, 35.8, 34.7),
    "CZ": (48.5, 12.0, 51.1, 18.9), "DE": (47.2, 5.8, 55.1, 15.1), "DK": (54.5, 8.0, 57.8, 15.3),
    "EE": (57.5, 21.7, 59.8, 28.3), "ES": (27.6, -18.2, 43.9, 4.4), "FI": (59.7, 19.0, 70.1, 31.6),
    "GB": (49.8, -8.7, 60.9, 1.8), "GR": (34.8, 19.3, 41.8, 29.7), "HR": (42.3, 13.4, 46.6, 19.5),
    "HU": (45.7, 16.1, 48.6, 22.9), "IE": (51.3, -10.7, 55.5, -5.9), "IS": (63.2, -24.6, 66.6, -13.4),
    "IT": (35.4, 6.6, 47.1, 18.6), "LI": (47.0, 9.4, 47.3, 9.7), "LT": (53.8, 20.9, 56.5, 26.9),
    "LU": (49.4, 5.7, 50.2, 6.6), "LV": (55.6, 20.9, 58.1, 28.3), "MD": (45.4, 26.6, 48.5, 30.2),
    "ME": (41.8, 18.4, 43.6, 20.4), "MK": (40.8, 20.4, 42.4, 23.1), "MT": (35.7, 14.1, 36.1, 14.6),
    "NL": (50.7, 3.3, 53.7, 7.3), "PL": (49.0, 14.1, 54.9, 24.2), "PT": (30.0, -31.3, 42.2, -6.1),
    "RO": (43.6, 20.2, 48.3, 29.8), "RS": (42.2, 18.8, 46.2, 23.1), "SE": (55.3, 10.9, 69.1, 24.2),
    "SI": (45.4, 13.3, 46.9, 16.7), "SK": (47.7, 16.8, 49.7, 22.6), "TR": (35.8, 25.6, 42.2, 44.9),
    "UA": (44.3, 22.1, 52.4, 40.3), "XK": (41.8, 20.0, 43.3, 21.8),
}  # fmt: skip


def point_problem(latitude: float, longitude: float, country: str) -> str:
    """Why this point (degrees) cannot be meant, as a sentence; empty where it can.

    0, 0 is never meant. Of a country without a box no more can be said.
    """
    if latitude == 0 and longitude == 0:
        return _(
            "0, 0 lies in the sea off Africa. Leave latitude and longitude empty where they are unknown."
        )
    if _may_lie_in(latitude, longitude, country):
        return ""
    names = {"latitude": f"{latitude:g}", "longitude": f"{longitude:g}", "country": country_name(country)}
    if _may_lie_in(longitude, latitude, country):
        return (
            _("Latitude and longitude are exchanged: %(latitude)s, %(longitude)s lies outside of %(country)s, "
              "%(longitude)s, %(latitude)s within it.") % names
        )  # fmt: skip
    return _("The point %(latitude)s, %(longitude)s lies outside of %(country)s.") % names


def countries_around(latitude: float, longitude: float) -> set[str]:
    """The countries in whose box the point lies; only those that have one."""
    return {country for country in _BOXES if _may_lie_in(latitude, longitude, country)}


def _may_lie_in(latitude: float, longitude: float, country: str) -> bool:
    if country not in _BOXES:
        return True
    south, west, north, east = _BOXES[country]
    return (
        south - _TOLERANCE <= latitude <= north + _TOLERANCE
        and west - _TOLERANCE <= longitude <= east + _TOLERANCE
    )
