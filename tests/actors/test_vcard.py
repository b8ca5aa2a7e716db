"""The business card of an actor, line by line as RFC 6350 has it."""

import pytest

from actors.domain.vcard import vcard
from actors.models import Actor, ContactPerson
from tests.factories import make_actor

pytestmark = pytest.mark.django_db
BASE = "https://portal.example/"


def card_of(actor: Actor) -> str:
    actor = Actor.objects.get(pk=actor.pk)
    actor.public_contacts = list(actor.contacts.with_consent())
    return vcard(actor, base_url=BASE)


def test_a_whole_card_and_only_people_with_consent():
    actor = make_actor(
        "Müller, Söhne; Optik GmbH", short_name="M+S", slug="optik", email="post@optik.example",
        phone="0631 205-0", website="https://optik.example/", street="Am Ring 1", postcode="67655",
        city="Kaiserslautern", state_name="Rheinland-Pfalz", latitude=49.44, longitude=7.77,
        location_accuracy="exact",
    )  # fmt: skip
    ContactPerson.objects.create(actor=actor, name="Nein Sager", email="nein@optik.example")
    ContactPerson.objects.create(
        actor=actor, name="Ja Sagerin", role_de="Leitung", phone="0631 2051", consent_on="2026-01-01"
    )
    revised = f"REV:{actor.__class__.objects.get(pk=actor.pk).public_updated_at:%Y%m%dT%H%M%SZ}"
    address = "ADR:;;Am Ring 1;Kaiserslautern;Rheinland-Pfalz;67655;Deutschland"
    shared = [
        address,
        "URL:https://optik.example/",
        "SOURCE:https://portal.example/de/akteure/optik/",
        revised,
    ]
    assert card_of(actor).split("\r\n") == [
        "BEGIN:VCARD", "VERSION:4.0", "KIND:org", f"UID:urn:uuid:{actor.uid}",
        r"FN:Müller\, Söhne\; Optik GmbH", "NICKNAME:M+S", r"ORG:Müller\, Söhne\; Optik GmbH",
        "EMAIL:post@optik.example", "TEL;VALUE=uri:tel:+496312050", shared[0], "GEO:geo:49.44,7.77", *shared[1:],
        "END:VCARD",
        "BEGIN:VCARD", "VERSION:4.0", "KIND:individual", "FN:Ja Sagerin", r"ORG:Müller\, Söhne\; Optik GmbH",
        "TEL;VALUE=uri:tel:+496312051", *shared, "TITLE:Leitung", "END:VCARD", "",
    ]  # fmt: skip


def test_a_point_in_the_middle_of_a_town_is_no_position():
    assert "GEO" not in card_of(make_actor(latitude=49.44, longitude=7.77, location_accuracy="approximate"))


def test_long_lines_are_folded_between_letters_at_75_octets():
    name = "Ä" * 100
    lines = card_of(make_actor(name, slug="lang")).encode().split(b"\r\n")
    assert max(map(len, lines)) == 75
    unfolded = b"\r\n".join(lines).replace(b"\r\n ", b"").decode()
    assert f"FN:{name}\r\n" in unfolded


def test_no_line_is_smuggled_in():
    card = card_of(make_actor("Eins\\\nEND:VCARD", slug="eins"))
    assert "FN:Eins\\\\\\nEND:VCARD\r\n" in card and card.count("\r\nEND:VCARD") == 1
