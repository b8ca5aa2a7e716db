"""Which lines and branches of the product the tests pass: `PYTHONPATH=. pytest -p tests.coverage` prints the others.

Measured in the processes that pytest-xdist starts, where this module is imported before the product is. SlipCover
writes marks into the code, which costs a minute of a whole run; coverage.py traces every call: half as long again.
"""

import json
import os
from typing import Any

import pytest
import slipcover

PRODUCT = {"source": ["actors", "applications", "clusterportal", "layers"], "omit": ["*/migrations/*"]}
FLOOR = 96  # per cent of lines and branches; a point under what it was when this was written
# SlipCover would take the marks out of code that has run so often: finding it in memory costs more than they do.
NEVER = 10**9
_total: dict[str, Any] = {}

if "PYTEST_XDIST_WORKER" in os.environ:
    _measured = slipcover.Slipcover(branch=True, d_miss_threshold=NEVER, **PRODUCT)
    _files = slipcover.FileMatcher(sources=PRODUCT["source"], omit=PRODUCT["omit"])
    slipcover.ImportManager(_measured, _files).__enter__()


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node):
    """In pytest's own process: adds what one of the others passed."""
    if passed := getattr(node, "workeroutput", {}).get("coverage"):
        if _total:
            slipcover.merge_coverage(_total, json.loads(passed))
        else:
            _total.update(json.loads(passed))


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session):
    """Each process hands over what it passed; pytest's own fails the run where all of it is below the floor."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["coverage"] = json.dumps(_measured.get_coverage())
    elif _share() < FLOOR:
        session.exitstatus = session.exitstatus or pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter):
    slipcover.print_coverage(_total, outfile=terminalreporter, skip_covered=True)
    terminalreporter.write_line(f"Lines and branches passed: {_share():.1f} % (at least {FLOOR} %)")


def _share() -> float:
    return _total["summary"]["percent_covered"] if _total else 0
