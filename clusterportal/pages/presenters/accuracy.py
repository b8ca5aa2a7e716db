"""How exact the point of an actor is, in words: a few beside a distance, a sentence beside the map."""

from django.utils.translation import gettext_lazy as _

from actors.enums import LocationAccuracy

_IN_SHORT = {
    LocationAccuracy.EXACT: "",
    LocationAccuracy.STREET: _("street"),
    LocationAccuracy.POSTCODE: _("middle of the postcode's area"),
    LocationAccuracy.TOWN: _("middle of the town"),
    LocationAccuracy.APPROXIMATE: _("town or its district"),
    "": _("accuracy not known"),
}
_SENTENCES = {
    LocationAccuracy.EXACT: "",
    LocationAccuracy.STREET: _("The point marks the street, not the building."),
    LocationAccuracy.POSTCODE: _(
        "Approximate: the point marks the middle of the postcode's area, not the building."
    ),
    LocationAccuracy.TOWN: _("Approximate: the point marks the middle of the town, not the building."),
    LocationAccuracy.APPROXIMATE: _(
        "Approximate: the point marks the town or its district, not the building."
    ),
    "": _("How exact the point is, is not known."),
}


def in_short(accuracy: str):
    """What the point marks where it is not the building: "middle of the town"."""
    return _IN_SHORT.get(accuracy, "")


def sentence(accuracy: str):
    """The same for who reads the address; empty where the point marks the building."""
    return _SENTENCES.get(accuracy, "")


def words_by_code() -> dict[str, str]:
    """`in_short` for every code, also for none."""
    return {str(code): str(words) for code, words in _IN_SHORT.items()}
