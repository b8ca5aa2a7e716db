"""The manifest: what this service can do, and where."""

from django.conf import settings
from django.utils.translation import gettext as _

from actors.enums import ActorKind
from clusterportal.core.api.absolute_addresses import Addresses
from clusterportal.matching.domain.matching import BATCH

VERSIONS = ["0.2"]
PREVIEW_WIDTH, PREVIEW_HEIGHT = 420, 220  # pixels of the frame
# The lasting address of an actor in all languages, on every host.
_ACTOR = "/id/"


def manifest(addresses: Addresses) -> dict:
    """The manifest in the active language, with addresses on the host that was asked."""
    service = addresses.of("api:reconcile").rstrip("/")
    return {
        "versions": VERSIONS,
        "name": _("%(site)s: actors") % {"site": settings.SITE_NAME},
        "identifierSpace": f"{settings.SITE_URL}{_ACTOR}",
        "schemaSpace": f"{settings.SITE_URL}/api/v1/reconcile/properties/",
        "documentation": addresses.of("api:docs"),
        "view": {"url": f"{addresses.base}{_ACTOR}{{{{id}}}}"},
        "defaultTypes": types(),
        "suggest": {
            "entity": {
                "service_url": service,
                "service_path": "/suggest/entity/",
                "flyout_service_url": service,
                "flyout_service_path": "/flyout/?id=${id}",
            },
            "property": {"service_url": service, "service_path": "/suggest/property/"},
            "type": {"service_url": service, "service_path": "/suggest/type/"},
        },
        "preview": {
            "url": f"{service}/preview/?id={{{{id}}}}",
            "width": PREVIEW_WIDTH,
            "height": PREVIEW_HEIGHT,
        },
        "extend": {
            "propose_properties": {"service_url": service, "service_path": "/properties/"},
            "property_settings": [],
        },
        "batchSize": BATCH,
    }


def types() -> list[dict[str, str]]:
    """The kinds of actors in the active language."""
    return [{"id": kind.value, "name": str(kind.label)} for kind in ActorKind]
