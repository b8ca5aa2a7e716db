"""A copy of the registry as a partner site would keep it: a snapshot, then the feed. It knows the API alone."""

import json
import math
import urllib.error
import urllib.request
from collections.abc import Callable
from urllib.parse import urlencode

Ask = Callable[
    [str, dict], tuple[int, bytes]
]  # an address below /api/v1/ and its parameters -> status and body
Records = dict[tuple[str, str], dict]


class Mirror:
    """Public records by kind and permanent id."""

    def __init__(self, ask: Ask, *, limit: int = 7):
        self.ask, self.limit = ask, limit
        self.records: Records = {}
        self.cursor = ""
        self.told: list[dict] = []
        self.copies = 0

    def copy(self) -> None:
        """Begins anew with a snapshot."""
        self.cursor, self.records = snapshot(self.ask)
        self.copies += 1

    def follow(self, *, wait: int = 0, pages: float = math.inf) -> int:
        """Takes over what the feed tells since the last time, at most `pages` of it; the number of entries.

        Begins anew where that is gone.
        """
        has_more, count = True, 0
        while has_more and pages > 0:
            pages -= 1
            question = {"since": self.cursor, "limit": self.limit, "include": "record", "wait": wait}
            status, body = self.ask("changes/", question)
            if status == 410:
                self.copy()
                continue
            assert status == 200, (status, body)
            page = json.loads(body)
            for entry in page["changes"]:
                self._apply(entry)
            self.told += page["changes"]
            self.cursor, has_more = page["next_cursor"], page["has_more"]
            count += len(page["changes"])
            wait = 0
        return count

    def _apply(self, entry: dict) -> None:
        key = (entry["object"], entry["uid"])
        if entry["record"] is None:
            self.records.pop(key, None)
        else:
            self.records[key] = entry["record"]


def snapshot(ask: Ask) -> tuple[str, Records]:
    """The cursor and the records."""
    status, body = ask("snapshot/", {})
    assert status == 200, (status, body)
    first, *lines = map(json.loads, body.splitlines())
    return first["cursor"], {(line["object"], line["data"]["uid"]): line["data"] for line in lines}


def public_actors(ask: Ask) -> Records:
    """The actors as their own addresses show them, one by one, in every language: what a mirror has to equal."""
    found: Records = {}
    for object, uid in snapshot(ask)[1]:
        if object == "actor":
            status, body = ask(f"actors/{uid}/", {"lang": "*"})
            assert status == 200, (status, body)
            found[object, uid] = json.loads(body)
    return found


def asking(client, **headers) -> Ask:
    """Over Django's test client."""

    def ask(address: str, question: dict) -> tuple[int, bytes]:
        answer = client.get(f"/api/v1/{address}", question, **headers)
        return answer.status_code, answer.getvalue()

    return ask


def asking_over_http(site: str, key: str, *, timeout: float = 60) -> Ask:
    """Over the network, with a key. Raises OSError where nobody answers."""

    def ask(address: str, question: dict) -> tuple[int, bytes]:
        request = urllib.request.Request(f"{site}/api/v1/{address}?{urlencode(question)}")
        request.add_header("Authorization", f"Bearer {key}")
        try:
            with urllib.request.urlopen(request, timeout=timeout) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.read()

    return ask
