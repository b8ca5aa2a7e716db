"""Open data about organisations, as facts for the registry: ROR (ror.org) and OffeneRegister.de."""

import re
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from actors.columns.values import first_reason
from actors.enums import ActorKind, AliasKind, IdentifierScheme, LegalForm, LocationAccuracy, RelationKind
from actors.models import Actor
from actors.validators import clean_ror
from clusterportal.core.countries import country_of
from clusterportal.intake.identity.legal_forms import legal_form_in
from clusterportal.intake.row_facts import Link, Reference, RowFacts
from clusterportal.places.own_names import own_name

# ---------- ROR ----------
ROR_COLUMNS = (
    "ror_id", "name", "name_de", "name_en", "aliases", "acronym", "types", "city", "country_code", "lat",
    "lng", "website", "established", "parents", "children",
)  # fmt: skip
_PLAIN = {
    "country_code": "country", "lat": "latitude", "lng": "longitude", "website": "website",
    "established": "founded",
}  # fmt: skip
_MAX_ADDRESS_CHARACTERS = Actor._meta.get_field("website").max_length or 0
_ACADEMIC = re.compile(
    r"universi|hochschul|college|polytech|fachhochschule|école|académie|institut\w* (of|für) technolog", re.I
)
_RESEARCHING = re.compile(
    r"institu|forschung|research|zentrum für|centre for|center for|laborator|observator", re.I
)
_CARING = re.compile(
    r"klini[kc]|hospital|krankenhaus|spital|charité|medical cent|medizin\b|medizin\w*zentr|infirmary|sanator|herzzentr",
    re.I,
)
_CHAMBER = re.compile(r"kammer\b|chamber of", re.I)
# The first that an organisation has counts; "funder" says least about what it is.
_KINDS = (
    ("education", ActorKind.EDUCATION),
    ("healthcare", ActorKind.HOSPITAL),
    ("company", ActorKind.COMPANY),
    ("facility", ActorKind.RESEARCH_INSTITUTE),
    ("government", ActorKind.PUBLIC_BODY),
    ("nonprofit", ActorKind.ASSOCIATION),
    ("archive", ActorKind.OTHER),
    ("other", ActorKind.OTHER),
    ("funder", ActorKind.PUBLIC_BODY),
)


def ror_facts(row: dict) -> RowFacts:
    facts = RowFacts()
    written = {column: _text(row, column) for column in ("name", "name_de", "name_en")}
    names = {column: _without_country(text, row) for column, text in written.items()}
    name = names["name_de"] or names["name"]
    acronyms = _several(row, "acronym")  # no names to print: "AF" says less than Aventis Foundation
    facts.fields = {"name": name, "kind": _ror_kind(_several(row, "types"), " ".join(names.values()))}
    facts.fields |= {field: row[column] for column, field in _PLAIN.items() if column in row}
    if "website" in facts.fields:
        facts.fields["website"] = _shortened_address(_text(row, "website"))
    if {"lat", "lng"} <= row.keys():
        facts.fields["location_accuracy"] = LocationAccuracy.TOWN.value  # ROR's points are GeoNames' towns
    town = _text(row, "city")
    facts.fields |= {"city": own_name(town, _text(row, "country_code"))} if town else {}
    # What an earlier import wrote of the same record.
    facts.corrects = {"city": town, "name": written["name_de"] or written["name"]}
    if facts.fields["kind"] == ActorKind.HOSPITAL:
        facts.corrects["kind"] = ActorKind.SERVICE_PROVIDER.value
    facts.parts["aliases"] = _ror_aliases(name, names, acronyms, _several(row, "aliases"))
    try:
        own = clean_ror(_text(row, "ror_id"))
    except ValidationError as error:
        facts.add_problem("ror_id", row.get("ror_id"), first_reason(error))
        return facts
    facts.fields["source"] = f"https://ror.org/{own}"
    facts.parts["identifiers"] = [{"scheme": IdentifierScheme.ROR.value, "value": own}]
    facts.links = [*_ror_links(row, "parents", own), *_ror_links(row, "children", own)]
    return facts


def _without_country(name: str, row: dict) -> str:
    """The name alone: ROR puts the country behind companies, as in "Adidas (Germany)"."""
    found = re.fullmatch(r"(.*\S)\s*\(([^()]+)\)", name)
    is_country = found and country_of(found[2]) == _text(row, "country_code").upper()
    return found[1] if found and is_country else name


def _shortened_address(text: str) -> str:
    """The web address, or its site alone where it is too long for the field."""
    if len(text) <= _MAX_ADDRESS_CHARACTERS:
        return text
    parts = urlsplit(text)
    return f"{parts.scheme}://{parts.netloc}/"


def _ror_kind(types: list[str], names: str) -> str:
    kind = next((kind for name, kind in _KINDS if name in types), ActorKind.OTHER)
    if kind is ActorKind.EDUCATION and _ACADEMIC.search(names):
        kind = ActorKind.UNIVERSITY
    elif kind is ActorKind.HOSPITAL and not _CARING.search(names):
        # Of a hospital the research institute, of other healthcare what serves it.
        kind = ActorKind.RESEARCH_INSTITUTE if _RESEARCHING.search(names) else ActorKind.SERVICE_PROVIDER
    elif kind is ActorKind.ASSOCIATION and _RESEARCHING.search(names):
        kind = ActorKind.RESEARCH_INSTITUTE
    elif kind in (ActorKind.OTHER, ActorKind.PUBLIC_BODY, ActorKind.ASSOCIATION) and _CHAMBER.search(names):
        kind = ActorKind.CHAMBER
    return kind.value


