"""A short round of overload and of ill will on a small server, and the counting behind `python -m tests.load`."""

import math
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest

from clusterportal.core.turns import THREADS
from tests.faults.portal import ROOT, free_port
from tests.load import hostile as ill_will
from tests.load.hostile import hostile
from tests.load.overload import Overload, overload
from tests.load.tally import Tally, growth, percentile


@pytest.fixture(scope="module")
def address():
    port = free_port()
    words = [
        "--interface",
        "wsgi",
        "--port",
        str(port),
        "--blocking-threads",
        str(THREADS),
        "--log-level",
        "error",
    ]
    process = subprocess.Popen(
        [sys.executable, "-m", "granian", "tests.load.small_portal:application", *words],
        cwd=ROOT,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"},
        start_new_session=True,
    )
    address = f"http://127.0.0.1:{port}"
    while True:
        try:
            urllib.request.urlopen(f"{address}/de/", timeout=30).close()
            break
        except urllib.error.URLError:
            assert process.poll() is None
            time.sleep(0.05)
    yield address
    os.killpg(process.pid, signal.SIGKILL)  # it would wait for those who read slowly
    process.wait(30)


def test_overload_is_refused_and_passes(address):
    outcome = overload(address, 1.0)
    assert {*outcome.tally.statuses} == {200, 503}
    assert (dict(outcome.tally.errors), outcome.recovered is not None) == ({}, True)
    assert "503" in outcome.lines()[0]


def test_ill_will_keeps_nobody_out(address, monkeypatch):
    monkeypatch.setattr(ill_will, "SETTLED", 0.1)
    monkeypatch.setattr(ill_will, "SLOW", dict.fromkeys(ill_will.SLOW, 20))
    outcome = hostile(address, 0.3)
    assert [*outcome.beside] == ["nobody", *ill_will.SLOW, "huge uploads", "expensive questions"]
    assert [dict(tally.errors) for tally in outcome.beside.values()] == [{}] * 7
    assert {*outcome.other["huge uploads"].statuses} <= {413}


# ---------- counting ----------
def test_what_is_counted_as_an_error():
    tally, crowded = Tally(), Tally(may_refuse=True)
    for one in (tally, crowded):
        one.answered("page", 200, 0.1)
        one.answered("page", 304, 0.2)
        one.answered("page", 404, 0.1)
        one.answered("page", 503, 0.1, says_when=True)
        one.answered("page", 429, 0.1)
        one.failed("save", "TimeoutError")
    errors = {"page: 404": 1, "page: 429 without Retry-After": 1, "save: TimeoutError": 1}
    assert (dict(crowded.errors), dict(tally.errors)) == (errors, errors | {"page: 503": 1})
    assert (tally.kinds["page"].seconds, tally.refused_after) == ([0.1, 0.2], [0.1, 0.1])
    assert tally.rows()[1:] == [
        "page                         5     100     200     200  1 x 404, 1 x 503, 1 x 429 without Retry-After",
        "save                         0     nan     nan     nan  1 x TimeoutError",
    ]


@pytest.mark.parametrize(
    ("values", "one", "expected"), [([3, 1, 2], 50, 2), ([1, 2], 50, 1), (range(1, 101), 95, 95)]
)
def test_percentiles(values, one, expected):
    assert percentile(list(values), one) == expected
    assert math.isnan(percentile([], one))


@pytest.mark.parametrize(
    ("values", "grown", "is_flat"),
    [
        ([200] * 8, 0, True),
        ([200, 200, 205, 205, 205, 205, 205, 205], 5, True),
        (range(200, 280, 10), 60, False),
    ],
)
def test_memory_that_grows(values, grown, is_flat):
    one = growth("worker", [(3600.0 * at, float(value)) for at, value in enumerate(values)])
    assert (one.first, one.last, one.grown, one.is_flat) == (200, values[-1], grown, is_flat)
    assert one.slope == pytest.approx(10 if not is_flat else one.slope)


@pytest.mark.parametrize(
    ("answers", "recovered", "missed"),
    [
        ([(200, False), (503, True)], 0.1, []),
        ([(200, False)], 0.1, ["nothing was refused: this was no overload"]),
        ([(503, True)], None, ["it did not recover"]),
        ([(503, True)], 6.0, ["it did not recover"]),
        (
            [(503, False)],
            0.1,
            [
                "under overload something else than an answer or a refusal: "
                "{'search: 503 without Retry-After': 1}"
            ],
        ),
    ],
)
def test_goals_of_an_overload(answers, recovered, missed):
    tally = Tally(may_refuse=True)
    for status, says_when in answers:
        tally.answered("search", status, 0.1, says_when=says_when)
    assert Overload(tally, recovered).missed == missed


def test_curators_who_cannot_save_in_a_crowd():
    tally, saved = Tally(may_refuse=True), Tally()
    tally.answered("search", 503, 0.1, says_when=True)
    saved.failed("curator: save", "LookupError 503 ")
    outcome = Overload(tally, 0.1, saved)
    assert outcome.missed == ["a crowd kept curators from saving: {'curator: save: LookupError 503 ': 1}"]


def test_goals_beside_ill_will():
    outcome = ill_will.Hostile(alone=0.05, beside={"all": Tally(), "some": Tally(), "none": Tally()})
    outcome.beside["all"].answered("visit", 200, 0.5)
    outcome.beside["some"].answered("visit", 200, 1.5)
    outcome.beside["none"].answered("visit", 503, 0.1, says_when=True)
    assert outcome.missed == [
        "beside some a visitor waited 1.50 s (p95)",
        "beside none a visitor got {'visit: 503': 1}",
        "beside none a visitor waited nan s (p95)",
    ]
