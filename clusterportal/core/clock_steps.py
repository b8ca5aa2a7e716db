"""The job worker and a clock that is set back: it is started anew.

The worker remembers for which minutes it has queued the jobs of each minute. Set back by an hour, it would queue none
for an hour: nothing would be published, sent or taken up meanwhile. A new worker goes by the clock as it finds it.
"""

import logging
import time

from clusterportal.core.supervision import Program

SET_BACK = 30.0  # seconds; corrections of NTP are smaller, and the worker sits out what is smaller
logger = logging.getLogger("clusterportal.supervision")


class FollowsTheClock(Program):
    """A program that is asked to end, and so started again, where the clock of the day was set back."""

    day, steady = staticmethod(time.time), staticmethod(time.monotonic)
    _difference = 0.0

    def start(self) -> None:
        super().start()
        self._difference = self.day() - self.steady()

    def why_ended(self) -> str | None:
        difference = self.day() - self.steady()
        if difference < self._difference - SET_BACK:
            back = self._difference - difference
            logger.warning("The clock was set back by %.0f s: the %s begins anew.", back, self.name)
            self.ask_to_end()
            self._difference = difference
        self._difference = max(self._difference, difference)
        return super().why_ended()
