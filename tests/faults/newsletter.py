"""`python -m tests.faults.newsletter [--recipients 10000]`: an issue goes out while worker and mail server are killed.

A real portal sends to a real mail server, a process of its own that writes down whom it took a mail for. Three times
the job worker is killed (kill -9), three times the mail server, at random moments. In the end nobody has got two
mails, and everybody who got none is on the list of the unclear ones. Exit status 1 where that is not so.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

from clusterportal.core.embedded import server_under
from tests.faults.portal import ROOT, Portal, free_port

AT_MOST = 3600  # seconds


class MailServer:
    """The process that counts; killed and started again on the same port."""

    def __init__(self, folder: Path):
        self.port, self.file = free_port(), folder / "accepted.txt"
        self.start()

    def start(self) -> None:
        words = [sys.executable, "-m", "tests.faults.mail_counter", str(self.port), str(self.file)]
        self.process = subprocess.Popen(words, cwd=ROOT)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def accepted(self) -> list[str]:
        return self.file.read_text().split() if self.file.exists() else []


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--recipients", type=int, default=10_000)
    parser.add_argument("--kills", type=int, default=3, help="of each of the two")
    parser.add_argument("--seed", type=int, default=random.randrange(10_000))
    options = parser.parse_args()
    random.seed(options.seed)
    print(f"seed {options.seed}", flush=True)
    with tempfile.TemporaryDirectory(prefix="newsletter-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o711)
        server = MailServer(folder)
        portal = Portal(folder, mail_port=server.port, workers=1)
        portal.environment["NEWSLETTER_RATE"] = str(10 * options.recipients)
        portal.start()
        try:
            portal.password()
            portal.seconds_until_well(time.monotonic())
            return 0 if _run(portal, server, options) else 1
        finally:
            server.kill()
            server_under(folder).release()
            for process in portal.processes():
                process.kill()


def _run(portal: Portal, server: MailServer, options) -> bool:
    os.environ |= {
        "PORTAL_DATA_DIR": str(portal.data_dir),
        "DJANGO_SETTINGS_MODULE": "clusterportal.settings",
    }
    # Django is set up after the portal has made its folder; from here on this process is one of the portal's.
    import django

    django.setup()
    # As above.
    from clusterportal.newsletters.models import IssueMail

    issue = _schedule(options.recipients)
    begun = time.monotonic()
    marks = sorted(
        random.sample(range(options.recipients // 10, options.recipients * 9 // 10), 2 * options.kills)
    )
    faults = [("worker", mark) for mark in marks[::2]] + [("mail server", mark) for mark in marks[1::2]]
    for fault, mark in sorted(faults, key=lambda one: one[1]):
        _wait(lambda mark=mark: len(server.accepted()) >= mark)
        if fault == "worker":
            portal.kill_job_worker()
        else:
            server.kill()
            time.sleep(random.random())
            server.start()
        print(
            f"{time.monotonic() - begun:7.1f} s  {fault} killed after {len(server.accepted())} mails",
            flush=True,
        )
    mails = IssueMail.objects.filter(issue=issue)
    _wait(lambda: not mails.filter(state="waiting").exists())
    _wait(lambda: mails.filter(state="sending").count() <= options.kills)
    time.sleep(5)  # whoever still speaks to the server says so
    # A quarter of an hour later for those in hand.
    mails.filter(state="sending").update(claimed_at=_long_ago())
    _wait(lambda: type(issue).objects.get(pk=issue.pk).state == "sent")
    return _judge(mails, server.accepted(), time.monotonic() - begun)


def _schedule(recipients: int):
    """A list with that many readers, and an issue whose time has come."""
    # As above.
    from django.utils import timezone

    from clusterportal.newsletters.models import Issue, MailingList
    from tests.clusterportal.newsletters.makers import make_readers

    a_list = MailingList.objects.create(slug="alle", language="de", name="Alle")
    make_readers(a_list, [f"{number}@leser.example" for number in range(recipients)])
    issue = Issue.objects.create(slug="eins", title_de="Erste Ausgabe")
    issue.items.create(title_de="Ein Beitrag", url="https://a.example/")
    Issue.objects.filter(pk=issue.pk).update(state="scheduled", send_at=timezone.now())
    return issue


def _long_ago():
    # As above.
    from django.utils import timezone

    from clusterportal.core.outbox import IN_HAND

    return timezone.now() - IN_HAND - timedelta(seconds=1)


def _judge(mails, accepted: list[str], seconds: float) -> bool:
    states = dict(mails.values_list("to", "state"))
    times = Counter(accepted)
    twice = [one for one, number in times.items() if number > 1]
    unclear = {one for one, state in states.items() if state == "unclear"}
    unlisted = [one for one in states if one not in times and one not in unclear]
    claimed = [one for one, state in states.items() if state == "sent" and one not in times]
    print(
        f"recipients   {len(states)}, accepted {len(times)} in {seconds:.0f} s: {dict(Counter(states.values()))}"
    )
    print(
        f"twice        {len(twice)}; without a mail and unlisted {len(unlisted)}; sent but not taken {len(claimed)}"
    )
    print(f"unclear      {len(unclear)}, of which arrived {len(unclear & times.keys())}: {sorted(unclear)}")
    print(f"machine      {os.cpu_count()} processors, load {os.getloadavg()[2]:.1f}")
    return not twice and not unlisted and not claimed


def _wait(is_so) -> None:
    deadline = time.monotonic() + AT_MOST
    while not is_so():
        if time.monotonic() > deadline:
            raise TimeoutError("It takes too long.")
        time.sleep(0.05)


if __name__ == "__main__":
    sys.exit(main())
