"""The glossary: words under anchors that stay, for people and as linked data."""

import json
import re
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils.translation import override

from clusterportal.pages.models import GlossaryEntry
from clusterportal.pages.words import LINKED
from tests.factories import make_actor, make_area
from tests.markup import markup_of

pytestmark = pytest.mark.django_db
TEXTS = settings.BASE_DIR / "fixtures" / "pages"


def anchors(page: str) -> list[str]:
    return re.findall(r'<div id="([\w-]+)">\s*<dt>', page)


def test_words_stand_in_the_order_of_the_language_and_those_that_pages_link_are_there(client):
    empty = markup_of(client.get(reverse("pages:glossary")))
    assert "Noch ist kein Wort erklärt." in empty and "application/ld+json" not in empty
    GlossaryEntry.objects.create(
        slug="gap", term_de="Lücke", term_en="Gap", definition_de="Eine **leere** Zelle."
    )
    GlossaryEntry.objects.create(slug="zebra", term_de="Äpfel", term_en="Zebra")
    german = markup_of(client.get(reverse("pages:glossary")))
    with override("en"):
        english = markup_of(client.get(reverse("pages:glossary")))
    assert anchors(german)[:4] == ["action-plan", "application-area", "zebra", "admission"]  # Äpfel, Aufnahme
    assert set(anchors(german)) == set(anchors(english)) == {*LINKED, "zebra"}
    assert anchors(english)[-1] == "zebra"
    assert "<p>Eine <strong>leere</strong> Zelle.</p>" in german
    assert '<dd class="prose" lang="de">' in english  # what is not translated says so
    data = json.loads(re.search(r'ld\+json">(.*?)</script>', english)[1])
    page = "http://testserver/en/glossary/"
    assert data["@type"] == "DefinedTermSet" and data["inLanguage"] == "en"
    assert data["hasDefinedTerm"][0] == {
        "@type": "DefinedTerm", "@id": f"{page}#gap", "url": f"{page}#gap", "termCode": "gap", "name": "Gap",
        "description": {"@value": "Eine leere Zelle.", "@language": "de"}, "inDefinedTermSet": page,
    }  # fmt: skip


def test_the_words_that_come_along_explain_all_that_pages_link_and_stay_as_managers_made_them(client, chain):
    GlossaryEntry.objects.create(slug="gap", term_de="Loch")
    call_command("load_texts", TEXTS, stdout=StringIO())
    call_command("load_texts", TEXTS, stdout=StringIO())
    assert {*LINKED} <= {*GlossaryEntry.objects.values_list("slug", flat=True)}
    assert GlossaryEntry.objects.get(slug="gap").term_de == "Loch"
    assert not GlossaryEntry.objects.exclude(slug="gap").filter(definition_en="").exists()
    make_actor(layers=[1], areas=[make_area()])
    for name in ("pages:home", "pages:network", "layers:layer-list", "pages:cluster-model", "pages:join"):
        linked = re.findall(r'href="/de/glossar/#([\w-]+)"', markup_of(client.get(reverse(name))))
        assert linked and {*linked} <= {*LINKED}


def test_a_table_of_words_without_an_anchor_is_refused(tmp_path):
    (tmp_path / "glossary.csv").write_text("slug,term_de\n,Wort\n", encoding="utf-8")
    with pytest.raises(CommandError, match="ohne Slug"):
        call_command("load_texts", tmp_path, stdout=StringIO())


def test_administrators_edit_it_from_the_page(admin_client, client):
    entry = GlossaryEntry.objects.create(slug="gap", term_de="Lücke")
    assert "/admin/pages/glossaryentry/" in markup_of(admin_client.get(reverse("pages:glossary")))
    form = markup_of(admin_client.get(reverse("admin:pages_glossaryentry_change", args=[entry.pk])))
    assert 'name="term_en"' in form and 'name="slug"' not in form  # pages link to it
