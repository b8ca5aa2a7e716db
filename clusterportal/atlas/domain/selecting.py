"""Whom an atlas shows: somebody, and not too many."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from actors.domain.taxonomy import Taxonomy
from actors.facets.selection import Selection

MOST_PROFILES = 1_500  # some two thousand pages: nobody reads more, and memory has an end


class BadSelection(Exception):
    """The filters choose nobody, too many, or cannot be read; the message says which."""


class Nobody(BadSelection):
    """The filters choose nobody: there is nothing to set."""


@dataclass(frozen=True)
class Chosen:
    """The selected actors, and the filters in words; empty for the whole region."""

    selection: Selection
    taxonomy: Taxonomy
    scope: str


Choose = Callable[..., Chosen]
"""Who is chosen by a query string of the directory, and by what `scope` people call them: `filters.chosen`."""


def checked(selection: Selection) -> Selection:
    """The same selection, where an atlas can show it. Raises BadSelection."""
    count = selection.count()
    if not count:
        raise Nobody(_("No actor has these properties."))
    if count > MOST_PROFILES:
        raise BadSelection(
            _("%(count)d actors are more than an atlas holds (%(most)d). Please choose fewer by filters.")
            % {"count": count, "most": MOST_PROFILES}
        )
    return selection
