"""What a value most probably stands for."""

import pytest

from actors.columns.vocabulary import Vocabulary
from actors.models import Topic
from clusterportal.intake.value_guesses import guesses

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Firma", "company"), ("GmbH", "company"), ("KMU", "company"), ("Institut", "research_institute"),
        ("Forschungsinstitut", "research_institute"), ("Behörde", "public_body"), ("Verein", "association"),
        ("Forschungsverbund", "association"), ("Klinik", "hospital"), ("Sonstiges", "other"),
        ("Archiv", "other"), ("FH", "university"), ("Hochschule", "university"), ("Berufsschule", "education"),
        ("IHK", "chamber"), ("Start-Up", "startup"), ("Ausgründung", "startup"), ("Hersteller", "manufacturer"),
        ("Zulieferer", "supplier"), ("Ingenieurbüro", "service_provider"), ("university", "university"),
    ],
)  # fmt: skip
def test_words_for_kinds(text, kind):
    likely, is_likely = guesses("kind", text, Vocabulary())
    assert (likely[0], is_likely) == (kind, True)


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("5", "micro"), ("1-9", "micro"), ("10 - 49", "small"), ("49", "small"), ("120 Mitarbeiter", "medium"),
        (">250", "large"), ("1.200", "large"), ("mehr als 50", "medium"), ("klein", "small"), ("XS", "micro"),
    ],
)  # fmt: skip
def test_numbers_of_staff(text, size):
    assert guesses("size", text, Vocabulary()) == ([size, *guesses("size", text, Vocabulary())[0][1:]], True)


@pytest.mark.parametrize(
    ("text", "slug", "is_likely"),
    [
        ("Markt", "application-market", True),
        ("Systemintegration", "integration-services", True),
        ("Grundlagenforschng", "basic-research", True),
    ],
)
def test_layers(chain, text, slug, is_likely):
    likely, said = guesses("layers", text, Vocabulary())
    assert (likely[0], said) == (slug, is_likely)


def test_initials_near_spellings_and_nothing(db):
    Topic.objects.create(slug="ai", name_de="Künstliche Intelligenz")
    Topic.objects.create(slug="photonics", name_de="Photonik")
    assert guesses("topics", "KI", Vocabulary()) == (["ai"], True)
    assert guesses("topics", "Fotonik", Vocabulary()) == (["photonics"], True)
    assert guesses("topics", "Weinbau", Vocabulary()) == ([], False)


def test_countries():
    assert guesses("country", "Deutschlnd", Vocabulary())[0][0] == "DE"
