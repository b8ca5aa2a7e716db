"""What people type into the forms."""

YOU = {
    "you-email": "kontakt@muster.example.org", "you-name": "Vertretung", "you-role": "Leitung",
    "you-message": "Bitte aufnehmen.", "you-consent": "on",
}  # fmt: skip
NEW = YOU | {
    "facts-name": "Muster Software GmbH", "facts-kind": "company", "facts-website": "muster.example.org",
    "facts-summary_de": "Wir bauen Prüfstände.", "facts-postcode": "67655", "facts-city": "Kaiserslautern",
    "facts-register": "Kaiserslautern HRB 4711",
    "layer-applied-research-stands": "on", "layer-applied-research-basis": "service",
    "layer-applied-research-note": "Prüft für andere.",
    "fields-areas": ["health-medtech"], "fields-other_topics": "Neuland",
    "services-0-title_de": "Prüfstandbau", "contacts-0-name": "Ansprechperson", "contacts-0-consent": "on",
}  # fmt: skip
