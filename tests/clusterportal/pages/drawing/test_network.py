"""The network pictures: places, lines, order, templates."""

import re
from itertools import combinations

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from clusterportal.pages.drawing.crossing import crossings, ordered
from clusterportal.pages.drawing.lettering import fitted, text_width, wrapped
from clusterportal.pages.drawing.network import Column, Edge, Node, network_picture
from clusterportal.pages.drawing.shapes import Caption, DrawnRelation, Figure, Flag, Pill, pill
from tests.markup import markup_of

COLUMNS = [
    Column(1, "Grundlagenforschung"),
    Column(2, "Angewandte Forschung und Transfer"),
    Column(3, "Technologie- und Softwareentwicklung"),
    Column(4, "Systemintegration und IT-Dienstleistungen"),
    Column(5, "Anwendung und Markt"),
]
KINDS = ["competition", "cooperation", "supply", "research", "spin_off", "parent"]
DIRECTED = {"supply", "spin_off", "parent"}


def network(count, edge_count):
    """A network of a fixed, irregular shape: all kinds, all columns, both directions, some outside."""
    nodes = [
        Node(i, f"Akteur mit Nummer {i}", f"/a/{i}/", tuple({1 + i * 7 % 5, 1 + i * 3 % 4}), i % 17 == 3)
        for i in range(count)
    ]
    nodes = [Node(n.key, n.label, n.url, tuple(sorted(n.positions)), n.is_external) for n in nodes]
    pairs = [(i * i % count, (i * 11 + 5) % count, KINDS[i % 6]) for i in range(edge_count)]
    return nodes, [Edge(a, b, kind, kind in DIRECTED) for a, b, kind in pairs]


SMALL = (
    [
        Node("holder", "Fraunhofer-Gesellschaft", is_external=True),
        Node("itwm", "ITWM", "/itwm/", (2, 3)),
        Node("m2m", "Math2Market", "/m2m/", (3,)),
    ],
    [Edge("holder", "itwm", "parent", True), Edge("m2m", "itwm", "cooperation")],
)


def points(path):
    """The first and the last point of path data that consist of M, H and C."""
    numbers = re.findall(r"([MHC])([^MHC]+)", path)
    x, y = (float(n) for n in numbers[0][1].split())
    start = (x, y)
    for letter, values in numbers[1:]:
        values = [float(n) for n in values.split()]
        x, y = (values[0], y) if letter == "H" else values[-2:]
    return start, (x, y)


def ends(line):
    """Where a line meets its pills: the ends of its path, one of them extended to the tip of the arrow."""
    found = list(points(line.path))
    if line.arrow:
        tip = tuple(float(n) for n in re.match(r"M(\S+) ([^l]+)l", line.arrow).groups())
        near = min(range(2), key=lambda i: abs(found[i][0] - tip[0]) + abs(found[i][1] - tip[1]))
        assert abs(found[near][0] - tip[0]) == 8 and found[near][1] == tip[1]
        found[near] = tip
    return found


def is_on(point, pill):
    x, y = point
    return min(abs(x - pill.x), abs(x - pill.right)) <= 1 and pill.y <= y <= pill.y + pill.height


def test_whole_answer_for_a_small_network():
    picture = network_picture(*SMALL, COLUMNS, outside="Träger außerhalb der Region").wide
    assert (picture.width, picture.height, picture.crossings) == (1216, 197, 0)
    assert [(h.position, h.x, h.y, h.width, h.band_height) for h in picture.heads] == [
        (1, 203, 64, 200, 133),
        (2, 405, 50, 200, 147),
        (3, 608, 36, 200, 161),
        (4, 811, 22, 200, 175),
        (5, 1013, 8, 200, 189),
    ]
    assert picture.heads[1].lines == (
        Caption(421, 103, "Angewandte Forschung"),
        Caption(421, 118, "und Transfer"),
    )
    assert picture.outside == (Caption(0, 117, "Träger außerhalb"), Caption(0, 132, "der Region"))
    assert picture.lines == (
        DrawnRelation("holder", "itwm", "parent", "M167 162H413", "M421 162l-9 -4.5v9z"),
        DrawnRelation("m2m", "itwm", "cooperation", "M567 162H624"),
    )
    assert picture.pills == (
        Pill(
            "holder", "Fraunhofer-Gesellschaft", ("Fraunhofer-Gesellschaft",), "",
            1, 147, 166, 11, (166.5,), is_external=True,
        ),
        Pill(
            "itwm", "ITWM", ("ITWM",), "/itwm/", 421, 147, 146, 449, (166.5,),
            layer=2, positions=(2, 3), flags=(Flag(2, 428, 154), Flag(3, 435, 154)),
        ),
        Pill(
            "m2m", "Math2Market", ("Math2Market",), "/m2m/", 624, 147, 146, 645, (166.5,),
            layer=3, positions=(3,), flags=(Flag(3, 631, 154),),
        ),
    )  # fmt: skip


