"""IRIs of the vocabularies that DCAT-AP 3 prescribes, from the Publications Office of the European Union."""

_AUTHORITY = "http://publications.europa.eu/resource/authority"
_LANGUAGES = {  # of the European Union and its neighbours, by the codes of settings.LANGUAGES
    "bg": "BUL",
    "cs": "CES",
    "da": "DAN",
    "de": "DEU",
    "el": "ELL",
    "en": "ENG",
    "es": "SPA",
    "et": "EST",
    "fi": "FIN",
    "fr": "FRA",
    "ga": "GLE",
    "hr": "HRV",
    "hu": "HUN",
    "it": "ITA",
    "lb": "LTZ",
    "lt": "LIT",
    "lv": "LAV",
    "mt": "MLT",
    "nb": "NOB",
    "nl": "NLD",
    "pl": "POL",
    "pt": "POR",
    "ro": "RON",
    "sk": "SLK",
    "sl": "SLV",
    "sv": "SWE",
    "uk": "UKR",
}
_LICENCE_TYPES = {  # by code of the licence; ADMS knows no others that fit
    "CC-BY-4.0": "Attribution",
    "DL-DE-BY-2.0": "Attribution",
    "CC0-1.0": "PublicDomain",
    "DL-DE-ZERO-2.0": "PublicDomain",
}
_THEMES = f"{_AUTHORITY}/data-theme"
_THEME_LABELS = {
    "ECON": {"de": "Wirtschaft und Finanzen", "en": "Economy and finance"},
    "TECH": {"de": "Wissenschaft und Technologie", "en": "Science and technology"},
    "REGI": {"de": "Regionen und Städte", "en": "Regions and cities"},
}


def theme(code: str) -> dict:
    """A category of data, with its name in German and English."""
    return _concept(f"{_THEMES}/{code}", _THEME_LABELS[code]) | {"skos:inScheme": {"@id": _THEMES}}


def theme_scheme() -> dict:
    return {
        "@id": _THEMES,
        "@type": "skos:ConceptScheme",
        "dct:title": {"@value": "Data theme", "@language": "en"},
    }


def language(code: str) -> dict | None:
    """A language; None for those that have no entry here."""
    found = _LANGUAGES.get(code.partition("-")[0])
    return {"@id": f"{_AUTHORITY}/language/{found}", "@type": "dct:LinguisticSystem"} if found else None


def file_type(code: str) -> dict:
    return {"@id": f"{_AUTHORITY}/file-type/{code}", "@type": "dct:MediaTypeOrExtent"}


def updated_all_the_time() -> dict:
    return {"@id": f"{_AUTHORITY}/frequency/UPDATE_CONT", "@type": "dct:Frequency"}


def public_access() -> dict:
    return {"@id": f"{_AUTHORITY}/access-right/PUBLIC", "@type": "dct:RightsStatement"}


def stable() -> dict:
    return _concept(f"{_AUTHORITY}/planned-availability/STABLE", {"de": "stabil", "en": "stable"})


def licence_type(code: str) -> dict | None:
    """What kind of licence it is, for programs; None where ADMS has no word for it."""
    if (found := _LICENCE_TYPES.get(code)) is None:
        return None
    return _concept(f"http://purl.org/adms/licencetype/{found}", {"en": found})


def _concept(iri: str, labels: dict[str, str]) -> dict:
    return {
        "@id": iri,
        "@type": "skos:Concept",
        "skos:prefLabel": [{"@value": text, "@language": code} for code, text in labels.items()],
    }