def _ror_aliases(name: str, names: dict, acronyms: list[str], aliases: list[str]) -> list[dict]:
    found: dict[str, dict] = {}

    def add(alias: str, kind: AliasKind, language: str = "") -> None:
        if alias and alias != name:
            found.setdefault(alias, {"name": alias, "kind": kind.value, "language": language})

    add(names["name_en"], AliasKind.TRANSLATED, "en")
    add(names["name"], AliasKind.TRANSLATED)
    for alias in aliases:
        add(alias, AliasKind.COLLOQUIAL)
    for acronym in acronyms:
        add(acronym, AliasKind.ACRONYM)
    return list(found.values())


def _ror_links(row: dict, column: str, own: str) -> list[Link]:
    """Parents or children. The evidence is the record of the child, so that both sides say the same."""
    links = []
    for pair in _several(row, column):
        other = pair.split("=", 1)[0].strip().rsplit("/", 1)[-1].lower()
        reference = Reference(IdentifierScheme.ROR.value, other)
        is_parent = column == "parents"
        source, target = (reference, None) if is_parent else (None, reference)
        evidence = f"https://ror.org/{own if is_parent else other}"
        links.append(Link(RelationKind.PARENT.value, source, target, {"evidence": evidence}))
    return links


# ---------- OffeneRegister.de ----------
OFFENEREGISTER_COLUMNS = {
    name: name
    for name in (
        "company_number", "name", "register_type", "register_number", "registrar", "federal_state",
        "registered_office", "street", "postal_code", "city", "status", "previous_names", "retrieved_at",
    )
} | {
    "Registernummer": "company_number", "Firma": "name", "Registergericht": "registrar",
    "Sitz": "registered_office", "Straße": "street", "PLZ": "postal_code", "Ort": "city",
    "Frühere Namen": "previous_names", "Bundesland": "federal_state",
}  # fmt: skip
REGISTERED = "currently registered"
_STATES = {
    "Bavaria": "Bayern", "Hesse": "Hessen", "Lower Saxony": "Niedersachsen",
    "Mecklenburg-West Pomerania": "Mecklenburg-Vorpommern", "North Rhine-Westphalia": "Nordrhein-Westfalen",
    "Rhineland-Palatinate": "Rheinland-Pfalz", "Saxony": "Sachsen",
    "Saxony-Anhalt": "Sachsen-Anhalt", "Thuringia": "Thüringen",
}  # fmt: skip
_OF_REGISTER = {"VR": LegalForm.EV, "GnR": LegalForm.EG}


def offeneregister_facts(row: dict) -> RowFacts:
    facts = RowFacts()
    status = _text(row, "status")
    if status and status != REGISTERED:
        facts.skipped = _("The register does not list it any more: %(status)s.") % {"status": status}
        return facts
    register, number = _register_entry(row)
    name = _text(row, "name")
    facts.fields = {
        "name": name,
        "kind": (ActorKind.ASSOCIATION if register == "VR" else ActorKind.COMPANY).value,
        "legal_form": _OF_REGISTER.get(register) or legal_form_in(name),
        "street": _text(row, "street"),
        "postcode": _text(row, "postal_code"),
        "city": _town(facts, _text(row, "city") or _text(row, "registered_office")),
        "source": _dated_source(_text(row, "retrieved_at")),
    }
    if state := _text(row, "federal_state"):
        facts.fields["state_name"] = _STATES.get(state, state)
    facts.parts["identifiers"] = [
        {"scheme": IdentifierScheme.REGISTER.value, "value": f"{_text(row, 'registrar')} {register} {number}"}
    ]
    former = dict.fromkeys(alias for alias in _several(row, "previous_names") if alias != name)
    facts.parts["aliases"] = [{"name": alias, "kind": AliasKind.FORMER.value} for alias in former]
    return facts


def _town(facts: RowFacts, text: str) -> str:
    """The town of a German entry, without the postcode of four digits that was valid until 1993."""
    town = re.sub(r"^\d{4}\s+(?=\D)", "", text)
    if town != text:
        facts.add_remark("city", text, _("A postcode of before 1993 stands before the town: left out."))
    return town


def _register_entry(row: dict) -> tuple[str, str]:
    """Register and number, from their own columns or from "T3201V_HRB31410"."""
    if found := re.fullmatch(r".*_([A-Za-z]+)(\d.*)", _text(row, "company_number")):
        register, number = found.groups()
    else:
        register = number = ""
    return _text(row, "register_type") or register, _text(row, "register_number") or number


def _dated_source(retrieved_at: str) -> str:
    year = retrieved_at[:4]
    return (
        f"OffeneRegister.de (CC BY 4.0), as of {year}" if year.isdigit() else "OffeneRegister.de (CC BY 4.0)"
    )


# ---------- both ----------
def _text(row: dict, column: str) -> str:
    value = row.get(column)
    return "" if value is None else str(value).strip()


def _several(row: dict, column: str) -> list[str]:
    """The values of a cell, each once."""
    return list(dict.fromkeys(part.strip() for part in _text(row, column).split("|") if part.strip()))
