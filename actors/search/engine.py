"""Search: what somebody typed as a condition and an order of actors; pages, API, admin and suggestions ask here."""

import re
from dataclasses import dataclass, field
from difflib import get_close_matches

import numpy as np
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchQueryField
from django.core.exceptions import EmptyResultSet
from django.db.models import BigIntegerField, BooleanField, F, Func, Q, Value
from django.db.models.expressions import RawSQL

from clusterportal.core.keys import keys_of, unpacked
from clusterportal.core.reading import binary_row
from clusterportal.core.spelling import WORD, spelling

LONGEST = 200  # characters of a question that are read; more is no search but a paste
MOST_WORDS = 24
FEW = 3000  # found actors that are ranked one by one
COMPARED = 500  # found actors whose names are compared to tell what was meant
CLOSEST = 10  # of these, whose names, places and topics have the words that were meant
LITTLE = 20  # found actors that may not be the one that was meant
CALLED_SO = 0.6  # likeness of a name to the question (pg_trgm) from which it is the name that was meant
CLOSER = 0.1  # how much more alike than all that was found another name must be
ALIKE = 0.6  # of two words, from which one may be meant for the other (difflib)
_CONJUNCTIONS = {"und", "oder", "sowie", "and", "or", "&", "bzw."}
_PART = re.compile(r'(?P<minus>(?<!\S)-+)?(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))')


@dataclass(frozen=True)
class Question:
    """What somebody typed: words, phrases in quotation marks, and what must not be there (-word, -"phrase")."""

    words: str = ""
    phrases: list[str] = field(default_factory=list)
    unwanted: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, text: str) -> "Question":
        words, phrases, unwanted = [], [], []
        text = re.sub("[„“”«»]", '"', text[:LONGEST].replace("\0", " "))
        before = ""
        for part in list(_PART.finditer(text))[:MOST_WORDS]:
            said = part["word"] if part["phrase"] is None else part["phrase"]
            # "Fabrikbetrieb und -automatisierung" leaves out half a word, it excludes nothing.
            is_unwanted = part["minus"] and before.lower() not in _CONJUNCTIONS
            before = said
            if WORD.search(said):
                (unwanted if is_unwanted else words if part["phrase"] is None else phrases).append(said)
        return cls(" ".join(words), phrases, unwanted)

    @property
    def wanted(self) -> str:
        """All that shall be found, without signs."""
        return " ".join([self.words, *self.phrases]).strip()

    def sql(self, *, misspelt: bool = False) -> tuple[str, list]:
        """The question as a tsquery; `misspelt` adds to each word those in use that are spelt nearly so."""
        function = "registry_forgiving_query" if misspelt else "registry_query"
        return f"({function}(%s) && registry_phrases(%s, %s))", [self.words, self.phrases, self.unwanted]


class Holds(Func):
    """Whether a document answers a tsquery."""

    template = "(%(expressions)s)"
    arg_joiner = " @@ "
    arity = 2
    output_field = BooleanField()


class Among(Func):
    """Whether a key is one of many: sent as one array, which is far less to read for the database than a list."""

    template = "%(expressions)s)"
    arg_joiner = " = ANY("
    output_field = BooleanField()

    def __init__(self, key, keys: list[int]):
        super().__init__(key, Value(keys, ArrayField(BigIntegerField())))


@dataclass(frozen=True)
class Found:
    """The answer to a question, decided once so that list, facets and counts share it."""

    question: Question
    query: str = ""  # the tsquery that found it: every spelling and stem that counted
    meant: str = ""  # the question as it was probably meant, where only that found something
    keys: np.ndarray = field(default_factory=lambda: keys_of(b""))  # of the actors found
    is_everything: bool = False  # nothing was asked

    @property
    def condition(self) -> Q:
        """Of the actors found; made when it is needed, because a frequent word has very many."""
        if self.is_everything:
            return Q()
        return Q(Among(F("pk"), self.keys.tolist())) if len(self.keys) else Q(pk__in=[])

    @property
    def are_few(self) -> bool:
        return len(self.keys) <= FEW


