"""What the room keeps of people, for the record of processing."""

from django.utils.translation import gettext_lazy as _

from clusterportal.history.processing import ACCOUNTS, Kept, Term, keep_for
from clusterportal.placing.models import Walk

keep_for(ACCOUNTS, Kept(Walk, ["query"], Term(_("as long as the account stands")), may_name=True))
