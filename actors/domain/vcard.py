"""An actor as an electronic business card: vCard 4.0 (RFC 6350)."""

import re
from urllib.parse import urljoin

from actors.models import Actor, ContactPerson
from clusterportal.core.countries import country_name
from clusterportal.core.telephone import link

MEDIA_TYPE = "text/vcard; charset=utf-8"
_LONGEST_LINE = 75  # octets of a line, without its end
_SPECIAL = re.compile(r"([\\,;])")


def vcard(actor: Actor, *, base_url: str) -> str:
    """The card of an actor, and behind it one for each of its `public_contacts`: people who agreed to be published.

    `base_url` is the portal's own; lines end with CR LF.
    """
    page = urljoin(base_url, actor.get_absolute_url())
    lines = _card(
        "org", actor.name, uid=actor.uid.urn, actor=actor, email=actor.email, phone=actor.phone, page=page
    )
    for person in actor.public_contacts:  # type: ignore[attr-defined]  # prefetched by the view
        lines += _of_person(person, actor, page)
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _of_person(person: ContactPerson, actor: Actor, page: str) -> list[str]:
    lines = _card(
        "individual", person.name, uid="", actor=actor, email=person.email, phone=person.phone, page=page
    )
    return [*lines[:-1], f"TITLE:{_escaped(person.role)}", lines[-1]] if person.role else lines


def _card(kind: str, name: str, *, uid: str, actor: Actor, email: str, phone: str, page: str) -> list[str]:
    call = link(phone, actor.country) if phone else ""
    is_located = kind == "org" and actor.is_located_exactly
    said = [
        ("UID", uid),
        ("FN", _escaped(name)),
        ("NICKNAME", _escaped(actor.short_name) if kind == "org" and actor.short_name != actor.name else ""),
        ("ORG", _escaped(actor.name)),
        ("EMAIL", _escaped(email)),
        ("TEL;VALUE=uri", call),
        ("ADR", _address(actor)),
        ("GEO", f"geo:{actor.latitude},{actor.longitude}" if is_located else ""),
        ("URL", actor.website),
        ("SOURCE", page),
        ("REV", actor.public_updated_at.strftime("%Y%m%dT%H%M%SZ")),
    ]
    known = (f"{key}:{value}" for key, value in said if value)
    return ["BEGIN:VCARD", "VERSION:4.0", f"KIND:{kind}", *known, "END:VCARD"]


def _address(actor: Actor) -> str:
    """Post box and addition stay empty; then street, town, state, postcode, country."""
    if not (actor.street or actor.city or actor.postcode):
        return ""
    parts = ["", "", actor.street, actor.city, actor.state_name, actor.postcode, country_name(actor.country)]
    return ";".join(map(_escaped, parts))


def _escaped(text: str) -> str:
    return re.sub(r"\r\n|\r|\n", r"\\n", _SPECIAL.sub(r"\\\1", text))


def _folded(line: str) -> str:
    """Lines of more than 75 octets go on in the next one behind a blank; no letter is cut in two."""
    pieces, size = [""], 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > _LONGEST_LINE:
            pieces.append("")
            size = 1  # the blank
        pieces[-1] += letter
        size += octets
    return "\r\n ".join(pieces)
