"""The public roll: every published actor as a row of columns in memory, for counting any selection at once.

A count over a filter is a pass over a column of numbers, which costs the same whatever the filters. The roll is right
after every commit, whoever wrote: `roll_reading` follows the actors that have become visible since the last reading.
A Roll never changes, so that threads may share it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from clusterportal.core.spelling import caseless

WORDS = ("kind", "size", "city", "state_name", "country")
PAIRS = ("area", "cluster", "topic")
WEBSITE, COORDINATES, LOGO = 1, 2, 4  # bits of `flags`
UNKNOWN_YEAR = -1


@dataclass(frozen=True)
class Reading:
    """What was read of some actors: columns in one order, parts as two columns, actor and the other's key."""

    ids: np.ndarray
    words: dict[str, np.ndarray]  # hashes of the texts
    spelling: dict[str, dict[int, str]]  # text of each hash
    founded: np.ndarray
    flags: np.ndarray
    layers: tuple[np.ndarray, np.ndarray]
    pairs: dict[str, tuple[np.ndarray, np.ndarray]]
    relations: tuple[np.ndarray, np.ndarray]  # source and target
    layer_ids: tuple[int, ...]  # all layers there are
    changed: np.ndarray  # ids whose older rows are of the past


@dataclass(frozen=True)
class Vocabulary:
    """The texts of a column; a row holds the place of its text. It only ever grows."""

    texts: list[str] = field(default_factory=list)
    places: dict[int, int] = field(default_factory=dict)

    def places_of(self, hashes: np.ndarray, spelling: dict[int, str]) -> np.ndarray:
        distinct, inverse = np.unique(hashes, return_inverse=True)
        places = np.empty(len(distinct), np.int32)
        for number, known in enumerate(distinct.tolist()):
            if known not in self.places:
                self.texts.append(spelling[known])
                self.places[known] = len(self.texts) - 1
            places[number] = self.places[known]
        return places[inverse]


def _none(kind=np.int32) -> np.ndarray:
    return np.empty(0, kind)


