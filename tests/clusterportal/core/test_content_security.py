"""What a page may load and run: nothing inline anywhere, and in the admin only what its library cannot do without."""

import re

import pytest

from tests.factories import make_actor, make_cluster

pytestmark = pytest.mark.django_db
SCRIPT = r"<script(?![^>]*\ssrc=)(?![^>]*type=\"application/(?:ld\+)?json\")"
INLINE = re.compile(rf"<style|{SCRIPT}|\sstyle=|\son(?:click|change|submit|load)=", re.I)


def policy_of(response) -> dict[str, str]:
    parts = (part.strip().partition(" ") for part in response["Content-Security-Policy"].split(";"))
    return {name: sources for name, _blank, sources in parts}


def test_the_admin_opens_what_its_library_needs_and_nothing_else(admin_client):
    public, admin = policy_of(admin_client.get("/de/")), policy_of(admin_client.get("/admin/"))
    assert {name: value for name, value in admin.items() if public.get(name) != value} == {
        "script-src": "'self' 'unsafe-eval'",
        "img-src": "'self' data:",
    }
    assert {name for name in public if name not in admin} == set()
    for policy in (public, admin):
        assert "unsafe-inline" not in " ".join(policy.values())
        assert (policy["object-src"], policy["base-uri"], policy["default-src"]) == ("'none'",) * 3


@pytest.mark.parametrize(
    "path",
    [
        "", "actors/actor/", "actors/actor/add/", "actors/actor/{actor}/change/", "actors/actor/{actor}/history/",
        "actors/actor/{actor}/delete/", "actors/actorrelation/", "layers/layer/", "applications/applicationarea/",
        "clusters/cluster/{cluster}/change/", "clusters/region/", "accounts/user/", "accounts/user/add/",
        "auth/group/", "imports/importrun/", "imports/importrun/add/", "review/proposal/", "quality/duplicatepair/",
        "quality/linkcheck/", "history/revision/", "history/erasure/", "pages/textpage/",
    ],
)  # fmt: skip
def test_no_page_of_the_admin_has_inline_styles_or_scripts(admin_client, path):
    numbers = {"actor": make_actor().pk, "cluster": make_cluster().pk}
    response = admin_client.get(f"/admin/{path.format(**numbers)}")
    assert response.status_code == 200
    assert INLINE.findall(response.content.decode()) == []
