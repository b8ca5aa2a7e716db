"""Topics and areas as tables: other words come in and go out, and a second spelling waits for somebody's word."""

import csv
from io import StringIO

import pytest

from actors.models import Topic, TopicLink, TopicSynonym
from applications.models import AreaSynonym
from clusterportal.history.models import current_revision
from tests.factories import make_area
from tests.markup import markup_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def ai():
    topic = Topic.objects.create(
        slug="ai", name_de="Künstliche Intelligenz", name_en="Artificial intelligence"
    )
    TopicSynonym.objects.create(topic=topic, name="KI", kind="acronym", language="de")
    TopicSynonym.objects.create(topic=topic, name="Maschinelles Lernen", language="de")
    return topic


def bring_in(clicker, tmp_path, *lines: str, noun: str = "topics"):
    (tmp_path / "t.csv").write_text("\n".join(lines), encoding="utf-8")
    clicker.upload(tmp_path / "t.csv", noun=noun)
    clicker.map()
    return {name: count for name, count in clicker.run.counts.items() if count}


def words() -> set[tuple]:
    return set(TopicSynonym.objects.values_list("topic__slug", "name", "kind", "language"))


def exported(client, url: str = "/admin/actors/topic/") -> str:
    answer = client.get(f"{url}export/?format=csv")
    return b"".join(answer.streaming_content).decode()


def test_what_goes_out_comes_in_and_changes_nothing(clicker, tmp_path, ai):
    computing = Topic.objects.create(slug="computing", name_de="Informatik")
    TopicLink.objects.create(topic=ai, broader=computing)
    table = exported(clicker.client)
    assert next(csv.DictReader(StringIO(table))) == {
        "slug": "ai", "name_de": "Künstliche Intelligenz", "name_en": "Artificial intelligence",
        "synonyms": "de:Maschinelles Lernen", "acronyms": "de:KI", "broader": "computing",
    }  # fmt: skip
    assert bring_in(clicker, tmp_path, *table.splitlines()) == {"unchanged": 2}
    revision = current_revision()
    clicker.confirm()
    assert clicker.run.state == "done" and current_revision() == revision


def test_words_and_broader_topics_come_in_and_are_undone(clicker, tmp_path, ai):
    before = words()
    counts = bring_in(
        clicker, tmp_path, "Adresse;Name;Synonyme;Kürzel;Oberthemen",
        "ai;Künstliche Intelligenz;Deep Learning, de:Maschinelles Lernen;de:KI | en:AI;computing",
        "computing;Informatik;en:Computing;;",
    )  # fmt: skip
    assert counts == {"changed": 1, "new": 1}
    page = markup_of(clicker.page("preview", show="changed"))
    assert "Deep Learning, de:Maschinelles Lernen" in page and "Oberthemen" in page
    clicker.confirm()
    assert words() == {
        ("ai", "KI", "acronym", "de"), ("ai", "AI", "acronym", "en"), ("ai", "Deep Learning", "synonym", ""),
        ("ai", "Maschinelles Lernen", "synonym", "de"), ("computing", "Computing", "synonym", "en"),
    }  # fmt: skip
    assert TopicLink.objects.get().broader.slug == "computing"
    clicker.client.post(clicker.url("undo"))
    assert (words(), Topic.objects.count(), TopicLink.objects.count()) == (before, 1, 0)


def test_a_cell_of_a_named_topic_is_the_whole_list_and_an_empty_one_empties_it(clicker, tmp_path, ai):
    bring_in(clicker, tmp_path, "slug;synonyms;acronyms", "ai;Lernende Systeme;")
    clicker.confirm()
    assert words() == {("ai", "Lernende Systeme", "synonym", "")}


@pytest.mark.parametrize(
    "cells",
    ["a;a", "b;nowhere", "a;b\nb;a", "a;" + "x" * 200],
)
def test_what_cannot_be_is_said_before_anything_is_written(clicker, tmp_path, cells):
    for slug in "ab":
        Topic.objects.create(slug=slug, name_de=f"Thema {slug}")
    counts = bring_in(clicker, tmp_path, "slug;broader", *cells.split("\n"))
    assert counts["invalid"] == 1
    clicker.confirm(without_invalid="on")
    assert TopicLink.objects.count() == cells.count("\n")


