"""Partners, their keys, their webhooks and the use of the API in the admin."""

from clusterportal.partners.admin.keys import ApiKeyAdmin
from clusterportal.partners.admin.partners import PartnerAdmin
from clusterportal.partners.admin.webhooks import WebhookEndpointAdmin

__all__ = ["ApiKeyAdmin", "PartnerAdmin", "WebhookEndpointAdmin"]
