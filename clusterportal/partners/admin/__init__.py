"""What the admin shows of partners: their webhooks."""

from clusterportal.partners.admin.webhooks import WebhookEndpointAdmin

__all__ = ["WebhookEndpointAdmin"]
