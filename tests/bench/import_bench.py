"""How fast tables come in: `python -m tests.bench.import_bench` (a database of its own, thrown away at the end).

The whole of ror_world, new and again; then its first 5,000 rows beside import-export's plain ModelResource, which
cleans every instance and every part. Prints seconds, of these the process's own (the rest is the database's and
the machine's), peak memory and the ratio; asserts nothing.
"""

import csv
import gzip
import os
import subprocess
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WORLD = ROOT.parent / "shared" / "data" / "ror_world.csv.gz"
FIRST = 5_000


def main() -> None:
    if not WORLD.exists():
        raise SystemExit(f"{WORLD} is not here: nothing to measure with.")
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o711)  # PostgreSQL runs as an account of its own
        small = Path(folder) / "small.csv"
        _cut(small)
        taken: dict[str, float] = {}
        for name, call, registry in (
            (f"first {FIRST:,}, our importer", ["command", small], "ours"),
            (f"first {FIRST:,}, plain ModelResource", ["plain", small], "plain"),
            ("ror_world, dry run", ["command", WORLD, "dry"], "world"),
            ("ror_world, new", ["command", WORLD], "world"),
            ("ror_world, again", ["command", WORLD], "world"),
        ):
            taken[name] = _measure(name, call, Path(folder) / registry)
            if registry == "plain":
                ours, plain = taken.values()
                print(f"ratio: {plain / ours:.1f} times faster", flush=True)


def _cut(path: Path) -> None:
    with gzip.open(WORLD, "rt", encoding="utf-8") as source, open(path, "w", encoding="utf-8") as target:
        rows = csv.reader(source)
        csv.writer(target).writerows(islice(rows, FIRST + 1))


def _measure(name: str, call: list, data: Path) -> float:
    """Seconds of the work itself, in a process of its own so that its peak memory is its own."""
    told = subprocess.run(
        [sys.executable, "-m", "tests.bench.import_bench", "--inside", *map(str, call)],
        cwd=ROOT, env={**os.environ, "PORTAL_DATA_DIR": str(data)}, check=True, capture_output=True, text=True,
    ).stdout.splitlines()  # fmt: skip
    seconds, own, megabytes, counts = told[-1].split("|")
    print(
        f"{name:40} {float(seconds):7.1f} s ({float(own):.1f} s own) {int(megabytes):6} MB  {counts}",
        flush=True,
    )
    return float(seconds)


def _inside(what: str, path: str = "", *options: str) -> None:
    """The measured process: prints seconds, peak memory and what was written."""
    import resource

    _set_up()
    from actors.models import Actor, ActorRelation, Identifier

    began, own = time.monotonic(), time.process_time()
    if what == "command":
        _by_command(path, is_dry="dry" in options)
    else:
        _plainly(path)
    seconds, own = time.monotonic() - began, time.process_time() - own
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    counts = [model.objects.count() for model in (Actor, Identifier, ActorRelation)]
    print(f"{seconds}|{own}|{peak}|actors {counts[0]}, identifiers {counts[1]}, relations {counts[2]}")


def _by_command(path: str, *, is_dry: bool) -> None:
    from django.core.management import call_command

    call_command("import_actors", path, profile="ror", dry_run=is_dry, skip_invalid=True)


def _plainly(path: str) -> None:
    """The same facts by import-export as its documentation has it: row by row, every instance cleaned."""
    from import_export import resources
    from tablib import Dataset

    from actors.columns.parts import PARTS, clean_item
    from actors.columns.vocabulary import Vocabulary
    from actors.models import Actor, ActorAlias, Identifier
    from clusterportal.intake.profiles.open_data import ror_facts

    names = [
        "name",
        "short_name",
        "kind",
        "city",
        "country",
        "latitude",
        "longitude",
        "website",
        "founded",
        "source",
    ]

    class PlainResource(resources.ModelResource):
        class Meta:
            model = Actor
            fields = ("slug", *names)
            import_id_fields = ("slug",)
            clean_model_instances = True
            use_transactions = True

        def after_save_instance(self, instance, row, **kwargs):
            for column, model in (("identifiers", Identifier), ("aliases", ActorAlias)):
                for item in (clean_item(PARTS[column], one, vocabulary) for one in row[column]):
                    part = model(actor=instance, **item)
                    part.full_clean()
                    part.save()

    vocabulary, dataset = Vocabulary(), Dataset(headers=["slug", *names, "identifiers", "aliases"])
    with open(path, encoding="utf-8") as file:
        for row in csv.DictReader(file):
            facts = ror_facts(row)
            values = [facts.fields.get(name) or "" for name in names]
            dataset.append(
                [f"r-{row['ror_id'][-9:]}", *values, facts.parts["identifiers"], facts.parts["aliases"]]
            )
    result = PlainResource().import_data(dataset, raise_errors=False)
    print(result.totals)


def _set_up() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clusterportal.settings")
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from clusterportal.core.embedded import server_under

    if settings.IS_EMBEDDED:
        server_under(settings.PORTAL_DATA_DIR).start()
    call_command("migrate", verbosity=0)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--inside"]:
        _inside(*sys.argv[2:])
    else:
        main()
