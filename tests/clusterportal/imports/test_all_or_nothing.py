"""One invalid row, or the end of the process in the middle of writing: the registry stays exactly as it was."""

import csv
import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from actors.models import Actor
from clusterportal.history.models import current_revision
from clusterportal.imports.models import ImportRun
from tests.factories import make_actor, make_person

ROWS = 4_000  # fifty thousand take as long as the rest of the suite; the benchmark does them
ROOT = Path(__file__).resolve().parents[3]


def write_table(path, rows: int, *, broken: int | None = None):
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["name", "kind", "city", "layers"])
        for number in range(2, rows + 2):
            writer.writerow([f"Betrieb {number}", "club" if number == broken else "company", "Leipzig", ""])
    return path


def everything() -> tuple:
    return tuple(
        Actor.objects.order_by("pk").values_list("pk", "name", "city", "updated_at")
    ), current_revision()


@pytest.mark.django_db
def test_one_invalid_row_leaves_everything_as_it_was_and_is_named(tmp_path):
    make_actor("Betrieb 5", city="Leipzig")
    before, report = everything(), tmp_path / "report.csv"
    path = write_table(tmp_path / "table.csv", ROWS, broken=ROWS - 7)
    with pytest.raises(CommandError, match="1 Zeile"):
        call_command("import_actors", path, report=report)
    assert everything() == before
    lines = list(csv.DictReader(report.open(encoding="utf-8")))
    told = [(line["row"], line["column"], line["value"]) for line in lines if line["column"] != "name"]
    assert told == [
        ("5", "kind", "Forschungseinrichtung"),  # would be overwritten
        (str(ROWS - 7), "kind", "club"),
    ]


_CHILD = """
import os, pathlib, sys, types
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
import django; django.setup()
from django.db import connection
connection.settings_dict["NAME"] = sys.argv[1]
from clusterportal.intake import applying as writing
old = writing._Writer._write_parts
def and_stay(self, batch):
    old(self, batch)
    print("writing", flush=True)
    sys.stdin.read()  # in the middle of the transaction
writing._Writer._write_parts = and_stay
from clusterportal.imports import tasks
from clusterportal.core import private_storage, stored_files
from clusterportal.imports.models import ImportRun
# The folder of its files alone: a new connection starts the server under that of the settings.
private_storage.settings = stored_files.settings = types.SimpleNamespace(
    PORTAL_DATA_DIR=pathlib.Path(os.environ["FILES_UNDER"])
)
run = ImportRun.objects.get(pk=int(sys.argv[2]))
tasks.work(run_id=run.pk, ticket=str(run.ticket), what="write", by_id=run.by_id)
"""


@pytest.mark.django_db(transaction=True)
def test_killed_in_the_middle_nothing_was_written_and_the_page_says_so(client, tmp_path, monkeypatch):
    from clusterportal.imports import tasks
    from tests.clusterportal.imports.conftest import Clicker

    clicker = Clicker(client, make_person("administrator"))
    clicker.upload(write_table(tmp_path / "table.csv", 20))
    clicker.map()
    monkeypatch.setattr(tasks, "JOB_ABOVE_ROWS", 0)
    clicker.confirm()
    before = everything()
    child = subprocess.Popen(
        [sys.executable, "-c", _CHILD, connection.settings_dict["NAME"], str(clicker.run.pk)],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        env={**os.environ, "FILES_UNDER": str(settings.PORTAL_DATA_DIR)},
    )  # fmt: skip
    assert child.stdout.readline() == "writing\n"
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    _until_nobody_else_is_connected()
    assert everything() == before and not Actor.objects.exists()
    assert ImportRun.objects.get().state == "writing"
    ImportRun.objects.update(heard_at=timezone.now() - timedelta(minutes=3))
    assert "Unterbrochen" in clicker.page("preview").content.decode()
    monkeypatch.undo()
    clicker.client.post(clicker.url("again"))
    clicker.confirm()
    assert clicker.run.state == "done" and Actor.objects.count() == 20


def _until_nobody_else_is_connected() -> None:
    """The server notices the end of a client when it reads from it next."""
    question = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() "
        "AND state = 'idle in transaction'"
    )
    for _attempt in range(100):
        with connection.cursor() as cursor:
            cursor.execute(question)
            if not cursor.fetchone()[0]:
                return
        time.sleep(0.05)
    raise AssertionError("the killed process is still connected")