def test_two_topics_can_be_turned_round(clicker, tmp_path):
    a, b = (Topic.objects.create(slug=slug, name_de=slug) for slug in "ab")
    TopicLink.objects.create(topic=a, broader=b)
    assert bring_in(clicker, tmp_path, "slug;name_de;broader", "a;a;", "b;b;a") == {"changed": 2, "losses": 1}
    clicker.confirm()
    assert [(one.topic.slug, one.broader.slug) for one in TopicLink.objects.all()] == [("b", "a")]


def test_a_second_spelling_waits_for_a_decision(clicker, tmp_path, ai):
    table = ["name_de;name_en", "KI;", "Künstliche Inteligenz;", "Robotik;Robotics"]
    assert bring_in(clicker, tmp_path, *table) == {"possible": 2, "new": 1}
    page = markup_of(clicker.page("preview", show="possible"))
    assert "hat die Abkürzung „KI“" in page and f"/admin/actors/topic/{ai.pk}/change/" in page
    clicker.client.post(
        clicker.url("decide"), {"rows": [2, 3], "d2": "new", "d3": str(ai.pk), "show": "possible"}
    )
    clicker.run.refresh_from_db()
    assert {name: count for name, count in clicker.run.counts.items() if count} == {"new": 2, "changed": 1}
    clicker.confirm()
    assert {*Topic.objects.values_list("name_de", flat=True)} == {"Künstliche Intelligenz", "KI", "Robotik"}
    assert ("ai", "Künstliche Inteligenz", "synonym", "de") in words()


def test_undecided_and_left_out_rows_are_not_written(clicker, tmp_path, ai):
    bring_in(clicker, tmp_path, "name_de", "KI", "AI", "Robotik")
    clicker.client.post(clicker.url("decide"), {"rows": [2, 3], "d2": "leave", "d3": "", "show": "possible"})
    clicker.run.refresh_from_db()
    assert {name: count for name, count in clicker.run.counts.items() if count} == {
        "possible": 1, "skipped": 1, "new": 1,
    }  # fmt: skip
    clicker.confirm()
    assert {*Topic.objects.values_list("name_de", flat=True)} == {"Künstliche Intelligenz", "Robotik"}


def test_areas_have_words_and_second_spellings_too(clicker, tmp_path):
    area = make_area("health", name_de="Gesundheit und Medizintechnik", position=1)
    AreaSynonym.objects.create(area=area, name="MedTech")
    lines = ["slug;name_de;synonyms", "health;Gesundheit und Medizintechnik;MedTech|Healthcare", ";Medtech;"]
    assert bring_in(clicker, tmp_path, *lines, noun="areas") == {"changed": 1, "possible": 1}
    clicker.confirm()
    assert [one.name for one in area.synonyms.all()] == ["Healthcare", "MedTech"]
    assert "Healthcare|MedTech" in exported(clicker.client, "/admin/applications/applicationarea/")


def test_a_table_of_actors_names_topics_by_their_other_words(clicker, tmp_path, ai, chain):
    (tmp_path / "t.csv").write_text("name;kind;topics\nEins;company;KI\n", encoding="utf-8")
    clicker.upload(tmp_path / "t.csv")
    clicker.map()
    clicker.confirm()
    assert [one.topic.slug for one in ai.actor_topics.all()] == ["ai"]


def test_two_rows_that_are_spelt_alike_are_one(clicker, tmp_path):
    lines = ["slug;name_de;name_en", "a;Smart City;", ";Digitale Stadt;SMART-CITY", "c;Robotik;"]
    assert bring_in(clicker, tmp_path, *lines) == {"new": 2, "invalid": 1}
    assert "Zeile 2 betrifft" in str(clicker.run.rows.get(number=3).problems)