def find(actors, text: str) -> Found:
    """Those of `actors` that hold every word of `text`, in any language; where none does, words spelt nearly so.

    Where only a few do, and none is called so, names that are much closer to `text` are found as well: a wrong
    spelling may be somebody else's right one. One query, two when few or none are spelt as `text` is, at most five for
    a phrase and an exclusion.
    """
    question = Question.of(text)
    if not (question.wanted or question.unwanted):
        return Found(question, is_everything=not text.strip(" \0\t\r\n"))
    query, keys, likeness = _answer(actors, question)
    if len(keys):
        if len(keys) <= LITTLE and likeness < CALLED_SO and question.words:
            wider, closer = _closer(actors, question, max(likeness + CLOSER, CALLED_SO))
            if len(closer):
                query, keys = wider, np.union1d(keys, closer)
        return Found(question, query, keys=keys)
    return (question.unwanted and _called(actors, text)) or _misspelt(actors, question)


def _called(actors, text: str) -> Found | None:
    """Those called so, signs and all: "TalTech -Tallinn University of Technology" excludes nothing."""
    question = Question(" ".join(WORD.findall(text[:LONGEST])))
    query, keys, likeness = _answer(actors, question)
    return Found(question, query, keys=keys) if likeness == 1 else None


def _misspelt(actors, question: Question) -> Found:
    query, keys, called = _nearly(actors, question)
    if not len(keys) and question.phrases:
        question = Question(question.wanted, [], question.unwanted)
        if not len(_answer(actors, question)[1]):  # a word within the phrase is spelt as nobody spells it
            query, keys, called = _nearly(actors, question)
    return Found(question, query, _meant(question, called), keys)


def _answer(actors, question: Question, *, reads_all=False) -> tuple[str, np.ndarray, float]:
    """The tsquery, the keys of those of `actors` that answer it, and of a few the likeness of the closest name.

    Whom frequent words find need not be read, unless `reads_all`.
    """
    found, few, words = "(SELECT string_agg(int8send(id), ''::bytea) FROM found)", "SELECT id FROM found", ""
    if actors.is_all_published:
        found = """CASE WHEN holders IS NULL THEN registry_holders_keys(query)
            ELSE registry_holders_keys(query, changed) END"""
        few = f"SELECT id FROM registry_holders(query, {LITTLE}) id"
        words = "" if reads_all or question.phrases or question.unwanted else question.words
    row = _asked(
        actors,
        question.sql(),
        f"""query::text, holders, changed, keys,
            CASE WHEN holders IS NULL AND coalesce(length(keys), 0) <= {8 * LITTLE} THEN (
                SELECT max(similarity(name, registry_spelling(%s)))
                FROM actors_searchnames, unnest(names) name WHERE actor_id IN ({few})
            ) END AS likeness
        FROM (SELECT query, frequent.*, {found} AS keys FROM asked, registry_frequent(%s) frequent OFFSET 0) answered
        """,  # OFFSET: asked once, not at each use
        [question.wanted, words],
    )
    if not row:
        return "", keys_of(b""), 0
    keys = keys_of(row["keys"])
    if row["holders"] and len(keys := _in_all(row["holders"], row["changed"], keys)) <= LITTLE:
        return _answer(actors, question, reads_all=True)
    return row["query"], keys, row["likeness"] or 0


def _in_all(holders: list[bytes], changed: list[int], keys: np.ndarray) -> np.ndarray:
    """Those that each of `holders` has a bit for; of the `changed` the `keys` alone."""
    shortest = min(map(len, holders))
    bits = np.bitwise_and.reduce([np.frombuffer(one, np.uint8, shortest) for one in holders])
    held = unpacked(bits)
    return np.union1d(held[~np.isin(held, changed)], keys) if changed else held


