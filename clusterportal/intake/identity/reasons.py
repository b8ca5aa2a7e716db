"""The evidence for and against two descriptions being one organisation: code, weight and sentence of each reason."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actors.enums import IdentifierScheme


class ReasonCode(models.TextChoices):
    """Evidence that two actors are one, and evidence against it."""

    SAME_IDENTIFIER = "same_identifier", gettext_lazy("Same identifier")
    SAME_NAME = "same_name", gettext_lazy("Same name")
    OTHER_NAME_OF = "other_name_of", gettext_lazy("Known under this name")
    SIMILAR_NAME = "similar_name", gettext_lazy("Similar name")
    SAME_SHORT_NAME = "same_short_name", gettext_lazy("Same short name")
    SAME_WEBSITE = "same_website", gettext_lazy("Same website")
    SAME_PHONE = "same_phone", gettext_lazy("Same telephone number")
    SAME_STREET = "same_street", gettext_lazy("Same street")
    SAME_POSTCODE = "same_postcode", gettext_lazy("Same postcode")
    SAME_CITY = "same_city", gettext_lazy("Same city")
    NEARBY = "nearby", gettext_lazy("Close to each other")
    OTHER_IDENTIFIER = "other_identifier", gettext_lazy("Different identifiers")
    OTHER_REGISTER = "other_register", gettext_lazy("Different register entries")
    RELATED = "related", gettext_lazy("Parent or spin-off")
    OTHER_NAME = "other_name", gettext_lazy("Different names")
    OTHER_PLACE = "other_place", gettext_lazy("Different places")
    OTHER_POSTCODE = "other_postcode", gettext_lazy("Different postcodes")
    OTHER_WEBSITE = "other_website", gettext_lazy("Different websites")


SAME_PLACE = {ReasonCode.SAME_STREET, ReasonCode.SAME_POSTCODE, ReasonCode.SAME_CITY, ReasonCode.NEARBY}


# The sum, from 0 to 100, is the score of a pair. Similar names weigh by how similar they are.
WEIGHTS = {
    ReasonCode.SAME_IDENTIFIER: 70,
    ReasonCode.SAME_NAME: 50,
    ReasonCode.OTHER_NAME_OF: 50,
    ReasonCode.SAME_SHORT_NAME: 25,
    ReasonCode.SAME_WEBSITE: 40,
    ReasonCode.SAME_PHONE: 25,
    ReasonCode.SAME_STREET: 30,
    ReasonCode.SAME_POSTCODE: 20,
    ReasonCode.SAME_CITY: 15,
    ReasonCode.NEARBY: 15,
    ReasonCode.OTHER_IDENTIFIER: -70,
    ReasonCode.OTHER_REGISTER: -15,
    ReasonCode.RELATED: -70,
    ReasonCode.OTHER_NAME: -20,
    ReasonCode.OTHER_PLACE: -25,
    ReasonCode.OTHER_POSTCODE: -5,
    ReasonCode.OTHER_WEBSITE: -10,
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One piece of evidence; `values` are what its sentence names."""

    code: str
    weight: int
    values: dict

    def as_json(self) -> dict:
        return {"code": str(self.code), "weight": self.weight, **self.values}

    @property
    def sentence(self) -> str:
        return sentence(self.as_json())


def reason(code: ReasonCode, *, weight: int | None = None, **values) -> Reason:
    return Reason(code, WEIGHTS[code] if weight is None else weight, values)


def sentence(reason: dict) -> str:
    """A reason, as stored with a pair, in the words of the reader's language."""
    if template := _templates().get(reason["code"]):
        return template % (reason | {"scheme": _scheme(reason)})
    return reason["code"]


def weightiest_first(reasons: list[dict]) -> list[dict]:
    """The weightiest first, for or against."""
    return sorted(reasons, key=lambda reason: -abs(reason["weight"]))


def for_display(reasons: list[dict]) -> list[dict]:
    """Reasons for templates, the weightiest first: text, weight, and whether it is evidence against."""
    return [
        {"text": sentence(one), "weight": one["weight"], "is_against": one["weight"] < 0}
        for one in weightiest_first(reasons)
    ]


def _scheme(reason: dict) -> str:
    return str(dict(IdentifierScheme.choices).get(reason.get("scheme", ""), ""))


def _templates() -> dict[str, str]:
    return {
        ReasonCode.SAME_IDENTIFIER: _("same identifier %(value)s"),
        ReasonCode.SAME_NAME: _("same name"),
        ReasonCode.OTHER_NAME_OF: _("known as “%(name)s” too"),
        ReasonCode.SIMILAR_NAME: _("names %(percent)s %% alike"),
        ReasonCode.SAME_SHORT_NAME: _("same short name %(name)s"),
        ReasonCode.SAME_WEBSITE: _("same website domain %(host)s"),
        ReasonCode.SAME_PHONE: _("same telephone number %(phone)s"),
        ReasonCode.SAME_STREET: _("same street %(street)s"),
        ReasonCode.SAME_POSTCODE: _("same postcode %(postcode)s"),
        ReasonCode.SAME_CITY: _("same city %(city)s"),
        ReasonCode.NEARBY: _("%(metres)s m apart"),
        ReasonCode.OTHER_IDENTIFIER: _(
            "two different numbers of one scheme: %(scheme)s %(left)s and %(right)s"
        ),
        ReasonCode.OTHER_REGISTER: _("two different register entries: %(left)s and %(right)s"),
        ReasonCode.RELATED: _("one is the parent or spin-off of the other"),
        ReasonCode.OTHER_NAME: _("names only %(percent)s %% alike"),
        ReasonCode.OTHER_PLACE: _("different places: %(left)s and %(right)s"),
        ReasonCode.OTHER_POSTCODE: _("different postcodes: %(left)s and %(right)s"),
        ReasonCode.OTHER_WEBSITE: _("different websites: %(left)s and %(right)s"),
    }
