"""Contributions are found by the site's search: documents that follow every write, suggestions by headlines."""

import pytest
from django.utils import timezone

from clusterportal.newsroom.models import Contribution, ContributionDocument
from tests.factories import make_actor, make_contribution

pytestmark = pytest.mark.django_db
API = "/api/v1/suggest/"


def found(text: str) -> list[str]:
    return [one.title_de for one in Contribution.objects.matching(text).best_first(text)]


def test_documents_follow_every_write_and_weigh_headlines_most():
    first = make_contribution("Alles Mögliche", body_de="Auch Wasserstofftechnik kommt vor.")
    second = make_contribution("Wasserstoff für Müller", year=2020)
    make_contribution("Treffen", kind="event", place="Mühlhausen", lead_en="About hydrogen")
    assert found("Wasserstoff") == ["Wasserstoff für Müller", "Alles Mögliche"]
    asked = ("technik", "mueller", "muhlhausen", "hydrogen", '"Wasserstoff für" -hydrogen', "nirgends")
    assert [found(text) for text in asked] == [
        ["Alles Mögliche"],
        ["Wasserstoff für Müller"],
        ["Treffen"],
        ["Treffen"],
        ["Wasserstoff für Müller"],
        [],
    ]
    Contribution.objects.filter(pk=second.pk).update(title_de="Ganz anders")
    assert found("Wasserstoff") == ["Alles Mögliche"]
    first.delete()
    assert ContributionDocument.objects.count() == 2


def test_names_of_public_actors_find_what_concerns_them():
    public = make_actor("Muster Photonik")
    hidden = make_actor("Muster Geheimnis", state="draft")
    make_contribution("Neues Labor", actors=[public, hidden])
    make_contribution("Tag", kind="event", organiser=public)
    assert sorted(found("muster photonik")) == ["Neues Labor", "Tag"]
    assert found("Geheimnis") == []
    assert not Contribution.objects.matching("photonik", in_headlines=True).exists()


def test_misspelt_words_find_what_may_be_meant_where_nothing_is_spelt_so(client, chain):
    make_contribution("Wasserstoff für Müller")
    make_contribution("Ganz anders", body_de="Photovoltaik")
    make_actor("Photovoltaik GmbH")  # a word in use
    nearly = Contribution.objects.nearly_matching
    for text, title in (("Wassertsoff", "Wasserstoff für Müller"), ("Photovoltiak", "Ganz anders")):
        assert [one.title_de for one in nearly(text)] == [title]
        for page in ("/de/aktuelles/", "/de/akteure/"):
            shown = client.get(page, {"q": text}).content.decode()
            assert title in shown and "Genau so geschrieben ist nichts" in shown
    assert not nearly('"Wassertsoff"').exists() and not nearly("Quantencomputer").exists()
    assert "Genau so geschrieben" not in client.get("/de/aktuelles/?q=Müller").content.decode()


def test_the_longest_texts_have_a_document():
    """Words without end would burst what PostgreSQL takes for one document."""
    words = " ".join(f"{number:05d}{'ä' * 50}" for number in range(700))[:40_000]
    made = make_contribution("Lang", body_de=words, body_en=words[::-1])
    assert ContributionDocument.objects.filter(contribution=made).exists()


def test_suggestions_are_headlines_of_what_everybody_sees(client):
    news = make_contribution("Labor für Wasserstoff eröffnet", title_en="Laboratory opened", lead_de="Gas")
    Contribution.objects.filter(pk=news.pk).update(date="2020-01-01")
    make_contribution("Wasserstofftag", kind="event", cancelled_at=timezone.now())
    make_contribution("Wasserstoff im Entwurf", state="draft")
    host = "http://testserver"
    event, news = client.get(API, {"q": "wasserstoff", "lang": "en"}).json()["results"]
    assert news == {
        "kind": "contribution",
        "label": "Laboratory opened",
        "url": f"{host}/en/news/labor-fuer-wasserstoff-eroeffnet/",
        "api_url": f"{host}/api/v1/news/labor-fuer-wasserstoff-eroeffnet/",
        "value": "labor-fuer-wasserstoff-eroeffnet",
        "found_by": None,
    }
    assert (event["label"], event["url"]) == (
        "Cancelled: Wasserstofftag", f"{host}/en/events/wasserstofftag/",
    )  # fmt: skip
    every = client.get(API, {"q": "wasserstoff", "lang": "*"}).json()["results"]
    assert every[1]["label"] == {"de": "Labor für Wasserstoff eröffnet", "en": "Laboratory opened"}
    assert client.get(API, {"q": "gas"}).json()["results"] == []
