"""In the preview rows and fields are ticked off, and what is ticked is written: exactly that."""

import pytest

from actors.models import Actor, ActorRelation, LayerPlacement, Topic
from clusterportal.imports.domain import replanning
from tests.factories import make_actor, make_chain

pytestmark = pytest.mark.django_db
HEAD = "slug;name;kind;city;phone"


@pytest.fixture
def table(tmp_path):
    def write(*lines: str):
        path = tmp_path / "table.csv"
        path.write_text("\n".join(lines), encoding="utf-8")
        return path

    return write


@pytest.fixture(params=["whole", "some"])
def replanned(request, monkeypatch):
    """Small tables are planned as a whole, large ones row by row: people see no difference."""
    if request.param == "some":
        monkeypatch.setattr(replanning, "PLANNED_WHOLE_UP_TO", 0)
    return request.param


def say(clicker, **said):
    """Sends what the page offers, as ticked, but for what a test says; `rows`: those of the page."""
    show = said.pop("show", "changed")
    page = clicker.page("preview", show=show)
    data = {"show": show, "rows": [shown.row.number for shown in page.context["rows"]]}
    for shown in page.context["rows"]:
        for field in (shown.tick, shown.decision, *shown.cells):
            if field is not None and field.value() not in (False, None):
                data[field.html_name] = field.value()
        data[f"f{shown.row.number}"] = [one.column for one in shown.changes if one.is_taken]
    data = {name: value for name, value in (data | said).items() if value is not None}
    response = clicker.client.post(clicker.url("decide"), data)
    clicker.run.refresh_from_db()
    return response


def outcomes(clicker) -> dict[int, str]:
    return {
        row.number: row.outcome if row.is_taken else f"{row.outcome}, left out"
        for row in clicker.run.rows.all()
    }


def counts(clicker, *names: str) -> tuple[int, ...]:
    return tuple(clicker.run.counts[name] for name in names)


def known(*names: str) -> list[Actor]:
    return [make_actor(name, city="Leipzig", kind="company", phone="") for name in names]


def test_a_row_and_a_field_are_left_out_and_the_rest_is_written(clicker, table):
    one, two = known("One", "Two")
    clicker.upload(
        table(
            HEAD, "one;One;;Trier;", "two;Two;;Trier;0341 123456", ";New;other;Trier;", ";Never;other;Trier;"
        )
    )
    clicker.map()
    assert counts(clicker, "changed", "new", "skipped") == (2, 2, 0)
    say(clicker, t2=None, f3=["phone"])
    say(clicker, show="new", t5=None)
    assert outcomes(clicker) == {2: "changed, left out", 3: "changed", 4: "new", 5: "new, left out"}
    assert counts(clicker, "changed", "new", "skipped") == (1, 1, 2)
    clicker.confirm()
    assert clicker.run.state == "done", clicker.run.message
    assert set(Actor.objects.values_list("name", "city", "phone")) == {
        ("One", "Leipzig", ""), ("Two", "Leipzig", "+49341123456"), ("New", "Trier", ""),
    }  # fmt: skip
    assert [one.pk, two.pk] == [
        *Actor.objects.filter(name__in=["One", "Two"]).values_list("pk", flat=True).order_by("pk")
    ]
    report = b"".join(clicker.page_report("csv")).decode()
    assert "2,Weggelassen,One,Ort,Leipzig,Trier,weggelassen" in report
    assert "3,Geändert,Two,Ort,Leipzig,Trier,weggelassen" in report


def test_what_was_left_out_can_be_taken_after_all(clicker, table, replanned):
    known("One")
    clicker.upload(table(HEAD, "one;One;;Trier;"))
    clicker.map()
    say(clicker, t2=None)
    text = clicker.page("preview", show="skipped").content.decode()
    assert "Weggelassen" in text and "Es gibt nichts zu schreiben" in text
    say(clicker, show="skipped", t2="on")
    assert (outcomes(clicker), counts(clicker, "changed", "skipped")) == ({2: "changed"}, (1, 0))
    clicker.confirm()
    assert Actor.objects.get().city == "Trier"


