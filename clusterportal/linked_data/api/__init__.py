"""Vocabularies (SKOS) and the catalogue (DCAT-AP) in the public API, as JSON-LD and Turtle."""
