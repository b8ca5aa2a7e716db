"""The panels of the years: everybody keeps a place, ties without a year are apart, many make one mark."""

import numpy as np

from clusterportal.pages.drawing.network_years import MOST_LINES, Marks, NetworkYear, network_years
from clusterportal.pages.drawing.shapes import Column

COLUMNS = [Column(1, "Forschung"), Column(2, "Markt")]


def standing(label, actors, ties=(), undated=()):
    return NetworkYear(label, np.array(actors, np.int64), *map(_pairs, (ties, undated)))


def _pairs(ties):
    return np.array(ties, np.int64).reshape(-1, 2)


def dot(x, y, radius=3.8):
    half = f"a{radius:g} {radius:g} 0 1 0 "
    return f"M{round(x - radius, 1):g} {y:g}{half}{2 * radius:g} 0{half}-{2 * radius:g} 0z"


def test_an_actor_keeps_its_row_and_a_line_its_kind():
    before = standing("2016", [0, 2], [(0, 2)])
    today = standing("heute", [0, 1, 2, 3], [(0, 2)], [(0, 1), (2, 0), (0, 3)])
    years = network_years(COLUMNS, np.array([1, 1, 2, 0]), [before, today])  # the last one is on no layer
    first, last = years.panels
    assert (first.dated, first.undated) == ("M47.5 36C95 36 95 36 142.5 36", "")
    assert first.marks == (Marks(1, False, dot(47.5, 36)), Marks(2, False, dot(142.5, 36)))
    assert (last.dated, last.undated) == (first.dated, "M47.5 36C56.9 36 56.9 47.6 47.5 47.6")
    assert last.marks == (Marks(1, False, dot(47.5, 36) + dot(47.5, 47.6)), first.marks[1])
    assert (years.unit, [head.y for head in years.heads]) == (1, [8, 4])


def test_who_has_no_tie_is_alone_and_a_year_without_ties_has_marks_only():
    (panel,) = network_years(COLUMNS, np.array([1, 2]), [standing("1990", [0, 1])]).panels
    assert (panel.dated, panel.undated) == ("", "")
    assert [mark.is_alone for mark in panel.marks] == [True, True]
    assert network_years(COLUMNS, np.array([], np.int64), [standing("1990", [])]).panels[0].marks == ()


def test_rows_come_closer_and_then_one_mark_is_ten():
    def drawn(number):
        layers = np.array([1] * number + [2])
        return network_years(COLUMNS, layers, [standing("heute", range(number + 1))])

    few, *_more = drawings = [drawn(40), drawn(44), drawn(431)]
    assert few.panels[0].marks[0].path.endswith(dot(47.5, 164, radius=1.5))
    counts = [
        (years.unit, sum(marks.path.count("M") for marks in years.panels[0].marks)) for years in drawings
    ]
    assert counts == [(1, 41), (10, 6), (100, 6)]


def test_of_very_many_lines_the_strongest_are_drawn():
    layers = np.array([1] * 40 + [2] * 40)
    ties = [(one, other) for one in range(40) for other in range(40, 80)]
    (panel,) = network_years(COLUMNS, layers, [standing("heute", range(80), ties)]).panels
    assert (panel.dated.count("M"), panel.left_out) == (MOST_LINES, 1600 - MOST_LINES)
