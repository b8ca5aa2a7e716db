"""Other words for a term, from whatever somebody called it."""

from collections.abc import Mapping

from django.db import transaction

from clusterportal.core.languages import LANGUAGE_CODES, column_names
from clusterportal.core.spelling import spelling
from clusterportal.history.acts import act
from clusterportal.terms.enums import SynonymKind


@transaction.atomic
def remember(*, term, words: Mapping[str, str], by) -> list[str]:
    """Keep `words`, by the column of a name (`name_de`) or "" for every language, as synonyms of `term`.

    What the term is called already is left out; returns what was kept. The caller has checked that `by` may.
    """
    with act("synonyms", by=by):
        return keep(term, words)


def keep(term, words: Mapping[str, str]) -> list[str]:
    """The same within an act of somebody else's."""
    known = {spelling(getattr(term, column)) for column in column_names("name")}
    known |= {spelling(synonym.name) for synonym in term.synonyms.all()}
    synonyms, kept = term.synonyms.model, []
    columns = dict(zip(column_names("name"), LANGUAGE_CODES, strict=True))
    for column, word in words.items():
        if not spelling(word) or spelling(word) in known:
            continue
        known.add(spelling(word))
        kept.append(word)
        synonyms.objects.create(
            **{synonyms.term_field: term}, name=word, kind=kind_of(word), language=columns.get(column, "")
        )
    return kept


def kind_of(word: str) -> str:
    """A word of capitals is an acronym: KI, HPC, F&E."""
    letters = [sign for sign in word if sign.isalpha()]
    is_acronym = len(word) <= 8 and " " not in word and sum(sign.isupper() for sign in letters) >= 2
    return SynonymKind.ACRONYM if is_acronym else SynonymKind.SYNONYM
