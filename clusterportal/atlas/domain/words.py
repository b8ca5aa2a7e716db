"""The words of documents, in the active language."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext


def part_names() -> dict[str, str]:
    """The chapters of an atlas in their order, by the place in the document where they begin."""
    return {
        "model": _("Cluster Model"),
        "matrix": _("Matrix"),
        "map": _("Map"),
        "areas": _("Application areas"),
        "profiles": _("Profiles"),
        "index": _("Index"),
        "about": _("About this atlas"),
    }


def words() -> dict[str, str]:
    """What templates say beside the data."""
    return part_names() | {
        "contents": _("Contents"),
        "model_title": _("The chain from research to market"),
        "model_lead": _(
            "Five layers build on each other, from basic research to the market. Application areas run across them. "
            "Who stands where says which links of the chain are strong and which are missing."
        ),
        "matrix_title": _("Where the chain holds, and where a link is missing"),
        "matrix_lead": _(
            "Number of actors by application area and layer. Who stands on several layers counts on each. "
            "Every number leads to the actors behind it."
        ),
        "area": _("Application area"),
        "gap": _("Gap"),
        "gap_here": _("No actor so far: a gap in the chain."),
        "map_lead": _("The area of the circles follows the number of actors in the place."),
        "town": _("Place"),
        "actors": _("Actors"),
        "by_area": _("Who stands where"),
        "by_area_lead": _("Each application area from research to market, with the page of the profile."),
        "without_area": _("Without application area or layer"),
        "profile": _("Profile"),
        "profiles_lead": _("In alphabetical order; each profile begins on a page of its own."),
        "index_title": _("Index of actors"),
        "left_out": _("Not set"),
        "left_out_lead": _(
            "These profiles could not be set. They stand in the registry, and are counted above."
        ),
        "unplaced": _("no placement"),
        "no_description": _("No description recorded."),
        "services": _("Services"),
        "topics": _("Topics"),
        "facts": _("Key facts"),
        "relations": _("Relations"),
        "none": _("none recorded"),
        "online": pgettext("before a web address", "This profile in the registry:"),
    }
