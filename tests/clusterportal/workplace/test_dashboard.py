import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actors.models import Actor
from clusterportal.history.acts import act
from tests.factories import make_actor, make_area
from tests.markup import markup_of

pytestmark = pytest.mark.django_db


def test_every_number_is_the_length_of_the_list_behind_it(admin_client, chain):
    area = make_area("public-sector")
    make_actor(
        layers=[1, 2],
        areas=[area],
        summary_de="nur deutsch",
        latitude=1,
        longitude=1,
        verified_on="2999-01-01",
    )
    make_actor(layers=[2], areas=[area], summary_de="a", summary_en="a")
    make_actor(state="in_review")
    make_actor()
    make_actor(state="archived")
    page = admin_client.get("/admin/")
    numbers = [*page.context["tasks"], *page.context["states"]]
    numbers += [cell for row in page.context["matrix"] for cell in row["cells"]]
    for number in numbers:
        assert admin_client.get(number["url"]).context["cl"].result_count == number["count"], number
    assert [(task["url"].split("?")[-1], task["count"]) for task in page.context["tasks"]] == [
        ("/admin/quality/duplicatepair/", 0),
        ("status=broken", 0),
        ("state=published&needs=verification", 2),
        ("answer=silent", 0),
        ("state=in_review", 1),
        ("state=current&clearance=waiting", 0),
        ("state=published&layer=none", 1),
        ("state=current&entry=incomplete", 4),
        ("state=current&needs=translation", 1),
        ("state=current&needs=place", 3),
    ]
    assert [state["count"] for state in page.context["states"]] == [0, 1, 3, 0, 1]
    assert [cell["count"] for cell in page.context["matrix"][0]["cells"]] == [1, 2, 0, 0, 0]
    assert page.context["total"] == Actor.objects.count()


def test_the_dashboard_takes_few_queries(admin_client, chain):
    areas = [make_area(f"area-{number}") for number in range(6)]
    for _number in range(11):
        with act("test"):
            make_actor(layers=[1, 2, 3], areas=areas)
    admin_client.get("/admin/")
    with CaptureQueriesContext(connection) as queries:
        page = admin_client.get("/admin/")
    assert [one.count for one in page.context["latest"]] == [10] * 10  # many changes of one act are one line
    assert len(queries) <= 24


def test_staff_see_of_it_what_they_may(client, django_user_model, chain):
    staff = django_user_model.objects.create_user("ben", is_staff=True)
    client.force_login(staff)
    make_actor("Geheim", state="draft")
    empty = client.get("/admin/")
    assert empty.status_code == 200
    assert "tasks" not in empty.context
    assert b"Geheim" not in empty.content
    staff.user_permissions.set(Permission.objects.filter(codename__in=["view_actor", "reach_all_actors"]))
    assert b"Geheim" in client.get("/admin/").content


def test_the_admin_speaks_both_languages_and_wears_the_site_name(admin_client, settings):
    page = markup_of(admin_client.get("/admin/"))
    assert settings.SITE_NAME in page
    assert 'name="language" type="hidden" value="en"' in page
