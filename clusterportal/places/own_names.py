"""One town by its names: what it calls itself, and what others call it. GeoNames (CC BY 4.0) has them."""

from clusterportal.core.spelling import caseless, spelling

# By country, each town's own name before the others.
_TOWNS = {
    "DE": (
        ("München", "Munich", "Monaco di Baviera"), ("Köln", "Cologne"), ("Nürnberg", "Nuremberg"),
        ("Hannover", "Hanover"), ("Braunschweig", "Brunswick"), ("Hameln", "Hamelin"), ("Regensburg", "Ratisbon"),
        ("Konstanz", "Constance"), ("Bremen", "City state Bremen"), ("Düsseldorf", "Dusseldorf"),
        ("Gießen", "Giessen"), ("Meißen", "Meissen"), ("Lörrach", "Loerrach"),
        ("Unterschleißheim", "Unterschleissheim"), ("Mainz", "Mayence"), ("Trier", "Treves"),
        ("Aachen", "Aix la Chapelle"), ("Saarbrücken", "Sarrebruck"),
    ),
    "AT": (("Wien", "Vienna", "Vienne"),),
    "CH": (
        ("Zürich", "Zurich"), ("Genève", "Geneva", "Genf"), ("Luzern", "Lucerne"), ("Bern", "Berne"),
        ("Basel", "Basle", "Bâle"), ("St. Gallen", "Saint Gallen"),
    ),
    "BE": (
        ("Bruxelles", "Brüssel", "Brussels"), ("Liège", "Lüttich"), ("Antwerpen", "Antwerp", "Anvers"),
        ("Gent", "Ghent", "Gand"), ("Leuven", "Löwen", "Louvain", "Luven"),
    ),
    "CZ": (("Praha", "Prag", "Prague"), ("Brno", "Brünn"), ("Plzeň", "Pilsen")),
    "DK": (("København", "Kopenhagen", "Copenhagen"),),
    "FR": (("Strasbourg", "Straßburg"), ("Paris", "Parigi")),
    "GR": (("Athina", "Athen", "Athens"),),
    "HR": (("Zagreb", "Agram"),),
    "IT": (
        ("Milano", "Mailand", "Milan"), ("Roma", "Rom", "Rome"), ("Torino", "Turin"),
        ("Napoli", "Neapel", "Naples"), ("Firenze", "Florenz", "Florence"), ("Venezia", "Venedig", "Venice"),
        ("Genova", "Genua", "Genoa"),
    ),
    "LU": (("Luxembourg", "Luxemburg"),),
    "NL": (("Den Haag", "The Hague", "'s-Gravenhage"),),
    "PL": (
        ("Warszawa", "Warschau", "Warsaw"), ("Kraków", "Krakau", "Cracow"), ("Wrocław", "Breslau"),
        ("Gdańsk", "Danzig"), ("Poznań", "Posen"), ("Szczecin", "Stettin"),
    ),
    "PT": (("Lisboa", "Lissabon", "Lisbon"),),
    "RO": (("București", "Bukarest", "Bucharest"),),
    "RS": (("Beograd", "Belgrad", "Belgrade"),),
    "RU": (("Moskva", "Moskau", "Moscow"),),
    "SE": (("Göteborg", "Gothenburg"),),
    "SI": (("Ljubljana", "Laibach"),),
    "SK": (("Bratislava", "Pressburg"),),
}  # fmt: skip
_WRITTEN_ALIKE = ("DE", "AT", "CH")  # whose towns German and English pages write as they call themselves
_OWN_NAMES = {
    country: {caseless(other): own for own, *others in _TOWNS[country] for other in others}
    for country in _WRITTEN_ALIKE
}
_ANYWHERE = {other: own for names in _OWN_NAMES.values() for other, own in names.items()}
# Folded, by folded other names.
SAME_TOWN = {
    spelling(name): spelling(own)
    for towns in _TOWNS.values()
    for own, *others in towns
    for name in (own, *others)
}


def own_name(town: str, country: str) -> str:
    """The name that a town of this country has for itself; `town` where no other is known."""
    return _OWN_NAMES.get(country.upper(), {}).get(caseless(town), town.removeprefix("Kreisfreie Stadt "))


def asked_for(town: str) -> str:
    """The town that somebody means who calls it so, in whatever country."""
    return _ANYWHERE.get(caseless(town), town)
