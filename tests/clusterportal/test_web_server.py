"""What the web server reads before its workers begin, each a copy of it."""

import json
import subprocess
import sys

READ = """
import gc, json, os, sys
from clusterportal.web_server import read_code
read_code()
from django.db import connections
print(json.dumps({
    "threads": len(os.listdir("/proc/self/task")),
    "connections": [one.alias for one in connections.all(initialized_only=True) if one.connection],
    "is read": {"clusterportal.urls", "clusterportal.pages.urls", "numpy"} <= set(sys.modules),
    "counts": "prometheus_client" in sys.modules,
    "collects": gc.isenabled(),
    "is frozen": gc.get_freeze_count() > 100_000,
}))
"""


def test_a_copy_finds_all_code_and_nothing_that_it_could_not_use():
    said = subprocess.run([sys.executable, "-c", READ], capture_output=True, text=True, check=True).stdout
    assert json.loads(said) == {
        "threads": 1,
        "connections": [],
        "is read": True,
        "counts": False,  # it opens the files of one process, which a copy would write to as well
        "collects": True,
        "is frozen": True,
    }
