"""Partners, their keys and the use of the API in the admin."""

from clusterportal.partners.admin.keys import ApiKeyAdmin
from clusterportal.partners.admin.partners import PartnerAdmin

__all__ = ["ApiKeyAdmin", "PartnerAdmin"]
