"""`python -m tests.faults.mirror [--minutes 2]`: copies that follow the feed of a real portal while it is hurt.

Eight writers create, change, publish, withdraw, delete, merge, rename, withdraw consent, import and take imports back
at random. A mirror polls, another client follows the stream of events; the web server and the database are killed
between (kill -9). Then somebody imports for a minute in one transaction, and it is measured how late other changes are
told. In the end a backup is restored. Exit status 1 where a mirror is not the registry, or the stream missed something.
"""

import argparse
import json
import math
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from contextlib import suppress
from http.client import HTTPException
from pathlib import Path

from clusterportal.core.embedded import server_under
from tests.clusterportal.partners.mirror import Mirror, asking_over_http, public_actors, snapshot
from tests.faults.portal import FAULTS, ROOT, Portal, free_port

WRITERS = 8
KILLS = ("web server killed", "database killed")
PROBE = "probe"  # the actor whose changes are timed


class StreamClient(threading.Thread):
    """Follows the stream as a browser's EventSource does; the ids of all events are in `told`."""

    def __init__(self, site: str, cursor: str):
        super().__init__(daemon=True)
        self.site, self.last, self.told, self.connections = site, cursor, [], 0
        self.is_ending = threading.Event()

    def run(self) -> None:
        while not self.is_ending.is_set():
            with suppress(OSError, HTTPException):  # killed, or the time of the stream is over
                self._read()
            self.is_ending.wait(0.5)

    def _read(self) -> None:
        request = urllib.request.Request(f"{self.site}/api/v1/changes/stream/")
        request.add_header("Last-Event-ID", self.last)
        with urllib.request.urlopen(request, timeout=40) as answer:
            self.connections += 1
            event: dict[str, str] = {}
            for line in answer:
                name, _colon, value = line.decode().rstrip("\n").partition(": ")
                if line == b"\n":
                    self.last = event.get("id", self.last)
                    if "data" in event:
                        self.told.append(event["id"])
                    event = {}
                else:
                    event[name] = value


