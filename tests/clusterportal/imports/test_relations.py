"""A table of relations: two actors that are there, and what joins them."""

import pytest
from django.urls import reverse

from actors.models import ActorRelation, FormerSlug, Identifier
from clusterportal.history.models import current_revision
from clusterportal.imports.enums import ImportNoun
from clusterportal.imports.rules import may_import
from tests.factories import make_actor, make_cluster, make_person

pytestmark = pytest.mark.django_db
HEAD = "source;target;kind;since;note_de;evidence"


@pytest.fixture
def bring(clicker, tmp_path):
    return bringing(clicker, tmp_path)


def bringing(clicker, tmp_path):
    """Uploads lines as relations and maps them as offered; returns what became of each row."""

    def to_preview(*lines: str) -> dict[int, tuple]:
        (tmp_path / "t.csv").write_text("\n".join(lines), encoding="utf-8")
        clicker.upload(tmp_path / "t.csv", noun="relations")
        clicker.map()
        return {
            row.number: (
                row.outcome,
                *(tuple(change) for change in row.changes),
                *(tuple(one) for one in row.problems),
            )
            for row in clicker.run.rows.all()
        }

    return to_preview


def relations() -> list[tuple]:
    rows = ActorRelation.objects.order_by("pk")
    return list(rows.values_list("source__slug", "target__slug", "kind", "since", "note_de", "evidence"))


def test_ends_are_named_by_address_uid_or_identifier(bring, clicker):
    one, two, three = make_actor("One"), make_actor("Two"), make_actor("Three")
    Identifier.objects.create(actor=two, scheme="wikidata", value="Q64")
    FormerSlug.objects.create(slug="was-three", actor=three)
    rows = bring(
        "von;zu;Art;seit;Anmerkung;Beleg",
        "one;wikidata:Q64;Lieferbeziehung;2019;Teile;https://example.org/a",
        f"{one.uid};was-three;Kooperation;;;",
    )  # fmt: skip
    assert rows == {
        2: (
            "new", ("source", "", "One"), ("target", "", "Two"), ("kind", "", "Lieferbeziehung"),
            ("since", "", "2019"), ("note_de", "", "Teile"), ("evidence", "", "https://example.org/a"),
        ),
        3: ("new", ("source", "", "One"), ("target", "", "Three"), ("kind", "", "Kooperation")),
    }  # fmt: skip
    assert [row.title for row in clicker.run.rows.all()] == ["one → wikidata:Q64", f"{one.uid} → was-three"]
    clicker.confirm()
    assert relations() == [
        ("one", "two", "supply", 2019, "Teile", "https://example.org/a"),
        ("one", "three", "cooperation", None, "", ""),
    ]
    clicker.client.post(clicker.url("undo"))
    assert relations() == []


def test_what_is_recorded_is_changed_from_either_end_and_never_deleted(bring, clicker):
    one, two, three = make_actor("One"), make_actor("Two"), make_actor("Three")
    ActorRelation.objects.create(source=one, target=two, kind="cooperation", since=2001, note_de="Alt")
    ActorRelation.objects.create(source=one, target=three, kind="supply")
    assert bring("source;target;kind;since;note_de", "two;one;cooperation;2001;Neu") == {
        2: ("changed", ("note_de", "Alt", "Neu")),
    }  # fmt: skip
    clicker.confirm()
    assert relations() == [
        ("one", "two", "cooperation", 2001, "Neu", ""),
        ("one", "three", "supply", None, "", ""),
    ]  # fmt: skip
    assert bring("source;target;kind", "two;one;cooperation") == {2: ("unchanged",)}
    assert bring("source;target;kind;since;until", "one;two;cooperation;;2030") == {
        2: ("changed", ("since", "2001", ""), ("until", "", "2030"))
    }


