"""The version of a public record: another one whenever anything changes that somebody might see of the actor.

It depends on no language and no choice of fields, so a client that shows one language can name it in `If-Match`.
"""

from actors.api.nested import with_parts


def record_version(keys: list[int]) -> dict[int, str]:
    """The version of each published actor of `keys`, by key; whoever is not public is missing. One query."""
    return {actor.pk: actor.version for actor in with_parts(keys, ["version"])}  # type: ignore[attr-defined]