def test_another_row_about_the_same_actor_takes_the_place_of_one_left_out(clicker, table, replanned):
    known("One")
    clicker.upload(table(HEAD, "one;One;;Trier;", "one;One;;Mainz;"))
    clicker.map()
    assert outcomes(clicker) == {2: "changed", 3: "invalid"}
    say(clicker, t2=None)
    assert outcomes(clicker) == {2: "changed, left out", 3: "changed"}
    say(clicker, t2="on")
    assert outcomes(clicker) == {2: "changed", 3: "invalid"}
    say(clicker, t2=None)
    clicker.confirm()
    assert Actor.objects.get().city == "Mainz"


def test_all_and_none_of_a_page_and_no_other(clicker, table, monkeypatch):
    monkeypatch.setattr("clusterportal.imports.views.preview.PER_PAGE", 2)
    clicker.upload(table("name;kind", "A;other", "B;other", "C;other"))
    clicker.map()
    say(clicker, show="new", mark="none")
    assert outcomes(clicker) == {2: "new, left out", 3: "new, left out", 4: "new"}
    assert len(clicker.page("preview", show="new").context["rows"]) == 2  # still there, to be taken after all
    say(clicker, show="new", mark="all")
    assert outcomes(clicker) == {2: "new", 3: "new", 4: "new"}


def test_a_field_stays_as_it_is_in_all_rows(clicker, table):
    known("One", "Two")
    clicker.upload(table(HEAD, "one;One;;Trier;", "two;Two;;Trier;0341 123456", ";New;other;Trier;"))
    clicker.map()
    page = clicker.page("preview", show="changed")
    assert page.context["columns"] == [("city", "Ort", 2, True), ("phone", "Telefon", 1, True)]
    clicker.client.post(
        clicker.url("decide"), {"everywhere": "1", "shown": ["city", "phone"], "taken": ["phone"]}
    )
    clicker.run.refresh_from_db()
    assert outcomes(clicker) == {2: "changed, left out", 3: "changed", 4: "new"}
    say(clicker)  # whoever keeps other choices on the page does not take it back
    clicker.confirm()
    assert set(Actor.objects.values_list("name", "city", "phone")) == {
        ("One", "Leipzig", ""), ("Two", "Leipzig", "+49341123456"), ("New", "Trier", ""),
    }  # fmt: skip


def test_parts_are_left_out_as_a_whole_and_nothing_counts_as_lost_that_stays(clicker, table):
    (one,) = known("One")
    layer, other = make_chain()[:2]
    LayerPlacement.objects.create(actor=one, layer=layer)
    Topic.objects.create(slug="sensors", name_de="Sensorik", name_en="Sensors")
    clicker.upload(table("slug;layers;topics", f"one;{other.slug};sensors"))
    page = clicker.page("columns")
    layers = next(name for name, title in page.context["form"].columns if title == "layers")
    clicker.map(**{f"r{layers[1:]}": "replace"})
    assert counts(clicker, "changed", "losses") == (1, 1)
    say(clicker, f2=["topics"])
    assert counts(clicker, "changed", "losses") == (1, 0)
    clicker.confirm()
    assert [*one.placements.values_list("layer__slug", flat=True)] == [layer.slug]
    assert [*one.topics.values_list("slug", flat=True)] == ["sensors"]


def test_relations_of_one_row_are_left_out(clicker, table):
    known("One", "Two", "Three")
    clicker.upload(table("slug;relations", "one;cooperation>three", "two;cooperation>three"))
    clicker.map()
    assert outcomes(clicker) == {2: "changed", 3: "changed"}
    say(clicker, f2=[])
    clicker.confirm()
    assert [*ActorRelation.objects.values_list("source__slug", "target__slug")] == [("two", "three")]


def test_plain_lists_too(clicker, table):
    for slug in ("a", "b"):
        Topic.objects.create(slug=slug, name_de=slug, name_en=slug)
    path = table("slug;name_de;name_en", "a;A neu;A new", "b;B neu;B new", "c;C neu;C new", "d;D neu;D new")
    clicker.upload(path, noun="topics")
    clicker.map()
    say(clicker, t3=None, f2=["name_en"])
    say(clicker, show="new", t5=None)
    clicker.confirm()
    assert clicker.run.state == "done", clicker.run.message
    assert set(Topic.objects.values_list("slug", "name_de", "name_en")) == {
        ("a", "a", "A new"), ("b", "b", "b"), ("c", "C neu", "C new"),
    }  # fmt: skip


