"""Codes of the life cycle. The value is stored and sent by the API, the label is for people."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Figure(models.TextChoices):
    """What is measured of a cluster on one day: the two axes of the plane first, then what stands beside them."""

    HETEROGENEITY = "heterogeneity", _("Heterogeneity of knowledge")
    INTERACTION = "interaction", _("Relations a member")
    EI_INDEX = "ei_index_layers", _("E-I index over the layers")
    EFFECTIVE_CELLS = "effective_cells", _("Effective number of cells")
    VARIETY = "variety", _("Variety")
    UNRELATED_VARIETY = "unrelated_variety", _("Unrelated variety: between the areas")
    RELATED_VARIETY = "related_variety", _("Related variety: layers inside the areas")
    CONCENTRATION = "concentration", _("Concentration on few cells (HHI)")
    CONCENTRATION_NORMALISED = "concentration_normalised", _("Concentration, normalised")
    COMPANIES = "companies", _("Companies")
    INSTITUTIONS = "institutions", _("Institutions")
    ABSORPTIVE_CAPACITY = "absorptive_capacity", _("Absorptive capacity")
    JOINED = "joined", _("Joined this year")
    LEFT = "left", _("Left this year")
    PERMEABILITY = "permeability", _("Permeability")


PERCENT = frozenset({Figure.ABSORPTIVE_CAPACITY, Figure.PERMEABILITY})
COUNTS = frozenset({Figure.COMPANIES, Figure.INSTITUTIONS, Figure.JOINED, Figure.LEFT})


class Knowledge(models.TextChoices):
    """Kinds of knowledge, in the order of the chain from research to market."""

    TECHNOLOGICAL = "technological", _("Technological knowledge")
    DESIGN = "design", _("Design knowledge")
    INDUSTRY = "industry", _("Industry knowledge")
    NETWORK = "network", _("Network knowledge")
