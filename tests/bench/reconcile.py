"""Are names of the world's research register matched, and are those that are not in left alone?

    PORTAL_DATA_DIR=… python -m tests.bench.reconcile [--sample 10000] [--save FILE]

An empty database is filled first with every second organisation of the register; the others are not in. Half of the
sample is of each. Every name is damaged by one edit, or a legal form is appended. A name that two organisations share
cannot be told apart by itself: what is not in and called like one that is in, is counted apart.
"""

import argparse
import csv
import gzip
import json
import os
import random
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

from tests.bench.registry import NAMES
from tests.bench.relevance import misspell

SEED = 20261126
EDITS = ("letter dropped", "letters swapped", "letter replaced", "letter added")
FORMS = ("GmbH", "e. V.", "AG", "gGmbH", "Ltd.", "Inc.", "S.A.", "B.V.", "Stiftung des öffentlichen Rechts")
GOALS = {"precision": 0.99, "recall": 0.90}
BATCH = 10  # names of one request, as OpenRefine sends them


def is_in(row: dict) -> bool:
    """Whether an organisation of the register is put into the registry."""
    return random.Random(row["ror_id"]).random() < 0.5


def damaged(name: str, chance: random.Random) -> str | None:
    """`name` with one edit, or with a legal form behind it; None where it is too short for an edit."""
    kind = chance.choice([*EDITS, "legal form"])
    if kind == "legal form":
        return f"{name} {chance.choice(FORMS)}"
    if kind == "letter added":
        at = chance.randrange(1, len(name) + 1)
        return name[:at] + chance.choice("abcdefghijklmnopqrstuvwxyz") + name[at:]
    return misspell(name, kind, chance)


def rows() -> list[dict]:
    with gzip.open(NAMES, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def sample(organisations: list[dict], size: int, chance: random.Random) -> list[tuple[str, dict]]:
    """Damaged names with their organisations, half of them in the registry and half not."""
    found = []
    for wanted in (True, False):
        some = [row for row in organisations if is_in(row) is wanted]
        texts = [
            (text, row) for row in chance.sample(some, len(some)) if (text := damaged(row["name"], chance))
        ]
        found += texts[: size // 2]
    chance.shuffle(found)
    return found


def requests(number: int) -> Iterator[str]:
    """Query strings of requests, the names of each damaged."""
    cases = sample(rows(), number * BATCH, random.Random(SEED))
    for start in range(0, number * BATCH, BATCH):
        batch = {f"q{at}": {"query": text} for at, (text, _row) in enumerate(cases[start : start + BATCH])}
        yield urlencode({"queries": json.dumps(batch, ensure_ascii=False)})


def names_of(row: dict) -> set[str]:
    """All that an organisation is called, as names are compared."""
    from clusterportal.matching.domain.name_query import key_words

    texts = [row["name"], row["name_de"], row["name_en"], row["acronym"], *row["aliases"].split("|")]
    return {"".join(key_words(one)) for text in texts for one in text.split("|") if one}


def measure(cases: list[tuple[str, dict]], organisations: list[dict], *, say=print) -> dict:
    """Precision at `match` and recall over `cases`, with what went wrong."""
    from actors.models import Identifier
    from clusterportal.matching.domain.matching import match
    from clusterportal.matching.domain.name_query import ask

    owners = dict(Identifier.objects.filter(scheme="ror").values_list("actor_id", "value"))
    shared = {name for row in organisations if is_in(row) for name in names_of(row)}
    right, wrong, namesakes, missed, times = 0, [], [], [], []
    for start in range(0, len(cases), BATCH):
        batch = cases[start : start + BATCH]
        began = time.perf_counter()
        found = match([ask(text) for text, _row in batch])
        times.append((time.perf_counter() - began) * 1000)
        for (text, row), matches in zip(batch, found, strict=True):
            best = matches[0] if matches else None
            ror = row["ror_id"].rpartition("/")[2]
            is_right = bool(best) and owners.get(best.actor.pk, "").endswith(ror)
            if best and best.is_match and is_right:
                right += 1
            elif best and best.is_match:
                name = "".join(best.called.words) if best.called else ""
                same = not is_in(row) and bool(names_of(row) & shared) and name in names_of(row)
                (namesakes if same else wrong).append((text, row["name"], name, best.score))
            if is_in(row) and not (best and best.is_match and is_right):
                missed.append((text, row["name"], bool(is_right), best.score if best else 0))
    times.sort()
    asked_in = sum(is_in(row) for _text, row in cases)
    table = {
        "cases": len(cases),
        "precision": right / (right + len(wrong)),
        "precision with namesakes": right / (right + len(wrong) + len(namesakes)),
        "recall": right / asked_in,
        "p50": times[len(times) // 2],
        "p95": times[int(len(times) * 0.95)],
        "wrong": wrong,
        "namesakes": namesakes,
        "missed": missed,
    }
    for name, value in table.items():
        if not isinstance(value, list):
            say(f"{name:<26}{value:>12.4f}")
    return table


def _fill() -> None:
    from django.core.management import call_command

    from actors.models import Actor

    call_command("migrate", verbosity=0)
    if Actor.objects.exists():
        return
    every = rows()
    with tempfile.NamedTemporaryFile("w", suffix=".csv", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(every[0]))
        writer.writeheader()
        writer.writerows(row for row in every if is_in(row))
        file.flush()
        call_command("import_actors", file.name, profile="ror", state="published", skip_invalid=True)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.reconcile")
    parser.add_argument("--sample", type=int, default=10_000, help="names, half of them not in the registry")
    parser.add_argument("--save", type=Path, help="where the table goes as JSON")
    given = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clusterportal.settings")

    import django

    django.setup()
    _fill()
    organisations = rows()
    table = measure(sample(organisations, given.sample, random.Random(SEED)), organisations)
    if given.save:
        given.save.write_text(json.dumps(table, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
