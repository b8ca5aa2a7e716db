"""The matrix page: every number is true and leads to as many actors; gaps are named; drafts do not count."""

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import override

from actors.landscape.matrix import Matrix
from actors.landscape.strength import heat
from clusterportal.pages.presenters.matrix_figures import matrix_table
from tests.factories import make_actor, make_area, make_cluster
from tests.markup import markup_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def registry(chain):
    health, energy = make_area("health-medtech", position=1), make_area("energy-environment", position=2)
    cluster = make_cluster("it-cluster")
    make_actor("Eins", layers=[1, 2], areas=[health], clusters=[cluster])
    make_actor("Zwei", layers=[2], areas=[health, energy], kind="company")
    make_actor("Drei", layers=[5], areas=[], city="Kaiserslautern")
    make_actor("Entwurf", layers=[3, 4], areas=[health, energy], clusters=[cluster], state="draft")
    return cluster


def counts(table) -> dict[str, list[int]]:
    return {row.area.slug: [cell.count for cell in row.cells] for row in table.rows}


def get_matrix(client, query=""):
    return client.get(f"{reverse('pages:matrix')}{query}")


def test_counts_totals_and_gaps(client, registry):
    response = get_matrix(client)
    table = response.context["table"]
    assert response.status_code == 200
    assert counts(table) == {"health-medtech": [1, 2, 0, 0, 0], "energy-environment": [0, 1, 0, 0, 0]}
    assert [column.total for column in table.columns] == [1, 2, 0, 0, 0]
    assert [row.total for row in table.rows] == [2, 1]
    assert (table.total, table.empty_cell_count, table.cell_count) == (2, 7, 10)
    assert [(gap["area"].slug, gap["missing"]) for gap in response.context["gaps"]] == [
        ("health-medtech", [3, 4, 5]),
        ("energy-environment", [1, 3, 4, 5]),
    ]
    assert markup_of(response).count('class="lack"><b>') == 7
    assert markup_of(response).count('class="miss"') == 7


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?cluster=it-cluster",
        "?kind=company&q=zwei",
        "?city=Leipzig&city=Kaiserslautern",
        "?region=outside",
        "?region=inside&region=outside",
    ],
)
def test_every_number_leads_to_as_many_actors(client, registry, query):
    table = get_matrix(client, query).context["table"]
    doors = [(cell.query, cell.count) for row in table.rows for cell in row.cells if cell.count]
    doors += [(row.query, row.total) for row in table.rows]
    doors += [(column.query, column.total) for column in table.columns]
    directory = reverse("actors:actor-list")
    found = [
        (door, client.get(f"{directory}?{door}").context["page"].paginator.count) for door, _count in doors
    ]
    assert found == doors


def test_the_region_is_counted_and_the_others_are_named(client, registry):
    make_actor("Noch nirgends", layers=[])
    with override("en"):
        text = markup_of(get_matrix(client))
        assert "1 actor of the region stands on no layer yet." in text
        assert 'Not counted: <a href="/en/actors/?region=outside">1 actor outside the region</a>' in text
        whole = get_matrix(client, "?region=inside&region=outside")
        assert [column.total for column in whole.context["table"].columns] == [1, 2, 0, 0, 1]
        assert "Among them: <a href=" in markup_of(whole)
        assert "outside" not in markup_of(get_matrix(client, "?cluster=it-cluster")).split("<main")[1]


def test_layers_and_areas_are_axes_not_filters(client, registry):
    whole = counts(get_matrix(client).context["table"])
    assert (
        counts(get_matrix(client, "?layer=basic-research&area=energy-environment").context["table"]) == whole
    )


def test_other_filters_travel_with_the_form_and_stand_as_chips(client, registry):
    response = get_matrix(client, "?cluster=it-cluster&city=Leipzig&utm_source=x")
    assert response.context["selection"].kept == [("city", "Leipzig")]
    assert [chip.url for chip in response.context["selection"].chips] == [
        "?city=Leipzig",
        "?cluster=it-cluster",
    ]
    assert '<input type="hidden" name="city" value="Leipzig">' in markup_of(response)
    assert b"utm_source" not in response.content.split(b"<main")[1].split(b"</main")[0]


def test_downloads_ask_the_interface_the_same_question(client, registry):
    page = get_matrix(client, "?cluster=it-cluster").content.decode()
    assert f'{reverse("api:matrix")}?lang=de&amp;cluster=it-cluster"' in page
    assert f'{reverse("api:actor-list")}?format=csv&amp;lang=de&amp;cluster=it-cluster"' in page


def test_unknown_value_is_400_and_named(client, registry):
    response = get_matrix(client, "?cluster=nowhere")
    assert response.status_code == 400
    assert "nowhere" in response.content.decode()
    assert "table" not in response.context


@pytest.mark.parametrize(("is_set_up", "query"), [(False, ""), (True, ""), (True, "?kind=chamber")])
def test_nothing_to_show_is_said(client, db, is_set_up, query):
    if is_set_up:
        from tests.factories import make_chain

        make_chain()
        make_area()
    response = get_matrix(client, query)
    assert response.status_code == 200
    assert 'class="void"' in markup_of(response)
    assert "<table" not in markup_of(response)


def test_query_count_does_not_grow(client, registry, django_assert_num_queries):
    with django_assert_num_queries(5):
        get_matrix(client)
    for name in ("Vier", "Fünf", "Sechs"):
        make_actor(
            name,
            layers=[1, 3],
            areas=[make_area(name.lower().replace("ü", "u"))],
            clusters=[make_cluster(name)],
        )
    with django_assert_num_queries(5):
        get_matrix(client)


# ---------- heat ----------
@pytest.mark.parametrize(
    ("cells", "begins"),
    [
        ([], (2, 4, 7)),
        ([0, 0], (2, 4, 7)),
        ([1, 2, 24], (2, 4, 7)),
        ([10, 20, 30, 40, 50, 60, 70, 80], (30, 50, 70)),
        ([1, 1, 1, 1, 1, 1, 1, 900], (2, 3, 4)),
        ([500] * 8, (500, 501, 502)),
    ],
)
def test_heat_steps_are_fixed_for_small_registries_and_quartiles_for_large(cells, begins):
    assert heat(cells) == begins


def test_legend_names_the_real_bounds(chain):
    area = make_area()
    numbers = dict(zip([layer.slug for layer in chain], (10, 20, 30, 40, 0), strict=True))
    matrix = Matrix(
        layers=chain,
        areas=[area],
        counts={(layer, area.slug): number for layer, number in numbers.items() if number},
        layer_totals=numbers,
        area_totals={area.slug: 100},
        total=100,
    )
    table = matrix_table(matrix, QueryDict("q=x"))
    assert [(step.number, step.low, step.high) for step in table.steps] == [
        (1, 1, 19), (2, 20, 29), (3, 30, 39), (4, 40, None),
    ]  # fmt: skip
    assert [cell.step for cell in table.rows[0].cells] == [1, 2, 3, 4, 0]
    assert table.rows[0].cells[0].query == "q=x&layer=basic-research&area=health-medtech"
