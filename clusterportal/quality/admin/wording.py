"""Reasons for and against a pair, as sentences in the reader's language."""

from django.utils.translation import gettext as _

from actors.enums import IdentifierScheme
from clusterportal.quality.enums import ReasonCode


def sentence(reason: dict) -> str:
    """The reason as stored with a pair, in words."""
    if template := _templates().get(reason["code"]):
        return template % (reason | {"scheme": _scheme(reason)})
    return reason["code"]


def _scheme(reason: dict) -> str:
    return str(dict(IdentifierScheme.choices).get(reason.get("scheme"), ""))


def _templates() -> dict[str, str]:
    return {
        ReasonCode.SAME_IDENTIFIER: _("same identifier %(value)s"),
        ReasonCode.SAME_WEBSITE: _("same website domain %(host)s"),
        ReasonCode.SAME_NAME: _("same name"),
        ReasonCode.SIMILAR_NAME: _("names %(percent)s %% alike"),
        ReasonCode.SAME_SHORT_NAME: _("same short name %(name)s"),
        ReasonCode.SAME_POSTCODE: _("same postcode %(postcode)s"),
        ReasonCode.SAME_CITY: _("same city %(city)s"),
        ReasonCode.NEARBY: _("%(metres)s m apart"),
        ReasonCode.OTHER_IDENTIFIER: _(
            "two different numbers of one scheme: %(scheme)s %(left)s and %(right)s"
        ),
        ReasonCode.RELATED: _("one is the parent or spin-off of the other"),
        ReasonCode.OTHER_NAME: _("names only %(percent)s %% alike"),
        ReasonCode.OTHER_PLACE: _("different places: %(left)s and %(right)s"),
    }


def said(reasons: list[dict]) -> list[dict]:
    """Reasons for templates, the weightiest first: text, weight, and whether it speaks against."""
    ordered = sorted(reasons, key=lambda reason: -abs(reason["weight"]))
    return [
        {"text": sentence(reason), "weight": reason["weight"], "is_against": reason["weight"] < 0}
        for reason in ordered
    ]
