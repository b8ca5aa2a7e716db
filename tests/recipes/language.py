"""A language of the content, and of a part of the interface: Russian as the third one."""

import re
import time
from xml.etree import ElementTree

import pytest
from django.core import signing
from django.core.management import call_command
from django.urls import reverse
from django.utils.translation import override

from actors.models import Actor
from actors.search.engine import search
from clusterportal.intake.applying import apply_plan
from clusterportal.intake.planning import make_plan
from clusterportal.intake.profiles import profile
from clusterportal.newsletters.models import Declaration, MailingList
from clusterportal.review.domain.proposing import Proposer, propose
from tests.factories import make_actor, make_area, make_chain, make_cluster

EDITS = []
ENVIRONMENT = {"LANGUAGES": "de,en,ru"}
TESTS = ["tests/actors/test_every_field.py::test_every_column_has_one_place_on_the_mapping_page"]
pytestmark = pytest.mark.django_db


def page_in(code: str, client, name: str, *args, **query) -> str:
    with override(code):
        return client.get(reverse(name, args=args), query).content.decode()


def test_a_table_brings_it_the_api_says_it_and_the_search_finds_it(client):
    row = {
        "name": "Muster",
        "kind": "company",
        "summary_ru": "Делает машины",
        "publication": "published",
    }
    plan = make_plan([(2, row)], profile=profile("registry"))
    assert plan.problems == []
    apply_plan(plan)
    actor = Actor.objects.get()
    assert list(search("машины").keys) == [actor.pk]
    api = f"/api/v1/actors/{actor.slug}/"
    assert client.get(api, {"lang": "ru"}).json()["summary"] == "Делает машины"
    assert client.get(api, {"lang": "*"}).json()["summary"] == {
        "de": None, "en": None, "ru": "Делает машины",
    }  # fmt: skip


def test_curators_and_visitors_write_it(admin_client, client):
    actor = make_actor("Muster")
    page = admin_client.get(reverse("admin:actors_actor_change", args=[actor.pk])).content.decode()
    assert all(
        f'name="{name}_{code}"' in page for name in ("summary", "description") for code in ("de", "en", "ru")
    )
    assert 'name="facts-summary_ru"' in client.get(reverse("pages:propose")).content.decode()


def test_pages_have_an_address_in_it_and_name_each_other(client):
    actor = make_actor("Muster", summary_ru="Делает машины")
    page = page_in("ru", client, "actors:actor-detail", actor.slug)
    assert '<html lang="ru"' in page and "Делает машины" in page
    assert [*re.findall(r'hreflang="([\w-]+)" href="http://testserver(/\w\w/)', page)] == [
        ("de", "/de/"), ("en", "/en/"), ("ru", "/ru/"), ("x-default", "/de/"),
    ]  # fmt: skip
    assert 'hreflang="ru" lang="ru">' in page_in("de", client, "actors:actor-detail", actor.slug)
    assert client.get("/", headers={"accept-language": "ru-RU,ru;q=0.9"}).url == "/ru/"
    sitemap = ElementTree.fromstring(client.get("/sitemap-actors.xml").content)
    assert [url[0].text.split("/")[3] for url in sitemap] == ["de", "en", "ru"]


def test_navigation_and_model_are_russian_and_english_words_say_so(client):
    make_chain()
    call_command("load_registry", "fixtures/ru", tables=["layers"])
    cluster = make_cluster("it", name_de="IT", claim_de="Nah beieinander")
    for number in range(5):
        make_actor(
            f"Firma {number}", layers=[1, 3], areas=[] if number else [make_area()], clusters=[cluster]
        )
    home = page_in("ru", client, "pages:home")
    for words in ("Участники", "Фундаментальные исследования", "Перейти к содержанию", "Простой язык"):
        assert words in home
    directory = page_in("ru", client, "actors:actor-list")
    assert (
        "<title>Участники – Clusterregister</title>" in directory
        and "<span>5</span> результатов" in directory
    )
    assert "<span>1</span> результат" in page_in("ru", client, "actors:actor-list", area="health-medtech")
    asked = page_in("ru", client, "pages:enquiry")  # a page of which only the frame is Russian
    assert '<span lang="en">Send enquiry</span>' in asked and "Anfrage" not in asked
    assert "программ чтения с экрана" in asked and "программ чтения" not in page_in(
        "de", client, "pages:home"
    )
    for page in (home, directory, asked):
        assert not {"\ue000", "\ue001"} & {*page}
        assert not re.search(r"<[^>]*<span|<title>[^<]*<span", page)


def test_texts_that_are_not_there_say_their_language_and_are_not_replaced(client):
    actor = make_actor(
        "Muster", summary_de="Baut Maschinen.", summary_en="Builds machines.", verified_on="2026-03-05"
    )
    page = page_in("ru", client, "actors:actor-detail", actor.slug)
    assert re.search(r'<p class="lead" lang="(de|en)">', page)
    assert "5 марта 2026" in page
    assert client.get(f"/api/v1/actors/{actor.slug}/", {"lang": "*"}).json()["summary"]["ru"] is None


def test_what_is_no_page_holds_no_marks(client):
    make_actor("Muster")
    answer = client.get("/ru/actors/export.csv")
    assert answer.status_code == 200 and "\ue000" not in answer.getvalue().decode()
    with override("ru"):
        propose(kind="new", by=Proposer("a@example.org", language="ru"), wanted={"name": "Neu"})
    assert client.get("/api/v1/layers/", {"lang": "ru"}).status_code == 200
    with override("ru"):
        paper = client.get(reverse("actors:actor-pdf", args=["muster"]))
    assert (paper.status_code, paper.content[:5]) == (200, b"%PDF-")
    MailingList.objects.create(slug="ru", name="Новости", language="ru")
    asked = {
        "news-email": "a@example.org",
        "news-newsletters": ["portal"],
        "news-language": "ru",
        "news-form": "html",
    }
    opened = signing.dumps({"at": time.time() - 10, "base": {}}, salt="pages.forms.opened", compress=True)
    with override("ru"):
        client.post(reverse("pages:newsletter"), asked | {"opened": opened, "news-consent": "on"})
    assert Declaration.objects.get().text.startswith("I want to receive")  # the proof holds what was read
