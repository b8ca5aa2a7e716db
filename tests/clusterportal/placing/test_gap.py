"""The page of a gap: who is near it and who would fit, the desk over these lists, a new actor for it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actors.models import Actor
from clusterportal.placing.models import Walk
from tests.admin_pages import form_in
from tests.clusterportal.placing.desk import DESK, enter
from tests.factories import make_actor, make_area, make_cluster, make_person
from tests.markup import markup_of

pytestmark = pytest.mark.django_db
GAP = "/admin/actors/actor/gap/"
HERE = "layer=applied-research&area=logistics"


@pytest.fixture
def area(chain):
    return make_area("logistics")


@pytest.fixture
def actors(cluster, area):
    """Around the gap of layer 2 and logistics, by name."""
    return {
        "on_layer": make_actor("Nur Ebene", layers=[2], clusters=[cluster]),
        "in_area": make_actor("Nur Feld", layers=[5], areas=[area], clusters=[cluster]),
        "elsewhere": make_actor("Anderswo", layers=[1], clusters=[cluster]),
        "gone": make_actor("Archiviert", layers=[2], clusters=[cluster], state="archived"),
    }


def lists_of(page) -> dict[str, list]:
    return {one["code"]: one["actors"] for one in page.context["lists"]}


def test_who_is_near_and_who_is_not(client, manager, cluster, actors):
    make_actor("Fremd", layers=[2], clusters=[make_cluster("theirs")])
    page = client.get(f"{GAP}?{HERE}")
    assert lists_of(page) == {"fits": [], "on_layer": [actors["on_layer"]], "in_area": [actors["in_area"]]}
    assert page.context["count_here"] == 0
    assert "Fremd" not in page.content.decode()


def test_drafts_that_would_fit_by_the_suggestions(client, manager, cluster, area, actors):
    """Alike to those on the layer and in the area; alike to others is not enough."""
    says = {"summary_de": "Begleitet Güterzüge und Umschlagbahnhöfe."}
    for number in range(3):
        make_actor(f"Muster {number}", layers=[2], areas=[area], clusters=[cluster], **says)
    fitting = make_actor("Passt", state="draft", kind="other", clusters=[cluster], **says)
    make_actor("Passt nicht", state="draft", kind="chamber", clusters=[cluster], summary_de="Malt Bilder.")
    page = client.get(f"{GAP}?{HERE}")
    assert lists_of(page)["fits"] == [fitting]
    assert page.context["count_here"] == 3
    assert "Angesehen wurden 2 von 2" in markup_of(page)
    walk = enter(client, f"{HERE}&gap=fits")
    assert walk.context["actor"] == fitting
    assert Walk.objects.get().keys == [fitting.pk]


@pytest.mark.parametrize("code", ["on_layer", "in_area"])
def test_the_desk_walks_these_lists(client, manager, actors, code):
    page = client.get(f"{GAP}?{HERE}")
    address = next(one["placing_url"] for one in page.context["lists"] if one["code"] == code)
    assert address == f"{DESK}?{HERE}&gap={code}"
    assert client.get(address, follow=True).context["actor"] == actors[code]


def test_a_new_actor_for_this_gap_is_saved_where_it_belongs(client, manager, cluster, chain, area, actors):
    address = client.get(f"{GAP}?{HERE}").context["new_url"]
    page = client.get(address)
    shown = {formset.formset.prefix: formset.formset for formset in page.context["inline_admin_formsets"]}
    assert [form.initial for form in shown["placements"].extra_forms] == [
        {"layer": chain[1].pk, "is_primary": True}
    ]
    assert [form.initial for form in shown["foci"].extra_forms] == [{"area": area.pk}]
    sent = form_in(page) | {
        "name": "Neues Haus", "kind": "company", "state": "draft", "country": "DE",
        "placements-0-layer": chain[1].pk, "placements-0-basis": "topic", "placements-0-is_primary": "on",
        "foci-0-area": area.pk,
    }  # fmt: skip
    assert client.post(address, sent).status_code == 302
    actor = Actor.objects.get(name="Neues Haus")
    assert list(actor.placements.values_list("layer__position", "is_primary")) == [(2, True)]
    assert list(actor.foci.values_list("area__slug", flat=True)) == ["logistics"]


def test_an_odd_wish_for_a_new_actor_is_no_wish(client, manager, area):
    for query in ("layer=nowhere&area=nowhere", "", "layer=&area="):
        page = client.get(f"/admin/actors/actor/add/?{query}")
        assert page.status_code == 200
        assert not any(one.formset.extra_forms for one in page.context["inline_admin_formsets"])


@pytest.mark.parametrize(
    "query", ["", "layer=applied-research", "layer=x&area=logistics", "layer=%00&area=logistics"]
)
def test_what_is_no_gap_has_no_page(client, manager, area, query):
    assert client.get(f"{GAP}?{query}").status_code in (400, 404)


def test_viewers_see_it_without_the_ways_to_write(client, cluster, actors):
    client.force_login(make_person("viewer", clusters=[cluster]))
    page = client.get(f"{GAP}?{HERE}")
    assert page.status_code == 200
    assert [one["placing_url"] for one in page.context["lists"]] == ["", "", ""]
    assert page.context["new_url"] == ""


def test_an_empty_cell_of_the_matrix_leads_there(client, manager, actors):
    page = markup_of(client.get("/admin/?overview=1"))
    assert f'href="{GAP}?layer=applied-research&amp;area=logistics"' in page
    assert f'href="{GAP}?layer=application-market&amp;area=logistics"' not in page  # somebody stands there


@pytest.mark.parametrize("number", [1, 9])
def test_the_queries_stay_the_same(client, manager, cluster, area, number):
    for one in range(number):
        make_actor(f"Ebene {one}", layers=[2, 3], clusters=[cluster])
        make_actor(f"Feld {one}", layers=[5], areas=[area], clusters=[cluster])
        make_actor(f"Entwurf {one}", state="draft", clusters=[cluster], summary_de="Lager und Umschlag.")
    client.get(f"{GAP}?{HERE}")
    with CaptureQueriesContext(connection) as queries:
        client.get(f"{GAP}?{HERE}")
    assert len(queries) == 33
