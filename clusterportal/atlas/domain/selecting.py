"""Whom an atlas shows: the filters of the directory, understood once."""

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from actors.domain.taxonomy import Taxonomy
from actors.enums import RegionSide
from actors.facets.selection import Selection
from actors.filters import ActorFilterSet

MOST_PROFILES = 1_500  # some two thousand pages: nobody reads more, and memory has an end
_NOT_CHOOSING = ("ordering", "radius")


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


def chosen(query: str, *, scope: str = "") -> Chosen:
    """Who is chosen by a query string of the directory; without one, the region. Raises BadSelection.

    `scope`: what people call the selection, where they have a name for it.
    """
    params = QueryDict(query or f"region={RegionSide.INSIDE}")
    if unknown := [name for name in params if name not in ActorFilterSet.base_filters]:
        raise BadSelection(_("There is no filter “%(name)s”.") % {"name": unknown[0]})
    filterset = ActorFilterSet(params)
    if not filterset.is_valid():
        texts = [text for texts in filterset.form.errors.values() for text in texts]
        raise BadSelection(" ".join(map(str, texts)))
    count = filterset.selection.count()
    if not count:
        raise Nobody(_("No actor has these properties."))
    if count > MOST_PROFILES:
        raise BadSelection(
            _("%(count)d actors are more than an atlas holds (%(most)d). Please choose fewer by filters.")
            % {"count": count, "most": MOST_PROFILES}
        )
    return Chosen(filterset.selection, filterset.taxonomy, scope or in_words(filterset, params))


def in_words(filterset: ActorFilterSet, params: QueryDict) -> str:
    """ "Cluster: IT-Cluster Kaiserslautern; Layer: Basic research"; empty for the whole region."""
    if params.urlencode() == f"region={RegionSide.INSIDE}":
        return ""
    parts = []
    for name in params:
        values = [value for value in params.getlist(name) if value]
        if values and name not in _NOT_CHOOSING:
            field = filterset.form.fields[name]
            names = _names(getattr(field, "choices", None))
            parts.append(f"{field.label}: {', '.join(names.get(value, value) for value in values)}")
    return "; ".join(parts)


def _names(choices) -> dict[str, str]:
    found = choices() if callable(choices) else choices or []
    return {str(code): str(label) for code, label in found}
