"""What the room keeps of people, for the record of processing."""

from django.utils.translation import gettext_lazy as _

from clusterportal.atlas.domain.own_atlases import KEPT_FOR
from clusterportal.atlas.models import Atlas
from clusterportal.history.processing import Kept, Term, keep_for, no_people

keep_for(
    "registry",
    Kept(
        Atlas,
        ["scope", "query"],
        Term(_("after it was asked for"), KEPT_FOR, "atlas.keep_ready"),
        may_name=True,
    ),
    Kept(
        _("Competence atlases kept ready"),
        [_("What is public")],
        Term(_("until something in them is no longer public"), job="atlas.keep_ready"),
        may_name=True,
    ),
)
no_people(Atlas, "language", "message", "remarks", why="codes, and what the program says of the file")
