"""What the taxonomy keeps of people, for the record of processing."""

from django.utils.translation import gettext_lazy as _

from applications.models import ApplicationArea, AreaSynonym
from clusterportal.history.processing import Kept, Term, keep_for, no_people

keep_for(
    "registry",
    Kept(ApplicationArea, ["description"], Term(_("as long as the area stands")), may_name=True),
)
no_people(ApplicationArea, "slug", "name", why="names of areas")
no_people(AreaSynonym, "name", "language", why="names of areas")
