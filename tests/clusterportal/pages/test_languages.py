"""Names and texts that stand in another language than their page say so."""

import re

import pytest

from actors.models import ActorAlias, ActorRelation, ActorTopic, Service, Topic
from tests.factories import make_actor
from tests.markup import markup_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def institute():
    actor = make_actor("Institut für Werkzeuge", short_name="IfW", summary_de="Wir prüfen.", country="DE")
    ActorAlias.objects.create(actor=actor, name="Institute for Tools", kind="translated", language="en")
    return actor


def page(client, address: str) -> str:
    return markup_of(client.get(address))


def second_lines(text: str) -> list[tuple[str, str]]:
    return re.findall(r'<p class="(?:full small|lede)"([^>]*)>(.*?)</p>', text)


def test_a_name_is_shown_in_the_language_of_the_page_where_the_registry_knows_it(client, institute):
    make_actor("Werkbank", country="DE")
    english, german = page(client, "/en/actors/"), page(client, "/de/akteure/")
    assert second_lines(english) == [("", "Institute for Tools")]
    assert second_lines(german) == [("", "Institut für Werkzeuge")]
    assert second_lines(page(client, "/en/actors/institut-fuer-werkzeuge/")) == [("", "Institute for Tools")]


def test_what_no_translation_names_says_its_language(client, institute):
    institute.aliases.all().delete()
    english = page(client, "/en/actors/")
    assert '<a href="/en/actors/institut-fuer-werkzeuge/" lang="de">IfW</a>' in english
    assert second_lines(english) == [(' lang="de"', "Institut für Werkzeuge")]
    assert '<p class="text" lang="de">Wir prüfen.</p>' in english
    assert 'lang="de"' not in page(client, "/de/akteure/").partition("<main")[2].partition("</main>")[0]


@pytest.mark.parametrize(
    ("country", "language", "attribute"),
    [
        ("DE", "en", ' lang="de"'),
        ("GB", "de", ' lang="en"'),
        ("US", "en", ""),
        ("CH", "en", ""),
        ("FR", "de", ' lang="fr"'),
    ],
)
def test_organisations_are_named_in_the_language_of_their_country(client, country, language, attribute):
    actor = make_actor("Organ", country=country)
    text = page(client, {"de": "/de/akteure/", "en": "/en/actors/"}[language] + f"{actor.slug}/")
    assert f"<h1{attribute}>Organ</h1>" in text


def test_everything_on_a_profile_that_lacks_a_translation(client, institute):
    topic = Topic.objects.create(slug="tools", name_de="Werkzeugbau")
    ActorTopic.objects.create(actor=institute, topic=topic)
    Service.objects.create(actor=institute, title_de="Prüfung", title_en="Test", description_de="Sorgfältig.")
    ActorRelation.objects.create(
        source=institute, target=make_actor("Verein"), kind="cooperation", note_de="Seit je"
    )
    text = page(client, "/en/actors/institut-fuer-werkzeuge/")
    for marked in (
        '<p class="lead" lang="de">Wir prüfen.</p>',
        '<a href="/en/actors/?topic=tools" lang="de">Werkzeugbau</a>',
        "<strong>Test</strong>",
        '<p class="small" lang="de">Sorgfältig.</p>',
        '<a href="/en/actors/verein/" lang="de">Verein</a>',
        '<span class="aux" lang="de">Seit je</span>',
    ):
        assert marked in text


def test_a_search_marks_within_and_says_by_which_name_it_found(client, institute):
    institute.description_de = "Unsere Drehbank dreht."
    institute.save()
    text = page(client, "/en/actors/?q=Drehbank")
    assert '<p class="text small" lang="de">Unsere <mark>Drehbank</mark> dreht.</p>' in text
    text = page(client, "/en/actors/?q=Werkzeuge")
    assert 'Registered name: <span lang="de">Institut für <mark>Werkzeuge</mark></span>' in text
    text = page(client, "/en/actors/?q=Tools")
    assert '<p class="full small">Institute for <mark>Tools</mark></p>' in text
    assert "Found by:" not in text
