"""One portal to a data directory, and what a killed one leaves behind."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from clusterportal.core.data_dir_lock import IsHeld, held

HOLDER = """
import sys, time
from pathlib import Path
from clusterportal.core.data_dir_lock import held
with held(Path(sys.argv[1]), "process 7, port 9"):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def holder(tmp_path):
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)], stdout=subprocess.PIPE, text=True,
        cwd=Path(__file__).resolve().parents[3],
    ) as process:  # fmt: skip
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_the_second_one_is_told_who_holds_it(holder, tmp_path):
    with pytest.raises(IsHeld) as told, held(tmp_path, "me"):
        pass
    assert told.value.note == "process 7, port 9"


def test_a_killed_holder_is_noticed_once(holder, tmp_path):
    holder.send_signal(signal.SIGKILL)
    holder.wait(10)
    with held(tmp_path, "me") as was_killed:
        assert was_killed
    with held(tmp_path, "me") as was_killed:
        assert not was_killed


def test_who_ends_with_an_error_leaves_in_order(tmp_path):
    with pytest.raises(ValueError, match="wrong"), held(tmp_path, "me"):
        raise ValueError("wrong")
    with held(tmp_path, "me") as was_killed:
        assert not was_killed
    assert (tmp_path / "up.lock").stat().st_mode & 0o077 == 0
