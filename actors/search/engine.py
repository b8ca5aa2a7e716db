"""Search: the actors that answer what somebody typed. Pages, API, admin and the check for duplicates ask here.

One query; two when few are spelt as the text is; four where none are; at most five for a phrase and an exclusion.
`ranking` puts the actors found in order.
"""

from array import array
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import lru_cache, partial

from django.core.exceptions import EmptyResultSet

from actors.querysets import ActorQuerySet
from actors.search.query import Question
from clusterportal.core.languages import column_names
from clusterportal.core.replica import reader
from clusterportal.core.spelling import WORD, spelling

RETRIED_UP_TO = 20  # actors found that may not be the one that was meant
IS_THE_NAME = 0.6  # similarity (pg_trgm) of a name to the question from which it is the name that was meant
MORE_SIMILAR = 0.1  # by how much another name must be more similar than all that was found
COMPARED_MOST = 3000  # actors found by a nearly spelt word whose names are compared with the question
# "Did you mean": actors whose names are compared, and the most similar ones whose words are used.
CORRECTED_FROM = (500, 10)
SHORT = 3  # letters of a word that may mean anything: "KI" is not corrected to "media"
SIMILAR_WORD = 0.7  # difflib's ratio of two words, from which one may be meant for the other


@dataclass(frozen=True)
class SearchResult:
    """The answer to a question, decided once so that list, facets and counts share it."""

    question: Question
    query: str = ""  # the tsquery that found it: every spelling and stem that counted
    keys: array = field(default_factory=partial(array, "q"))  # of the actors found
    meant: str = ""  # the question as it was probably meant, where only that found something
    is_everything: bool = False  # nothing was asked
    is_guess: bool = False  # words spelt nearly so were found as well
    is_ranked: bool = False  # nobody holds every word: the keys come in order, those who answer most first
    is_public: bool = True  # among published actors
    # Words taken for a filter: as typed, its facet, its value.
    understood: tuple[tuple[str, str, str], ...] = ()


@lru_cache(maxsize=64)  # facets, further pages and the map ask the same words again
def _search_public(text: str, version: str) -> SearchResult:
    return search(text)


def search_public(text: str, version: str | None) -> SearchResult:
    """As `search` among published actors; kept for a `version` of the data, None inside a transaction."""
    return search(text) if version is None else _search_public(text, version)


def search(text: str, among: ActorQuerySet | None = None, *, in_part: bool | None = None) -> SearchResult:
    """The actors that hold every word of `text`, in any language; where none does, words spelt nearly so or most words.

    Where only a few do, and none is called so, names that are much more similar to `text` are found as well: a wrong
    spelling may be somebody else's right one. Searches `among` these actors, the published ones by default. Most words
    count (`in_part`) unless told otherwise where everybody is asked, and answered by published actors alone.
    """
    question = Question.of(text)
    if not (question.wanted or question.unwanted):
        return SearchResult(question, is_everything=not text.strip(" \0\t\r\n"))
    query, keys, similarity = _spelt_so(question, among)
    if not keys:
        found = (question.unwanted and _called_so(text, among)) or _misspelt(question, among)
        is_plain = not (question.phrases or question.unwanted)
        in_part = among is None if in_part is None else in_part
        if in_part and is_plain and not (found.keys and _more_similar(question, among, IS_THE_NAME)[1]):
            found = _most_words(question, found.meant, among) or found
    elif len(keys) > RETRIED_UP_TO or similarity >= IS_THE_NAME or not question.words:
        found = SearchResult(question, query, array("q", keys))
    else:
        least = max(similarity + MORE_SIMILAR, IS_THE_NAME)
        wider, more = _more_similar(question, among, least)
        found = SearchResult(question, query, array("q", keys))
        if more:
            found = SearchResult(question, wider, array("q", {*keys, *more}), is_guess=True)
    return replace(found, is_public=among is None)


