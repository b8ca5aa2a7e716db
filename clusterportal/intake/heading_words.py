"""What people write above the columns of their lists, beside the names of the registry's own columns."""

from clusterportal.core.languages import column_names

# Case, accents, blanks, hyphens, dots and strokes do not matter; umlauts may be spelt out.
SYNONYMS = {
    "address": (
        "Adresse", "Anschrift", "postal address", "Postanschrift", "Postadresse", "Adresse komplett",
        "full address",
        "PLZ Ort", "PLZ und Ort", "PLZ Stadt", "Postleitzahl Ort", "Postleitzahl und Ort", "zip city",
        "zip and city",
    ),
    "house_number": ("Hausnummer", "Hausnr.", "Haus-Nr.", "HausNr", "Hnr.", "Nr. Haus", "house no", "house number"),
    "name": (
        "Firma", "Firmenname", "Firmenbezeichnung", "Unternehmen", "Unternehmensname", "Organisation",
        "Organization",
        "Organisationsname", "Institution", "Einrichtung", "Bezeichnung", "Company", "company name", "Akteur",
        "actor",
        "Name der Firma", "Name der Einrichtung", "Name der Organisation", "Name des Unternehmens", "Name Firma",
        "Firma Name", "Firma Institution", "Firma Organisation", "Name Unternehmen", "Name Organisation",
        "organisation name", "organization name", "institution name", "Mitgliedsunternehmen",
    ),
    "short_name": (
        "Kurzname", "Abkürzung", "Abk.", "Akronym", "acronym", "Kürzel", "Kurzbezeichnung", "Kurzform",
        "abbreviation",
    ),
    "street": (
        "Straße", "Strasse", "Str.", "Straße und Hausnummer", "Straße u. Hausnummer", "Straße Hausnummer",
        "Straße und Nr.", "Straße u. Nr.", "Straße Nr.", "Straße und Hausnr.", "Straße u. Hausnr.",
        "Straße Hausnr.",
        "Straße Hs. Nr.", "Straße u. Hs. Nr.",
        "Str. Nr.", "Str. u. Nr.", "Str. und Nr.", "Straße mit Hausnummer", "street address", "street and number",
    ),
    "postcode": ("PLZ", "Postleitzahl", "Postleitz.", "postal_code", "post code", "zip", "zip code"),
    "city": ("Ort", "Stadt", "town", "Sitz", "Ortschaft", "Gemeinde", "Stadt Ort", "Ort Stadt", "Firmensitz"),
    "federal_state": ("Bundesland", "Bundesl.", "state_name", "state", "Land Bundesland"),
    "country": ("Land", "country_code", "Staat", "Länderkürzel", "Ländercode", "Länderkennzeichen", "Nation"),
    "website": (
        "Webseite", "Website", "Homepage", "Internet", "Internetadresse", "Internetseite", "URL", "Web",
        "Webadresse",
        "Web-Adresse", "WWW", "Internetauftritt", "Weblink", "Web site", "web page",
    ),
    "email": (
        "E-Mail", "Mail", "E-Mail-Adresse", "Mailadresse", "eMail-Adresse", "Email-Adresse", "email address",
    ),
    "phone": (
        "Telefon", "Tel.", "Telefonnummer", "Telefonnr.", "Telefon-Nr.", "Tel.-Nr.", "Tel. Nr.", "Rufnummer", "Fon",
        "Festnetz", "telephone", "phone number", "telephone number", "Telefon Zentrale", "Telef.",
    ),
    "contact_by": ("Anfragen", "Anfragen über", "Kontaktweg", "enquiries"),
    "latitude": ("lat", "Breite", "Breitengrad", "geogr. Breite", "geographische Breite", "geografische Breite"),
    "longitude": ("lng", "lon", "Länge", "Längengrad", "geogr. Länge", "geographische Länge", "geografische Länge"),
    "founded": (
        "Gründung", "Gründungsjahr", "Gründungsj.", "gegründet", "gegründet im Jahr", "gegr.", "gegr. im Jahr",
        "Jahr der Gründung", "established", "year founded", "founding year", "foundation year",
        "year of foundation",
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
        "AnsprechpartnerIn", "Ansprechperson", "Ansprechpersonen", "Kontaktperson", "Kontaktpersonen",
        "contact person",
    ),
    # Without a language the first one is meant.
    column_names("summary")[0]: (
        "Kurzbeschreibung", "Kurzbeschr.", "Kurztext", "Kurzprofil", "Kurzinfo", "Kurzdarstellung",
        "Zusammenfassung",
        "summary", "short description",
    ),
    column_names("description")[0]: ("Beschreibung", "Beschr.", "Langtext", "Langbeschreibung", "description"),
}  # fmt: skip
# What people mean by these is likely, not certain: another heading of the table that means the same column counts.
_SELDOM_WORDS = {
    "address": (
        "Firmenanschrift, Firmenadresse, Geschäftsadresse, Geschäftsanschrift, Besucheradresse, "
        "Hausanschrift, Standortadresse, mailing address, business address, address line"
    ),
    "name": (
        "Organisationsbezeichnung, Einrichtungsname, Institutsname, Name des Instituts, Vereinsname, Name "
        "des Vereins, Hochschulname, Name der Hochschule, Firma Einrichtung, Unternehmen Einrichtung, "
        "Unternehmen Institution, Firma Verein, Mitgliedsfirma, Mitgliedsname, Partnername, "
        "Ausstellername, Akteursname, Name des Akteurs, Betriebsname, business name, legal name, entity "
        "name, full name"
    ),
    "street": "Straßenname, Straße Hnr., Straße u. Hnr., Adresszeile, Anschrift Straße",
    "city": "Standort, Stadt Gemeinde, Wohnort, Ortsname, municipality, locality, place",
    "federal_state": "Bundesland Kanton, Kanton, Provinz, province",
    "website": (
        "Web-Seite, Homepage-URL, Website-URL, Webseite URL, Link zur Webseite, Link zur Website, "
        "Internet-Adresse, Netzseite, Link, web address, site"
    ),
    "email": (
        "Kontakt-E-Mail, E-Mail Kontakt, E-Mail allgemein, E-Mail zentral, Mail-Adresse, contact email, "
        "e-mail contact"
    ),
    "phone": (
        "Telefon allgemein, Telefon dienstlich, Telefon geschäftlich, Tel. geschäftl., Telefon Festnetz, "
        "Ruf, Durchwahl, Mobil, Mobiltelefon, Handy, contact phone, phone no"
    ),
    "latitude": "Breitengr., GPS Breite, geo lat, Koordinate Breite, lat wgs84",
    "longitude": "Längengr., GPS Länge, geo lng, geo lon, Koordinate Länge, long",
    "founded": "Gründungsdatum, gegründet am, Jahr Gründung, founded in, date founded, Bestehen seit",
    "kind": (
        "Kategorie, Organisationsform, Unternehmenstyp, Unternehmensart, Art des Unternehmens, "
        "Institutionstyp, Institutionsart, Art der Institution, Art der Firma, Einrichtungsform, "
        "Akteursgruppe, category, company type, institution type, type of institution, entity type"
    ),
    "size": (
        "Mitarbeiterzahl, Mitarbeiter, Mitarbeitende, Anzahl Mitarbeiter, Anzahl Mitarbeitende, "
        "Mitarbeiteranzahl, Beschäftigte, Anzahl Beschäftigte, Beschäftigtenzahl, Anzahl MA, employees, "
        "number of employees, headcount, staff, staff size"
    ),
    "layers": ("Wertschöpfungsstufe, Wertschöpfungsstufen, Modellebene, Cluster-Ebene, value chain level"),
    "areas": (
        "Anwendungsbereiche, Anwendungsgebiet, Anwendungsgebiete, Einsatzgebiet, Einsatzgebiete, "
        "Zielmarkt, Zielmärkte, Zielbranche, Zielbranchen, Branche, Branchen, sector, sectors, industry, "
        "industries"
    ),
    "topics": (
        "Schwerpunkt, Schwerpunkte, Themenschwerpunkte, Kompetenzen, Kompetenzfelder, Kompetenzfeld, "
        "Forschungsschwerpunkte, Forschungsthemen, Fachgebiet, Fachgebiete, Technologien, "
        "Technologiefelder, Tätigkeitsfelder, Tätigkeitsfeld, Arbeitsgebiete, Technologiefeld, expertise, "
        "competences, focus areas, subjects"
    ),
    "services": (
        "Produkte, Produkte und Leistungen, Produkte und Dienstleistungen, Angebot, Leistungsspektrum, "
        "Portfolio, Serviceangebot, products, products and services, offers, offerings, service"
    ),
    "clusters": (
        "Clusterzugehörigkeit, Cluster-Zugehörigkeit, Cluster-Mitgliedschaft, Clustermitgliedschaft, "
        "Mitglied im Cluster, Mitglied in, cluster membership, member of"
    ),
    "aliases": ("Frühere Bezeichnung, Früherer Name, Ehemals, auch bekannt als, also known as, former name"),
    "register": "HRB, HRB-Nummer, HRB-Nr., Amtsgericht HRB, Amtsgericht Handelsregister, Registernr.",
    "ror": "ROR-ID",
    "lei": "LEI-Code",
    "wikidata": "Wikidata-ID",
    "vat": "USt.-Nr., VAT ID, VAT no",
    "contacts": (
        "Geschäftsführer, Geschäftsführerin, Geschäftsführung, Ansprechpartner*innen, Ansprechpartner "
        "Name, Name Ansprechpartner, Name des Ansprechpartners, contact name"
    ),
    "source": "Fundstelle, Datenherkunft, Herkunft der Daten, data source",
    column_names("summary")[0]: (
        "Kurz-Beschreibung, Kurze Beschreibung, Teaser, Tätigkeit, Was macht die Firma, short text"
    ),
    column_names("description")[0]: (
        "Profil, Unternehmensprofil, Firmenprofil, Porträt, Portrait, Über uns, Unternehmensbeschreibung, "
        "long description, about, profile"
    ),
}
SELDOM = {column: tuple(words.split(", ")) for column, words in _SELDOM_WORDS.items()}
