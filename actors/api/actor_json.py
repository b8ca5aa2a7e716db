"""Actors as lines of JSON, written by the database: what lists and NDJSON send, without a model or serializer a row.

A line equals what ActorSerializer says of the actor (a test compares them). The database writes the actor's own
columns and names its layers, areas and clusters by key; their few texts are put in here, made once an answer.

Measured on two busy cores with 100,000 actors: the plain columns took 17 µs a row, with the keys of the parts 42 µs,
with their names joined in SQL 91 µs; models with prefetch and serializer 220 µs.
"""

from collections.abc import Collection
from functools import partial

import orjson

from actors.api.serializers import ActorSerializer
from actors.domain.taxonomy import Taxonomy
from clusterportal.core.api.absolute_addresses import Addresses
from clusterportal.core.api.answer_language import AnswerLanguage
from clusterportal.core.languages import LANGUAGE_CODES, active_first
from clusterportal.core.replica import reader

_PLAIN = {
    name: f"NULLIF(a.{name}, '')" for name in ("name", "short_name", "kind", "website", "location_accuracy")
}
_ADDRESS = {
    "street": "street",
    "postcode": "postcode",
    "city": "city",
    "state": "state_name",
    "country": "country",
}
_KEYS = {
    "layers": "SELECT layer_id FROM actors_layerplacement WHERE actor_id = a.id",
    "areas": "SELECT area_id FROM actors_applicationfocus WHERE actor_id = a.id",
    "clusters": "SELECT DISTINCT cluster_id FROM actors_membership WHERE actor_id = a.id AND is_cleared",
}
_FORMAT = """'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'"""
_MOMENT = f"to_json(replace(to_char(a.public_updated_at AT TIME ZONE 'UTC', {_FORMAT}), '.000000Z', 'Z'))"
_MOST_REMEMBERED = 10_000  # combinations of parts whose text is kept within an answer


class ActorJson:
    """Writes actors in one language and with the fields asked for; `only` is empty for all."""

    def __init__(
        self,
        language: AnswerLanguage,
        addresses: Addresses,
        only: Collection[str],
        taxonomy: Taxonomy | None = None,
    ):
        self.language, self.addresses = language, addresses
        self.shown = [name for name in ActorSerializer.names() if not only or name in only]
        self.parts = [name for name in self.shown if name in _KEYS]
        self._remembered: dict[str, dict[str, str]] = {name: {} for name in self.parts}
        self._names = _part_names(taxonomy or Taxonomy(), language, self.parts)

    def of(self, keys: list[int]) -> list[str]:
        """The lines of the actors `keys`, in this order; who is no longer public is left out."""
        found = self.by_key(keys)
        return [found[key] for key in keys if key in found]

    def by_key(self, keys: list[int]) -> dict[int, str]:
        sql, parameters = self._statement()
        with reader().cursor() as cursor:
            cursor.execute(sql, [*parameters, keys])
            return {key: self._line(head, parts, tail) for key, head, tail, *parts in cursor}

    def _line(self, head: str, parts: list[str], tail: str | None) -> str:
        texts = [head[1:-1]] if len(head) > 2 else []
        texts += [self._part(name, keys) for name, keys in zip(self.parts, parts, strict=True)]
        if tail is not None:
            texts.append(f'"updated_at":{tail}')
        return f"{{{','.join(texts)}}}"

    def _part(self, name: str, keys: str) -> str:
        """`"layers":[…]` for the keys of an array in PostgreSQL's writing: `{1,4}`."""
        remembered = self._remembered[name]
        if (text := remembered.get(keys)) is None:
            wanted = set(keys[1:-1].split(","))
            shown = ",".join(text for key, text in self._names[name].items() if key in wanted)
            if len(remembered) >= _MOST_REMEMBERED:
                remembered.clear()
            text = remembered[keys] = f'"{name}":[{shown}]'
        return text

    def _statement(self) -> tuple[str, list[str]]:
        columns, parameters = [], []
        for name in self.shown:
            if name in self.parts or name == "updated_at":
                continue
            sql, values = self._column(name)
            columns.append(f"{sql} AS {name}")
            parameters += values
        head = (
            f"(SELECT row_to_json(own)::text FROM (SELECT {', '.join(columns)}) AS own)"
            if columns
            else "'{}'"
        )
        tail = f"{_MOMENT}::text" if "updated_at" in self.shown else "NULL"
        parts = "".join(f", ARRAY({_KEYS[name]})::text" for name in self.parts)
        public = "FROM actors_actor AS a WHERE registry_is_public(a.state) AND a.id = ANY(%s::bigint[])"
        return f"SELECT a.id, {head}, {tail}{parts} {public}", parameters

    def _column(self, name: str) -> tuple[str, list[str]]:
        if name in _PLAIN:
            return _PLAIN[name], []
        if name in ("url", "api_url"):
            view = "actors:actor-detail" if name == "url" else "api:actor-detail"
            return "%s || a.slug || %s", self.addresses.around(view)
        if name == "summary":
            return self._summary(), []
        if name == "address":
            columns = ", ".join(f"NULLIF(a.{column}, '') AS {label}" for label, column in _ADDRESS.items())
            return f"(SELECT row_to_json(place) FROM (SELECT {columns}) AS place)", []
        return f"a.{name}", []

    def _summary(self) -> str:
        if self.language.is_every:
            texts = [f"NULLIF(a.summary_{code}, '') AS {code}" for code in LANGUAGE_CODES]
            return f"(SELECT row_to_json(texts) FROM (SELECT {', '.join(texts)}) AS texts)"
        texts = [f"NULLIF(a.{column}, '')" for column in active_first("summary", self.language.code)]
        return f"COALESCE({', '.join(texts)})"


def _part_names(taxonomy: Taxonomy, language: AnswerLanguage, parts) -> dict[str, dict[str, str]]:
    """The JSON of each layer, area and cluster in sight by its key, in the order of an answer."""

    def names(part: str) -> dict[str, str]:
        return {
            str(entry.pk): orjson.dumps(_named(entry, part, language)).decode()
            for entry in getattr(taxonomy, part)
        }

    return {part: taxonomy.once(f"JSON of {part}, {language.code}", partial(names, part)) for part in parts}


def _named(entry, part: str, language: AnswerLanguage) -> dict:
    position = {"position": entry.position} if part == "layers" else {}
    return {"slug": entry.slug, **position, "name": language.text(entry, "name")}
