"""What the room keeps of people, for the record of processing."""

from django.utils.translation import gettext_lazy as _

from clusterportal.history.processing import Kept, Term, keep_for, no_people
from clusterportal.lifecycle.models import Assessment, Measurement

keep_for(
    "clusters",
    Kept(Assessment, ["reason"], Term(_("as long as the assessment stands")), may_name=True),
)
no_people(Measurement, "figures", "counts", why="numbers")
