"""Slow questions are logged as the code wrote them, and without the values that people gave."""

import logging

import pytest
from django.db import connection

from actors.models import Actor
from clusterportal.core import slow_queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def lines(caplog, settings):
    settings.SLOW_QUERY_MS = 0
    slow_queries.watch(None, connection)
    slow_queries.watch(None, connection)  # the connection was opened again
    caplog.set_level(logging.WARNING, "clusterportal.slow_queries")
    yield lambda: [record.getMessage().partition(" ms: ")[2] for record in caplog.records]
    connection.execute_wrappers.remove(slow_queries.timed)
    assert slow_queries.timed not in connection.execute_wrappers


def test_a_slow_question_is_a_line_without_its_values(lines):
    Actor.objects.filter(email="max@example.org", name="x' OR 'Geheim").exists()
    [line] = lines()
    assert 'WHERE ("actors_actor"."email" = %s AND "actors_actor"."name" = %s)' in line
    assert "max" not in line and "Geheim" not in line


def test_texts_that_a_statement_holds_are_left_out(lines):
    with connection.cursor() as cursor:
        cursor.execute("SELECT 'it''s\n secret', $a$secret$a$, 1")
    assert lines() == ["SELECT ?, ?, 1"]


def test_a_quick_question_is_no_line(lines, settings):
    settings.SLOW_QUERY_MS = 60_000
    Actor.objects.exists()
    assert lines() == []


def test_a_question_that_fails_is_timed_too(lines):
    with pytest.raises(Exception, match="division"), connection.cursor() as cursor:
        cursor.execute("SELECT 1 / 0 WHERE 'a' = %s", ["a"])
    assert lines() == ["SELECT 1 / 0 WHERE ? = %s"]
