"""The page of a person: in the reader's words, with the rights that matter and the teams they need."""

import pytest

from clusterportal.accounts.models import User
from tests.factories import make_cluster, make_person

pytestmark = pytest.mark.django_db
NO_TEAM = "Sie gehören noch zu keinem Clusterteam"


def test_a_person_is_added_with_role_and_team(admin_client):
    cluster = make_cluster()
    data = {
        "username": "kim", "email": "kim@example.org", "role": "manager", "language": "en",
        "password1": "ein-langes-Geheimnis-7", "password2": "ein-langes-Geheimnis-7",
        "team_memberships-TOTAL_FORMS": 1, "team_memberships-INITIAL_FORMS": 0,
        "team_memberships-0-cluster": cluster.pk,
    }  # fmt: skip
    assert admin_client.post("/admin/accounts/user/add/", data).status_code == 302
    person = User.objects.get(username="kim")
    assert (person.role, person.language, person.is_staff) == ("manager", "en", True)
    assert [member.cluster for member in person.team_memberships.all()] == [cluster]


def test_a_language_that_the_portal_does_not_speak_is_refused(admin_client):
    person = make_person("viewer")
    data = {"username": person.username, "role": "viewer", "language": "deutsch"}
    page = admin_client.post(f"/admin/accounts/user/{person.pk}/change/", data)
    assert page.status_code == 200
    assert list(page.context["adminform"].form.errors) == ["language"]


def test_the_rights_that_are_offered_are_the_portals_own_in_words(admin_client):
    page = admin_client.get("/admin/auth/group/add/")
    labels = [str(label) for _value, label in page.context["adminform"].form.fields["permissions"].choices]
    assert "Akteure: ansehen" in labels
    assert "Akteure: veröffentlichen" in labels
    foreign = ("Can ", "Procrastinate", "Authenticators", "Revisions")
    assert [label for label in labels if any(word in label for word in foreign)] == []


def test_the_page_speaks_german(admin_client):
    person = make_person("manager")
    pages = [admin_client.get(f"/admin/accounts/user/{path}").content.decode()
             for path in ("add/", f"{person.pk}/change/", f"{person.pk}/password/")]  # fmt: skip
    for english in ("After you've created", "Raw passwords", "LDAP", "Password-based", "Can add"):
        assert english not in "".join(pages)


@pytest.mark.parametrize("path", ["/admin/", "/admin/actors/actor/"])
def test_who_is_on_no_team_is_told_why_lists_are_empty(client, path):
    client.force_login(make_person("manager"))
    assert NO_TEAM in client.get(path).content.decode()
    client.force_login(make_person("manager", clusters=[make_cluster()]))
    assert NO_TEAM not in client.get(path).content.decode()
