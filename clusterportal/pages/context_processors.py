"""Template variables of every page: the names of the portal and of its regions, and who runs it."""

from django.conf import settings
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from actors.domain.taxonomy import Taxonomy
from clusterportal.core.english_words import partial_languages


def portal(request) -> dict:
    """The name of the portal, the address of its operator, whether English stands in, and, read lazily, its regions."""
    return {
        "SITE_NAME": settings.SITE_NAME,
        "OPERATOR_EMAIL": settings.OPERATOR_EMAIL,
        "REGION_NAMES": SimpleLazyObject(_region_names),
        "IS_PARTLY_ENGLISH": get_language() in partial_languages(),
    }


def _region_names() -> str:
    """ "Kaiserslautern and Leipzig"; empty with more regions than fit into the header."""
    names = [region.name for region in Taxonomy().regions]
    if not 0 < len(names) < 4:
        return ""
    *first, last = names
    return _("%(first)s and %(last)s") % {"first": ", ".join(first), "last": last} if first else last
