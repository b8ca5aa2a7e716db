"""Rules in words, in the active language: what is asked, what was found, what is missing, and where the evidence is."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actors.enums import COMPANIES
from clusterportal.labels.domain.facts import Facts
from clusterportal.labels.domain.rules import MeasuredCriterion, Number
from layers.models import LAYER_COUNT

WHOLE = 100  # per cent


@dataclass(frozen=True)
class Link:
    """A word of the evidence, and the query string of the directory that lists who is meant."""

    text: str
    query: str


def in_digits(number: Number) -> str:
    return number_format(number.normalize() if isinstance(number, Decimal) else number)


def label_of(code: str, threshold: Number) -> str:
    """What is asked."""
    number, count = {"number": in_digits(threshold)}, ceil(threshold)
    match code:
        case "members":
            text = ngettext(
                "At least %(number)s committed member", "At least %(number)s committed members", count
            )
            return text % number
        case "companies":
            return _("At least %(number)s%% companies") % number
        case "kinds":
            return (
                ngettext("At least %(number)s kind of member", "At least %(number)s kinds of members", count)
                % number
            )
        case "layers":
            return _("Present on all five layers")
        case "staff":
            return _("At least %(number)s full-time posts in management") % number
        case "activities":
            text = ngettext(
                "At least %(number)s activity a year", "At least %(number)s activities a year", count
            )
            return text % number
        case "services":
            return _("Services are published")
        case "contact":
            return _("Contact and homepage are published")
        case "field":
            return _("A technology field or industry is named")
        case "silver_or_gold":
            return _("On the way to ECEI Silver, or Gold is held")
    raise KeyError(code)


def value_of(code: str, found: MeasuredCriterion) -> str:
    """What was found; empty where the verdict says all."""
    if found.value is None:
        return ""
    number = {"number": in_digits(found.value)}
    match code:
        case "companies":
            return _("%(number)s%%") % number
        case "layers":
            return _of(found.value, LAYER_COUNT)
        case "contact":
            return ", ".join(_given(found.figures))
        case "services" | "field" | "silver_or_gold":
            return ""
    return in_digits(found.value)


def why_of(code: str, found: MeasuredCriterion) -> str:
    """The evidence, or why there is none."""
    figures = found.figures
    match code:
        case "members" if not figures.get("members"):
            return _("no members yet")
        case "members" if found.value is None:
            text = ngettext(
                "%(count)d member, not marked as committed",
                "%(count)d members, none of them marked as committed",
                figures["members"],
            )
            return text % {"count": figures["members"]}
        case "members":
            return _of(figures["committed"], figures["members"])
        case "companies" if found.value is not None:
            return _of(figures["companies"], figures["members"])
        case "kinds" if found.value is not None:
            return ngettext("%(count)d kind", "%(count)d kinds", int(found.value)) % {"count": found.value}
        case "layers" if found.value is not None:
            return _("members by layer:")
        case "companies" | "kinds" | "layers":
            return _("no members yet")
        case "staff":
            return _("no posts entered") if found.value is None else _("as entered for the cluster")
        case "activities":
            return _("no events entered") if found.value is None else _("events of the last twelve months")
        case "services" if found.value is None:
            return _("the services of the cluster are empty; those of its members do not count here")
        case "contact" if found.value is None:
            return _("neither an address nor a homepage is entered")
        case "field" if found.value is None:
            return _("the technology field is empty")
        case "silver_or_gold" if found.value is None:
            return _("no label is recorded")
        case "silver_or_gold":
            return _("register of labels")
    return _("as entered for the cluster")


def links_of(code: str, found: MeasuredCriterion, facts: Facts) -> list[Link]:
    """The words of the evidence that lead to the actors behind it, in place of `why_of` or after it."""
    own = f"cluster={facts.cluster.slug}"
    match code:
        case "companies" if found.value is not None:
            kinds = "".join(f"&kind={kind}" for kind in sorted(COMPANIES))
            return [Link(why_of(code, found), own + kinds)]
        case "members" | "kinds" if found.value is not None or found.figures.get("members"):
            return [Link(why_of(code, found), own)]
        case "layers" if found.value is not None:
            return [Link(str(number), f"{own}&layer={layer}") for layer, number in facts.layers.items()]
    return []


def shortfall_of(code: str, found: MeasuredCriterion, threshold: Number) -> str:
    """How much is missing where the criterion is not met."""
    if found.verdict != "not_fulfilled" or found.value is None:
        return ""
    lacking = threshold - found.value
    match code:
        case "companies":
            if threshold >= WHOLE:
                return ""  # however many companies join, the others stay
            lacking_share = (
                Fraction(threshold) * found.figures["members"] - WHOLE * found.figures["companies"]
            )
            count = ceil(lacking_share / (WHOLE - Fraction(threshold)))
            text = ngettext("met with %(count)d more company", "met with %(count)d more companies", count)
            return text % {"count": count}
        case "members":
            text = ngettext(
                "%(count)d committed member is missing",
                "%(count)d committed members are missing",
                int(lacking),
            )
            return text % {"count": lacking}
        case "kinds":
            return ngettext("%(count)d kind is missing", "%(count)d kinds are missing", int(lacking)) % {
                "count": lacking
            }
        case "layers":
            return ngettext("%(count)d layer is missing", "%(count)d layers are missing", int(lacking)) % {
                "count": lacking
            }
        case "activities":
            return ngettext(
                "%(count)d activity is missing", "%(count)d activities are missing", int(lacking)
            ) % {"count": lacking}
        case "staff":
            return _("%(number)s posts are missing") % {"number": in_digits(lacking)}
        case "contact":
            return _("the homepage is missing") if found.figures["contact"] else _("the contact is missing")
        case "silver_or_gold":
            return _("neither Silver nor Gold is valid")
    return ""


def _of(number: Number, whole: int) -> str:
    return _("%(number)s of %(all)s") % {"number": number, "all": whole}


def _given(figures: Mapping[str, int]) -> list[str]:
    words = {"contact": _("contact"), "homepage": _("homepage")}
    return [word for name, word in words.items() if figures.get(name)]
