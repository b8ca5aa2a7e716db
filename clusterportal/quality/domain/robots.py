"""Whether a host lets us look: its robots.txt (RFC 9309)."""

from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from clusterportal.quality.domain.fetching import Fetcher, Unreachable

LONGEST_PAUSE = 30  # seconds; who asks for more between two requests is asked once a week anyway


class Blocked(Exception):
    """The host does not want this address to be visited by machines."""


class Robots:
    """The rules of the hosts that one run meets, each read once. Raises what the fetcher raises."""

    def __init__(self, fetcher: Fetcher):
        self.fetcher = fetcher
        self._rules: dict[str, RobotFileParser] = {}

    def check(self, url: str) -> None:
        """Raises Blocked where the host does not let us look."""
        if not self._of(url).can_fetch(self.fetcher.user_agent, url):
            raise Blocked(url)

    def pause(self, url: str) -> float:
        """Seconds that the host wants between two requests, as far as it said so."""
        rules = self._rules.get(_origin(url))
        return min(float(rules.crawl_delay(self.fetcher.user_agent) or 0), LONGEST_PAUSE) if rules else 0

    def _of(self, url: str) -> RobotFileParser:
        origin = _origin(url)
        if origin not in self._rules:
            self._rules[origin] = self._read(f"{origin}/robots.txt")
        return self._rules[origin]

    def _read(self, url: str) -> RobotFileParser:
        rules, answer = RobotFileParser(), self.fetcher.read(url)
        if answer.status >= 500:
            raise Unreachable(
                f"HTTP {answer.status}"
            )  # a server in trouble is left alone, and is no working link
        rules.disallow_all = answer.status == 429
        # No file is no rule.
        rules.parse(answer.body.decode("utf-8", "replace").splitlines() if answer.status < 400 else [])
        return rules


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
