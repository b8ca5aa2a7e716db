"""The page of a person: in the reader's words, with the rights that matter and the teams they need."""

import re
from datetime import datetime, timedelta
from html import unescape
from unittest import mock

import pytest
from django.contrib.auth.models import Group
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from clusterportal.accounts.domain import invitation
from clusterportal.accounts.domain.invitation import Invitation
from clusterportal.accounts.enums import IN_WORDS
from clusterportal.accounts.models import User
from tests.factories import make_cluster, make_person

pytestmark = pytest.mark.django_db
NO_TEAM = "Sie gehören noch zu keinem Clusterteam"


def new(**fields) -> dict:
    """What a browser sends of the page of a new person."""
    teams = {"team_memberships-TOTAL_FORMS": 0, "team_memberships-INITIAL_FORMS": 0}
    return {"email": "Kim@example.org", "role": "manager", "language": "en"} | teams | fields


def invitations() -> list[tuple[str, str]]:
    """Address and text of the mails that wait."""
    jobs = ProcrastinateJob.objects.filter(task_name="core.send_message").order_by("id")
    return [(job.args["to"], job.args["body"]) for job in jobs]


def link_in(body: str) -> str:
    return re.search(r"https?://[^/]+(/\S+/password/reset/key/\S+|/\S*key\S+)", body)[1]


def test_a_person_is_added_with_role_and_team_and_invited(admin_client, client):
    cluster = make_cluster()
    team = {"team_memberships-TOTAL_FORMS": 1, "team_memberships-0-cluster": cluster.pk}
    answer = admin_client.post("/admin/accounts/user/add/", new(invite="on", first_name="Kim", **team))
    person = User.objects.get(email="Kim@example.org")
    assert answer.url == f"/admin/accounts/user/{person.pk}/change/"
    assert (person.username, person.role, person.language) == ("kim@example.org", "manager", "en")
    assert (person.is_staff, person.has_usable_password()) == (True, False)
    assert [member.cluster for member in person.team_memberships.all()] == [cluster]
    [(to, body)] = invitations()
    assert to == "Kim@example.org" and body.startswith("Hello,") and "valid for 3 days" in body
    assert invitation.state_of(person) == Invitation.OPEN
    page = client.get(link_in(body), follow=True)
    chosen = {"password1": "ein-langes-Geheimnis-7", "password2": "ein-langes-Geheimnis-7"}
    client.post(page.request["PATH_INFO"], chosen)
    person.refresh_from_db()
    assert person.check_password("ein-langes-Geheimnis-7")
    assert invitation.state_of(person) == Invitation.USED
    assert "token_fail" in client.get(link_in(body), follow=True).context  # a link works once


def test_an_invitation_expires_and_is_sent_again(admin_client, client, settings):
    admin_client.post("/admin/accounts/user/add/", new(invite="on"))
    person = User.objects.get(email="Kim@example.org")
    [(_to, first)] = invitations()
    later = datetime.now() + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT + 60)
    with mock.patch.object(PasswordResetTokenGenerator, "_now", return_value=later):
        assert client.get(link_in(first), follow=True).context["token_fail"]
    User.objects.filter(pk=person.pk).update(invited_at=timezone.now() - timedelta(days=4))
    person.refresh_from_db()
    assert invitation.state_of(person) == Invitation.EXPIRED
    shown = admin_client.get(f"/admin/accounts/user/{person.pk}/change/").content.decode()
    assert "Einladung abgelaufen" in shown and "Einladung noch einmal senden" in shown
    admin_client.post(f"/admin/accounts/user/{person.pk}/invite/")
    person.refresh_from_db()
    assert invitation.state_of(person) == Invitation.OPEN and len(invitations()) == 2


def test_who_cannot_be_invited_and_who_may_not_invite(admin_client, client):
    closed = make_person("viewer", is_active=False)
    nobody = make_person("viewer", email="")
    for person in (closed, nobody):
        admin_client.post(f"/admin/accounts/user/{person.pk}/invite/")
        person.refresh_from_db()
        assert person.invited_at is None
    assert admin_client.get(f"/admin/accounts/user/{closed.pk}/invite/").status_code == 405
    client.force_login(make_person("manager", clusters=[make_cluster()]))
    assert client.post(f"/admin/accounts/user/{closed.pk}/invite/").status_code == 403
    with pytest.raises(PermissionDenied):
        invitation.invite(person=make_person("viewer"), by=nobody)
    assert invitations() == []


def test_added_without_an_invitation(admin_client):
    admin_client.post("/admin/accounts/user/add/", new())
    person = User.objects.get(email="Kim@example.org")
    assert invitations() == [] and invitation.state_of(person) == Invitation.NONE


def test_an_address_is_one_persons(admin_client):
    make_person("viewer", email="kim@EXAMPLE.org")
    page = admin_client.post("/admin/accounts/user/add/", new())
    assert list(page.context["adminform"].form.errors) == ["email"]
    page = admin_client.post("/admin/accounts/user/add/", new(email=""))
    assert list(page.context["adminform"].form.errors) == ["email"]
    assert not User.objects.filter(username="kim@example.org").exists()


def test_a_language_that_the_portal_does_not_speak_is_refused(admin_client):
    person = make_person("viewer")
    data = new(username=person.username, email=person.email, role="viewer", language="deutsch")
    page = admin_client.post(f"/admin/accounts/user/{person.pk}/change/", data)
    assert page.status_code == 200
    assert list(page.context["adminform"].form.errors) == ["language"]


def test_each_role_says_what_it_sees_and_no_raw_right_is_shown(admin_client):
    person = make_person("manager")
    for path in ("add/", f"{person.pk}/change/"):
        page = admin_client.get(f"/admin/accounts/user/{path}")
        markup = page.content.decode()
        assert all(str(words) in unescape(markup) for words in IN_WORDS.values())
        fields = set(page.context["adminform"].form.fields)
        assert not fields & {"user_permissions", "is_superuser", "is_staff", "password", "password1"}
        assert ("Noch in keinem Team" in markup) == (path != "add/")
    Group.objects.create(name="Prüferinnen")
    page = admin_client.get(f"/admin/accounts/user/{person.pk}/change/")
    assert "groups" in page.context["adminform"].form.fields


def test_a_role_is_changed_and_nothing_else_of_the_person(admin_client):
    person = make_person("editor", clusters=[make_cluster()])
    member = person.team_memberships.get()
    teams = {
        "team_memberships-TOTAL_FORMS": 1, "team_memberships-INITIAL_FORMS": 1, "team_memberships-0-id": member.pk,
        "team_memberships-0-user": person.pk, "team_memberships-0-cluster": member.cluster_id,
    }  # fmt: skip
    data = new(
        username=person.username, email=person.email, role="manager", language="", is_active="on", **teams
    )
    assert admin_client.post(f"/admin/accounts/user/{person.pk}/change/", data).status_code == 302
    password = person.password
    person.refresh_from_db()
    assert (person.role, person.is_active, person.password) == ("manager", True, password)
    assert person.team_memberships.get() == member


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
