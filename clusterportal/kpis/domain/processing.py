"""What the room keeps of people, for the record of processing."""

from django.utils.translation import gettext_lazy as _

from clusterportal.history.processing import Kept, Term, keep_for, no_people
from clusterportal.kpis.models import Kpi, KpiValue

_STANDS = Term(_("as long as the indicator stands"))
keep_for(
    "clusters",
    Kept(Kpi, ["responsible"], _STANDS),
    Kept(Kpi, ["name", "method"], _STANDS, may_name=True),
    Kept(KpiValue, ["note", "records"], _STANDS, may_name=True),
)
no_people(Kpi, "code", "unit", "indicator", why="codes and units")
