"""The page of the competence atlas, its files, and the job that somebody waits for."""

import pytest

from clusterportal.atlas.domain import kept_atlases, own_atlases
from clusterportal.atlas.domain.atlas_document import Report
from clusterportal.atlas.domain.typesetting import CannotSet, Document
from clusterportal.atlas.filters import chosen
from clusterportal.atlas.models import Atlas
from clusterportal.pages.views import documents
from tests.clusterportal.atlas.makers import make_region
from tests.factories import make_contribution, make_person
from tests.pdf_structure import structure_of

PAGE = "/de/kompetenzatlas/"


@pytest.fixture
def region(db, settings, tmp_path, monkeypatch):
    """A region whose ready atlases are there; nothing was set for them."""
    settings.MEDIA_ROOT = settings.PORTAL_DATA_DIR = tmp_path
    monkeypatch.setattr(own_atlases, "make", lambda gathered, **_options: (Document(b"%PDF-", 7), Report()))
    found = make_region()
    for atlas in kept_atlases.due(is_night=False):
        own_atlases.produce(atlas, choose=chosen)
    return found


def test_everybody_gets_the_ready_files(client, region):
    page = client.get(PAGE)
    assert (page.status_code, page["Cache-Control"]) == (200, "no-cache")  # kept by nobody: files come and go
    text = page.content.decode()
    for address in (
        "/de/kompetenzatlas/region.pdf",
        "/en/competence-atlas/region.pdf",
        "/de/kompetenzatlas/it-cluster.pdf",
        "/en/competence-atlas/it-cluster.pdf",
    ):
        assert f'href="{address}"' in text
        file = client.get(address)
        assert (file.status_code, file["Content-Type"]) == (200, "application/pdf")
        assert b"".join(file.streaming_content) == b"%PDF-"
    assert file["Content-Disposition"].endswith('-it-cluster-en.pdf"')
    assert "Setzen lassen" not in text
    assert client.post(PAGE).status_code == 403
    assert client.get("/de/kompetenzatlas/nobody.pdf").status_code == 404
    region[2].delete()
    assert client.get("/de/kompetenzatlas/region.pdf").status_code == 404
    assert "wird gerade gesetzt" in client.get(PAGE).content.decode()
    assert client.get("/en/competence-atlas/").status_code == 200


def test_who_may_export_has_a_selection_set_and_alone_gets_it(client, region, no_jobs):
    manager, other = make_person("manager", clusters=[region[0]]), make_person("viewer")
    client.force_login(manager)
    form = client.get(f"{PAGE}?kind=company").content.decode()
    assert "Setzen lassen" in form
    assert '<input type="hidden" name="kind" value="company">' in form
    assert client.post(PAGE, {"layer": "nothing"}).status_code == 422
    answer = client.post(PAGE, {"layer": "application-market", "area": "", "kind": "company"})
    atlas = Atlas.objects.asked_for().get()
    assert answer["Location"] == f"{PAGE}{atlas.uid}/"
    assert atlas.query == "layer=application-market&kind=company"
    assert client.post(PAGE, {}).status_code == 429
    waiting = client.get(f"{PAGE}{atlas.uid}/").content.decode()
    assert 'hx-trigger="every 2s"' in waiting
    assert client.get(f"{PAGE}{atlas.uid}.pdf").status_code == 404
    own_atlases.produce(atlas, choose=chosen)
    part = client.get(f"{PAGE}{atlas.uid}/", headers={"HX-Request": "true"}).content.decode()
    assert "hx-trigger" not in part
    assert f'href="{PAGE}{atlas.uid}.pdf"' in part
    assert client.get(f"{PAGE}{atlas.uid}.pdf").getvalue() == b"%PDF-"
    client.force_login(other)
    for address in (f"{PAGE}{atlas.uid}/", f"{PAGE}{atlas.uid}.pdf"):
        assert client.get(address).status_code == 404
    client.logout()
    assert client.get(f"{PAGE}{atlas.uid}.pdf").status_code == 302


def test_a_profile_and_a_contribution_as_pdf(client, region, monkeypatch):
    _cluster, institute, _company = region
    file = client.get(f"/de/akteure/{institute.slug}/profil.pdf")
    assert (file.status_code, file["Content-Type"], file["X-Robots-Tag"]) == (
        200,
        "application/pdf",
        "noindex",
    )
    assert structure_of(file.content).title == str(institute)
    assert (
        f'href="/de/akteure/{institute.slug}/profil.pdf"'
        in client.get(institute.get_absolute_url()).content.decode()
    )
    assert client.get("/de/akteure/entwurf-ag/profil.pdf").status_code == 404
    made, hidden = (
        make_contribution("Neues Labor", lead_de="Kurz."),
        make_contribution("Geheim", state="draft"),
    )
    assert structure_of(client.get(f"/de/dokumente/{made.slug}.pdf").content).title == "Neues Labor"
    assert client.get(f"/de/dokumente/{hidden.slug}.pdf").status_code == 404

    def refuse(*_args, **_options):
        raise CannotSet("no")

    monkeypatch.setattr(documents, "make", refuse)
    assert client.get(f"/de/akteure/{institute.slug}/profil.pdf").status_code == 500
