"""What the management of clusters keeps of people, for the record of processing; rooms above add theirs."""

from django.utils.translation import gettext_lazy as _

from clusterportal.clusters.models import Cluster, Region
from clusterportal.history.processing import Activity, Basis, Kept, Term, no_people, process

_STANDS = Term(_("as long as the cluster stands in the registry"))
process(
    Activity(
        code="clusters",
        name=_("Management of clusters"),
        purpose=_("Presenting clusters, and planning, measuring and financing their work."),
        bases=(Basis.INTEREST,),
        people=_("The team of a cluster, and people whom a text names as responsible"),
        recipients=_("The team of the cluster; of what it releases everybody"),
        kept=(
            Kept(Cluster, ["email", "phone"], _STANDS),
            Kept(
                Cluster,
                ["name", "slug", "claim", "description", "aims", "services", "organisation", "source"],
                _STANDS,
                may_name=True,
            ),
            Kept(
                Cluster,
                ["technology_field", "founding_occasion", "programmes", "homepage", "logo"],
                _STANDS,
                may_name=True,
            ),
        ),
    )
)
no_people(Cluster, "legal_form", why="a legal form")
no_people(
    Region, "slug", "name", "country", "nuts_codes", "outline", "outline_source", why="towns and counties"
)
