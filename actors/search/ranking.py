"""The order of what a search finds: best match first."""

from django.contrib.postgres.search import SearchQueryField
from django.db.models import Case, F, FloatField, Func, Q, Value, When
from django.db.models.expressions import RawSQL

from actors.search.engine import Found, Question
from clusterportal.core.functions import Fold, Spelling


class Closeness(Func):
    """How well the best of several names answers: from 3 it is the text, below that how many groups of three letters

    they share, and a little more if it is the usual name (the first), begins so, has one word more, or is the text
    but for a letter missed or two swapped.
    """

    arity = 2
    output_field = FloatField()
    template = """(SELECT max(similarity(name, asked) + CASE
            WHEN name = asked THEN 3
            WHEN registry_is_slip(asked, name) THEN 0.4
            WHEN cardinality(string_to_array(name, ' ')) = cardinality(string_to_array(asked, ' ')) + 1
                AND string_to_array(name, ' ') @> string_to_array(asked, ' ') THEN 0.2
            ELSE 0
        END + CASE WHEN starts_with(name, asked) THEN 0.2 ELSE 0 END + CASE name WHEN names[1] THEN 0.15 ELSE 0 END)
        FROM (SELECT %(expressions)s) AS question (names, asked), unnest(names) name)"""


def as_query(query: str) -> RawSQL:
    """A tsquery that the database wrote, as an expression."""
    return RawSQL("%s::tsquery", [query], output_field=SearchQueryField())


def in_order(actors, text: str, found: Found | None = None):
    """Best match first: what people call it, names that begin so, names that hold it, then what it works on, its

    place, its texts. Of more than FEW only the names are looked at.
    """
    question = found.question if found else Question.of(text)
    if not question.wanted:
        return actors.by_name()
    if found and not found.are_few:
        return _in_order_of_many(actors, question)
    sql, params = question.sql()
    query = (
        as_query(found.query)
        if found and found.query
        else RawSQL(sql, params, output_field=SearchQueryField())
    )
    closeness = Closeness(F("called__names"), Spelling(Value(question.wanted)))
    # Bounded (32), so that a word that a text has twenty times does not outdo the name.
    weight = Func(F("document__vector"), query, Value(32), function="ts_rank", output_field=FloatField())
    # Of names that are spelt alike, those with these very letters come first, with their accents before all.
    folded = Fold(Value(question.wanted))
    same = Case(
        When(Q(name__iexact=question.wanted) | Q(short_name__iexact=question.wanted), then=1.5),
        When(Q(sort_key=folded) | Q(name_key=folded) | Q(pk__in=_aliases(folded).values("actor")), then=1.0),
        default=0.0,
        output_field=FloatField(),
    )
    return actors.annotate(score=closeness + weight + same).order_by(
        F("score").desc(nulls_last=True), "sort_key", "pk"
    )


def walks(actors, text: str):
    """The order of many as sets that follow one another, each in the order of an index.

    Who was in one is passed over in the next. A page of the list is read from them without sorting all that was found.
    """
    asked = Fold(Value(Question.of(text).wanted))
    # Keys, not a condition: with that the planner reads the whole index for the two or three who are called so.
    named = [actors.filter(**{name: asked}).order_by().values_list("pk") for name in ("sort_key", "name_key")]
    called = [key for (key,) in _aliases(asked).values_list("actor").union(*named)]
    yield actors.filter(pk__in=called).order_by("sort_key", "pk")
    yield actors.filter(sort_key__startswith=asked).order_by("sort_key", "pk")
    yield actors.filter(name_key__startswith=asked).order_by("name_key", "pk")
    yield actors.order_by("sort_key", "pk")


def _in_order_of_many(actors, question: Question):
    """Who is called so, by a name or alias; whose usual name begins so; whose full name does; then the rest."""
    asked = Fold(Value(question.wanted))
    rank = Case(
        When(Q(sort_key=asked) | Q(name_key=asked) | Q(pk__in=_aliases(asked).values("actor")), then=0),
        When(sort_key__startswith=asked, then=1),
        When(name_key__startswith=asked, then=2),
        default=3,
    )
    key = Case(When(rank=2, then=F("name_key")), default=F("sort_key"))
    return actors.annotate(rank=rank).order_by("rank", key, "pk")


def _aliases(asked):
    from actors.models import ActorAlias

    return ActorAlias.objects.filter(key=asked).order_by()
