"""Which relations and projects make a network, and the sentence that says so."""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actors.enums import RelationKind
from clusterportal.clusters.models import Cluster
from clusterportal.network.enums import Border


@dataclass(frozen=True)
class GraphChoice:
    """What a network is made of. Every figure over it carries `Network.description`.

    `cluster`: its members of the day `as_of`; or `actors`: these primary keys; without either all actors.
    `kinds`: kinds of relations; `with_projects`: a project ties every pair of its partners. `public`: published
    actors, cleared members and what everybody may see of relations and projects. `directed`: kinds without a
    direction, and projects, hold both ways. Raises ValueError for a cluster and actors at once.
    """

    as_of: date
    cluster: Cluster | None = None
    actors: tuple[int, ...] | None = None
    kinds: frozenset[str] = frozenset(RelationKind.values)
    with_projects: bool = True
    directed: bool = False
    public: bool = True
    border: Border = Border.INSIDE

    def __post_init__(self):
        if self.cluster is not None and self.actors is not None:
            raise ValueError("either a cluster or actors")

    def described(self, *, undated: int) -> str:
        """The choice in the active language; `undated` of the records behind its ties have no known beginning."""
        sentence = _(
            "%(ties)s %(among)s, as of %(day)s; %(records)s; %(direction)s; parallel ties count once."
        )
        words = {
            "ties": self._ties(),
            "among": self._among(),
            "day": date_format(self.as_of),
            "records": _("only what is public") if self.public else _("also what is not public"),
            "direction": _("directions count") if self.directed else _("directions do not count"),
        }
        if not undated:
            return sentence % words
        since = ngettext(
            "%(count)d relation or project without a known beginning counts as having always stood.",
            "%(count)d relations and projects without a known beginning count as having always stood.",
            undated,
        )
        return f"{sentence % words} {since % {'count': undated}}"

    def _ties(self) -> str:
        if not self.kinds:
            return _("Cooperation projects")
        if self.kinds == frozenset(RelationKind.values):
            return (
                _("Relations of all kinds and projects")
                if self.with_projects
                else _("Relations of all kinds")
            )
        kinds = ", ".join(str(kind.label) for kind in RelationKind if kind in self.kinds)
        text = _("Relations (%(kinds)s) and projects") if self.with_projects else _("Relations (%(kinds)s)")
        return text % {"kinds": kinds}

    def _among(self) -> str:
        is_inside = self.border == Border.INSIDE
        if self.cluster is not None:
            text = (
                _("among the members of %(cluster)s")
                if is_inside
                else _("of the members of %(cluster)s with anybody")
            )
            return text % {"cluster": self.cluster}
        if self.actors is None:
            return _("among all actors")
        number = len(self.actors)
        text = (
            ngettext("of %(count)d actor alone", "among %(count)d actors", number)
            if is_inside
            else ngettext("of %(count)d actor with anybody", "of %(count)d actors with anybody", number)
        )
        return text % {"count": number}
