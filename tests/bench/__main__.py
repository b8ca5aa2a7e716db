"""`python -m tests.bench --actors 100000 [--only warm,facets ...]`: how fast the portal is, beside floors and peers.

Builds the registry under PORTAL_DATA_DIR (default `.portal/bench-N`) unless it is there, starts the portal as `up`
does, measures, prints a table with the goal beside each figure and saves it as JSON there. The machine should have
nothing else to do. Peers run where they are installed: Datasette and Wagtail in the folder BENCH_PEERS.
"""

import argparse
import json
import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__.splitlines()[0])
    parser.add_argument("--actors", type=int, default=100_000)
    parser.add_argument("--only", default="", help="names of measurements, separated by commas")
    parser.add_argument("--seconds", type=float, default=5, help="of each measurement of requests a second")
    given = parser.parse_args()
    os.environ.setdefault("PORTAL_DATA_DIR", str(ROOT / ".portal" / f"bench-{given.actors}"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clusterportal.settings")

    import django

    django.setup()

    from clusterportal.partners.domain.sequencing import sequence
    from tests.bench import measure, registry

    registry.build(given.actors)
    sequence()  # the list of changes begins with every actor: minutes of work, not to be done beside what is measured
    registry.read_into_memory()
    wanted = [name.strip() for name in given.only.split(",") if name.strip()] or list(measure.MEASUREMENTS)
    found = []
    for name in wanted:
        for row in measure.MEASUREMENTS[name](given.actors, given.seconds):
            print(
                f"{row['what']:<58} {row['figure']:<44} goal {row['goal']:<26} {row['verdict']}", flush=True
            )
            found.append(row)
    file = Path(os.environ["PORTAL_DATA_DIR"]) / "bench.json"
    file.write_text(json.dumps(found, indent=1, ensure_ascii=False))
    print(f"Saved as {file}.")


if __name__ == "__main__":
    main()
