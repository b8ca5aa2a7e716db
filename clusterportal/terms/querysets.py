"""Terms by what somebody types: names and other words, whole words and beginnings before what only holds the text."""

from django.db.models import (
    Case,
    CharField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Concat, Least, Length

from clusterportal.core.functions import Spelling
from clusterportal.core.languages import column_names
from clusterportal.core.spelling import spelling

CALLED_SO, BEGINS, WORD_BEGINS, HOLDS, NOT_AT_ALL = range(5)
MOST_WORDS = 12
WITHIN_FROM = 3  # letters that are looked for within the words of a synonym


def searched(terms: QuerySet, text: str) -> QuerySet:
    """The terms of which every word of `text` is in a name or synonym, the best match first.

    Each says in `found_by` by which synonym it was found, where its names answer less well.
    """
    asked = spelling(text)
    synonyms = terms.model._meta.get_field("synonyms").related_model
    own = synonyms._default_manager.filter(**{synonyms.term_field: OuterRef("pk")})
    found = terms.annotate(called=_called())
    for word in asked.split()[:MOST_WORDS]:
        found = found.filter(Q(called__contains=word) | Exists(own.filter(_holds(word))))
    if not asked:
        return found if not text.strip() else found.none()
    answering = own.annotate(spelt=_marked("key")).annotate(rank=_rank("spelt", asked))
    best = answering.order_by("rank", Length("name"), "pk")
    found = found.annotate(
        name_rank=_rank("called", asked),
        synonym_rank=Subquery(best.values("rank")[:1]),
        best_synonym=Subquery(best.values("name")[:1]),
    ).annotate(
        found_by=Case(
            When(synonym_rank__lt=F("name_rank"), then=F("best_synonym")),
            default=Value(""),
            output_field=CharField(),
        ),
        best_rank=Least("name_rank", "synonym_rank"),
    )
    return found.order_by("best_rank", *terms.query.order_by, "pk")


def _holds(word: str) -> Q:
    """A synonym with the word; of one or two letters only where a word begins so: "ki" is not in "marking"."""
    begins = Q(key__startswith=word) | Q(key__contains=f" {word}")
    return begins if len(word) < WITHIN_FROM else Q(key__contains=word)


def _called():
    """The names in all languages in one spelling, each after a bar."""
    parts = [part for column in column_names("name") for part in (Value("|"), Spelling(column))]
    return Concat(*parts, Value("|"), output_field=CharField())


def _marked(column: str):
    return Concat(Value("|"), column, Value("|"), output_field=CharField())


def _rank(column: str, asked: str) -> Case:
    ways = {CALLED_SO: f"|{asked}|", BEGINS: f"|{asked}", WORD_BEGINS: f" {asked}", HOLDS: asked}
    return Case(
        *(When(**{f"{column}__contains": way}, then=Value(rank)) for rank, way in ways.items()),
        default=Value(NOT_AT_ALL),
        output_field=IntegerField(),
    )
