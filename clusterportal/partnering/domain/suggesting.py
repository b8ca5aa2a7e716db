"""Which open requests and offers may fit an actor."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from actors.models import Actor
from clusterportal.partnering.domain.fitting import Fit, fits_of, read_actors
from clusterportal.partnering.models import PartnerSearch
from clusterportal.review.models import Representation

LOOKED_AT = 200  # open requests and offers, the newest ones
IN_A_MAIL = 10


@dataclass(frozen=True)
class SearchSuggestion:
    """A request or an offer that may fit an actor, with the reasons."""

    search: PartnerSearch
    fit: Fit

    @property
    def reason(self) -> str:
        """Why, in one line."""
        layer = _("layer %(number)s") % {"number": self.search.layer.position}
        completes = _("completes layers %(numbers)s") % {"numbers": ", ".join(map(str, self.fit.positions))}
        said = [layer if self.search.is_request else completes, *map(str, self.fit.areas), self.fit.offer]
        return ", ".join(filter(None, [*said, self.fit.actor.city if self.fit.is_near else ""]))


def suggestions_of(actor: Actor, *, most: int = 3) -> tuple[list[SearchSuggestion], int]:
    """Open ones that the published actor fits, the best first, at most `most`; and how many there are."""
    found = _for_actors([actor])
    return found[:most], len(found)


def suggestions_for(user, *, since: datetime | None) -> list[SearchSuggestion]:
    """The same for the actors whom `user` represents, of what was published later than `since`."""
    actors = Representation.objects.active().filter(user=user).values_list("actor", flat=True)
    return _for_actors(read_actors(actors), since=since)[:IN_A_MAIL]


def _for_actors(actors: Sequence[Actor], *, since: datetime | None = None) -> list[SearchSuggestion]:
    """Nobody fits what names no area of theirs: that is not read."""
    areas = {focus.area_id for actor in actors for focus in actor.foci.all()}
    open_ones = PartnerSearch.objects.open_on(timezone.localdate()).naming(areas)
    searches = open_ones.for_list().newest()
    if since:
        searches = searches.filter(published_at__gt=since)
    newest = list(searches[:LOOKED_AT])
    fits = fits_of(newest, among=actors, most=IN_A_MAIL)
    found = [SearchSuggestion(search, fit) for search in newest for fit in fits[search.pk].shown]
    return sorted(found, key=lambda one: one.fit.rank[:3])
