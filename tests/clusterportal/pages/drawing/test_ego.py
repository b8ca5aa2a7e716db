"""The picture of one actor's relations."""

import re

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from clusterportal.pages.drawing.ego import Edge, Node, ego
from clusterportal.pages.drawing.shapes import Caption, DrawnRelation
from tests.markup import markup_of

LABELS = {"parent": "Trägerschaft", "supply": "Lieferbeziehung", "cooperation": "Kooperation"}
ME = Node("me", "Fraunhofer ITWM", "/me/", (2, 3))
HOLDER = Node("holder", "Fraunhofer-Gesellschaft", is_external=True)
M2M = Node("m2m", "Math2Market", "/m2m/", (3,))
BMW = Node("bmw", "BMW Werk Leipzig", "/bmw/", (5,))
PARENT = Edge("holder", "me", "parent", True)


def test_whole_answer_wide():
    edges = [
        PARENT,
        Edge("m2m", "me", "cooperation"),
        Edge("me", "bmw", "supply", True),
        Edge("m2m", "bmw", "supply"),
    ]
    picture = ego(ME, [HOLDER, M2M, BMW], edges, LABELS)
    wide = picture.wide
    assert [(p.key, p.x, p.y, p.width, p.is_me) for p in wide.pills] == [
        ("holder", 1, 55.5, 190, False),
        ("me", 268, 55.5, 164, True),
        ("bmw", 509, 23, 190, False),
        ("m2m", 509, 88, 190, False),
    ]
    assert wide.captions == (
        Caption(1, 46.5, "Trägerschaft"),
        Caption(509, 14, "Lieferbeziehung"),
        Caption(509, 79, "Kooperation"),
    )
    assert wide.lines == (
        DrawnRelation("holder", "me", "parent", "M191 70.5H260", "M268 70.5l-9 -4.5v9z"),
        DrawnRelation("me", "bmw", "supply", "M432 70.5C466.5 70.5 466.5 38 501 38", "M509 38l-9 -4.5v9z"),
        DrawnRelation("m2m", "me", "cooperation", "M432 70.5C470.5 70.5 470.5 103 509 103"),
    )
    assert (wide.width, wide.height, picture.more) == (700, 120, 0)


def test_whole_answer_narrow():
    narrow = ego(ME, [HOLDER, M2M], [PARENT, Edge("me", "m2m", "cooperation")], LABELS).narrow
    assert [(p.key, p.x, p.y) for p in narrow.pills] == [("holder", 21, 23), ("me", 43, 63), ("m2m", 77, 127)]
    assert narrow.lines == (
        DrawnRelation("holder", "me", "parent", "M21 38H7V78H35", "M43 78l-9 -4.5v9z"),
        DrawnRelation("me", "m2m", "cooperation", "M57 93V142H77"),
    )
    assert all(pill.right < narrow.width for pill in narrow.pills)


def test_a_neighbour_appears_once_with_all_its_relations():
    edges = [
        Edge("me", "m2m", "cooperation"),
        Edge("m2m", "me", "supply", True),
        Edge("me", "m2m", "supply", True),
    ]
    wide = ego(ME, [M2M], edges, LABELS).wide
    assert [pill.key for pill in wide.pills] == ["me", "m2m"]
    assert [caption.text for caption in wide.captions] == ["Lieferbeziehung, Kooperation"]
    assert len({line.path for line in wide.lines}) == 3


@pytest.mark.parametrize("count", [0, 1, 12, 13, 40])
def test_at_most_twelve_neighbours(count):
    nodes = [Node(i, f"Nachbar {i}", "", (1 + i % 5,)) for i in range(count)]
    edges = [Edge(i, "me", "cooperation") if i % 3 else Edge(i, "me", "supply", True) for i in range(count)]
    picture = ego(ME, nodes, edges, LABELS)
    assert picture.more == max(count - 12, 0)
    for figure in (picture.wide, picture.narrow):
        assert len(figure.pills) == 1 + min(count, 12)
        boxes = sorted((pill.x, pill.y) for pill in figure.pills)
        assert len(set(boxes)) == len(boxes)
        assert min(pill.y for pill in figure.pills) > 0
        assert max(pill.y + pill.height for pill in figure.pills) < figure.height
    assert picture == ego(ME, list(nodes), list(edges), LABELS)


def test_templates_in_german():
    edges = [PARENT, Edge("m2m", "me", "cooperation"), Edge("me", "bmw", "supply", True)]
    picture = ego(ME, [HOLDER, M2M, BMW], edges, LABELS)
    with translation.override("de"):
        for size in ("wide", "narrow"):
            svg = markup_of(
                render_to_string(f"pages/_ego_{size}.svg", {"picture": picture, "label": "Beziehungen"})
            )
            assert f'<svg class="net ego {size}" viewBox="0 0 ' in svg
            assert 'role="group" aria-label="Beziehungen"' in svg
            assert not re.search(r'(?:x|y|width|height|d|viewBox)="[^"]*\d,\d', svg)
            assert svg.count('class="pill me"') == 1 and svg.count('class="ext"') == 1
            assert "{{" not in svg and "{%" not in svg


def test_as_many_neighbours_as_are_asked_for():
    nodes = [Node(n, f"Akteur {n}") for n in range(20)]
    edges = [Edge("me", n, "cooperation") for n in range(20)]
    picture = ego(ME, nodes, edges, LABELS, most=15)
    assert ([pill.key for pill in picture.wide.pills], picture.more) == (["me", *range(15)], 5)
