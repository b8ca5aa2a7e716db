"""`python -m tests.faults.restored`: an old backup is restored, and nothing of it goes out until somebody allows it.

A registry in which a newsletter, a reminder, a webhook and a contribution wait is backed up. The portal sends all of
it. Then the backup is restored: everything waits in it once more. For two minutes, and while reminders are asked for,
nothing may leave but the contribution, which appears on the portal itself. Then sending is allowed: the reminder goes
out, the newsletter waits for a decision of its own, the webhook stays paused. Exit status 1 where that is not so.
"""

import os
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import psycopg

from tests.faults.load import Post
from tests.faults.portal import ROOT, Portal, free_port

READERS = 3
STILL = 130.0  # seconds in which the jobs of each minute have had two turns
AT_MOST = 900.0  # seconds
# What waits, and is due when the portal starts again.
_FILL = """
from datetime import timedelta
from django.utils import timezone
from clusterportal.newsletters.models import Issue, MailingList
from clusterportal.newsroom.models import Contribution
from clusterportal.partners.domain.sequencing import sequence
from clusterportal.partners.domain.webhooks import endpoints
from tests.clusterportal.newsletters.makers import make_readers
from tests.clusterportal.partners.receiver import ADMIN
from tests.factories import make_actor, make_partner
soon = timezone.now() + timedelta(seconds=1)
a_list = MailingList.objects.create(slug="alle", language="de", name="Alle")
make_readers(a_list, [f"{{number}}@leser.example" for number in range({readers})])
issue = Issue.objects.create(slug="eins", title_de="Erste Ausgabe")
issue.items.create(title_de="Ein Beitrag", url="https://a.example/")
Issue.objects.filter(pk=issue.pk).update(state="scheduled", send_at=soon)
make_actor("Institut Technik", email="info@example.org", verified_on="2020-05-01")
Contribution.objects.create(title_de="Geplant", slug="geplant", lead_de="Bald.", state="published", publish_at=soon)
sequence()
endpoints.create(partner=make_partner(contact_email="kim@kammer.example"), url="{url}", by=ADMIN)
"""


class Receiver(ThreadingHTTPServer):
    """Takes every message; `count` of them."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.count = 0
        threading.Thread(target=self.serve_forever, daemon=True).start()


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.server.count += 1
        self.send_response(204)
        self.end_headers()

    def log_message(self, *about):
        pass


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="restored-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o711)
        post, receiver = Post(free_port(), seconds=0), Receiver()
        portal = Portal(folder, mail_port=post.port, workers=1)
        portal.environment["WEBHOOKS_TO_LOOPBACK"] = "1"
        try:
            return 0 if _carry_out(portal, post, receiver) else 1
        finally:
            for process in portal.processes():
                process.kill()
            post.stop()
            receiver.shutdown()


def _carry_out(portal: Portal, post: Post, receiver: Receiver) -> bool:
    backup = portal.data_dir / "backup.tar"
    _start(portal)
    portal.stop()
    url = f"http://127.0.0.1:{receiver.server_port}/hook"
    _manage(portal, "shell", "-c", _FILL.format(readers=READERS, url=url))
    _manage(portal, "backup", str(backup))
    _start(portal)
    _manage(portal, "send_reminders")
    good = [_wait("sent before", lambda: len(post.accepted) >= READERS + 1 and receiver.count > 0)]
    portal.stop()
    before, told = dict(post.accepted), receiver.count
    print(f"mails        {len(before)}, messages to the webhook {told}", flush=True)
    _manage(portal, "restore", str(backup), "--replace")
    _start(portal)
    _manage(portal, "send_reminders")
    good.append(_wait("appeared again", lambda: _is_public(portal)))
    time.sleep(STILL)
    good.append(_say("nothing went out", (post.accepted, receiver.count) == (before, told)))
    _manage(portal, "allow_sending")
    _manage(portal, "send_reminders")
    good.append(_wait("reminder sent", lambda: sum(post.accepted.values()) == len(before) + 1))
    time.sleep(STILL)
    good.append(_say("and nothing else", sum(post.accepted.values()) == len(before) + 1))
    conninfo = f"host={portal.database.socket_dir} user=portal dbname=postgres"
    with psycopg.connect(conninfo) as session:
        issue = session.execute("SELECT state, hold_reason FROM newsletters_issue").fetchall()
        endpoint = session.execute("SELECT pause_reason FROM partners_webhookendpoint").fetchall()
    good.append(_say(f"newsletter {issue}", issue == [("held", "restored")]))
    good.append(_say(f"webhook {endpoint}", endpoint == [("restored",)] and receiver.count == told))
    return portal.stop() == 0 and all(good)


def _start(portal: Portal) -> None:
    portal.start()
    portal.password()
    portal.seconds_until_well(time.monotonic())


def _manage(portal: Portal, *words: str) -> None:
    environment = portal.environment | {"PYTHONPATH": os.fspath(ROOT)}
    command = [sys.executable, "manage.py", *words]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)


def _is_public(portal: Portal) -> bool:
    with urllib.request.urlopen(f"{portal.address}/api/v1/news/", timeout=20) as answer:
        return b"geplant" in answer.read()


def _wait(what: str, is_so: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + AT_MOST
    while not (found := is_so()) and time.monotonic() < deadline:
        time.sleep(0.5)
    return _say(what, found)


def _say(what: str, is_so: bool) -> bool:
    print(f"{'yes' if is_so else 'NO':12} {what}", flush=True)
    return is_so


if __name__ == "__main__":
    sys.exit(main())
