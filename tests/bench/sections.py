"""Sections of the map as the page asks for them, from the whole world to a town, each under several filters."""

SECTIONS = {  # name: zoom and west, south, east, north
    "world": (2, "-180,-85,180,85"),
    "Europe": (4, "-12,35,32,62"),
    "Germany": (6, "5,47,16,55"),
    "Palatinate": (9, "7,49,8.5,50"),
    "town": (13, "7.68,49.41,7.83,49.48"),
}
FILTERS = ["", "kind=company", "layer=applied-research&area=health-medtech", "near=49.44,7.77&radius=100"]


def questions(section: str) -> list[str]:
    zoom, bbox = SECTIONS[section]
    return [f"/api/v1/map/?zoom={zoom}&bbox={bbox}&{filters}" for filters in FILTERS]
