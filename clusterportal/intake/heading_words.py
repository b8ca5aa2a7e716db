"""What people write above the columns of their lists, beside the names of the registry's own columns."""

from clusterportal.core.languages import column_names

# Case, accents, blanks, hyphens, dots and strokes do not matter; umlauts may be spelt out.
SYNONYMS = {
    "address": (
        "Adresse", "Anschrift", "postal address", "Postanschrift", "Postadresse", "Adresse komplett", "full address",
        "PLZ Ort", "PLZ und Ort", "PLZ Stadt", "Postleitzahl Ort", "Postleitzahl und Ort", "zip city", "zip and city",
    ),
    "house_number": ("Hausnummer", "Hausnr.", "Haus-Nr.", "HausNr", "Hnr.", "Nr. Haus", "house no", "house number"),
    "name": (
        "Firma", "Firmenname", "Firmenbezeichnung", "Unternehmen", "Unternehmensname", "Organisation", "Organization",
        "Organisationsname", "Institution", "Einrichtung", "Bezeichnung", "Company", "company name", "Akteur", "actor",
        "Name der Firma", "Name der Einrichtung", "Name der Organisation", "Name des Unternehmens", "Name Firma",
        "Firma Name", "Firma Institution", "Firma Organisation", "Name Unternehmen", "Name Organisation",
        "organisation name", "organization name", "institution name", "Mitgliedsunternehmen",
    ),
    "short_name": (
        "Kurzname", "Abkürzung", "Abk.", "Akronym", "acronym", "Kürzel", "Kurzbezeichnung", "Kurzform", "abbreviation",
    ),
    "street": (
        "Straße", "Strasse", "Str.", "Straße und Hausnummer", "Straße u. Hausnummer", "Straße Hausnummer",
        "Straße und Nr.", "Straße u. Nr.", "Straße Nr.", "Straße und Hausnr.", "Straße u. Hausnr.", "Straße Hausnr.",
        "Straße Hs. Nr.", "Straße u. Hs. Nr.",
        "Str. Nr.", "Str. u. Nr.", "Str. und Nr.", "Straße mit Hausnummer", "street address", "street and number",
    ),
    "postcode": ("PLZ", "Postleitzahl", "Postleitz.", "postal_code", "post code", "zip", "zip code"),
    "city": ("Ort", "Stadt", "town", "Sitz", "Ortschaft", "Gemeinde", "Stadt Ort", "Ort Stadt", "Firmensitz"),
    "federal_state": ("Bundesland", "Bundesl.", "state_name", "state", "Land Bundesland"),
    "country": ("Land", "country_code", "Staat", "Länderkürzel", "Ländercode", "Länderkennzeichen", "Nation"),
    "website": (
        "Webseite", "Website", "Homepage", "Internet", "Internetadresse", "Internetseite", "URL", "Web", "Webadresse",
        "Web-Adresse", "WWW", "Internetauftritt", "Weblink", "Web site", "web page",
    ),
    "email": (
        "E-Mail", "Mail", "E-Mail-Adresse", "Mailadresse", "eMail-Adresse", "Email-Adresse", "email address",
    ),
    "phone": (
        "Telefon", "Tel.", "Telefonnummer", "Telefonnr.", "Telefon-Nr.", "Tel.-Nr.", "Tel. Nr.", "Rufnummer", "Fon",
        "Festnetz", "telephone", "phone number", "telephone number", "Telefon Zentrale", "Telef.",
    ),
    "latitude": ("lat", "Breite", "Breitengrad", "geogr. Breite", "geographische Breite", "geografische Breite"),
    "longitude": ("lng", "lon", "Länge", "Längengrad", "geogr. Länge", "geographische Länge", "geografische Länge"),
    "founded": (
        "Gründung", "Gründungsjahr", "Gründungsj.", "gegründet", "gegründet im Jahr", "gegr.", "gegr. im Jahr",
        "Jahr der Gründung", "established", "year founded", "founding year", "foundation year", "year of foundation",
    ),
    "kind": (
        "Art", "Akteursart", "Akteurstyp", "type", "Typ", "Organisationsart", "Organisationstyp", "Einrichtungsart",
        "Einrichtungstyp", "Art der Einrichtung", "Art der Organisation", "Art des Akteurs", "organisation type",
        "organization type", "type of organisation", "type of organization",
    ),
    "legal_form": ("Gesellschaftsform", "Rechtsf.", "Unternehmensform"),
    "size": ("Unternehmensgröße", "Größe", "company size", "Größenklasse", "Betriebsgröße"),
    "layers": ("Ebenen", "Ebene", "layer"),
    "areas": ("Anwendungsfelder", "Anwendungsfeld", "application areas", "application area", "Anwendungsbereich"),
    "clusters": ("Cluster", "Mitgliedschaften", "Mitgliedschaft", "memberships"),
    "topics": (
        "Themen", "Thema", "Schlagwörter", "Schlagworte", "Schlagwort", "Stichwörter", "Stichworte", "Themenfelder",
        "Themenfeld", "keywords", "topic", "tags",
    ),
    "services": ("Leistungen", "Leistung", "Angebote", "Dienstleistungen", "Dienstleistung", "Leistungsangebot"),
    "identifiers": ("Kennungen",),
    "aliases": ("Weitere Namen", "other names", "Andere Namen", "Alternative Namen", "Frühere Namen"),
    "relations": ("Beziehungen",),
    "vat": ("USt-IdNr.", "USt-ID", "UStID", "UStIdNr.", "Umsatzsteuer-ID", "Umsatzsteuer-IdNr.", "VAT number"),
    "register": ("Handelsregister", "Handelsregisternummer", "HR-Nr.", "Registereintrag", "commercial register"),
    "source": ("Quelle", "Datenquelle"),
    "contacts": (
        "Ansprechpartner", "Ansprechpartnerin", "Ansprechpartner/in", "Ansprechpartner:in", "Ansprechpartner*in",
        "AnsprechpartnerIn", "Ansprechperson", "Ansprechpersonen", "Kontaktperson", "Kontaktpersonen", "contact person",
    ),
    # Without a language the first one is meant.
    column_names("summary")[0]: (
        "Kurzbeschreibung", "Kurzbeschr.", "Kurztext", "Kurzprofil", "Kurzinfo", "Kurzdarstellung", "Zusammenfassung",
        "summary", "short description",
    ),
    column_names("description")[0]: ("Beschreibung", "Beschr.", "Langtext", "Langbeschreibung", "description"),
}  # fmt: skip
