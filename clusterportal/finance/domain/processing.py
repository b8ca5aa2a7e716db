"""What the room keeps of people, for the record of processing."""

from django.utils.translation import gettext_lazy as _

from clusterportal.finance.models import Budget, BudgetLine, PathPoint
from clusterportal.history.processing import Kept, Term, keep_for, no_people

_STANDS = Term(_("as long as the year stands"))
keep_for(
    "clusters",
    Kept(Budget, ["note"], _STANDS, may_name=True),
    Kept(BudgetLine, ["evidence"], _STANDS, may_name=True),
    Kept(PathPoint, ["evidence"], _STANDS, may_name=True),
)
no_people(Budget, "currency", why="a code")
