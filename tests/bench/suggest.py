"""How long suggestions take: beginnings of names and places, words within names, and the same with a typing error.

PORTAL_DATA_DIR=… python -m tests.bench.suggest [sample]

needs a database with actors (tests/bench/registry.py builds one). Times are those of the domain function, in ms.
"""

import random
import sys
import time

from tests.bench.relevance import SEED, misspell

LENGTHS = (3, 5, 8, 12)  # letters typed so far


def texts(sample: int) -> dict[str, list[str]]:
    from actors.models import Actor

    chance = random.Random(SEED)
    first = Actor.objects.published().order_by("pk").values_list("name", "city")
    # Keys are drawn, not rows sorted by chance: a million names need not be read for a sample.
    last = Actor.objects.order_by("-pk").values_list("pk", flat=True).first()
    rows = list(first.filter(pk__in={chance.randint(1, last) for _ in range(3 * sample)})[:sample])
    names = [name for name, _city in rows]
    return {
        "beginning": [name[: chance.choice(LENGTHS)] for name in names],
        "place": [city[: chance.choice(LENGTHS)] for _name, city in rows if city],
        "word": [chance.choice(name.split())[: chance.choice(LENGTHS)] for name in names if name.split()],
        "misspelt": [text for name in names if (text := misspell(name, "letter replaced", chance))],
    }


def measure(sample: int = 300, *, say=print) -> dict[str, dict]:
    from actors.search.suggestions import suggestions

    table = {}
    for kind, some in texts(sample).items():
        times = []
        for text in some:
            began = time.perf_counter()
            suggestions(text)
            times.append((time.perf_counter() - began) * 1000)
        times.sort()
        table[kind] = {
            f"p{share}": times[min(int(len(times) * share / 100), len(times) - 1)] for share in (50, 95, 99)
        }
        say(
            f"{kind:<12}{len(times):>6} texts"
            + "".join(f"  {name} {took:7.1f}" for name, took in table[kind].items())
        )
    return table


if __name__ == "__main__":
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clusterportal.settings")
    django.setup()
    measure(int(sys.argv[1]) if len(sys.argv) > 1 else 300)
