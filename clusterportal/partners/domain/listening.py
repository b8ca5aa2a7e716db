"""Waiting for news of the feed: one thread of a process listens to the database and wakes everybody who waits.

A notification says "look" and nothing else, and is lost while nobody listens; so who is woken reads the feed from
where they were. Whoever waits takes a `mark` first, then reads, and waits only where nothing was there: what comes in
between moves the mark.
"""

import logging
import threading
import time

import psycopg
from django.db import Error, connection, connections

from clusterportal.partners.domain import feed
from clusterportal.partners.domain.sequencing import NOTED, NUMBERED, sequence

_IDLE = 60.0  # seconds without anybody waiting after which the thread ends
_PATIENCE = 2.0  # seconds until the next try where the database cannot be reached
_ROUND = 1.0  # seconds of listening, between two looks whether anybody waits still
logger = logging.getLogger(__name__)


class Listener:
    """Tells this process of news; its thread and connection are there only while somebody waits."""

    def __init__(self):
        self._news = threading.Condition()
        self._mark = 0
        self._thread: threading.Thread | None = None
        self._wanted = 0.0  # when somebody waited last

    def mark(self) -> int:
        """A number that moves with each piece of news, from now on."""
        with self._news:
            self._wanted = time.monotonic()
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._listen, name="news of the feed", daemon=True)
                self._thread.start()
            return self._mark

    def wait(self, mark: int, seconds: float) -> bool:
        """Whether there is news since `mark`, waiting for it for `seconds` at most."""
        with self._news:
            found = self._news.wait_for(lambda: self._mark != mark, seconds)
            self._wanted = time.monotonic()
        return found

    def tell(self) -> None:
        """Wake everybody."""
        with self._news:
            self._mark += 1
            self._news.notify_all()

    def _listen(self) -> None:
        is_going_on = True
        while is_going_on:
            try:
                self._hear()
                is_going_on = False
            except (Error, psycopg.Error) as error:
                logger.warning("News of the feed cannot be heard: %s", error)
                time.sleep(_PATIENCE)
                is_going_on = self._is_wanted()
            finally:
                connection.close()

    def _is_wanted(self) -> bool:
        with self._news:
            if time.monotonic() - self._wanted < _IDLE:
                return True
            self._thread = None  # under the lock: who comes now begins another one
            return False

    def _hear(self) -> None:
        """Listen as long as somebody waits. Raises what the database raises."""
        listening = connections["default"].copy()
        try:
            listening.connect()
            listening.connection.execute(f"LISTEN {NOTED}; LISTEN {NUMBERED}")
            self.tell()  # of what came before anybody listened
            while self._is_wanted():
                heard = {one.channel for one in listening.connection.notifies(timeout=_ROUND, stop_after=1)}
                if NOTED in heard:
                    sequence(at_most=feed.AT_MOST)
                if heard:
                    self.tell()
        finally:
            listening.close()


news = Listener()
