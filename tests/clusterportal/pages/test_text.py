"""Texts of the managers: shown under a fixed address, said to be missing where nobody has written them."""

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils.translation import override

from clusterportal.history.processing import terms
from clusterportal.pages.markdown import TextSection, text_sections
from clusterportal.pages.models import TextPage
from tests.markup import markup_of

pytestmark = pytest.mark.django_db

NAMES = ["cluster-model", "imprint", "privacy", "accessibility"]


def get_text(client, name):
    return client.get(reverse(f"pages:{name}"))


@pytest.mark.parametrize("name", NAMES)
def test_a_missing_text_is_a_page_that_says_so(client, name):
    response = get_text(client, name)
    assert response.status_code == 200
    assert markup_of(response).count("<h1>") == 1
    assert 'class="void"' in markup_of(response)
    assert b"/admin/" not in response.content


@pytest.mark.parametrize("name", NAMES)
def test_text_in_both_languages(client, name):
    TextPage.objects.create(
        slug=name,
        title_de="Titel",
        title_en="Title",
        body_de="Vorweg.\n\n## Teil\n\nEin *Satz*.",
        body_en="Sentence.",
    )
    german = markup_of(get_text(client, name))
    with override("en"):
        english = markup_of(get_text(client, name))
    assert "<h1>Titel</h1>" in german
    assert "<p>Vorweg.</p>" in german
    assert "<h2>Teil</h2>" in german
    assert "<p>Ein <em>Satz</em>.</p>" in german
    assert "<h1>Title</h1>" in english
    assert "<p>Sentence.</p>" in english


def test_a_text_cannot_bring_scripts(client):
    TextPage.objects.create(
        slug="imprint", title_de="<b>T</b>", body_de="<script>alert(1)</script>\n\n## <img src=x>"
    )
    page = markup_of(get_text(client, "imprint")).split("<main")[1]
    assert "<script" not in page
    assert "<img" not in page
    assert "<b>" not in page


def test_the_model_shows_the_chain(client, chain):
    page = markup_of(get_text(client, "cluster-model"))
    links = [reverse("layers:layer-detail", args=[layer.slug]) for layer in chain]
    assert [link for link in links if f'<a href="{link}">' in page] == links


def test_staff_who_may_find_the_way_to_edit(client, chain):
    text = TextPage.objects.create(slug="imprint", title_de="Impressum", body_de="Wir.")
    client.force_login(get_user_model().objects.create_superuser("chef", "chef@example.org", "x"))
    assert f"/admin/pages/textpage/{text.pk}/change/" in get_text(client, "imprint").content.decode()
    assert "/admin/pages/textpage/add/" in get_text(client, "privacy").content.decode()
    client.force_login(get_user_model().objects.create_user("gast", is_staff=True))
    assert "/admin/" not in get_text(client, "imprint").content.decode()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("Nur Text.", [("", "Nur Text.")]),
        ("Vorweg.\n## Eins\nA\n\nB\n## Zwei ##\nC", [("", "Vorweg."), ("Eins", "A\n\nB"), ("Zwei", "C")]),
        ("### Tiefer\nA", [("", "### Tiefer\nA")]),
        ("## Code\n```\n## keine\n```\nZ", [("Code", "```\n## keine\n```\nZ")]),
        ("## Offen\n```\n## keine", [("Offen", "```\n## keine")]),
        ("## Leer", [("Leer", "")]),
    ],
)
def test_a_text_is_cut_at_its_headings(text, expected):
    assert text_sections(text) == [TextSection(title, body) for title, body in expected]


@pytest.mark.parametrize(
    ("body", "is_unfinished"),
    [
        ("Betreiber: [Name]", True),
        ("Nach [Anzahl] Tagen", True),
        ("[Karte](https://example.org)", False),
        ("Fertig.", False),
    ],
)
def test_a_text_with_gaps_warns_and_stays_out_of_search_engines(client, body, is_unfinished):
    TextPage.objects.create(slug="imprint", title_de="Impressum", body_de=body)
    page = markup_of(get_text(client, "imprint"))
    assert ('<meta name="robots" content="noindex">' in page) is is_unfinished
    assert ("eckigen Klammern" in page) is is_unfinished


def test_the_privacy_page_says_what_is_erased_when(client):
    """From the program, not from the text: in both languages, and nowhere else."""
    for language, kept in (("de", "30 Tage nach der Bestätigung"), ("en", "30 days after the confirmation")):
        with override(language):
            page = get_text(client, "privacy")
        assert len(page.context["terms"]) == len(terms()) > 25
        assert kept in markup_of(page)
    assert get_text(client, "imprint").context["terms"] == []