def _nearly(actors, question: Question) -> tuple[str, np.ndarray, str]:
    """The same of words spelt nearly so, and how the closest of those found are called, the best first."""
    columns = (
        f"query::text, (SELECT string_agg(int8send(id), ''::bytea) FROM found) AS keys, {_CLOSEST} AS called"
    )
    row = _asked(actors, question.sql(misspelt=True), f"{columns} FROM asked", [question.wanted])
    return (row["query"], keys_of(row["keys"]), row["called"] or "") if row else ("", keys_of(b""), "")


def _closer(actors, question: Question, least: float) -> tuple[str, np.ndarray]:
    """The tsquery and the keys of words spelt nearly so, among names of at least this likeness to the question or a

    letter missed or two swapped away from it.
    """
    columns = f"query::text, {_LIKE} AS keys FROM asked"
    row = _asked(actors, question.sql(misspelt=True), columns, [question.wanted, least])
    return (row["query"], keys_of(row["keys"])) if row else ("", keys_of(b""))


def _asked(actors, question: tuple[str, list], columns: str, params: list) -> dict | None:
    """A row of `columns` over `asked` (the tsquery) and `found` (ids of `actors` that answer it); None of no actors."""
    if actors.is_all_published:  # the documents alone know these
        keys_sql, keys_params = "SELECT id FROM registry_holders((SELECT query FROM asked)) id", []
    else:
        asked = RawSQL("(SELECT query FROM asked)", [], output_field=SearchQueryField())
        keys = actors.filter(Holds(F("document__vector"), asked)).order_by().values("pk")
        try:
            keys_sql, keys_params = keys.query.get_compiler(actors.db).as_sql()
        except EmptyResultSet:
            return None
    sql, values = question
    return binary_row(
        f"WITH asked AS MATERIALIZED (SELECT {sql} AS query), found (id) AS MATERIALIZED ({keys_sql}) SELECT {columns}",
        [*values, *keys_params, *params],
        using=actors.db,
    )


# Of two texts that share so many groups of letters, neither is much longer: most names need not be compared.
_LIKE = f"""(
    SELECT string_agg(int8send(actor_id), ''::bytea)
    FROM (SELECT id FROM found LIMIT {FEW}) few JOIN actors_searchnames ON actor_id = id
    WHERE EXISTS (SELECT FROM (SELECT registry_spelling(%s), %s::real) AS question (asked, least), unnest(names) name
        WHERE length(name) <= 5 + 1.2 * length(asked) / least
            AND (similarity(name, asked) >= least OR registry_is_slip(asked, name)))
)"""
_CLOSEST = f"""(
    SELECT string_agg(concat_ws(' ', actor.name, actor.short_name, actor.city,
        (SELECT string_agg(name, ' ') FROM actors_actoralias alias WHERE alias.actor_id = actor.id),
        (SELECT string_agg(topic.key, ' ') FROM actors_topic topic JOIN actors_actortopic own
            ON own.topic_id = topic.id WHERE own.actor_id = actor.id)), ' ' ORDER BY likeness DESC)
    FROM (
        SELECT actor_id, similarity(array_to_string(names, ' '), registry_spelling(%s)) AS likeness
        FROM actors_searchnames WHERE actor_id IN (SELECT id FROM found LIMIT {COMPARED})
        ORDER BY likeness DESC LIMIT {CLOSEST}
    ) alike JOIN actors_actor actor ON actor.id = actor_id
)"""


def _meant(question: Question, called: str) -> str:
    """The words of the question, those that are not in `called` replaced by the word of it that is most alike."""
    used: dict[str, str] = {}
    for word in WORD.findall(called):
        used.setdefault(spelling(word), word)

    def corrected(word):
        asked = spelling(word[0])
        if any(one.startswith(asked) for one in used):
            return word[0]
        alike = get_close_matches(asked, used, n=1, cutoff=ALIKE)
        return used[alike[0]] if alike else word[0]

    meant = WORD.sub(corrected, question.words)
    return "" if meant == question.words else meant
