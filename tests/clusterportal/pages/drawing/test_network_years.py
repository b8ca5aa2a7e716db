"""The panels of the years: everybody keeps a place, ties without a year are apart, many make one mark."""

from clusterportal.pages.drawing.network_years import MOST_LINES, Mark, Standing, network_years
from clusterportal.pages.drawing.shapes import Column

COLUMNS = [Column(1, "Forschung"), Column(2, "Markt")]


def test_an_actor_keeps_its_row_and_a_line_its_kind():
    before = Standing("2016", frozenset("ac"), [("a", "c")])
    today = Standing("heute", frozenset("abcx"), [("a", "c")], [("a", "b"), ("a", "x")])
    years = network_years(COLUMNS, {"a": 1, "b": 1, "c": 2}, [before, today])
    first, last = years.panels
    assert (first.dated, first.undated) == ("M47.5 36C95 36 95 36 142.5 36", "")
    assert first.marks == (Mark(1, 47.5, 36, 3.8, False), Mark(2, 142.5, 36, 3.8, False))
    assert (last.dated, last.undated) == (first.dated, "M47.5 36C56.9 36 56.9 47.6 47.5 47.6")
    assert last.marks == (first.marks[0], Mark(1, 47.5, 47.6, 3.8, False), first.marks[1])
    assert (years.unit, [head.y for head in years.heads]) == (1, [8, 4])


def test_who_has_no_tie_is_alone_and_a_year_without_ties_has_marks_only():
    (panel,) = network_years(COLUMNS, {"a": 1, "b": 2}, [Standing("1990", frozenset("ab"))]).panels
    assert (panel.dated, panel.undated) == ("", "")
    assert [mark.is_alone for mark in panel.marks] == [True, True]
    assert network_years(COLUMNS, {}, [Standing("1990", frozenset())]).panels[0].marks == ()


def test_rows_come_closer_and_then_one_mark_is_ten():
    def drawn(number):
        layers = dict.fromkeys(range(number), 1) | {number: 2}
        return network_years(COLUMNS, layers, [Standing("heute", frozenset(layers))])

    few, many, most = drawn(40), drawn(44), drawn(431)
    assert (few.unit, len(few.panels[0].marks), few.panels[0].marks[-2].y) == (1, 41, 164)
    assert (many.unit, len(many.panels[0].marks)) == (10, 6)
    assert (most.unit, len(most.panels[0].marks)) == (100, 6)


def test_of_very_many_lines_the_strongest_are_drawn():
    layers = {number: 1 if number < 40 else 2 for number in range(80)}
    ties = [(one, other) for one in range(40) for other in range(40, 80)]
    (panel,) = network_years(COLUMNS, layers, [Standing("heute", frozenset(layers), ties)]).panels
    assert (panel.dated.count("M"), panel.left_out) == (MOST_LINES, 1600 - MOST_LINES)
