"""What the room keeps of people, for the record of processing."""

from django.utils.translation import gettext_lazy as _

from clusterportal.history.processing import Kept, Term, keep_for, no_people
from clusterportal.network.models import Betweenness, CooperationProject

_STANDS = Term(_("as long as the project stands"))
keep_for(
    "clusters",
    Kept(
        CooperationProject,
        ["title", "description", "result", "funder", "programme", "evidence"],
        _STANDS,
        may_name=True,
    ),
)
no_people(CooperationProject, "slug", "currency", why="an address made of the title; a code")
no_people(Betweenness, "digest", why="a digest of numbers")
