"""How people call kinds of actors and federal states, in the spelling of a search."""

from actors.enums import ActorKind

BUSINESSES = (
    ActorKind.COMPANY,
    ActorKind.STARTUP,
    ActorKind.MANUFACTURER,
    ActorKind.SUPPLIER,
    ActorKind.SERVICE_PROVIDER,
)
# A word may mean several kinds.
_KIND_WORDS = {
    BUSINESSES: "unternehmen firma firmen betrieb betriebe anbieter company companies firm firms business businesses",
    (ActorKind.STARTUP,): "startup startups",
    (ActorKind.UNIVERSITY,): "hochschule hochschulen universitat universitaten university universities",
    (ActorKind.RESEARCH_INSTITUTE,): "institut institute institutes forschungsinstitut forschungsinstitute "
    "forschungseinrichtung forschungseinrichtungen",
    (ActorKind.HOSPITAL,): "krankenhaus krankenhauser klinik kliniken hospital hospitals",
    (ActorKind.SERVICE_PROVIDER,): "dienstleister",
    (ActorKind.SUPPLIER,): "zulieferer supplier suppliers",
    (ActorKind.MANUFACTURER,): "hersteller manufacturer manufacturers maker makers",
    (
        ActorKind.ASSOCIATION,
    ): "netzwerk netzwerke verband verbande verein vereine network networks association associations",
    (ActorKind.PUBLIC_BODY,): "behorde behorden authority authorities",
    (ActorKind.CHAMBER,): "kammer kammern chamber chambers",
}
KINDS = {word: kinds for kinds, words in _KIND_WORDS.items() for word in words.split()}
# Federal states in English and for short; the registry writes them in German.
STATES = {
    "bavaria": "Bayern", "hesse": "Hessen", "lower saxony": "Niedersachsen", "nrw": "Nordrhein-Westfalen",
    "mecklenburg western pomerania": "Mecklenburg-Vorpommern", "north rhine westphalia": "Nordrhein-Westfalen",
    "rhineland palatinate": "Rheinland-Pfalz", "rlp": "Rheinland-Pfalz", "saxony": "Sachsen",
    "saxony anhalt": "Sachsen-Anhalt", "thuringia": "Thüringen",
}  # fmt: skip
