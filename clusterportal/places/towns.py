"""Towns that are not in Germany, for tables that name no country; where postcodes are loaded, these know better."""

from clusterportal.core.spelling import spelling

# The larger towns of countries whose postcodes have four digits, as `spelling` spells them; none is in Germany too.
_ABROAD = frozenset(
    """wien|vienna|graz|linz|salzburg|innsbruck|klagenfurt|klagenfurt am worthersee|villach|wels|st polten|sankt polten
    dornbirn|wiener neustadt|steyr|feldkirch|bregenz|leonding|klosterneuburg|leoben|krems an der donau|amstetten
    kapfenberg|hallein|kufstein|schwechat|lustenau|eisenstadt
    zurich|genf|geneve|geneva|basel|lausanne|bern|berne|winterthur|luzern|lucerne|st gallen|sankt gallen|lugano
    thun|koniz|fribourg|schaffhausen|chur|neuchatel|neuenburg|uster|sion|emmen|zug|olten|solothurn|frauenfeld|aarau
    bellinzona|kreuzlingen|vaduz|schaan|luxembourg|luxemburg|esch sur alzette
    brussel|bruxelles|brussels|antwerpen|gent|brugge|luttich|liege|eupen|leuven|namur
    kopenhagen|kobenhavn|copenhagen|aarhus|odense|aalborg|budapest|oslo|trondheim|ljubljana|maribor|sofia
    amsterdam|rotterdam|den haag|utrecht|eindhoven|groningen|maastricht|enschede""".replace(
        "\n    ", "|"
    ).split("|")
)


def lies_abroad(town: str) -> bool:
    """Whether a town of this name is known outside of Germany and nowhere within."""
    return spelling(town) in _ABROAD
