"""Texts in easy language: four slots on one page, a sentence a line, and hints that never block."""

import re

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from clusterportal.pages.easy_language import hints
from clusterportal.pages.models import EASY_TITLES, TextPage
from tests.markup import markup_of


@pytest.mark.parametrize(
    ("text", "language", "rules"),
    [
        ("Das Portal ist ein Verzeichnis.\nSie finden Firmen.", "de", []),
        ("Eins ist da. Zwei ist auch da.", "de", ["satz je"]),
        ("Das sind eins zwei drei vier fünf sechs sieben acht neun zehn elf.", "de", ["13 Wörter"]),
        ("Die Adresse des Portals steht hier.", "de", ["Genitiv"]),
        ("Die Liste der Akteure ist lang.", "de", ["Genitiv"]),
        ("Fragen Sie den Mann, der Akteure kennt.", "de", []),
        ("Die Seite wird von uns geprüft.", "de", ["Passiv"]),
        ("Wir werden die Seite prüfen.", "de", []),
        ("Die Barrierefreiheitserklärung ist da.", "de", ["langes Wort"]),
        ("Die Barriere-Freiheits-Erklärung ist da.", "de", []),
        ("## Lesen Sie [hier](/de/eine/sehr/lange/adresse/wo-alles-steht/)", "de", []),
        ("The page is checked by us.", "en", ["Passiv"]),
        ("We check the page.", "en", []),
        ("Страница проверена.", "ru", []),
    ],
)
def test_rules_see_what_is_hard_to_read(text, language, rules):
    found = [hint.rule for hint in hints(text, language)]
    assert len(found) == len(rules)
    assert all(rule.lower() in one.lower() for rule, one in zip(rules, found, strict=True))


@pytest.mark.parametrize(
    "path", sorted((settings.BASE_DIR / "fixtures" / "pages").glob("easy-*.md")), ids=str
)
def test_the_texts_that_come_along_keep_the_rules(path):
    title, _break, body = path.read_text(encoding="utf-8").partition("\n")
    assert path.name.split(".")[0] in EASY_TITLES and title.startswith("# ")
    assert hints(body, path.name.split(".")[1]) == []


@pytest.mark.django_db
def test_the_page_holds_four_texts_and_keeps_their_lines(client):
    missing = markup_of(client.get(reverse("pages:easy-language")))
    assert missing.count("Dieser Text ist noch nicht geschrieben.") == 4
    text = TextPage.objects.create(
        slug="easy-content", title_de="Inhalt", body_de="Eins.\nZwei.\n\n## Drei\nVier."
    )
    page = markup_of(client.get(reverse("pages:easy-language")))
    assert re.findall(r'<section class="sec" id="([\w-]+)"', page) == [*EASY_TITLES]
    assert re.search(r"<p>Eins\.<br ?/?>\s*Zwei\.</p>\s*<h3>Drei</h3>\s*<p>Vier\.</p>", page)
    assert text.get_absolute_url() == "/de/leichte-sprache/#easy-content"
    with override("en"):
        english = markup_of(client.get(reverse("pages:easy-language")))
    assert '<h2 id="h-easy-content" lang="de">Inhalt</h2>' in english
    first = re.search(r'<footer.*?<a href="([^"]+)"', markup_of(client.get(reverse("pages:home"))), re.S)
    assert first[1] == "/de/leichte-sprache/"  # first in the footer, and on the start page itself
    assert markup_of(client.get(reverse("pages:home"))).count('href="/de/leichte-sprache/"') == 2


@pytest.mark.django_db
def test_an_editor_reads_hints_and_saves_all_the_same(admin_client):
    text = TextPage.objects.create(slug="easy-more", title_de="Mehr", body_de="Kurz.")
    address = reverse("admin:pages_textpage_change", args=[text.pk])
    assert "Die Regeln finden nichts." in markup_of(admin_client.get(address))
    form = {
        "title_de": "Mehr",
        "title_en": "",
        "body_de": "Die Liste der Akteure wird gezeigt.",
        "body_en": "",
    }
    saved = admin_client.post(address, form | {"_continue": "1"}, follow=True)
    page = markup_of(saved)
    text.refresh_from_db()
    assert text.body_de == "Die Liste der Akteure wird gezeigt."
    assert "2 Hinweise zur Leichten Sprache" in page and "de 1: <q>Liste der Akteure</q>" in page
    plain = TextPage.objects.create(slug="imprint", title_de="Impressum", body_de="Die Liste der Akteure.")
    other = markup_of(admin_client.get(reverse("admin:pages_textpage_change", args=[plain.pk])))
    assert "Leichte Sprache" not in other.partition("<main")[2]
