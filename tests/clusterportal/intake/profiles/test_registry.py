"""Which column a heading means under the registry's own profile."""

import pytest
from django.conf import settings
from django.utils.translation import override

from actors.columns.fields import FIELDS
from actors.models import Actor
from clusterportal.intake.profiles import profile, registry


@pytest.mark.parametrize("reader", ["de", "en"])
def test_labels_of_fields_are_known_in_every_language(reader):
    """Whatever the language of the person who imports first: a German table is read in an English portal, too."""
    registry._registry_headers.cache_clear()
    one_of_several = {*registry.IN_ANY_LANGUAGE["summary"], *registry.IN_ANY_LANGUAGE["description"]}
    columns = {column: name for column, name in FIELDS.items() if column not in one_of_several}
    with override(reader):
        column_of = profile("registry").column_of
        for language, _name in settings.LANGUAGES:
            with override(language):
                labels = {
                    str(Actor._meta.get_field(name).verbose_name): column for column, name in columns.items()
                }
            # People write a whole postal address under what the slug is called.
            labels |= {label: "address" for label in ("Adresse", "address") if label in labels}
            assert {label: column_of(label) for label in labels} == labels


@pytest.mark.parametrize(
    "heading",
    ["Straße und Hausnummer", "STRASSE UND HAUSNUMMER", "Strasse_und_Hausnummer", "straße-und-hausnummer (2)",
     "StraßeUndHausnummer", " Straße und  Hausnummer: *", "Stra\u00dfe\u00a0und Hausnummer"],
)  # fmt: skip
def test_the_spelling_of_a_heading_does_not_matter(heading):
    assert profile("registry").column_of(heading) == "street"


@pytest.mark.parametrize("heading", ["", " ", "?", "Straße oder Platz", "Hausmeister", "Нет"])
def test_what_is_no_heading_of_the_registry_means_no_column(heading):
    assert profile("registry").column_of(heading) is None
