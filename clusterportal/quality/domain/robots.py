"""Whether a host lets us look: its robots.txt (RFC 9309), read by Protego."""

from urllib.parse import urlsplit

from protego import Protego

from clusterportal.quality.domain.fetching import Fetcher, Unreachable

LONGEST_PAUSE = 30  # seconds; a host that asks for more between two requests is visited once a week anyway
_NOTHING_ALLOWED = "User-agent: *\nDisallow: /"


class Blocked(Exception):
    """The host does not want this address to be visited by machines."""


class Robots:
    """The rules of the hosts that one run meets, each read once. Raises what the fetcher raises."""

    def __init__(self, fetcher: Fetcher):
        self.fetcher = fetcher
        # Rules name a robot by its product token: "ClusterPortalBot" of "ClusterPortalBot/1.0 (...)". The rest of
        # the header holds the portal's name, which could match a rule for another robot.
        self.product = fetcher.user_agent.partition("/")[0]
        self._rules: dict[str, Protego] = {}

    def check(self, url: str) -> None:
        """Raises Blocked where the host does not let us look."""
        if not self._of(url).can_fetch(url, self.product):
            raise Blocked(url)

    def pause(self, url: str) -> float:
        """Seconds that the host wants between two requests, at most LONGEST_PAUSE; 0 where it does not say."""
        rules = self._rules.get(_origin(url))
        return min(rules.crawl_delay(self.product) or 0, LONGEST_PAUSE) if rules else 0

    def _of(self, url: str) -> Protego:
        origin = _origin(url)
        if origin not in self._rules:
            self._rules[origin] = Protego.parse(self._text(f"{origin}/robots.txt"))
        return self._rules[origin]

    def _text(self, url: str) -> str:
        """The file at `url`. No file is no rule, 429 forbids all, and a server in trouble is left alone."""
        answer = self.fetcher.read(url)
        if answer.status >= 500:
            raise Unreachable(f"HTTP {answer.status}")  # no working link either
        if answer.status == 429:
            return _NOTHING_ALLOWED
        return answer.body.decode("utf-8-sig", "replace") if answer.status < 400 else ""


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
