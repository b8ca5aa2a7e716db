"""How long an atlas takes, and how much memory.

    PORTAL_DATA_DIR=… python -m tests.bench.atlas [--profiles 300] [--hostile 500] [--keep FOLDER]

Adds actors to the registry under PORTAL_DATA_DIR in a transaction that is taken back: first plausible ones until there
are 300 profiles, then hostile ones instead. Goals for 300 profiles: 30 seconds and 300 MB, of the process that sets
and of the one that reads.
"""

import argparse
import os
import resource
import time
from pathlib import Path

GOAL_SECONDS, GOAL_MB = 30, 300


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.atlas", description=__doc__.splitlines()[0])
    parser.add_argument("--profiles", type=int, default=300)
    parser.add_argument("--hostile", type=int, default=500)
    parser.add_argument("--keep", type=Path, help="a folder for the files")
    given = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clusterportal.settings")

    import django

    django.setup()

    from django.db import transaction

    for name, number, fill in (("plausible", given.profiles, _copies), ("hostile", given.hostile, _hostile)):
        with transaction.atomic():
            fill(number)
            _measure(name, given.keep)
            transaction.set_rollback(True)


def _copies(number: int) -> None:
    """The actors of the registry again and again, under other names, until there are so many."""
    from actors.models import Actor, ApplicationFocus, LayerPlacement, Service

    first = list(Actor.objects.published().by_name().prefetch_related("placements", "foci", "services"))
    for place in range(len(first), number):
        original = first[place % len(first)]
        parts = [*original.placements.all(), *original.foci.all(), *original.services.all()]
        copy = Actor.objects.get(pk=original.pk)
        copy.pk, copy.uid, copy.slug = None, None, f"{original.slug}-{place}"
        copy.uid = Actor._meta.get_field("uid").get_default()
        copy.name, copy.short_name = (
            f"{original.name} {place}",
            original.short_name and f"{original.short_name} {place}",
        )
        copy.save()
        for part in parts:
            if isinstance(part, (LayerPlacement, ApplicationFocus, Service)):
                part.pk, part.actor = None, copy
                part.save()


def _hostile(number: int) -> None:
    from actors.models import Actor
    from tests.bench import hostile_actors

    Actor.objects.update(state="archived")
    hostile_actors.create(number)


def _processor() -> float:
    """Seconds of the processor that this process and those it started took so far."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_CHILDREN, resource.RUSAGE_SELF)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def _measure(name: str, folder: Path | None) -> None:
    from django.http import QueryDict
    from django.utils.translation import override

    from actors.filters import ActorFilterSet
    from clusterportal.atlas.domain import content
    from clusterportal.atlas.domain.atlas_document import make

    begun, used = time.monotonic(), _processor()
    with override("de"):
        filterset = ActorFilterSet(QueryDict())
        assert filterset.is_valid()
        gathered = content.atlas(filterset.selection, filterset.taxonomy)
        read = time.monotonic() - begun
        document, report = make(gathered)
    took = time.monotonic() - begun
    setting, own = (
        resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_CHILDREN, resource.RUSAGE_SELF)
    )
    figures = [
        f"{len(gathered.actors)} profiles, {document.pages} pages, {len(document.pdf) / 1e6:.1f} MB",
        f"{took:.1f} s (goal {GOAL_SECONDS} s), {read:.1f} s reading, {_processor() - used:.1f} s of the processor",
        f"at most {setting:.0f} MB setting and {own:.0f} MB reading (goal {GOAL_MB} MB for 300)",
        f"{len(report.left_out)} left out, {len(report.missing)} with missing characters",
        f"{len(report.without_logo)} without logo",
    ]
    print(f"{name}: {'; '.join(figures)}", flush=True)
    if folder:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.pdf").write_bytes(document.pdf)
        (folder / f"{name}.txt").write_text("\n".join(report.lines()))


if __name__ == "__main__":
    main()