def test_what_was_ticked_off_stays_so_when_the_columns_are_looked_at_again(clicker, table):
    known("One", "Two")
    clicker.upload(table(HEAD, "one;One;;Trier;", "two;Two;;Trier;0341 123456"))
    clicker.map()
    say(clicker, t2=None, f3=["phone"])
    clicker.read(next="1")
    clicker.map()
    assert outcomes(clicker) == {2: "changed, left out", 3: "changed"}
    assert clicker.run.rows.get(number=3).kept == ["city"]


def test_nobody_else_decides(clicker, as_person, table):
    known("One")
    clicker.upload(table(HEAD, "one;One;;Trier;"))
    clicker.map()
    other = as_person("administrator")
    other.run = clicker.run
    for data in ({"rows": [2]}, {"everywhere": "1", "shown": ["city"]}):
        assert other.client.post(other.url("decide"), data).status_code == 404
    assert outcomes(clicker) == {2: "changed"}


def test_the_registry_changed_after_the_ticks(clicker, table):
    (one,) = known("One")
    clicker.upload(table(HEAD, "one;One;;Trier;0341 123456"))
    clicker.map()
    say(clicker, f2=["phone"])
    Actor.objects.filter(pk=one.pk).update(phone="+4934199")
    clicker.confirm()
    assert clicker.run.state == "checked" and "geändert" in clicker.run.message
    assert clicker.run.rows.get().kept == ["city"]
    clicker.confirm()
    one.refresh_from_db()
    assert (one.city, one.phone) == ("Leipzig", "+49341123456")


def test_what_is_ticked_on_the_page_counts_when_it_is_imported(clicker, table):
    known("One", "Two")
    clicker.upload(table(HEAD, "one;One;;Trier;", "two;Two;;Trier;0341 123456"))
    clicker.map()
    clicker.confirm(rows=[2, 3], t3="on", f2=["city"], f3=["phone"])
    assert clicker.run.state == "done", clicker.run.message
    assert set(Actor.objects.values_list("name", "city", "phone")) == {
        ("One", "Leipzig", ""), ("Two", "Leipzig", "+49341123456"),
    }  # fmt: skip


def test_what_is_planned_again_is_looked_at_before_it_is_imported(clicker, table):
    known("One")
    clicker.upload(table(HEAD, "one;One;;Trier;", "one;One;;Mainz;"))
    clicker.map()
    response = clicker.confirm(rows=[2], without_invalid="on", show="changed")
    assert response.url.endswith("/preview/?show=changed&page=1")
    assert (clicker.run.state, outcomes(clicker)) == ("checked", {2: "changed, left out", 3: "changed"})
    clicker.confirm(rows=[2, 3], t3="on", f2=["city"], f3=["city"])
    assert Actor.objects.get().city == "Mainz"


def test_paging_keeps_what_was_ticked(clicker, table, monkeypatch):
    monkeypatch.setattr("clusterportal.imports.views.preview.PER_PAGE", 1)
    clicker.upload(table("name;kind", "A;other", "B;other"))
    clicker.map()
    response = say(clicker, show="new", t2=None, page="1", go="2")
    assert response.url.endswith("?show=new&page=2")
    assert outcomes(clicker) == {2: "new, left out", 3: "new"}
    assert 'name="go" value="1"' in clicker.page("preview", show="new", page=2).content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow_with_the_rows(clicker, table, django_assert_num_queries, rows):
    names = ("One", "Two", "Three")[:rows]
    known(*names)
    changed = [f"{name.casefold()};{name};;Trier;" for name in names]
    invalid = [f";X{name};other;Trier;;bald" for name in names]
    clicker.upload(table(f"{HEAD};founded", *(f"{line};" for line in changed), *invalid))
    clicker.map()
    for row in clicker.run.rows.all():
        clicker.run.repairs.create(number=row.number, heading="city", before="a", after="Trier")
    for show in ("changed", "invalid"):
        with django_assert_num_queries(9 if show == "changed" else 8):
            page = clicker.page("preview", show=show)
        assert len(page.context["rows"]) == rows
