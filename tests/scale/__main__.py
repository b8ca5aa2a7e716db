"""`python -m tests.scale [--seconds 15]`: the portal on two hosts, with a replica, and what happens when one goes.

As root, in network namespaces of its own: two hosts with web server and job worker, a PostgreSQL primary and its
streaming replica (the PostgreSQL of this machine, PG_BIN), Redis and an S3 server. People read over both hosts as
behind a reverse proxy and a curator saves, while a web host is killed, the replica is killed, the replica falls behind,
and the primary is killed and the replica promoted. Exit status 1 when an acknowledged write is lost, somebody reads
what is older than was acknowledged, or readers get no answer where another host could give one.
"""

import argparse
import os
import signal
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from tests.faults.point_in_time import programs_here
from tests.scale.machines import PASSWORD, Postgres, WebHost, stopped, until
from tests.scale.network import Network, NotAllowed
from tests.scale.people import ProxiedCurator, Proxy, Reader, Witness, get
from tests.scale.preparing import WEB, WITNESS, prepared

LEAST_READS, PATIENCE = 30, 180.0  # of a phase; seconds that it waits for them
BACK_WITHIN = 120.0  # seconds from the end of the primary until somebody saves again


# None once it is promoted: then all are its own.
_TRANSACTIONS = "SELECT xact_commit FROM pg_stat_database WHERE datname = 'portal' AND pg_is_in_recovery()"


@dataclass
class Phase:
    """What readers and writers met while something went wrong."""

    name: str
    reads: int = 0
    failed: int = 0
    p95: float = 0.0  # seconds
    saves: int = 0
    by_replica: int = 0  # transactions there
    note: str = ""


@dataclass
class Trial:
    network: Network
    primary: Postgres
    replica: Postgres
    hosts: dict[str, WebHost]
    seconds: float
    phases: list[Phase] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def begin(self) -> None:
        addresses = [host.address for host in self.hosts.values()]
        self.proxy = Proxy(addresses)
        self.curator = ProxiedCurator(addresses, PASSWORD)
        self.witness = Witness(conninfo(self.primary, self.replica), addresses, WITNESS)
        self.readers = [Reader(self.proxy) for _number in range(3)]
        for person in (self.curator, self.witness, *self.readers):
            person.start()

    def end(self) -> None:
        for person in (self.curator, self.witness, *self.readers):
            person.is_ending.set()
        for person in (self.curator, self.witness, *self.readers):
            person.join(60)

    def phase(self, name: str, act=lambda: "", *, may_fail: bool = False) -> Phase:
        """Let people work while and after `act`, and note what they met."""
        reads = [len(one.seconds) for one in self.readers]
        failed = [len(one.failed) for one in self.readers]
        saves, there = len(self.curator.acknowledged), self._by_replica()
        note = act() or ""
        self._let_work(reads, saves)
        seconds = [second for one, n in zip(self.readers, reads, strict=True) for second in one.seconds[n:]]
        lost = [said for one, n in zip(self.readers, failed, strict=True) for said in one.failed[n:]]
        p95 = statistics.quantiles(seconds, n=20)[-1] if len(seconds) > 1 else 0.0
        done = Phase(name, len(seconds), len(lost), p95, len(self.curator.acknowledged) - saves, note=note)
        done.by_replica = max(0, self._by_replica() - there)
        self.phases.append(done)
        print(row(done), flush=True)
        if lost and not may_fail:
            self.faults.append(f"{name}: {len(lost)} readers got no answer, such as {lost[0]}")
        if not done.saves:
            self.faults.append(f"{name}: nobody could save")
        return done

    def _let_work(self, reads: list[int], saves: int) -> None:
        """For some seconds, and on a slow machine until there is something to judge."""
        time.sleep(self.seconds)
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            done = sum(len(one.seconds) for one in self.readers) - sum(reads)
            if done >= LEAST_READS and len(self.curator.acknowledged) > saves:
                return
            time.sleep(0.2)

    def _by_replica(self) -> int:
        try:
            return self.replica.ask(_TRANSACTIONS)[0][0]
        except (psycopg.Error, IndexError):
            return 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=15.0, help="that people work in each phase")
    options = parser.parse_args()
    for wish in (signal.SIGINT, signal.SIGTERM):  # also in the background of a shell: all is put away
        signal.signal(wish, signal.default_int_handler)
    programs = programs_here()
    if programs is None:
        print("There is no PostgreSQL server on this machine: apt-get install postgresql, or say PG_BIN.")
        return 1
    try:
        with (
            tempfile.TemporaryDirectory(prefix="scale-", ignore_cleanup_errors=True) as name,
            Network(*WEB, "db1", "db2", "shared", "people") as network,
        ):
            folder = Path(name)
            folder.chmod(0o711)
            network.move_in("people")
            return carry_out(network, programs, folder, options.seconds)
    except NotAllowed as error:
        print(f"Network namespaces cannot be made here: {error}")
        return 1


