"""The drill of a restore: it passes where everything is there again, and names what is not."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from clusterportal.core import backup as room
from clusterportal.core.management.commands import restore_drill
from tests.factories import make_actor, make_chain

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def written(settings, tmp_path):
    """A backup of a small registry with a file."""
    settings.BACKED_UP = {"media": tmp_path / "media"}
    (tmp_path / "media").mkdir()
    (tmp_path / "media" / "a.png").write_bytes(b"\x89PNG\x00\xff")
    make_chain()
    make_actor("Erste", state="draft")
    room.backup(tmp_path / "registry.tar.gz")
    return tmp_path / "registry.tar.gz"


def test_what_was_written_is_there_again(written):
    said = StringIO()
    call_command("restore_drill", written, "--here", "--replace", stdout=said)
    lines = said.getvalue().splitlines()
    assert "1 files restored" in lines[0]
    assert "tables and files are what was written" in lines[1]
    assert lines[-1] == "No errors."


def test_what_is_different_is_named(written, monkeypatch):
    def restore_badly(*args, **options):
        make_actor("Zweite")

    monkeypatch.setattr(restore_drill.restore.Command, "handle_file", restore_badly)
    with pytest.raises(CommandError, match=r"otherwise than it was written: .*\bactors_actor\b"):
        call_command("restore_drill", written, "--here", "--replace", stdout=StringIO())


def test_it_happens_in_a_portal_of_its_own(written, monkeypatch):
    """Never with the database of the portal that runs; a drill that fails there fails here."""
    asked = []

    class Done:
        returncode = 1

    def run(command, env):
        asked.append((command[2:], env["DATABASE_URL"], env["PORTAL_DATA_DIR"]))
        return Done

    monkeypatch.setattr(restore_drill.subprocess, "run", run)
    with pytest.raises(CommandError, match="did not pass the drill"):
        call_command("restore_drill", written, "--key", "key.pem")
    [(words, address, folder)] = asked
    assert (words, address) == (["restore_drill", "--here", "--key=key.pem", str(written)], "")
    assert "drill-" in folder
