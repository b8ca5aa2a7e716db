"""Is the right actor on the first line? Names of the world's research register with typing errors, and what is found.

    PORTAL_DATA_DIR=… python -m tests.bench.relevance [--sample 1500] [--save FILE]

An empty database is filled first: the whole register is imported and published. Actors that share a name, alias or
acronym to the letter count as one: nobody could tell them apart by it.
"""

import argparse
import json
import os
import random
import time
from pathlib import Path

from tests.bench.registry import NAMES

SEED = 20261122
SPELT_OUT = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"}
GOALS = {  # share first, share in the first five; what is left of three words is often several names' own
    "letter dropped": (0.98, 0.995), "letters swapped": (0.98, 0.995), "letter replaced": (0.98, 0.995),
    "umlaut spelt out": (0.98, 0.995), "word missing": (0.90, 0.97), "word of three": (0.0, 0.0),
    "alias": (1.0, 1.0), "acronym": (1.0, 1.0),
}  # fmt: skip


def misspell(name: str, kind: str, chance: random.Random) -> str | None:
    """`name` with one error of `kind`; None where it has no place for it."""
    letters = [place for place, sign in enumerate(name) if sign.isalpha()]
    if kind == "umlaut spelt out":
        spelt = "".join(SPELT_OUT.get(sign, sign) for sign in name)
        return spelt if spelt != name else None
    if kind in ("word missing", "word of three"):
        words = name.split()
        if len(words) < 4 if kind == "word missing" else len(words) != 3:
            return None
        words.pop(chance.randrange(len(words)))
        return " ".join(words)
    if kind == "letters swapped":
        pairs = [at for at in letters if name[at + 1 : at + 2].isalpha() and name[at] != name[at + 1]]
        if not pairs:
            return None
        at = chance.choice(pairs)
        return name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    if len(letters) < 4:
        return None
    at = chance.choice(letters)
    return (
        name[:at]
        + (chance.choice("abcdefghijklmnopqrstuvwxyz") if kind == "letter replaced" else "")
        + name[at + 1 :]
    )


def cases(sample: int):
    """(kind, text, keys of the actors that are right), the same ones each time."""
    from actors.enums import AliasKind
    from actors.models import Actor, ActorAlias

    chance = random.Random(SEED)
    actors = list(Actor.objects.published().order_by("slug").values_list("pk", "name", "short_name"))
    known: dict[str, set] = {}
    for pk, name, short_name in actors:
        for one in {name, short_name} - {""}:
            known.setdefault(one.casefold(), set()).add(pk)
    aliases = list(ActorAlias.objects.order_by("actor__slug", "name").values_list("actor", "name", "kind"))
    for pk, name, _kind in aliases:
        known.setdefault(name.casefold(), set()).add(pk)
    for kind in list(GOALS)[:6]:
        for pk, name, _short_name in chance.sample(actors, len(actors))[
            : sample if kind[:2] != "um" else None
        ]:
            if text := misspell(name, kind, chance):
                yield kind, text, known[name.casefold()] | {pk}
    acronyms = [name for _pk, name, kind in aliases if kind == AliasKind.ACRONYM]
    others = [name for _pk, name, kind in aliases if kind != AliasKind.ACRONYM]
    for kind, names in (("alias", others), ("acronym", acronyms)):
        for name in chance.sample(names, min(sample, len(names))):
            yield kind, name, known[name.casefold()]


def first_five(text: str) -> list[int]:
    """What the first lines of the directory would be."""
    from django.http import QueryDict

    from actors.filters import ActorFilterSet

    question = QueryDict(mutable=True)
    question["q"] = text
    filterset = ActorFilterSet(question)
    return filterset.listing[:5] if filterset.is_valid() else []


def measure(sample: int, *, say=print) -> dict[str, dict]:
    results: dict[str, list] = {}
    for kind, text, right in cases(sample):
        began = time.perf_counter()
        found = first_five(text)
        took = (time.perf_counter() - began) * 1000
        results.setdefault(kind, []).append(
            (found[:1] and found[0] in right, bool(right & set(found)), took, text)
        )
    say(f"{'kind':<18}{'cases':>7}{'first':>9}{'goal':>7}{'in five':>9}{'goal':>7}{'p50 ms':>8}{'p95 ms':>8}")
    table = {}
    for kind, rows in results.items():
        times = sorted(row[2] for row in rows)
        table[kind] = {
            "cases": len(rows),
            "first": sum(bool(row[0]) for row in rows) / len(rows),
            "in_five": sum(row[1] for row in rows) / len(rows),
            "p50": times[len(times) // 2],
            "p95": times[int(len(times) * 0.95)],
            "missed": [row[3] for row in rows if not row[0]],
        }
        one, goals = table[kind], GOALS[kind]
        say(
            f"{kind:<18}{one['cases']:>7}{one['first']:>9.2%}{goals[0]:>7.0%}{one['in_five']:>9.2%}{goals[1]:>7.1%}"
            f"{one['p50']:>8.1f}{one['p95']:>8.1f}"
        )
    return table


def _fill() -> None:
    from django.core.management import call_command

    from actors.models import Actor

    call_command("migrate", verbosity=0)
    if not Actor.objects.exists():
        call_command("import_actors", NAMES, profile="ror", state="published", skip_invalid=True)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.relevance")
    parser.add_argument("--sample", type=int, default=1500, help="names of each kind of error")
    parser.add_argument("--save", type=Path, help="where the table goes as JSON")
    given = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clusterportal.settings")

    import django

    django.setup()
    _fill()
    table = measure(given.sample)
    if given.save:
        given.save.write_text(json.dumps(table, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
