"""`group_by` of the list: counts by one or two properties, in place of the actors themselves."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from actors.api.parameters import refuse
from actors.domain.taxonomy import Taxonomy
from actors.facets.counts import labels
from actors.facets.grouping import DIMENSIONS, Dimension, grouping
from actors.facets.selection import Selection
from clusterportal.core.api.answer_language import AnswerLanguage
from clusterportal.core.api.parameters import chosen_codes, codes
from clusterportal.core.api.problems import InvalidParameters
from clusterportal.core.languages import LANGUAGE_CODES

GROUP_BY = codes(
    "group_by",
    _(
        "In place of the actors (in json): `groups`, how many of them there are by one or two of these, `layer,area` "
        "for the matrix. Groups without any are left out. Of towns, topics and the like the most frequent ones are "
        "given, 1000 alone and 50 beside another."
    ),
    DIMENSIONS,
)
_OF_LISTS = ("page", "page_size", "cursor", "ordering", "fields", "include", "facets", "facet_size")
_NO_LIST = _("With `group_by` there is no list of actors. Leave this out.")


def dimensions_asked_for(params, kind: str) -> list[str]:
    """The dimensions of `group_by`; none where it is not given. Raises InvalidParameters for what does not fit."""
    names = chosen_codes(params, "group_by", DIMENSIONS)
    if not names:
        return []
    if kind != "json":
        refuse(params, {"group_by": _("Groups come in json only. Leave this out, or ask for json.")})
    refuse(params, dict.fromkeys(_OF_LISTS, _NO_LIST))
    if len(names) > 2:
        raise InvalidParameters({"group_by": [_("Give one or two of them.")]})
    return names


def grouped(selection: Selection, names: list[str], *, taxonomy: Taxonomy, language: AnswerLanguage) -> dict:
    """The answer: the dimensions with their values, and the groups."""
    found = grouping(selection, names, taxonomy)
    return {
        "count": found.total,
        "next": None,
        "previous": None,
        "results": [],
        "dimensions": [_shown(one, taxonomy, language) for one in found.dimensions],
        "groups": [
            {**dict(zip(names, values, strict=True)), "count": count}
            for values, count in found.groups.items()
        ],
    }


def _shown(dimension: Dimension, taxonomy: Taxonomy, language: AnswerLanguage) -> dict:
    spoken = {}
    for code in LANGUAGE_CODES if language.is_every else [language.code]:
        with override(code):
            spoken[code] = labels(dimension.name, dimension.counts, taxonomy)

    def label(value: str):
        texts = {code: known.get(value) or value for code, known in spoken.items()}
        return texts if language.is_every else texts[language.code]

    return {
        "name": dimension.name,
        "total": dimension.total,
        "values": [
            {"value": value, "label": label(value), "count": count}
            for value, count in dimension.counts.items()
        ],
    }