def is_named(result: SearchResult) -> bool:
    """Whether the name of one of the actors found holds every word."""
    with reader().cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM actors_searchnames WHERE vector @@ %s::tsquery AND actor_id = ANY(%s))",
            [result.query, result.keys.tolist()],
        )
        return cursor.fetchone()[0]


def _called_so(text: str, among) -> SearchResult | None:
    """Actors called so, signs and all: "TalTech -Tallinn University of Technology" excludes nothing."""
    question = Question.literal(text)
    query, keys, similarity = _spelt_so(question, among)
    return SearchResult(question, query, array("q", keys)) if similarity == 1 else None


def _misspelt(question: Question, among) -> SearchResult:
    query, keys, names = _spelt_nearly_so(question, among)
    if not keys and question.phrases:
        question = Question(question.wanted, [], question.unwanted)
        if not _spelt_so(question, among)[1]:  # a word within the phrase is spelt as nobody spells it
            query, keys, names = _spelt_nearly_so(question, among)
    return SearchResult(question, query, array("q", keys), _corrected(question, names), is_guess=True)


def _most_words(question: Question, meant: str, among: ActorQuerySet | None) -> SearchResult | None:
    """The public actors that answer most of the words, the best first; see `sql/questions_in_part.sql`."""
    with reader().cursor() as cursor:
        cursor.execute(
            "SELECT array_agg(actor_id ORDER BY score DESC, sort_key), (SELECT string_agg(query::text, ' | ') "
            "FROM registry_needed(%(text)s)) FROM registry_most_words(%(text)s) JOIN actors_actor ON id = actor_id",
            {"text": question.wanted},
        )
        keys, query = cursor.fetchone()
    if keys and among is not None:
        allowed = set(among.with_keys(keys).primary_keys())
        keys = [key for key in keys if key in allowed]
    if not keys:
        return None
    return SearchResult(question, query, array("q", keys), meant, is_guess=True, is_ranked=True)


def words_apart(result: SearchResult) -> list[tuple[str, str]]:
    """Of a question that nobody answers whole: the words that some actors do answer, and the others; the best first."""
    text = result.question.wanted
    with reader().cursor() as cursor:
        cursor.execute(
            "SELECT places, max(score) FROM registry_most_words(%s) GROUP BY places ORDER BY 2 DESC LIMIT 3",
            [text],
        )
        groups = [set(places) for places, _score in cursor]
        cursor.execute("SELECT DISTINCT place, typed FROM registry_asked(%s) ORDER BY place", [text])
        asked = {place: _as_typed(word, text) for place, word in cursor}

    def said(places) -> str:
        return " ".join(word for place, word in asked.items() if place in places)

    return [(said(group), said(asked.keys() - group)) for group in groups if group < asked.keys()]


def _as_typed(word: str, text: str) -> str:
    """The word of `text` that the database calls `word`."""
    return next((one for one in WORD.findall(text) if spelling(one) == spelling(word)), word)


def _spelt_so(question: Question, among) -> tuple[str, list[int], float]:
    """The tsquery, the actors that answer it, and where they are few how similar the closest of their names is."""
    columns = f"""
        query::text, ARRAY(SELECT id FROM found), CASE WHEN (SELECT count(*) FROM found) <= {RETRIED_UP_TO} THEN (
            SELECT max(similarity(name, registry_spelling(%s)))
            FROM actors_searchnames, unnest(names) name WHERE actor_id IN (SELECT id FROM found)
        ) END"""
    query, keys, similarity = _run(question.sql(), columns, [question.wanted], among) or ("", [], 0)
    return query, keys, similarity or 0