class Prober(threading.Thread):
    """Changes one actor once a second and waits until the feed tells; `lags` are the seconds that took."""

    def __init__(self, ask, cursor: str):
        super().__init__(daemon=True)
        self.ask, self.cursor, self.lags = ask, cursor, []
        self.is_ending = threading.Event()

    def run(self) -> None:
        from actors.models import Actor  # Django is set up after the portal has made its folder

        number = 0
        while not self.is_ending.is_set():
            number += 1
            begun = time.monotonic()
            Actor.objects.filter(slug=PROBE).update(phone=f"+49 631 {number}")
            while not self._is_told():
                pass
            self.lags.append(time.monotonic() - begun)
            self.is_ending.wait(max(0.0, 1.0 - self.lags[-1]))

    def _is_told(self) -> bool:
        status, body = self.ask("changes/", {"since": self.cursor, "limit": 1000, "wait": 20})
        if status != 200:
            return False
        page = json.loads(body)
        self.cursor = page["next_cursor"]
        return PROBE in [entry["slug"] for entry in page["changes"]]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=2.0)
    parser.add_argument("--import-seconds", type=float, default=60.0)
    parser.add_argument("--actors", type=int, default=3000, help="that the long import brings")
    parser.add_argument("--seed", type=int, default=random.randrange(10_000))
    options = parser.parse_args()
    print(f"seed {options.seed}", flush=True)
    with tempfile.TemporaryDirectory(prefix="mirror-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o711)
        portal = Portal(folder, mail_port=free_port())
        portal.environment["API_LIMIT_KEY"] = "0,0"  # every actor is asked for one by one, more than once
        portal.start()
        try:
            portal.password()
            portal.seconds_until_well(time.monotonic())
            _set_up(folder)
            is_good = _run(portal, options)
        finally:
            server_under(folder).release()
            for process in portal.processes():
                process.kill()
    return 0 if is_good else 1


def _set_up(folder: Path) -> None:
    """Make this process one of the portal's: it writes through its models."""
    os.environ |= {"PORTAL_DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "clusterportal.settings"}
    import django  # its settings are those of the folder

    django.setup()


def _run(portal: Portal, options) -> bool:
    from tests.clusterportal.partners.writers import Writer, furnish  # as above
    from tests.factories import make_key

    by = furnish()
    key = make_key("read:contacts")[1]["HTTP_AUTHORIZATION"].removeprefix("Bearer ")
    ask = asking_over_http(portal.address, key)
    mirror = Mirror(ask, limit=100)
    mirror.copy()
    start = mirror.cursor
    stream = StreamClient(portal.address, start)
    stream.start()
    writers = [Writer(options.seed + number, by=by, pause=0.05) for number in range(WRITERS)]
    for writer in writers:
        writer.start()
    backup = portal.data_dir / "backup.tar"
    saving: list[subprocess.Popen] = []
    plan = [
        lambda: _hurt(portal, KILLS[0]),
        lambda: saving.append(_manage("backup", backup)),
        lambda: saving[0].wait() or _hurt(portal, KILLS[1]),
    ]
    seconds = options.minutes * 60
    begun = time.monotonic()
    while (passed := time.monotonic() - begun) < seconds or plan:
        if plan and passed > seconds * (4 - len(plan)) / 4:
            plan.pop(0)()
        _follow(mirror, pages=1)  # writers are faster than a copy with all records: the end is not waited for
    for writer in writers:
        writer.is_ending.set()
    for writer in writers:
        writer.join(60)
    done = sum((writer.done for writer in writers), writers[0].done.__class__())
    print("acts        ", dict(sorted(done.items())), flush=True)
    print("refused     ", sum(sum(writer.failed.values()) for writer in writers))
    portal.seconds_until_well(time.monotonic())
    good = [_is_the_registry("after the writers", mirror, ask)]
    good.append(_nobody_was_delayed(ask, mirror, options))
    good.append(_is_the_registry("after the import", mirror, ask))
    stream.is_ending.set()
    good.append(_stream_missed_nothing(stream, ask, start))
    portal.stop()
    assert _manage("restore", backup, "--replace").wait() == 0
    portal.start()
    portal.seconds_until_well(time.monotonic())
    good.append(_is_the_registry("after a restore", mirror, ask))
    print(f"copies       {mirror.copies}, entries taken over {len(mirror.told)}")
    return all(good) and mirror.copies == 2


def _hurt(portal: Portal, fault: str) -> None:
    FAULTS[fault](portal)
    print(f"hurt         {fault}", flush=True)


def _manage(*words) -> subprocess.Popen:
    return subprocess.Popen([sys.executable, "manage.py", *map(str, words)], cwd=ROOT)


def _follow(mirror: Mirror, *, wait: int = 1, pages: float = math.inf) -> int | None:
    """None while nobody answers; a partner would come again."""
    try:
        return mirror.follow(wait=wait, pages=pages)
    except (OSError, HTTPException, AssertionError) as error:
        if isinstance(error, AssertionError) and error.args[0][0] != 503:
            raise
        time.sleep(0.2)
        return None


def _is_the_registry(when: str, mirror: Mirror, ask) -> bool:
    """Whether the mirror comes to equal the registry, record by record; large acts are numbered within a minute."""
    deadline = time.monotonic() + 120
    while True:
        _follow(mirror)
        today = snapshot(ask)[1]
        if mirror.records == today or time.monotonic() > deadline:
            break
    actors = public_actors(ask)
    copied = {key: record for key, record in mirror.records.items() if key[0] == "actor"}
    different = [key for key in {**mirror.records, **today} if mirror.records.get(key) != today.get(key)]
    is_shown = copied == actors
    print(
        f"{when:20} {len(today)} records, different from the snapshot {different[:5]}, "
        f"each of {len(actors)} actors equal to its own address {is_shown}",
        flush=True,
    )
    for key in different[:1]:
        print(f"  here  {mirror.records.get(key)}\n  there {today.get(key)}")
    return is_shown and not different


def _nobody_was_delayed(ask, mirror: Mirror, options) -> bool:
    """How late other changes are told while one transaction imports for a minute, and while that is numbered."""
    from django.db import connection, transaction  # as above

    from tests.factories import make_actor

    connection.close()  # of before the database was killed
    make_actor("Probe", slug=PROBE)  # only now, so that no writer has deleted it
    _follow(mirror)
    prober = Prober(ask, mirror.cursor)
    prober.start()
    begun = time.monotonic()
    with transaction.atomic():
        for number in range(options.actors):
            make_actor(f"Import {number}", layers=[1])
            time.sleep(max(0.0, begun + options.import_seconds * number / options.actors - time.monotonic()))
    open_for, before, ended = time.monotonic() - begun, len(prober.lags), time.monotonic()
    while not any(entry["slug"] == "import-0" for entry in mirror.told[-options.actors * 2 :]):
        _follow(mirror)
    told_after = time.monotonic() - ended
    prober.is_ending.set()
    prober.join(60)
    print(
        f"import       open for {open_for:.0f} s, told {told_after:.1f} s after; others late by at most "
        f"{max(prober.lags[:before]):.2f} s meanwhile, {max(prober.lags[before:] or [0]):.2f} s while it was numbered"
    )
    return max(prober.lags) < 2


def _stream_missed_nothing(stream: StreamClient, ask, start: str) -> bool:
    """Whether the stream told every entry of the feed once, in its order."""
    expected, has_more, cursor = [], True, start
    while has_more:
        page = json.loads(ask("changes/", {"since": cursor, "limit": 1000})[1])
        expected += [entry["cursor"] for entry in page["changes"]]
        cursor, has_more = page["next_cursor"], page["has_more"]
    deadline = time.monotonic() + 30
    while len(stream.told) < len(expected) and time.monotonic() < deadline:
        time.sleep(0.2)
    is_same = stream.told == expected
    print(
        f"stream       {len(stream.told)} events over {stream.connections} connections, equal to the feed {is_same}"
    )
    return is_same


if __name__ == "__main__":
    sys.exit(main())
