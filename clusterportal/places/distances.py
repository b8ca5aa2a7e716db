"""Distances on the Earth taken as a sphere, in km: one formula for Python, one for the database.

Against the ellipsoid the error stays below 0.6 per cent. Latitudes and longitudes are degrees.
"""

from math import asin, cos, radians, sin, sqrt

from django.db.models import F, FloatField, Value
from django.db.models.functions import ACos, Cos, Greatest, Least, Radians, Sin

EARTH_RADIUS_KM = 6371.0088  # mean radius R1 of the GRS 80 ellipsoid, as the IUGG gives it (Moritz 2000)
KM_PER_DEGREE = radians(1) * EARTH_RADIUS_KM  # along a meridian, or along the equator


def distance_km(latitude1: float, longitude1: float, latitude2: float, longitude2: float) -> float:
    """By the haversine formula, exact for short distances too.

    R. W. Sinnott, "Virtues of the Haversine", Sky and Telescope 68(2), 1984, p. 159.
    """
    half_height = sin(radians(latitude2 - latitude1) / 2)
    half_width = sin(radians(longitude2 - longitude1) / 2)
    square = half_height**2 + cos(radians(latitude1)) * cos(radians(latitude2)) * half_width**2
    return 2 * EARTH_RADIUS_KM * asin(min(1, sqrt(square)))


def distance_from(latitude: float, longitude: float):
    """For querysets: km between a row's `latitude`, `longitude` and this point, by the law of cosines."""
    here, there = Radians(Value(latitude)), Radians(F("latitude"))
    turned = Radians(F("longitude")) - Radians(Value(longitude))
    cosine = Sin(here) * Sin(there) + Cos(here) * Cos(there) * Cos(turned)
    within = Greatest(Least(cosine, Value(1.0)), Value(-1.0))  # rounding may lead past the ends
    return ACos(within, output_field=FloatField()) * EARTH_RADIUS_KM


def degrees_around(latitude: float, radius_km: float) -> tuple[float, float]:
    """How far a circle around a point of this latitude reaches: degrees to the north, degrees to the east.

    Near a pole the second is 180 or more: every longitude.
    """
    north = radius_km / KM_PER_DEGREE
    narrowest = cos(radians(min(abs(latitude) + north, 89.9)))
    return north, north / max(narrowest, 0.01)
