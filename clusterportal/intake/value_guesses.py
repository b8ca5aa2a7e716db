"""What a value that nobody has named most probably stands for: offered to people, never taken without their word."""

import re
from difflib import SequenceMatcher

from actors.columns.vocabulary import Vocabulary, alike
from actors.enums import ActorKind, SizeClass
from clusterportal.core.spelling import spelling
from clusterportal.intake.column_values import RECORDS, known_values, model_of

# What people write for a kind. A word counts in front of those below it: "Forschungsnetzwerk" is a network.
_KIND_WORDS = (
    (ActorKind.CHAMBER, "kammer, ihk, hwk, chamber"),
    (ActorKind.STARTUP, "startup, start up, grundung, spin off, ausgrundung"),
    (
        ActorKind.ASSOCIATION,
        "verein, verband, netzwerk, cluster, initiative, allianz, bund, network, association, e v, "
        "genossenschaft, plattform, ngo, non profit, nonprofit, stiftung, foundation",
    ),
    (ActorKind.HOSPITAL, "klinik, klinikum, krankenhaus, spital, hospital, clinic"),
    (ActorKind.UNIVERSITY, "universitat, hochschule, uni, fh, haw, university"),
    (
        ActorKind.RESEARCH_INSTITUTE,
        "institut, forschung, labor, research, institute, zentrum, centre, center, kompetenzzentrum",
    ),
    (ActorKind.EDUCATION, "schule, bildung, akademie, school, college, education, training, kita"),
    (
        ActorKind.PUBLIC_BODY,
        "behorde, amt, ministerium, stadt, gemeinde, kommune, landkreis, kreis, verwaltung, offentliche "
        "hand, offentlich, public, authority, government, ministry, polizei",
    ),
    (
        ActorKind.SERVICE_PROVIDER,
        "praxis, dienstleister, dienstleistung, beratung, agentur, buro, "
        "kanzlei, service, consulting, it dienstleister, bank, versicherung",
    ),
    (ActorKind.SUPPLIER, "zulieferer, lieferant, zulieferung, supplier, handel, handler, grosshandel"),
    (
        ActorKind.MANUFACTURER,
        "hersteller, produzent, produktion, fertigung, werk, manufaktur, manufacturer, producer, "
        "maschinenbauer, anlagenbauer, industrie",
    ),
    (
        ActorKind.COMPANY,
        "firma, unternehmen, betrieb, gmbh, ag, kg, ug, kmu, sme, mittelstand, konzern, handwerk, "
        "company, enterprise, business, gesellschaft, einzelunternehmen, wirtschaft",
    ),
    (
        ActorKind.OTHER,
        "sonstige, andere, other, archiv, museum, bibliothek, verschiedenes, misc, diverse, ubrige, divers",
    ),
)
_LIKENESS_OF_ONE_NAME = 0.8  # likeness of two spellings of one name
_SHORT = 3  # letters: a word of so few stands alone, not within another
_SIZES = ((10, SizeClass.MICRO), (50, SizeClass.SMALL), (250, SizeClass.MEDIUM))  # below so many staff
_SIZE_WORDS = {
    SizeClass.MICRO: ("kleinst", "kleinstunternehmen", "xs"),
    SizeClass.SMALL: ("klein", "kleinunternehmen", "s"),
    SizeClass.MEDIUM: ("mittel", "mittelgross", "m"),
    SizeClass.LARGE: ("gross", "grossunternehmen", "konzern", "l"),
}
_MORE = re.compile(r"[>≥]|über|mehr als|ab |over|more than|\+\s*$", re.I)


def guesses(column: str, text: str, vocabulary: Vocabulary) -> tuple[list[str], bool]:
    """The codes or slugs that a value may stand for, the likeliest first; whether that one is taken unasked."""
    if column in RECORDS:
        code_of = vocabulary.names(model_of(column))
    else:
        code_of = {name: code for code, name in known_values(column, vocabulary).items()}
    names = alike(text, code_of)
    found = [*dict.fromkeys(code_of[name] for name in names)]
    own = {"kind": _kind, "size": _size}.get(column)
    if own and (code := own(text)):
        return [code, *(other for other in found if other != code)], True
    if not names:
        return [], False
    spelt = spelling(text)
    matching = {code_of[name] for name in names if _is_part(spelt, spelling(name))}
    return found, _is_nearly(spelt, spelling(names[0])) or matching == {found[0]}


def _is_nearly(text: str, name: str) -> bool:
    """Whether a text is a name but for its spelling, or its initials."""
    initials = "".join(word[0] for word in name.split())
    return SequenceMatcher(None, text, name).ratio() >= _LIKENESS_OF_ONE_NAME or (
        len(text) > 1 and text == initials
    )


def _is_part(text: str, name: str) -> bool:
    """Whether the shorter of the two stands in the other in whole words."""
    shorter, longer = sorted((text, name), key=len)
    return len(shorter) > _SHORT and f" {shorter} " in f" {longer} "


def _kind(text: str) -> str:
    words = spelling(text)
    for kind, signs in _KIND_WORDS:
        for sign in signs.split(", "):
            if f" {sign} " in f" {words} " or (len(sign) > _SHORT and sign in words):
                return kind.value
    return ""


def _size(text: str) -> str:
    """The size class of a number of staff, of a range its upper end."""
    for size, words in _SIZE_WORDS.items():
        if spelling(text) in words:
            return size.value
    numbers = [int(number.replace(".", "")) for number in re.findall(r"\d{1,3}(?:\.\d{3})+|\d{1,7}", text)]
    if not numbers:
        return ""
    staff = max(numbers) + (1 if _MORE.search(text) and len(numbers) == 1 else 0)
    return next((size.value for below, size in _SIZES if staff < below), SizeClass.LARGE.value)
