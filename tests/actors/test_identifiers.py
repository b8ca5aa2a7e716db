"""Identifiers have one spelling, however people write them."""

import pytest
from django.core.exceptions import ValidationError

from actors.validators import clean_identifier

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
