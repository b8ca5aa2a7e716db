"""Publishing says what is missing and asks: on the page, for many at once, by a table; `check_registry` agrees."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from actors.domain.completeness import missing_fields
from actors.domain.integrity import findings
from actors.models import Actor
from tests.admin_pages import form_of, run_action, save
from tests.factories import make_actor, make_area, make_person
from tests.markup import markup_of

pytestmark = pytest.mark.django_db
WHOLE = {
    "summary_de": "x", "summary_en": "x", "website": "https://a.example", "latitude": 51.34, "longitude": 12.37,
}  # fmt: skip


@pytest.fixture
def manager(client):
    client.force_login(make_person("administrator"))
    return client


def errors_of(actor) -> set[str]:
    return {field.code for field in missing_fields(actor) if field.is_error}


@pytest.mark.parametrize(
    ("fields", "layers", "wrong"),
    [
        ({}, [], {"placements", "summary_de"}),
        ({"summary_en": "Only one language"}, [], {"placements"}),
        ({"summary_de": "Nur eine Sprache"}, [1], set()),
        ({}, [1], {"summary_de"}),
    ],
)
def test_the_check_and_the_page_call_the_same_an_error(chain, fields, layers, wrong):
    actor = make_actor("A", layers=layers, **fields)
    assert errors_of(actor) == wrong
    assert sum(one.is_error for one in findings()) == len(wrong)


# ---------- one actor ----------
def test_the_page_asks_before_it_publishes(chain, manager):
    actor = make_actor("A", state="draft", city="")
    response = save(manager, actor, state="published")
    text = markup_of(response)
    assert response.status_code == 200 and Actor.objects.get().state == "draft"
    for word in ("Ebene", "Kurzbeschreibung [DE]", "Ort", "Koordinaten", "Anwendungsfeld", "Fehler"):
        assert word in text
    assert 'name="publish_anyway"' in text
    assert save(manager, actor, state="published", publish_anyway="on").status_code == 302
    assert Actor.objects.get().state == "published"


def test_a_complete_actor_is_published_without_a_question(chain, manager):
    actor = make_actor("A", state="draft", layers=[1], areas=[make_area()], **WHOLE)
    assert save(manager, actor, state="published").status_code == 302
    assert Actor.objects.get().state == "published"


def test_parts_count_as_they_are_sent(chain, manager):
    """A layer that is taken away on the page is missing; one that is added there is not."""
    actor = make_actor("A", state="draft", layers=[1], areas=[make_area()], **WHOLE)
    response = save(manager, actor, **{"state": "published", "placements-0-DELETE": "on"})
    assert response.status_code == 200 and Actor.objects.get().state == "draft"
    actor.placements.all().delete()
    added = {"placements-TOTAL_FORMS": "1", "placements-0-layer": chain[0].pk, "placements-0-basis": "topic"}
    assert save(manager, actor, **{"state": "published", **added}).status_code == 302
    assert Actor.objects.get().state == "published"


def test_nobody_is_asked_about_what_is_public_already(chain, manager):
    actor = make_actor("A")
    assert save(manager, actor, city="Mainz").status_code == 302
    assert 'name="publish_anyway"' not in markup_of(
        manager.get(reverse("admin:actors_actor_change", args=[actor.pk]))
    )
    assert "publish_anyway" not in form_of(manager, actor)


# ---------- many ----------
def test_many_are_listed_with_what_they_lack_before_they_are_public(chain, manager):
    whole = make_actor("Whole", state="draft", layers=[1], areas=[make_area()], **WHOLE)
    bare = make_actor("Bare", state="draft", city="")
    response = run_action(manager, "publish", [whole, bare])
    assert set(Actor.objects.values_list("state", flat=True)) == {"draft"}
    assert response.context["incomplete"] == 1
    assert [field.code for field, _count in response.context["missing"]][:2] == ["summary_de", "placements"]
    assert "Bare" in response.content.decode() and "1 Akteur wäre öffentlich" in response.content.decode()
    run_action(manager, "publish", [whole, bare], anyway="1")
    assert set(Actor.objects.values_list("state", flat=True)) == {"published"}


def test_many_that_lack_nothing_are_public_at_once(chain, manager):
    area = make_area()
    actors = [make_actor(state="draft", layers=[1], areas=[area], **WHOLE) for _number in range(2)]
    run_action(manager, "publish", actors)
    assert set(Actor.objects.values_list("state", flat=True)) == {"published"}


@pytest.mark.parametrize("how_many", [1, 4])
def test_asking_takes_as_many_queries_for_one_as_for_many(
    chain, admin_user, django_assert_num_queries, how_many
):
    from actors.domain.publication import lacking

    for number in range(how_many):
        make_actor(f"A{number}", state="draft", layers=[1])
    with django_assert_num_queries(3):
        assert len(lacking(actors=Actor.objects.all(), by=admin_user)) == how_many


# ---------- by a table ----------
def told(tmp_path, settings, *lines, **options) -> str:
    settings.PORTAL_DATA_DIR = tmp_path
    path, out = tmp_path / "t.csv", StringIO()
    path.write_text("\n".join(lines), encoding="utf-8")
    call_command("import_actors", path, stdout=out, stderr=out, **options)
    return out.getvalue()


def test_a_table_that_publishes_says_what_is_missing(chain, tmp_path, settings):
    make_actor("Old", state="draft", layers=[1], summary_de="Da", city="Köln")
    lines = [
        "name,kind,city,layers,summary_en,publication", "New,company,Köln,,,published",
        "Fine,company,Köln,1,One sentence,published", "Old,,,,,published", "Draft,company,,,,draft",
    ]  # fmt: skip
    text = told(tmp_path, settings, *lines)
    assert (
        "3 Akteure werden mit dieser Tabelle öffentlich; 3 davon ohne alles, was Besucher brauchen." in text
    )
    assert "Das gilt als Fehler: Kurzbeschreibung [DE] (1), Ebene (1)." in text
    with pytest.raises(CommandError, match="2 kinds of errors"):
        call_command("check_registry", stdout=StringIO())
    assert sum(one.count for one in findings() if one.is_error) == 2


def test_drafts_raise_no_question(chain, tmp_path, settings):
    assert "öffentlich" not in told(tmp_path, settings, "name,kind", "New,company")