def test_whole_answer_for_small_arcs():
    picture = network_picture(*SMALL, COLUMNS, outside="Außerhalb").narrow
    assert isinstance(picture, Figure)
    assert picture.captions == (
        Caption(0, 16, "Außerhalb"),
        Caption(0, 110, "2 Angewandte Forschung und Transfer", 2),
        Caption(0, 204, "3 Technologie- und Softwareentwicklung", 3),
    )
    assert [(pill.key, pill.x, pill.y, pill.width) for pill in picture.pills] == [
        ("holder", 1, 25, 174), ("itwm", 1, 119, 174), ("m2m", 1, 213, 174),
    ]  # fmt: skip
    assert picture.lines == (
        DrawnRelation("holder", "itwm", "parent", "M176 40C212 40 212 134 184 134", "M176 134l9 -4.5v9z"),
        DrawnRelation("m2m", "itwm", "cooperation", "M176 228C212 228 212 134 176 134"),
    )
    assert (picture.width, picture.height) == (340, 264)


@pytest.mark.parametrize("drawing", ["wide", "narrow"])
@pytest.mark.parametrize("size", [(0, 0), (1, 0), (3, 0), (35, 40), (120, 140), (200, 400)])
def test_same_input_same_picture_and_nothing_overlaps(drawing, size):
    nodes, edges = network(*size) if size[0] else ([], [])
    picture = getattr(network_picture(nodes, edges, COLUMNS), drawing)
    assert picture == getattr(network_picture(list(nodes), list(edges), COLUMNS), drawing)
    assert {pill.key for pill in picture.pills} == {node.key for node in nodes}
    for one, other in combinations(picture.pills, 2):
        apart_x = one.right < other.x or other.right < one.x
        assert apart_x or abs(one.y - other.y) >= one.height + 6
    assert all(pill.y > 0 and pill.y + pill.height < picture.height for pill in picture.pills)


@pytest.mark.parametrize("drawing", ["wide", "narrow"])
@pytest.mark.parametrize("size", [(3, 6), (35, 40), (120, 140)])
def test_every_line_joins_its_pills(drawing, size):
    nodes, edges = network(*size)
    picture = getattr(network_picture(nodes, edges, COLUMNS), drawing)
    pills = {pill.key: pill for pill in picture.pills}
    assert picture.lines
    for line in picture.lines:
        start, end = ends(line)
        source, target = pills[line.source], pills[line.target]
        assert (is_on(start, source) and is_on(end, target)) or (is_on(start, target) and is_on(end, source))
        assert bool(line.arrow) == (line.kind in DIRECTED)
        if line.arrow:
            tip = tuple(float(n) for n in re.match(r"M(\S+) ([^l]+)l", line.arrow).groups())
            assert is_on(tip, target)


def test_a_long_line_keeps_clear_of_pills():
    nodes = [Node("a", "A", "", (1,)), Node("b", "B", "", (2,)), Node("c", "C", "", (3,))]
    picture = network_picture(
        nodes, [Edge("a", "c", "cooperation"), Edge("a", "b", "research")], COLUMNS
    ).wide
    b = next(pill for pill in picture.pills if pill.key == "b")
    line = next(line for line in picture.lines if line.target == "c")
    heights = {float(y) for y in re.findall(r"[ C]\S+ (\d+)(?=H|$)", line.path)} | {points(line.path)[0][1]}
    assert all(abs(y - b.middle) >= 28 for y in heights)


def test_no_crossing_where_none_is_needed():
    """Two ladders given upside down, and a bundle over two columns."""
    nodes = [Node(f"{c}{i}", f"{c}{i}", "", (c,)) for c in (1, 2, 3, 4) for i in range(4)]
    edges = [Edge(f"{c}{i}", f"{c + 1}{3 - i}", "cooperation") for c in (1, 2, 3) for i in range(4)]
    edges += [Edge("10", "40", "supply", True), Edge("10", "30", "supply", True)]
    assert network_picture(nodes, edges, COLUMNS).wide.crossings == 0


def test_crossings_are_counted():
    links = [(0, 3), (1, 2)]
    assert crossings([[0, 1], [2, 3]], links) == 1
    assert crossings(ordered([[0, 1], [2, 3]], links), links) == 0
    full = [(a, b) for a in range(3) for b in range(3, 6)]
    assert crossings([[0, 1, 2], [3, 4, 5]], full) == 9


def test_cycle_in_one_column_and_line_from_right_to_left():
    nodes = [Node(k, k, "", (2,)) for k in "abc"] + [Node("d", "d", "", (5,))]
    edges = [Edge(*pair, "supply", True) for pair in ("ab", "bc", "ca", "da", "aa", "ax")]
    picture = network_picture(nodes, edges, COLUMNS).wide
    assert [(line.source, line.target) for line in picture.lines] == [
        ("a", "b"),
        ("b", "c"),
        ("c", "a"),
        ("d", "a"),
    ]
    pills = {pill.key: pill for pill in picture.pills}
    for line in picture.lines:
        assert line.arrow.startswith(f"M{pills[line.target].right:g} ") and "l9 " in line.arrow


