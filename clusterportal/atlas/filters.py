"""The filters of the directory choose whom an atlas shows."""

from django.http import QueryDict
from django.utils.translation import gettext as _

from actors.enums import RegionSide
from actors.filters import ActorFilterSet
from clusterportal.atlas.domain.selecting import BadSelection, Chosen, checked

_NOT_CHOOSING = ("ordering", "radius")


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
    selection = checked(filterset.selection)
    return Chosen(selection, filterset.taxonomy, scope or in_words(filterset, params))


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
