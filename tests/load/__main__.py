"""`python -m tests.load [--minutes 30]`: a crowded day on a real portal, then too much of it, then people who mean ill.

Visitors, partners with keys and streams, two curators, imports and a newsletter work at the same time; afterwards ten
times the visitors come, then slow clients, huge uploads and expensive questions, each beside an ordinary visitor. All
of it against 127.0.0.1, with a portal, a database and a mail server of its own. Exit status 1 where a goal was missed.
"""

import argparse
import os
import secrets
import signal
import sys
import tempfile
import time
import urllib.error
import urllib.request
from functools import partial
from pathlib import Path

from clusterportal.core.embedded import server_under
from clusterportal.core.turns import BUSY
from tests.faults.newsletter import MailServer
from tests.faults.portal import Portal
from tests.load.hostile import Hostile, hostile
from tests.load.memory import Watch
from tests.load.overload import Overload, overload
from tests.load.tally import Tally
from tests.load.traffic import Curator, Imports, Stream, traffic

PASSWORD = secrets.token_urlsafe(12)  # of the curators
PHASES = ("day", "overload", "hostile")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=30.0, help="of the mixed load")
    parser.add_argument("--actors", type=int, default=5000, help="in the registry")
    parser.add_argument("--recipients", type=int, default=2000, help="of the newsletter")
    parser.add_argument("--import-minutes", type=float, default=3.0, help="from one import to the next")
    parser.add_argument("--overload-seconds", type=float, default=60.0)
    parser.add_argument("--hostile-seconds", type=float, default=20.0, help="of each kind")
    parser.add_argument("--workers", type=int, default=2, help="processes of the web server")
    parser.add_argument("--only", default=",".join(PHASES), help=f"some of: {', '.join(PHASES)}")
    options = parser.parse_args()
    missed: list[str] = []
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # leaves nothing behind
    with tempfile.TemporaryDirectory(prefix="load-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o711)
        server = MailServer(folder)
        portal = Portal(folder, mail_port=server.port, workers=options.workers)
        portal.environment["NEWSLETTER_RATE"] = str(max(300, options.recipients))
        try:
            slugs, key = _furnish(folder, options.actors)
            portal.start()
            _wait_until_well(portal)
            if "day" in options.only:
                missed += _day(portal, server, options, slugs=slugs, key=key)
            if "overload" in options.only:
                curator = partial(Curator, portal.address, PASSWORD)
                missed += _told(overload(portal.address, options.overload_seconds, curator=curator))
            if "hostile" in options.only:
                missed += _told(hostile(portal.address, options.hostile_seconds))
            if missed:
                print("\n".join(portal.log.read_text().splitlines()[-40:]))
        finally:
            server.kill()
            server_under(folder).release()
            for process in portal.processes():
                process.kill()
    print(
        f"machine      {os.cpu_count()} processors, load {os.getloadavg()[2]:.1f} in the last quarter of an hour"
    )
    print("\n".join(f"MISSED       {one}" for one in missed) or "all goals are met")
    return 1 if missed else 0


def _told(outcome: Overload | Hostile) -> list[str]:
    print("\n".join(outcome.lines()), flush=True)
    return outcome.missed


def _wait_until_well(portal: Portal) -> None:
    """With the list of changes, which the job worker makes at first. On a machine with other things to do: minutes."""
    for _patience in range(5):
        if portal.seconds_until_well(time.monotonic()) is not None:
            while _status_of(f"{portal.address}/api/v1/changes/") == BUSY:
                time.sleep(0.5)
            return
    raise RuntimeError(f"The portal did not start:\n{portal.log.read_text()}")


def _status_of(address: str) -> int:
    try:
        with urllib.request.urlopen(address, timeout=60) as answer:
            return answer.status
    except urllib.error.HTTPError as answer:
        return answer.code


def _furnish(folder: Path, actors: int) -> tuple[list[str], str]:
    """A registry of that size, before the portal starts; slugs of actors, and a partner's key."""
    os.environ |= {"PORTAL_DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "clusterportal.settings"}
    import django  # its settings are those of the folder; from here on this process is one of the portal's

    django.setup()
    from django.contrib.auth import get_user_model  # as above

    from actors.models import Actor
    from tests.bench import hostile_actors, registry
    from tests.factories import make_key

    if registry.NAMES.exists():
        registry.build(actors)
    else:  # real names lie beside the house; without them, made-up ones
        registry.build(0)
        hostile_actors.create(actors)
    get_user_model().objects.create_superuser("admin", password=PASSWORD, role="administrator")
    key = make_key("read:contacts")[1]["HTTP_AUTHORIZATION"].removeprefix("Bearer ")
    return list(Actor.objects.published().order_by("?").values_list("slug", flat=True)[:500]), key


def _day(portal: Portal, server: MailServer, options, *, slugs: list[str], key: str) -> list[str]:
    """The mixed load; returns the goals that were missed."""
    from tests.load import newsletter  # Django is there now

    tally, watch = Tally(), Watch(portal)
    curators = [Curator(portal.address, PASSWORD, tally) for _one in range(2)]
    streams = [Stream(portal.address, "") for _one in range(2)]
    imports = Imports(portal, tally, pause=60 * options.import_minutes)
    everybody = [*traffic(portal, tally, slugs=slugs, key=key), *curators, *streams, imports]
    begun = time.monotonic()
    for one in [*everybody, watch]:
        one.start()
    time.sleep(15 * options.minutes)  # a quarter of it: warm-up
    warm = time.monotonic() - begun
    newsletter.schedule(options.recipients)
    time.sleep(max(0.0, 60 * options.minutes - (time.monotonic() - begun)))
    for one in everybody:
        one.end()
    watch.is_ending.set()
    for one in everybody:
        one.join(60)
    print("\n".join(tally.rows()))
    asked = sum(tally.statuses.values())
    print(f"mixed load   {asked} answers in {options.minutes:g} minutes, {sum(tally.errors.values())} errors")
    mails, saves = (
        newsletter.readers_of(server.accepted()),
        [name for one in curators for name in one.acknowledged],
    )
    print(
        f"             saves {len(saves)}, events told {[len(one.told) for one in streams]}, mails {len(mails)} "
        f"of {options.recipients}"
    )
    return [*_memory(watch, warm), *_misses(tally, mails, options, streams)]


def _memory(watch: Watch, warm: float) -> list[str]:
    print(f"{'memory, MB':30}{'warm':>8}{'middle':>8}{'end':>8}{'MB/h':>8}{'grown':>8}")
    grown = watch.after(warm)
    for one in grown:
        parts = "".join(f"{value:8.0f}" for value in (one.first, one.middle, one.last, one.slope))
        print(f"  {one.name:28}{parts}{one.grown:8.1f}")
    wrong = [f"{one.name} grew by {one.grown:.0f} MB" for one in grown if not one.is_flat]
    return wrong or ([] if len(grown) >= 4 else ["a process was missing, or ended: no statement on memory"])


def _misses(tally: Tally, mails: list[str], options, streams) -> list[str]:
    is_whole = len(mails) == len(set(mails)) == options.recipients
    return [
        *(f"{number} x {what}" for what, number in tally.errors.items()),
        *([] if is_whole else [f"newsletter: {len(set(mails))} of {options.recipients} readers got it"]),
        *([] if all(one.told for one in streams) else ["a stream told nothing"]),
    ]


if __name__ == "__main__":
    sys.exit(main())
