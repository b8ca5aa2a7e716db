"""How a partner sends a record, and what comes back."""

import json

ACTORS = "/api/v1/actors/"
PATCH = "application/merge-patch+json"


def seen(client, actor) -> str:
    return client.get(f"{ACTORS}{actor.uid}/").json()["version"]


def send(client, actor, data, sent, *, version=None, method="patch", **headers):
    version = version or seen(client, actor)
    return getattr(client, method)(
        f"{ACTORS}{actor.uid}/",
        json.dumps(data),
        content_type=PATCH if method == "patch" else "application/json",
        headers={"Accept-Language": "en", "If-Match": f'"{version}"', **headers},
        **sent,
    )


def problem_of(answer) -> tuple:
    assert answer.headers["Content-Type"] == "application/problem+json"
    return answer.status_code, answer.json().get("errors", answer.json()["detail"])