def _spelt_nearly_so(question: Question, among) -> tuple[str, list[int], str]:
    """The same for words spelt nearly so, and the names, towns and topics of the most similar, the best first."""
    compared, used = CORRECTED_FROM
    topic = ", ".join(f"topic.{column}" for column in column_names("name"))
    columns = f"""
        query::text, ARRAY(SELECT id FROM found), (
            SELECT string_agg(concat_ws(' ', actor.name, actor.short_name, actor.city,
                (SELECT string_agg(name, ' ') FROM actors_actoralias alias WHERE alias.actor_id = actor.id),
                (SELECT string_agg(concat_ws(' ', {topic}, synonym.name), ' ')
                    FROM actors_actortopic own JOIN actors_topic topic ON topic.id = own.topic_id
                    LEFT JOIN actors_topicsynonym synonym ON synonym.topic_id = topic.id
                    WHERE own.actor_id = actor.id)), ' ' ORDER BY likeness DESC)
            FROM (
                SELECT actor_id, similarity(array_to_string(names, ' '), registry_spelling(%s)) AS likeness
                FROM actors_searchnames WHERE actor_id IN (SELECT id FROM found LIMIT {compared})
                ORDER BY likeness DESC LIMIT {used}
            ) closest JOIN actors_actor actor ON actor.id = actor_id
        )"""
    found = _run(question.sql(misspelt=True), columns, [question.wanted], among)
    return (found[0], found[1], found[2] or "") if found else ("", [], "")


def _more_similar(question: Question, among, least: float) -> tuple[str, list[int]]:
    """The tsquery of words spelt nearly so, and the actors with a name of at least this similarity to the question.

    A name one letter away counts as well, be it from the question as it was typed: "acdaemy" has no umlaut.
    """
    # Of two texts that share so many groups of letters, neither is much longer: most names need not be compared.
    columns = f"""
        query::text, ARRAY(
            SELECT actor_id
            FROM (SELECT id FROM found LIMIT {COMPARED_MOST}) few JOIN actors_searchnames ON actor_id = id
            WHERE EXISTS (
                SELECT FROM (
                    SELECT DISTINCT unnest(ARRAY[registry_spelling(%s), registry_plain(%s)]), %s::real
                ) question (asked, least), unnest(names) name
                WHERE length(name) <= 5 + 1.2 * length(asked) / least
                    AND (similarity(name, asked) >= least OR registry_is_one_letter_away(asked, name))
            )
        )"""
    params = [question.wanted, question.wanted, least]
    return _run(question.sql(misspelt=True), columns, params, among) or ("", [])


def _run(question: tuple[str, list], columns: str, params: list, among: ActorQuerySet | None) -> tuple | None:
    """One row of `columns` over `asked` (the tsquery) and `found` (ids of actors that answer it); None of no actors."""
    found, scope = "SELECT id FROM registry_matching_ids((SELECT query FROM asked)) id", ()
    if among is not None:
        try:
            own, scope = among.order_by().values("pk").query.sql_with_params()
        except EmptyResultSet:  # a condition that no actor can meet
            return None
        found = (
            f"SELECT id FROM registry_matching_ids((SELECT query FROM asked), false) id WHERE id IN ({own})"
        )
    sql, values = question
    with reader().cursor() as cursor:
        cursor.execute(
            f"WITH asked AS MATERIALIZED (SELECT {sql} AS query), found AS MATERIALIZED ({found}) "
            f"SELECT {columns} FROM asked",
            [*values, *scope, *params],
        )
        return cursor.fetchone()


def _corrected(question: Question, names: str) -> str:
    """The words of the question, those that are not in `names` replaced by the most similar word of them."""
    used: dict[str, str] = {}
    for word in WORD.findall(names):
        used.setdefault(spelling(word), word)

    def corrected(word):
        asked = spelling(word[0])
        if len(asked) <= SHORT or any(one.startswith(asked) for one in used):
            return word[0]
        similar = get_close_matches(asked, used, n=1, cutoff=SIMILAR_WORD)
        return used[similar[0]] if similar else word[0]

    meant = WORD.sub(corrected, question.words)
    return "" if meant == question.words else meant
