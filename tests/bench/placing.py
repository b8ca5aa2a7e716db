"""Are the suggestions of the placing desk right? Placed actors are held out by tenths, and guessed from the others.

    PORTAL_DATA_DIR=… python -m tests.bench.placing [--seeds 5] [--time 10000]

Layers, areas and topics of the held-out tenth are compared with what is suggested: any of them among the first
(`any`), the main layer (`main`), the share of all of them (`share`). A tenth is unknown to the others as a whole;
its own topics are known, or, in the second block, taken away for the time of the question. All ten tenths are asked, in
several orders. `--time N` builds a registry of N placed actors with texts put together from the demo's sentences, in
a database of its own, and says how long one actor takes.
"""

import argparse
import os
import random
import time
from collections import defaultdict
from pathlib import Path
from statistics import mean, median

TENTHS = 10
GOAL = 0.80  # right layer among the first two
ROOT = Path(__file__).resolve().parents[2]


def measure(seeds: int) -> dict[str, dict[str, float]]:
    """The shares of right suggestions, with and without the topics of the actors that are asked about."""
    return {
        "topics known": _held_out(range(seeds), is_topic_known=True),
        "no topic known": _held_out(range(seeds), is_topic_known=False),
    }


def _held_out(seeds, *, is_topic_known: bool) -> dict[str, float]:
    from django.db import transaction

    from actors.models import Actor, ActorTopic, ApplicationFocus, LayerPlacement
    from clusterportal.placing.domain.suggestions import suggestions_for

    layers, areas, topics = (
        _all(LayerPlacement, "layer"),
        _all(ApplicationFocus, "area"),
        _all(ActorTopic, "topic"),
    )
    main = dict(LayerPlacement.objects.filter(is_primary=True).values_list("actor", "layer"))
    rows = defaultdict(list)
    for seed in seeds:
        order = sorted(layers)
        random.Random(seed).shuffle(order)
        for number in range(TENTHS):
            tenth = order[number::TENTHS]
            with transaction.atomic():
                if not is_topic_known:
                    ActorTopic.objects.filter(actor__in=tenth).delete()
                found = suggestions_for(tenth, among=Actor.objects.exclude(pk__in=tenth))
                transaction.set_rollback(True)
            for actor in tenth:
                said = [one.key for one in found[actor].layers]
                _count(rows, "layers in 2", said, layers[actor])
                if actor in main:
                    rows["layers in 2, main"].append(main[actor] in said)
                _count(rows, "areas in 3", [one.key for one in found[actor].areas], areas[actor])
                if not is_topic_known:
                    _count(rows, "topics in 5", [one.key for one in found[actor].topics], topics[actor])
    return {name: mean(values) for name, values in rows.items()} | {"actors": len(layers)}


def _count(rows, name: str, said: list[int], right: set[int]) -> None:
    if right:
        rows[f"{name}, any"].append(bool(right & set(said)))
        rows[f"{name}, share"].append(len(right & set(said)) / len(right))


def _all(model, name: str) -> dict[int, set[int]]:
    held = defaultdict(set)
    for actor, key in model.objects.values_list("actor", name):
        held[actor].add(key)
    return held


def time_one(number: int) -> list[float]:
    """Milliseconds for the suggestions and reasons of one actor, for 30 actors of a registry of this size."""
    from actors.models import Actor
    from clusterportal.placing.domain.reasons import Reasons
    from clusterportal.placing.domain.suggestions import suggestions_of

    took = []
    keys = Actor.objects.filter(slug__startswith="bench-").order_by("slug").values_list("pk", flat=True)
    for key in list(keys)[:: max(number // 30, 1)][:30]:
        actor = Actor.objects.get(pk=key)
        began = time.perf_counter()
        suggested = suggestions_of(actor, among=Actor.objects.all())
        why = Reasons(actor, among=Actor.objects.all(), asked=suggested.asked)
        for one in suggested.layers:
            why.of_layer(one)
        took.append((time.perf_counter() - began) * 1000)
    return took


def write_texts() -> None:
    """Three sentences of the demo's descriptions for each made-up actor, in both languages."""
    from django.db import connection

    from actors.models import Actor

    real = Actor.objects.exclude(slug__startswith="bench-").values_list("description_de", "description_en")
    german, english = (
        [f"{sentence.strip()}." for text in texts for sentence in text.split(".") if len(sentence) > 10]
        for texts in zip(*real, strict=True)
    )
    chance = random.Random(1)
    keys = list(
        Actor.objects.filter(slug__startswith="bench-", description_de="").values_list("pk", flat=True)
    )
    with connection.cursor() as cursor:
        for start in range(0, len(keys), 1000):
            part = keys[start : start + 1000]
            texts = [[" ".join(chance.sample(one, 3)) for _key in part] for one in (german, english)]
            cursor.execute(
                "UPDATE actors_actor SET description_de = de, description_en = en "
                "FROM unnest(%s::bigint[], %s::text[], %s::text[]) text (key, de, en) WHERE id = key",
                [part, *texts],
            )
        cursor.execute("VACUUM ANALYZE")


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench.placing", description=__doc__.splitlines()[0]
    )
    parser.add_argument("--seeds", type=int, default=5, help="orders in which the actors are cut into tenths")
    parser.add_argument("--time", type=int, default=0, metavar="N", help="time one actor among N placed ones")
    given = parser.parse_args()
    name = f"placing-{given.time}" if given.time else "placing"
    os.environ.setdefault("PORTAL_DATA_DIR", str(ROOT / ".portal" / name))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clusterportal.settings")

    import django

    django.setup()

    from tests.bench import registry

    registry.build(given.time)  # with 0 the demo alone
    if given.time:
        write_texts()
        took = sorted(time_one(given.time))
        print(f"{given.time} placed actors: median {median(took):.0f} ms, slowest of 30 {took[-1]:.0f} ms")
        return
    for title, shares in measure(given.seeds).items():
        print(f"{title} ({shares.pop('actors'):.0f} placed actors, {given.seeds} orders of ten tenths)")
        for name, share in sorted(shares.items()):
            goal = f"  goal {GOAL:.0%}" if name == "layers in 2, any" else ""
            print(f"  {name:<20} {share:6.1%}{goal}")


if __name__ == "__main__":
    main()
