"""Few threads keep their session of the database."""

import pytest

from clusterportal.core import kept_sessions
from clusterportal.core.kept_sessions import IDLE, KEPT, let_go


@pytest.fixture
def closed(monkeypatch):
    """How often sessions were closed; the thread and the moment are `now`."""
    calls, now = [], {"thread": 0, "moment": 0.0}
    monkeypatch.setattr(kept_sessions, "_last_used", {})
    monkeypatch.setattr(kept_sessions.threading, "get_ident", lambda: now["thread"])
    monkeypatch.setattr(kept_sessions.time, "monotonic", lambda: now["moment"])
    monkeypatch.setattr(kept_sessions.connections, "close_all", lambda: calls.append(now["thread"]))
    return calls, now


def test_the_first_ones_keep_theirs_and_one_that_rests_makes_room(closed):
    calls, now = closed
    for thread in range(KEPT + 2):
        now["thread"] = thread
        let_go()
    assert calls == [KEPT, KEPT + 1]
    now |= {"thread": 1, "moment": IDLE - 1}
    let_go()
    now |= {"thread": KEPT, "moment": IDLE}
    let_go()  # in place of thread 0
    now["thread"] = 0
    let_go()  # in place of thread 2
    now["thread"] = 1
    let_go()
    assert calls == [KEPT, KEPT + 1]
