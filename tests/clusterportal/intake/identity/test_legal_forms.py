"""One list of legal forms: recognised in every spelling, left out where names are compared."""

import pytest

from actors.enums import LegalForm
from clusterportal.intake.identity.legal_forms import FORMS, legal_form_at_end, legal_form_called
from clusterportal.intake.identity.names import (
    name_key,
)

SPELLINGS = {
    LegalForm.GMBH: "GmbH|gmbh|GMBH|G.m.b.H.|G. m. b. H.|G m b H|mbH|m.b.H.|Gesellschaft mbH|Gesellschaft m.b.H.|"
    "Gesellschaft mit beschränkter Haftung|Ges.m.b.H.|GesmbH|GmbH i. L.|GmbH i.L.|GmbH in Liquidation|GmbH i. G.|"
    "GmbH in Gründung|GmbH, i.L.",
    LegalForm.GGMBH: "gGmbH|g.GmbH|gemeinnützige GmbH|gemeinnützige Gesellschaft mbH",
    LegalForm.UG: "UG|U.G.|UG (haftungsbeschränkt)|Unternehmergesellschaft (haftungsbeschränkt)",
    LegalForm.AG: "AG|A.G.|A G|Aktiengesellschaft|AG i.L.",
    LegalForm.SE: "SE|S.E.|Societas Europaea",
    LegalForm.KG: "KG|K.G.|Kommanditgesellschaft|GmbH & Co. KG|GmbH & Co KG|GmbH und Co. KG|G.m.b.H. & Co. K.G.|"
    "Gesellschaft mbH & Co. KG|UG (haftungsbeschränkt) & Co. KG|AG & Co. KG",
    LegalForm.KGAA: "KGaA|K.G.a.A.|GmbH & Co. KGaA|Kommanditgesellschaft auf Aktien|SE & Co. KGaA",
    LegalForm.OHG: "OHG|oHG|O.H.G.|offene Handelsgesellschaft",
    LegalForm.GBR: "GbR|G.b.R.|Gesellschaft bürgerlichen Rechts|eGbR",
    LegalForm.PARTG: "PartG|Partnerschaftsgesellschaft",
    LegalForm.PARTG_MBB: "PartG mbB|PartGmbB|PartG (mbB)|Partnerschaftsgesellschaft mbB|Partnerschaft mbB",
    LegalForm.SOLE: "e. K.|e.K.|eK|e.Kfm.|e. Kfr.|eingetragener Kaufmann|eingetragene Kauffrau",
    LegalForm.EG: "eG|e.G.|e. G.|eingetragene Genossenschaft",
    LegalForm.EV: "e. V.|e.V.|eV|E.V.|e V|eingetragener Verein",
    LegalForm.VVAG: "VVaG|V.V.a.G.|Versicherungsverein auf Gegenseitigkeit",
    LegalForm.AOR: "AöR|A.ö.R.|Anstalt des öffentlichen Rechts|Anstalt öffentlichen Rechts",
    LegalForm.KDOR: "KdöR|K.d.ö.R.|Körperschaft des öffentlichen Rechts",
    LegalForm.FOUNDATION: "Stiftung des bürgerlichen Rechts|rechtsfähige Stiftung bürgerlichen Rechts",
    LegalForm.PUBLIC_FOUNDATION: "Stiftung des öffentlichen Rechts|Stiftung öffentlichen Rechts",
}


@pytest.mark.parametrize(
    ("form", "spelt"), [(form, spelt) for form, texts in SPELLINGS.items() for spelt in texts.split("|")]
)
@pytest.mark.parametrize("between", [" ", ", "])
def test_a_legal_form_is_one_in_every_spelling(form, spelt, between):
    name = f"BC21 Kranbau{between}{spelt}"
    assert (name_key(name), legal_form_at_end(name)) == ("bc21 kranbau", form.value)
    assert legal_form_at_end(name.upper().replace("ß", "SS")) == form.value


FROM_ABROAD = (
    "Ltd.|Limited|Inc.|LLC|L.L.C.|S.A.|SA|S.à r.l.|SARL|B.V.|BV|N.V.|SAS|S.p.A.|SpA|S.r.l.|s.r.o.|Oy|AB|ApS|A/S|AS|"
    "Sp. z o.o.|Co., Ltd.|Pty Ltd|Corp.|PLC"
)


@pytest.mark.parametrize("spelt", FROM_ABROAD.split("|"))
def test_forms_from_abroad_are_compared_and_not_stored(spelt):
    assert (name_key(f"Alpha Maison {spelt}"), legal_form_at_end(f"Alpha Maison {spelt}")) == (
        "alpha maison",
        "",
    )


@pytest.mark.parametrize("name", ["AG Zukunft", "GmbH", "Verein für Technik", "Co-Working Mitte", "SE"])
def test_a_word_is_no_legal_form_where_it_is_the_name(name):
    assert legal_form_at_end(name) == ""
    assert name_key(name) == " ".join(name_key(name).split()) != ""


def test_every_stored_form_is_recognised():
    assert {form.code for form in FORMS} - {""} == set(LegalForm.values)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("GmbH & Co. KG", LegalForm.KG), ("AG & Co. KG", LegalForm.KG), ("e.V.", LegalForm.EV),
        ("Anstalt des öffentlichen Rechts", LegalForm.AOR), ("UG (haftungsbeschränkt)", LegalForm.UG),
        ("Muster GmbH", ""), ("Verein", ""), ("", ""), ("Ltd.", ""),
    ],
)  # fmt: skip
def test_a_cell_that_is_a_legal_form_and_nothing_else(text, form):
    assert legal_form_called(text) == form
