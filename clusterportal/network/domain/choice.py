"""Which relations and projects make a network, and the sentence that says so."""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actors.enums import RelationKind
from clusterportal.clusters.models import Cluster
from clusterportal.network.enums import Border

ALL_KINDS = frozenset(RelationKind.values)


@dataclass(frozen=True)
class GraphChoice:
    """What a network is made of. Every figure over it carries `Network.description`.

    `as_of`: ties of that day; None, only with `ever`: ties of any time.
    `cluster`: its members of the day `as_of`, with `ever` of any time; or `actors`: these primary keys; without
    either all actors.
    `kinds`: kinds of relations; `with_projects`: a project ties every pair of its partners. `public`: published
    actors, cleared members and what everybody may see of relations and projects. `directed`: kinds without a
    direction, and projects, hold both ways. Raises ValueError for a cluster and actors at once, and without a time.
    """

    as_of: date | None = None
    ever: bool = False
    cluster: Cluster | None = None
    actors: tuple[int, ...] | None = None
    kinds: frozenset[str] = ALL_KINDS
    with_projects: bool = True
    directed: bool = False
    public: bool = True
    border: Border = Border.INSIDE

    def __post_init__(self):
        if self.cluster is not None and self.actors is not None:
            raise ValueError("either a cluster or actors")
        if self.as_of is None and not self.ever:
            raise ValueError("a day, or ever")

    @property
    def has_border(self) -> bool:
        """Whether it asks for some actors among others, so that ties can lead out."""
        return self.cluster is not None or self.actors is not None

    def described(self, *, undated: int) -> str:
        """The choice in the active language; `undated` of the records behind its ties have no known beginning."""
        text = _("%(ties)s %(among)s, %(time)s; %(records)s; %(direction)s; parallel ties count once.")
        words = {
            "ties": self._ties(),
            "among": self._among(),
            "time": _("as of %(day)s") % {"day": date_format(self.as_of)} if self.as_of else _("at any time"),
            "records": _("only what is public") if self.public else _("also what is not public"),
            "direction": _("directions count") if self.directed else _("directions do not count"),
        }
        if not undated:
            return text % words
        since = ngettext(
            "%(count)d relation or project without a known beginning counts as having always stood.",
            "%(count)d relations and projects without a known beginning count as having always stood.",
            undated,
        )
        return f"{text % words} {since % {'count': undated}}"

    def _ties(self) -> str:
        if not self.kinds:
            return _("Cooperation projects")
        if self.kinds == ALL_KINDS:
            alone = _("Relations of all kinds")
            return _("Relations of all kinds and projects") if self.with_projects else alone
        kinds = ", ".join(str(kind.label) for kind in RelationKind if kind in self.kinds)
        text = _("Relations (%(kinds)s) and projects") if self.with_projects else _("Relations (%(kinds)s)")
        return text % {"kinds": kinds}

    def _among(self) -> str:
        is_inside = self.border == Border.INSIDE
        if self.cluster is not None:
            return self._among_members(is_inside) % {"cluster": self.cluster}
        if self.actors is None:
            return _("among all actors")
        number = len(self.actors)
        text = ngettext("of %(count)d actor with anybody", "of %(count)d actors with anybody", number)
        if is_inside:
            text = ngettext("of %(count)d actor alone", "among %(count)d actors", number)
        return text % {"count": number}

    def _among_members(self, is_inside: bool) -> str:
        if not self.ever:
            among, with_anybody = (
                _("among the members of %(cluster)s"),
                _("of the members of %(cluster)s with anybody"),
            )
        else:
            among, with_anybody = (
                _("among all past, present and future members of %(cluster)s"),
                _("of all past, present and future members of %(cluster)s with anybody"),
            )
        return among if is_inside else with_anybody
