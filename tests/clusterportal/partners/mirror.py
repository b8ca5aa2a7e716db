"""A copy of the registry as a partner site would keep it: a snapshot, then the feed."""

import json


class Mirror:
    """Public records by kind and permanent id."""

    def __init__(self, client, *, limit: int = 7):
        self.client, self.limit = client, limit
        self.records: dict[tuple[str, str], dict] = {}
        self.cursor = ""
        self.told: list[dict] = []

    def copy(self) -> None:
        """Begins anew with a snapshot."""
        first, *lines = snapshot(self.client)
        self.cursor = first["cursor"]
        self.records = {(line["object"], line["data"]["uid"]): line["data"] for line in lines}

    def follow(self) -> None:
        """Takes over what the feed tells since the last time."""
        has_more = True
        while has_more:
            question = {"since": self.cursor, "limit": self.limit, "include": "record"}
            answer = self.client.get("/api/v1/changes/", question)
            assert answer.status_code == 200, answer.content
            page = answer.json()
            for entry in page["changes"]:
                self._apply(entry)
            self.told += page["changes"]
            self.cursor, has_more = page["next_cursor"], page["has_more"]

    def _apply(self, entry: dict) -> None:
        key = (entry["object"], entry["uid"])
        if entry["record"] is None:
            self.records.pop(key, None)
        else:
            self.records[key] = entry["record"]


def snapshot(client) -> list[dict]:
    lines = b"".join(client.get("/api/v1/snapshot/").streaming_content).splitlines()
    return [json.loads(line) for line in lines]


def public_records(client) -> dict[tuple[str, str], dict]:
    return {(one["object"], one["data"]["uid"]): one["data"] for one in snapshot(client)[1:]}