def carry_out(network: Network, programs: Path, folder: Path, seconds: float) -> int:
    trial = Trial(network, *prepared(network, programs, folder), seconds)
    print(HEAD, flush=True)
    trial.begin()
    try:
        until(lambda: trial.witness.looked and trial.curator.acknowledged, "the first save")
        trial.phase("two hosts, a replica")
        check_shared(trial)
        trial.phase("host a killed", lambda: network.kill("a"))
        trial.hosts["a"].start()
        trial.hosts["a"].wait()
        trial.phase("replica killed", lambda: network.kill("db2"))
        trial.replica.start()
        trial.phase("replica behind", lambda: fall_behind(trial))
        make_synchronous(trial)
        trial.phase("primary killed", lambda: fail_over(trial), may_fail=True)
        trial.phase("former replica alone")
    finally:
        trial.end()
    judge(trial)
    print(
        f"machine  {os.cpu_count()} processors, load {os.getloadavg()[2]:.1f} in the last quarter of an hour"
    )
    for fault in trial.faults:
        print(f"FAULT  {fault}")
    return 1 if trial.faults else 0


def check_shared(trial: Trial) -> None:
    """What one host kept the other one gives, and each has the files."""
    import redis

    address = f"{trial.network.hosts['shared']}"
    counts = redis.Redis(address)
    trial.witness.is_ending.set()  # while nothing changes
    trial.witness.join(30)
    trial.curator.is_ending.set()
    trial.curator.join(60)
    path, before = f"/de/akteure/?q=geteilt+{time.time()}", counts.info("stats")["keyspace_hits"]
    same = len({get(host.address + path) for host in trial.hosts.values()}) == 1
    kept = counts.info("stats")["keyspace_hits"] - before
    [(name,)] = trial.primary.ask("SELECT logo FROM actors_actor WHERE slug = %s", WITNESS)
    pictures = {get(f"{host.address}/media/{name}") for host in trial.hosts.values()}
    print(
        f"from both hosts one picture: {len(pictures) == 1}, one page: {same}; hits in the shared cache: {kept}"
    )
    if len(pictures) != 1 or not same or not kept:
        trial.faults.append("The hosts do not share files or kept answers.")
    again = ProxiedCurator([host.address for host in trial.hosts.values()], PASSWORD)
    again.acknowledged = trial.curator.acknowledged
    trial.curator = again
    seen = trial.witness
    trial.witness = Witness(seen.conninfo, seen.addresses, seen.slug)
    trial.witness.stale, trial.witness.looked = seen.stale, seen.looked
    for person in (trial.curator, trial.witness):
        person.start()


def fall_behind(trial: Trial) -> str:
    """The replica takes nothing in for a while; says how many saves a failover at its end would have lost."""
    go_on = stopped(trial.replica.receiver())
    try:
        time.sleep(trial.seconds)
        [(there,)] = trial.replica.ask("SELECT count(*) FROM actors_actor")
        [(here,)] = trial.primary.ask("SELECT count(*) FROM actors_actor")
    finally:
        go_on()
    return f"{here - there} saves were on the primary alone"


def make_synchronous(trial: Trial) -> None:
    """From now on a commit is acknowledged when the replica has it on its disk."""
    trial.primary.ask("ALTER SYSTEM SET synchronous_standby_names = '*'")
    trial.primary.ask("SELECT pg_reload_conf()")
    sync = "SELECT 1 FROM pg_stat_replication WHERE sync_state = 'sync'"
    until(lambda: trial.primary.ask(sync), "synchronous replication", 60)


def fail_over(trial: Trial) -> str:
    """The primary is killed, the replica promoted by hand at once; both hosts find it by libpq's list of hosts."""
    trial.network.kill("db1")
    saved, begun = len(trial.curator.acknowledged), time.monotonic()
    trial.replica.promote()
    promoted = time.monotonic() - begun
    try:
        until(lambda: len(trial.curator.acknowledged) > saved, "a save", BACK_WITHIN)
    except RuntimeError as error:
        trial.faults.append(f"After the failover {error}")
    return f"promoted in {promoted:.1f} s, saved again after {time.monotonic() - begun:.1f} s"


def judge(trial: Trial) -> None:
    """What was acknowledged is there, and nobody read anything older than that."""
    names = {
        name for (name,) in trial.replica.ask("SELECT name FROM actors_actor WHERE name ~ '^[0-9a-f]{32}$'")
    }
    lost = set(trial.curator.acknowledged) - names
    witness = trial.witness
    print(f"saves acknowledged {len(trial.curator.acknowledged)}, lost {len(lost)}")
    print(f"looks for what was just committed {witness.looked}, older {len(witness.stale)}")
    if lost:
        trial.faults.append(f"{len(lost)} acknowledged saves are lost.")
    if witness.stale or not witness.looked:
        trial.faults.append(f"Stale: {witness.stale[:3]}")


def conninfo(*servers: Postgres) -> str:
    hosts = ",".join(one.address for one in servers)
    return f"host={hosts} user=portal dbname=portal target_session_attrs=read-write"


HEAD = f"{'':24}{'reads':>7}{'failed':>8}{'p95':>9}{'saves':>7}{'by replica':>12}"


def row(phase: Phase) -> str:
    figures = f"{phase.reads:7}{phase.failed:8}{phase.p95 * 1000:6.0f} ms{phase.saves:7}{phase.by_replica:12}"
    return f"{phase.name:24}{figures}  {phase.note}"


if __name__ == "__main__":
    sys.exit(main())
