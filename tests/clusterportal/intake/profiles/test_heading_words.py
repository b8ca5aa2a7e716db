"""What people write above their columns."""

import pytest

from clusterportal.intake.profiles import profile
from clusterportal.intake.profiles.own_tables import columns_of

HEADINGS = {
    "short_name": ["Kürzel", "Abk."],
    "street": ["Straße u. Nr.", "Strasse/Nr.", "Straße, Hausnr."],
    "topics": [
        "Schlagworte",
        "Schwerpunkte",
        "Kompetenzfelder",
        "Tätigkeitsfelder",
        "Technologien",
        "focus areas",
    ],
    "kind": ["Typ", "Kategorie", "Unternehmenstyp", "company type", "Art der Institution"],
    "founded": ["gegr.", "Gründungsdatum", "gegründet am", "founded in"],
    "summary_de": ["Kurztext", "Teaser", "Kurz-Beschreibung"],
    "address": ["PLZ Ort", "PLZ/Ort", "Firmenanschrift", "Besucheradresse", "mailing address"],
    "size": ["Mitarbeiterzahl", "Anzahl Mitarbeiter", "Mitarbeitende", "employees"],
    "areas": ["Anwendungsgebiete", "Zielbranchen", "Branche", "industries"],
    "layers": ["Ebene(n)", "Wertschöpfungsstufe"],
    "services": ["Produkte und Leistungen", "Leistungsspektrum", "products"],
    "clusters": ["Clusterzugehörigkeit", "Mitglied in"],
    "city": ["Standort", "municipality"],
    "website": ["Homepage-URL", "Internet-Adresse", "Link"],
    "email": ["Kontakt-E-Mail", "Mail-Adresse", "contact email"],
    "phone": ["Tel. geschäftl.", "Mobil", "Telefon (allgemein)"],
    "name": ["Firma/Einrichtung", "Name des Vereins", "legal name"],
    "register": ["HRB-Nr.", "Amtsgericht / HRB"],
    "contacts": ["Geschäftsführung", "Ansprechpartner*innen"],
    "description_de": ["Unternehmensprofil", "Über uns"],
}


@pytest.mark.parametrize(
    ("heading", "column"), [(heading, column) for column, some in HEADINGS.items() for heading in some]
)
def test_headings_that_people_write(heading, column):
    assert profile("registry").column_of(heading) == column


def test_a_seldom_word_counts_only_where_no_other_heading_means_the_same():
    column_of = profile("registry").column_of
    titles = ["Schwerpunkte", "Themen", "Firma", "Standort", "Mobil", "Handy"]
    assert columns_of(titles, column_of) == [None, "topics", "name", "city", "phone", None]
