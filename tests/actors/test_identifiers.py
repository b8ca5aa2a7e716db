"""Identifiers have one spelling, however people write them; what was stored before is converted."""

from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError

from actors.models import Identifier
from actors.validators import clean_identifier
from tests.factories import make_actor

KL = "Kaiserslautern HRB 2300"


@pytest.mark.parametrize(
    ("scheme", "written", "value"),
    [
        *(("register", text, KL) for text in (
            KL, "Amtsgericht Kaiserslautern, HRB 2300", "AG Kaiserslautern HRB 2300", "HRB 2300 Kaiserslautern",
            "kaiserslautern hrb 2300", "KAISERSLAUTERN HRB2300", "HRB 2300 AG Kaiserslautern",
            "HRB-Nr. 2300, Kaiserslautern",
            "HRB 2300 (Amtsgericht Kaiserslautern)", "Registergericht: Kaiserslautern, Registernummer: HRB 2300",
            "Handelsregister B des Amtsgerichts Kaiserslautern HRB 2300", "Kaiserslautern\u00a0HRB 02.300",
        )),
        ("register", "AG FRANKFURT AM MAIN, HRB 12.345", "Frankfurt am Main HRB 12345"),
        ("register", "Amtsgericht Frankfurt (Oder) VR 5", "Frankfurt (Oder) VR 5"),
        ("register", "HRB 123456 B, Amtsgericht Charlottenburg", "Berlin (Charlottenburg) HRB 123456 B"),
        ("register", "gnr 12 Leipzig", "Leipzig GnR 12"),
        *(("ror", text, "019hjw009") for text in (
            "019hjw009", "http://ror.org/019hjw009", "HTTPS://ROR.ORG/019HJW009", "ror.org/019hjw009/",
        )),
        *(("wikidata", text, "Q565533") for text in (
            "q565533", "https://www.wikidata.org/wiki/Q565533#sitelinks", "http://www.wikidata.org/entity/Q565533",
        )),
        *(("vat", text, "DE136695976") for text in ("DE 136 695 976", "de136.695.976", "USt-IdNr.: DE136695976")),
    ],
)  # fmt: skip
def test_one_spelling(scheme, written, value):
    assert clean_identifier(scheme, written) == value
    assert clean_identifier(scheme, value) == value


@pytest.mark.parametrize(
    ("written", "word"),
    [
        ("HRB 2300", "Gericht"), ("hrb 2300", "Gericht"), ("Amtsgericht HRB 2300", "Gericht"),
        ("Kaiserslautern HRB", "Registereintrag"), ("Kaiserslautern 2300", "Registereintrag"),
        ("Leipzig HRA 1 / HRB 2", "mehrere"),
    ],
)  # fmt: skip
def test_what_is_no_register_entry_is_refused_in_words(written, word):
    with pytest.raises(ValidationError, match=word):
        clean_identifier("register", written)


@pytest.mark.django_db
def test_what_was_stored_before_is_converted_and_nothing_is_lost(capsys):
    one, other = make_actor("Alpha Werke"), make_actor("Beta Zentrum")
    for actor, value in (
        (one, "AG Leipzig HRB 1"),
        (one, "Amtsgericht Mainz, HRB 2"), (one, "Mainz HRB 2"),
        (one, "Amtsgericht Köln HRB 3"), (other, "Köln HRB 3"),
        (other, "unlesbar"),
    ):  # fmt: skip
        Identifier.objects.create(actor=actor, scheme="register", value=value)
    import_module("actors.migrations.0020_identifiers_in_one_spelling").convert(apps, None)
    assert set(Identifier.objects.values_list("actor__name", "value")) == {
        ("Alpha Werke", "Leipzig HRB 1"), ("Alpha Werke", "Mainz HRB 2"), ("Alpha Werke", "Amtsgericht Köln HRB 3"),
        ("Beta Zentrum", "Köln HRB 3"), ("Beta Zentrum", "unlesbar"),
    }  # fmt: skip
    said = capsys.readouterr().out
    assert "Alpha Werke" in said and "Beta Zentrum" in said and "Köln HRB 3" in said
