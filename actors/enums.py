"""Codes of the registry. The value is stored and sent by the API, the label is for people."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ActorKind(models.TextChoices):
    COMPANY = "company", _("Company")
    STARTUP = "startup", _("Start-up")
    UNIVERSITY = "university", _("University")
    RESEARCH_INSTITUTE = "research_institute", _("Research institute")
    HOSPITAL = "hospital", _("Hospital")
    SERVICE_PROVIDER = "service_provider", _("Service provider")
    SUPPLIER = "supplier", _("Supplier")
    MANUFACTURER = "manufacturer", _("Manufacturer")
    ASSOCIATION = "association", _("Network or association")
    PUBLIC_BODY = "public_body", _("Public body")
    CHAMBER = "chamber", _("Chamber")
    EDUCATION = "education", _("Educational institution")
    OTHER = "other", _("Other")


COMPANIES = frozenset(
    {
        ActorKind.COMPANY,
        ActorKind.STARTUP,
        ActorKind.SERVICE_PROVIDER,
        ActorKind.SUPPLIER,
        ActorKind.MANUFACTURER,
    }
)
"""Kinds that count as companies where a criterion or a figure asks for their share."""


class SizeClass(models.TextChoices):
    """Staff headcount (EU recommendation 2003/361/EC)."""

    MICRO = "micro", _("Micro, under 10 staff")
    SMALL = "small", _("Small, under 50 staff")
    MEDIUM = "medium", _("Medium, under 250 staff")
    LARGE = "large", _("Large, 250 staff and more")


class LocationAccuracy(models.TextChoices):
    """What the coordinates of an actor mark; where nobody said it, that is not known."""

    EXACT = "exact", _("Exact: the building")
    STREET = "street", _("The street")
    POSTCODE = "postcode", _("The middle of the postcode's area")
    TOWN = "town", _("The middle of the town")
    APPROXIMATE = (
        "approximate",
        _("Approximate: the town or its district"),
    )  # which of both was not asked once


LOCATED_EXACTLY = {LocationAccuracy.EXACT, LocationAccuracy.STREET}


class ContactBy(models.TextChoices):
    """How an actor wishes to be asked; where nobody said it, by its published address, or else by the portal's form."""

    PORTAL = "portal", _("By the form of this portal")
    NOT = "not", _("No enquiries, please")


class RegionSide(models.TextChoices):
    """Where an actor is, seen from the region that the portal serves."""

    INSIDE = "inside", _("In the region")
    OUTSIDE = "outside", _("Outside the region")


class PlacementBasis(models.TextChoices):
    """The ground on which an actor stands on a layer."""

    TOPIC = "topic", _("Topic")
    SERVICE = "service", _("Service")
    BOTH = "both", _("Topic and service")


class MembershipKind(models.TextChoices):
    MEMBER = "member", _("Member")
    PARTNER = "partner", _("Partner")
    MANAGEMENT = "management", _("Managing organisation")


class RelationKind(models.TextChoices):
    COMPETITION = "competition", _("Competition")
    COOPERATION = "cooperation", _("Cooperation")
    SUPPLY = "supply", _("Supply")
    RESEARCH = "research", _("Research cooperation")
    SPIN_OFF = "spin_off", _("Spin-off")
    PARENT = "parent", _("Parent body")


# Supplier -> customer, parent -> spin-off, parent body -> part. The other kinds hold both ways.
DIRECTED_RELATIONS = frozenset({RelationKind.SUPPLY, RelationKind.SPIN_OFF, RelationKind.PARENT})
MUTUAL_RELATIONS = frozenset(RelationKind) - DIRECTED_RELATIONS
# Of two actors each may supply the other; every other kind stands once between two.
ONCE_A_PAIR = frozenset(RelationKind) - {RelationKind.SUPPLY}


class AliasKind(models.TextChoices):
    TRANSLATED = "translated", _("Translated name")
    FORMER = "former", _("Former name")
    COLLOQUIAL = "colloquial", _("Colloquial name")
    ACRONYM = "acronym", _("Acronym")


class IdentifierScheme(models.TextChoices):
    ROR = "ror", "ROR"
    LEI = "lei", "LEI"
    WIKIDATA = "wikidata", "Wikidata"
    VAT = "vat", _("VAT number")
    REGISTER = "register", _("Commercial register")


class LegalForm(models.TextChoices):
    """German legal forms with their ISO 20275 (ELF) codes, version of 2023-09-28."""

    GMBH = "2HBR", "GmbH"
    UG = "63KS", "UG (haftungsbeschränkt)"
    GGMBH = "SCE1", "gGmbH"
    AG = "6QQB", "AG"
    GAG = "YA01", "gAG"
    SE = "SGST", "SE"
    KGAA = "T0YJ", "KGaA"
    KG = "8Z6G", "KG"
    OHG = "40DB", "OHG"
    GBR = "FR3V", "GbR"
    PARTG = "8CM0", "PartG"
    PARTG_MBB = "2YZO", "PartG mbB"
    SOLE = "OL20", "e. K."
    EG = "AZFE", "eG"
    SCE = "SUA1", "SCE"
    EV = "QZ3L", "e. V."
    UNREGISTERED = "79H0", _("Association without registration")
    KDOR = "SQKS", _("Corporation under public law")
    AOR = "XLWA", _("Institution under public law")
    PUBLIC_FOUNDATION = "FEBD", _("Foundation under public law")
    FOUNDATION = "V2YH", _("Foundation under private law")
    VVAG = "13AV", "VVaG"


class TermNoun(models.TextChoices):
    """Kinds of terms that can be merged."""

    TOPIC = "topic", _("Topic")
    AREA = "area", _("Application area")


class PartnerRole(models.TextChoices):
    """What an actor is in a cooperation project."""

    COORDINATOR = "coordinator", _("Coordinator")
    PARTNER = "partner", _("Partner")