def test_parallel_relations_run_apart():
    nodes = [Node("a", "a", "", (1,)), Node("b", "b", "", (2,))]
    edges = [Edge("a", "b", "supply", True), Edge("b", "a", "supply", True), Edge("a", "b", "research")]
    edges += [Edge("b", "a", "research")]
    picture = network_picture(nodes, edges, COLUMNS).wide
    assert len(picture.lines) == 3
    assert len({points(line.path)[0][1] for line in picture.lines}) == 3


def test_without_anyone_outside_the_columns_share_the_width():
    picture = network_picture(SMALL[0][1:], [], COLUMNS, outside="Außerhalb").wide
    assert picture.outside == ()
    assert [head.x for head in picture.heads] == [0, 243, 486, 730, 973]


def test_a_label_takes_up_to_three_lines_and_keeps_its_count():
    name = "Center for Scalable Data Analytics and Artificial Intelligence"
    node = Node("a", name, "/a/", more="+76", aside="further relations")
    picture = network_picture([node, Node("b", "B")], [Edge("a", "b", "parent", True)], COLUMNS)
    for box, x, y in ((picture.wide.pills[0], 1, 144), (picture.narrow.pills[0], 1, 25)):
        assert (box.x, box.y, box.height, box.middle) == (x, y, 36, y + 18)
        assert box.lines == ("Center for Scalable Data ", "Analytics and Artificial ", "Intelligence +76")
        assert box.name == f"{name} +76 further relations"
    assert [one.y for one in picture.narrow.pills] == [25, 67]
    wide = markup_of(render_to_string("pages/_network_wide.svg", {"picture": picture.wide}))
    assert re.sub(r"<tspan[^>]*>|</tspan>", "", wide).count(f">{name} +76<") == 1
    long = pill(Node("c", f"{name} for the Whole of Saxony", more="+76"), x=0, y=0, width=146)
    assert long.lines == (
        "Center for Scalable Data ",
        "Analytics and Artificial ",
        "Intelligence for the… +76",
    )


def test_free_corner():
    nodes = [Node(i, str(i), "", (2,)) for i in range(8)]
    picture = network_picture(nodes, [], COLUMNS).wide
    assert (picture.corner.x, picture.corner.y) == (746, picture.height - 74)
    full = [*nodes, *(Node(i, "", "", (5,)) for i in range(8, 15))]
    assert network_picture(full, [], COLUMNS).wide.corner is None


def test_long_labels_end_with_an_ellipsis():
    assert fitted("Math2Market", 120) == "Math2Market"
    short = fitted("John Deere European Technology Innovation Center", 118)
    assert short.endswith("…") and text_width(short) <= 118 and short.startswith("John Deere")
    assert wrapped("Systemintegration und IT-Dienstleistungen", 168) == (
        "Systemintegration und",
        "IT-Dienstleistungen",
    )


@pytest.mark.parametrize("language", ["de", "en"])
def test_templates_write_numbers_and_links(language):
    nodes, edges = network(35, 40)
    nodes[0] = Node(0, "Bock & <Söhne>, ein sehr langer Name", "/a/0/?a=1&b=2", (1, 3))
    wide = {"picture": network_picture(nodes, edges, COLUMNS, outside="Außerhalb").wide, "label": "Netz"}
    narrow = {"picture": network_picture(nodes, edges, COLUMNS, outside="Außerhalb").narrow, "label": "Netz"}
    with translation.override(language):
        for name, context in (("wide", wide), ("narrow", narrow)):
            svg = markup_of(render_to_string(f"pages/_network_{name}.svg", context))
            assert not re.search(r'(?:x|y|width|height|d|viewBox)="[^"]*\d,\d', svg)
            assert 'role="group" aria-label="Netz"' in svg
            assert svg.count("<a ") == 35
            assert (
                'href="/a/0/?a=1&amp;b=2"' in svg
                and 'aria-label="Bock &amp; &lt;Söhne&gt;, ein sehr langer Name' in svg
            )
            assert "<title>" not in svg  # a second visible name beside the label
            assert "{{" not in svg and "{%" not in svg and "style=" not in svg


def test_a_picture_without_links_is_an_image():
    picture = network_picture([Node(1, "A", "", (1,))], [], COLUMNS).wide
    assert 'role="img"' in render_to_string("pages/_network_wide.svg", {"picture": picture, "label": "Netz"})


def test_a_finding_is_drawn_into_a_free_corner():
    nodes = [Node(i, str(i), "", (2,)) for i in range(8)]
    finding = {"url": "/luecken/", "headline": "8 von 10", "lines": ["Akteuren", "fehlt etwas."]}
    context = {"picture": network_picture(nodes, [], COLUMNS).wide, "label": "Netz", "finding": finding}
    svg = markup_of(render_to_string("pages/_network_wide.svg", context))
    assert '<a class="hint" href="/luecken/">' in svg and ">8 von 10<" in svg
