"""`python -m tests.faults.readers`: people read on while all migrations since the last release run.

The registry that the last release stored (`tests/releases`) stands in a database of its own, four processes read every
table of it in turns, each as fast as it can, and somebody keeps a transaction open for some seconds, as an export does.
Then it is migrated to the present state. Printed are the longest waits of the readers, before and meanwhile. Exit
status 1 when somebody waited longer than a table may be waited for, and a second for the machine itself.
"""

import os
import sys
import tempfile
import threading
import time
from multiprocessing import get_context
from pathlib import Path
from unittest.mock import Mock

READERS, BEFORE = 4, 5.0  # processes; seconds of reading with nothing else
HELD = 4.0  # seconds that one transaction stays open
_MACHINE = 1.0  # second


def read(address: str, tables: list[str], first: int, all_there, ending, waits) -> None:
    """Tells the longest wait, which table it was for, and how many reads there were, when the end is told."""
    import psycopg

    longest, number = (0.0, ""), 0
    with psycopg.connect(address, autocommit=True) as session:
        all_there.wait()
        while not ending.is_set():
            table, begun = tables[(first + number) % len(tables)], time.monotonic()
            session.execute(f'SELECT count(*) FROM (SELECT * FROM "{table}" LIMIT 50) AS page').fetchone()
            longest, number = max(longest, (time.monotonic() - begun, table)), number + 1
    waits.put((*longest, number))


class Readers:
    """So many processes that read, until `stop`."""

    def __init__(self, address: str, tables: list[str]):
        several = get_context("spawn")
        self.ending, self.waits, all_there = several.Event(), several.Queue(), several.Barrier(READERS + 1)
        step = len(tables) // READERS
        self.processes = [
            several.Process(
                target=read, args=(address, tables, number * step, all_there, self.ending, self.waits)
            )
            for number in range(READERS)
        ]
        for process in self.processes:
            process.start()
        all_there.wait()

    def stop(self) -> tuple[float, str, int]:
        """The longest wait, the table that it was for, and the number of all reads."""
        self.ending.set()
        told = [self.waits.get() for _process in self.processes]
        for process in self.processes:
            process.join()
        return (
            *max((wait, table) for wait, table, _number in told),
            sum(number for *_longest, number in told),
        )


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="portal-", ignore_cleanup_errors=True) as data:
        Path(data).chmod(0o711)  # PostgreSQL may run as an account of its own
        os.environ.pop("DATABASE_URL", None)
        os.environ |= {"DJANGO_SETTINGS_MODULE": "clusterportal.settings", "PORTAL_DATA_DIR": data}
        import django  # only now, because settings read the environment

        django.setup()
        from django.db import connection

        from clusterportal.core.embedded import server_under

        try:
            return upgrade(Path(data))
        finally:
            connection.close()
            server_under(Path(data)).release()


def upgrade(data: Path) -> int:
    from django.core.management import call_command
    from django.db import connection
    from pgtrigger.migrations import AddTrigger, RemoveTrigger

    from clusterportal.core import backup
    from clusterportal.core.management.executor import (
        LOCK_TIMEOUT,
        PortalExecutor,
        forget_trigger,
        remember_trigger,
    )
    from tests import elsewhere
    from tests.releases.test_upgrade import RELEASES, last_of_each_app, manifest_of

    release = RELEASES[-1]
    backup.Standstill = Mock()  # type: ignore[misc]  # its table came later
    manifest = manifest_of(release)
    AddTrigger.state_forwards, RemoveTrigger.state_forwards = remember_trigger, forget_trigger  # as `migrate`
    executor, targets = PortalExecutor(connection), last_of_each_app(manifest["migrations"])
    state = executor._create_project_state(with_applied_migrations=True)
    executor.migrate(targets, executor.migration_plan(targets), state)
    backup.restore(release, replace=True)
    tables, address = sorted(manifest["tables"]), elsewhere.address()

    before = Readers(address, tables)
    time.sleep(BEFORE)
    report("nothing else", *before.stop())

    meanwhile, begun = Readers(address, tables), time.monotonic()
    holder = threading.Thread(target=hold, args=(address,))
    holder.start()
    call_command("migrate", verbosity=0)
    took = time.monotonic() - begun
    holder.join()
    longest = meanwhile.stop()
    report(f"migrations since {release.name.removesuffix('.tar.gz')}, {took:.1f} s", *longest)
    return 1 if longest[0] > LOCK_TIMEOUT / 1000 + _MACHINE else 0


def hold(address: str) -> None:
    """A transaction that has read what the migrations change, and goes on for a while."""
    import psycopg

    with psycopg.connect(address) as session:
        session.execute("SELECT count(*) FROM actors_actorrelation, clusters_cluster, partners_feedentry")
        time.sleep(HELD)


def report(what: str, wait: float, table: str, number: int) -> None:
    print(f"{what}: {number} reads, the longest waited {wait * 1000:.0f} ms ({table})")


if __name__ == "__main__":
    sys.exit(main())
