"""What robots.txt allows, as RFC 9309 reads it; the host is a dictionary instead of a server."""

from dataclasses import dataclass, field

import pytest

from clusterportal.quality.domain.fetching import FetchedPage, Unreachable
from clusterportal.quality.domain.robots import LONGEST_PAUSE, Blocked, Robots

HOST = "https://host.example"


@dataclass
class FakeFetcher:
    """Answers every address with one status and text, and keeps what was asked for."""

    text: str = ""
    status: int = 200
    user_agent: str = "ClusterPortalBot/1.0 (Register of Otherbot; +https://cluster.example/imprint/)"
    asked: list[str] = field(default_factory=list)

    def read(self, url: str) -> FetchedPage:
        self.asked.append(url)
        return FetchedPage(self.status, url, True, self.text.encode())


def may_visit(fetcher: FakeFetcher, path: str) -> bool:
    try:
        Robots(fetcher).check(f"{HOST}{path}")
    except Blocked:
        return False
    return True


RULES = """\ufeffUser-agent: *
Disallow: /private
Allow: /private/open   # the longer rule counts, wherever it stands
Disallow: /*.pdf$
Disallow: /shop/*/basket
Disallow: /same
Allow: /same
Disallow: /a%3cd
Disallow: /straße
"""


@pytest.mark.parametrize(
    ("path", "is_allowed"),
    [
        ("/", True),
        ("/private", False),
        ("/private/page", False),
        ("/privately", False),  # a rule is a beginning, not a folder
        ("/private/open/page", True),
        ("/list.pdf", False),
        ("/deep/list.pdf", False),
        ("/list.pdf?page=2", True),  # $ is the end of the address
        ("/list.pdfx", True),
        ("/shop/7/basket/pay", False),
        ("/shop/basket", True),
        ("/same", True),  # of two rules of one length the one that allows
        ("/a%3Cd", False),
        ("/stra%C3%9Fe", False),
        ("/robots.txt", True),
    ],
)
def test_the_longest_matching_rule_counts(path, is_allowed):
    assert may_visit(FakeFetcher(RULES), path) is is_allowed


@pytest.mark.parametrize(
    ("text", "is_allowed"),
    [
        ("", True),
        ("User-agent: *\nDisallow:", True),
        ("User-agent: *\nDisallow: /", False),
        ("user-agent: clusterportalbot\ndisallow: /", False),
        ("User-agent: ClusterPortalBot\nAllow: /\n\nUser-agent: *\nDisallow: /", True),
        ("User-agent: Otherbot\nDisallow: /", True),  # named in our header, but not as who asks
        ("User-agent: ClusterPortalBot\nUser-agent: Otherbot\nDisallow: /", False),
        ("<html>no rules at all</html>", True),
    ],
)
def test_rules_are_for_the_robot_they_name(text, is_allowed):
    assert may_visit(FakeFetcher(text), "/page") is is_allowed


@pytest.mark.parametrize(("status", "is_allowed"), [(200, False), (404, True), (403, True), (429, False)])
def test_no_file_is_no_rule_but_too_many_requests_are(status, is_allowed):
    assert may_visit(FakeFetcher("User-agent: *\nDisallow: /", status), "/page") is is_allowed


@pytest.mark.parametrize("status", [500, 503])
def test_a_server_in_trouble_is_not_visited(status):
    with pytest.raises(Unreachable, match=f"HTTP {status}"):
        Robots(FakeFetcher("", status)).check(f"{HOST}/page")


@pytest.mark.parametrize(
    ("line", "pause"),
    [("", 0), ("Crawl-delay: 7", 7), ("Crawl-delay: 0.5", 0.5), ("Crawl-delay: 3600", LONGEST_PAUSE)],
)
def test_the_pause_that_a_host_asks_for(line, pause):
    robots = Robots(FakeFetcher(f"User-agent: *\nDisallow: /private\n{line}"))
    assert robots.pause(f"{HOST}/page") == 0  # nothing read yet
    robots.check(f"{HOST}/page")
    assert robots.pause(f"{HOST}/other") == pause


def test_each_host_is_read_once():
    fetcher = FakeFetcher()
    robots = Robots(fetcher)
    for url in (f"{HOST}/a", f"{HOST}/b", f"{HOST}:8443/a"):
        robots.check(url)
    assert fetcher.asked == [f"{HOST}/robots.txt", f"{HOST}:8443/robots.txt"]
