"""Linked data compared as graphs: who says the same in another order or another syntax says the same."""

from rdflib import Graph
from rdflib.compare import graph_diff, to_isomorphic

from clusterportal.core.api.linked_formats import LINKED_FORMATS

SYNTAXES = {"jsonld": "json-ld", "ttl": "turtle"}
assert {one.format for one in LINKED_FORMATS} == SYNTAXES.keys()


def graph_of(text: bytes | str, format: str = "turtle") -> Graph:
    return Graph().parse(data=text, format=format)


def graph_at(client, address: str, **options) -> Graph:
    """The graph at an address of the API, after a look that both formats say the same."""
    joint = "&" if "?" in address else "?"
    found = {}
    for name, syntax in SYNTAXES.items():
        answer = client.get(f"{address}{joint}format={name}", **options)
        assert answer.status_code == 200, answer.content
        found[name] = graph_of(answer.content, syntax)
    assert_same(found["jsonld"], found["ttl"])
    return found["ttl"]


def assert_same(found: Graph, expected: Graph) -> None:
    """Both graphs are isomorphic; otherwise what only one of them says is shown."""
    if to_isomorphic(found) != to_isomorphic(expected):
        _both, surplus, missing = graph_diff(found, expected)
        raise AssertionError(f"surplus:\n{surplus.serialize()}\nmissing:\n{missing.serialize()}")