def test_the_list_of_the_admin_comes_in_again_unchanged(bring, clicker, tmp_path):
    one, two = make_actor("One"), make_actor("Two")
    ActorRelation.objects.create(
        source=one, target=two, kind="supply", since=2001, note_de="=A", evidence="https://example.org/"
    )
    ActorRelation.objects.create(source=two, target=one, kind="competition")
    table = clicker.client.get(reverse("admin:actors_actorrelation_export")).getvalue().decode()
    revision = current_revision()
    assert bring(*table.splitlines()) == {2: ("unchanged",), 3: ("unchanged",)}
    clicker.confirm()
    assert clicker.run.state == "done" and current_revision() == revision


NOBODY = "Kein Akteur hat „nobody“ als Seitenadresse, dauerhafte Kennung oder andere Kennung."
NO_YEAR = "„soon“ ist keine Jahreszahl. Schreiben Sie vier Ziffern, zum Beispiel 1997."
SEEN_FROM_THE_OTHER_SIDE = "Diese Beziehung ist bereits erfasst, von der anderen Seite aus."


@pytest.mark.parametrize(
    ("line", "column", "reason"),
    [
        ("one;nobody;supply;;;", "target", NOBODY),
        ("one;one;supply;;;", "target", "Ein Akteur hat keine Beziehung zu sich selbst."),
        (";two;supply;;;", "source", "Dieses Feld darf nicht leer sein."),
        ("one;two;;;;", "kind", "Dieses Feld darf nicht leer sein."),
        ("one;two;supply;soon;;", "since", NO_YEAR),
        ("one;two;supply;2030;;", "since", "2030 ist kein plausibles Jahr (900 bis 2027)."),
        ("one;two;supply;;;here", "evidence", "Geben Sie eine gültige Webadresse ein, zum Beispiel https://example.org."),
        ("two;one;parent;;;", "", SEEN_FROM_THE_OTHER_SIDE),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named(bring, clicker, line, column, reason):
    one, two = make_actor("One"), make_actor("Two")
    ActorRelation.objects.create(source=one, target=two, kind="parent")
    ((outcome, *problems),) = bring(HEAD, line).values()
    assert outcome == "invalid"
    assert [(name, why) for name, _value, why in problems] == [(column, reason)]


def test_two_rows_about_one_relation_are_refused(bring):
    make_actor("One"), make_actor("Two")
    rows = bring(
        "source;target;kind", "one;two;research", "two;one;research", "one;two;supply", "two;one;supply"
    )
    assert [row[0] for row in rows.values()] == ["new", "invalid", "new", "new"]
    assert rows[3][1] == ("source", "two", "Zeile 2 betrifft bereits denselben Eintrag.")


def test_an_editor_relates_own_actors_and_leaves_public_ones_to_review(as_person, tmp_path):
    ours, theirs = make_cluster("ours"), make_cluster("theirs")
    make_actor("Own", clusters=[ours], state="draft")
    make_actor("Own public", clusters=[ours])
    make_actor("Foreign", clusters=[theirs])
    make_actor("Foreign too", clusters=[theirs])
    make_actor("Foreign draft", clusters=[theirs], state="draft")
    lines = [
        "source;target;kind",
        "own;foreign;supply",
        "foreign;foreign-too;supply",
        "own-public;foreign;supply",
        "own;foreign-draft;supply",
    ]
    editor = as_person("editor", clusters=[ours])
    rows = bringing(editor, tmp_path)(*lines)
    assert [row[0] for row in rows.values()] == ["new", "invalid", "invalid", "invalid"]
    assert [rows[number][1][2].split(":")[0] for number in (3, 4)] == [
        "Mindestens ein Ende muss ein Akteur Ihrer Cluster sein.", "Beide Akteure sind veröffentlicht",
    ]  # fmt: skip
    assert rows[5][1][:2] == ("target", "foreign-draft")  # a draft of others is nowhere
    manager = as_person("manager", clusters=[ours])
    rows = bringing(manager, tmp_path)(*lines)
    assert [row[0] for row in rows.values()] == ["new", "invalid", "new", "invalid"]


def test_who_may_import_relations():
    may = {
        role: may_import(make_person(role), ImportNoun.RELATIONS) for role in ("manager", "editor", "viewer")
    }
    assert may == {"manager": True, "editor": True, "viewer": False}