@dataclass(frozen=True)
class Roll:
    """Rows of actors; one that changed gets a new row, and its old one is no longer `alive`."""

    ids: np.ndarray = field(default_factory=lambda: _none(np.int64))
    alive: np.ndarray = field(default_factory=lambda: _none(bool))
    row_of: np.ndarray = field(default_factory=_none)  # by actor's key, -1 for none
    words: dict[str, np.ndarray] = field(default_factory=lambda: {name: _none() for name in WORDS})
    vocabulary: dict[str, Vocabulary] = field(default_factory=lambda: {name: Vocabulary() for name in WORDS})
    founded: np.ndarray = field(default_factory=lambda: _none(np.int16))
    flags: np.ndarray = field(default_factory=lambda: _none(np.uint8))
    layers: np.ndarray = field(default_factory=lambda: _none(np.uint8))  # a bit for each of `layer_ids`
    layer_ids: tuple[int, ...] = ()
    pairs: dict[str, tuple] = field(default_factory=lambda: {name: (_none(), _none()) for name in PAIRS})
    relations: tuple = field(default_factory=lambda: (_none(), _none()))

    # ---------- growing ----------
    def followed_by(self, reading: Reading) -> Roll:
        """The roll after `reading`, of which every actor takes a new row."""
        first, many = len(self.ids), len(reading.ids)
        alive, row_of = self._without(reading.changed, reading.ids)
        row_of[reading.ids] = np.arange(first, first + many, dtype=np.int32)
        fresh = np.zeros(first + many, np.uint8)
        rows, keys = _public(row_of, *reading.layers)
        bits = {key: 1 << place for place, key in enumerate(reading.layer_ids)}
        np.bitwise_or.at(fresh, rows, np.array([bits[key] for key in keys.tolist()], np.uint8))
        return Roll(
            ids=np.concatenate([self.ids, reading.ids]),
            alive=alive,
            row_of=row_of,
            words={
                name: np.concatenate(
                    [
                        self.words[name],
                        self.vocabulary[name].places_of(reading.words[name], reading.spelling[name]),
                    ]
                )
                for name in WORDS
            },
            vocabulary=self.vocabulary,
            founded=np.concatenate([self.founded, reading.founded]),
            flags=np.concatenate([self.flags, reading.flags]),
            layers=np.concatenate([self.layers, fresh[first:]]),
            layer_ids=reading.layer_ids,
            pairs={name: _longer(self.pairs[name], _public(row_of, *reading.pairs[name])) for name in PAIRS},
            relations=_longer(self.relations, _public_ends(row_of, *reading.relations)),
        )

    def _without(self, changed, ids) -> tuple[np.ndarray, np.ndarray]:
        """Copies of `alive` and `row_of` with room for what is read, and without the rows of `changed`."""
        largest = max((int(keys.max()) for keys in (changed, ids) if len(keys)), default=0)
        row_of = np.full(max(len(self.row_of), largest + 1), -1, np.int32)
        row_of[: len(self.row_of)] = self.row_of
        alive = np.concatenate([self.alive, np.ones(len(ids), bool)])
        gone = row_of[changed]
        alive[gone[gone >= 0]] = False
        row_of[changed] = -1
        return alive, row_of

    @property
    def is_worn(self) -> bool:
        """Whether so many rows are dead that reading everything anew pays."""
        return len(self.alive) > 10_000 and np.count_nonzero(self.alive) < 0.75 * len(self.alive)

    # ---------- selecting: an array with a truth for each row ----------
    def rows_of(self, ids: np.ndarray) -> np.ndarray:
        """The rows of these actors in their order, without those that are not on the roll."""
        rows = self.row_of[ids[ids < len(self.row_of)]]
        return rows[rows >= 0]

    def of_ids(self, ids: np.ndarray) -> np.ndarray:
        found = np.zeros(len(self.ids), bool)
        found[self.rows_of(ids)] = True
        return found

    def with_words(self, name: str, fits) -> np.ndarray:
        """Rows whose text in the column `name` meets the predicate `fits`."""
        texts = self.vocabulary[name].texts
        return np.fromiter(map(fits, texts), bool, len(texts)).take(self.words[name])

    def texts_like(self, name: str, value: str) -> list[str]:
        """The texts of the column `name` that are `value` but for capitals; itself where there are none."""
        wanted = caseless(value)
        return [text for text in self.vocabulary[name].texts if caseless(text) == wanted] or [value]

    def with_keys(self, name: str, keys) -> np.ndarray:
        """Rows that are paired with one of `keys`."""
        rows, own = self.pairs[name]
        wanted = np.zeros(own.max(initial=0) + 1, bool)
        wanted[[key for key in keys if key < len(wanted)]] = True
        found = np.zeros(len(self.ids), bool)
        found[rows[wanted.take(own)]] = True
        return found

    def on_layers(self, layer_ids) -> np.ndarray:
        bits = sum(1 << place for place, key in enumerate(self.layer_ids) if key in layer_ids)
        return (self.layers & np.uint8(bits)) != 0

    def with_flag(self, flag: int) -> np.ndarray:
        return (self.flags & np.uint8(flag)) != 0

    def related(self) -> np.ndarray:
        """Rows with a relation of which both ends are published."""
        source, target = self.relations
        public = self.alive[source] & self.alive[target]
        found = np.zeros(len(self.ids), bool)
        found[source[public]] = found[target[public]] = True
        return found

    # ---------- counting the rows of a selection ----------
    def count_words(self, name: str, rows: np.ndarray) -> dict[str, int]:
        texts = self.vocabulary[name].texts
        counts = np.bincount(self.words[name][rows], minlength=len(texts))
        return {texts[place]: int(counts[place]) for place in np.flatnonzero(counts)}

    def count_keys(self, name: str, rows: np.ndarray) -> dict[int, int]:
        own, keys = self.pairs[name]
        return _counted(keys[rows.take(own)])

    def count_relations(self, rows: np.ndarray) -> int:
        """Relations of which both ends are published and one at least is among `rows`."""
        source, target = self.relations
        public = self.alive[source] & self.alive[target]
        return int(np.count_nonzero(public & (rows[source] | rows[target])))

    def count_layers(self, rows: np.ndarray) -> dict[int, int]:
        return self._by_layer(_counted(self.layers[rows]), lambda key: key)

    def cross_layers(self, name: str, rows: np.ndarray) -> dict[tuple[int, int], int]:
        """Actors by (layer id, key of `name`)."""
        own, keys = self.pairs[name]
        chosen = rows.take(own)
        joined = keys[chosen].astype(np.int64) << 8 | self.layers[own[chosen]]
        return self._by_layer(_counted(joined), lambda layer, key=None: (layer, key))

    def _by_layer(self, counts: dict[int, int], key_of) -> dict:
        found: dict = {}
        for joined, number in counts.items():
            for place, layer in enumerate(self.layer_ids):
                if joined >> place & 1:
                    key = key_of(layer, joined >> 8) if joined > 255 else key_of(layer)
                    found[key] = found.get(key, 0) + number
        return found


def _counted(keys: np.ndarray) -> dict[int, int]:
    counts = np.bincount(keys)
    return {key: int(counts[key]) for key in np.flatnonzero(counts).tolist()}


def _public(row_of, ids, keys) -> tuple[np.ndarray, np.ndarray]:
    """Rows and keys of the pairs whose actor is on the roll."""
    known = ids < len(row_of)
    rows, keys = row_of[ids[known]], keys[known]
    return rows[rows >= 0], keys[rows >= 0]


def _public_ends(row_of, sources, targets) -> tuple[np.ndarray, np.ndarray]:
    known = (sources < len(row_of)) & (targets < len(row_of))
    source, target = row_of[sources[known]], row_of[targets[known]]
    both = (source >= 0) & (target >= 0)
    return source[both], target[both]


def _longer(pairs, more) -> tuple:
    return tuple(np.concatenate([own, new]) for own, new in zip(pairs, more, strict=True))
