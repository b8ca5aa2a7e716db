"""A person to reach: first on the profile, on the page of a cluster, and at the foot of every page."""

import pytest
from django.urls import reverse

from actors.enums import ContactBy, MembershipKind
from actors.models import ContactPerson, Membership
from tests.factories import make_actor, make_cluster
from tests.markup import markup_of

pytestmark = pytest.mark.django_db


def page_of(client, actor) -> str:
    return markup_of(client.get(actor.get_absolute_url())).split("<main", 1)[1].split('id="share"')[0]


def main_buttons(text: str) -> list[str]:
    """What the accent buttons of a page lead to."""
    return [
        one.split('href="')[1].split('"')[0]
        for one in text.split("<a ")[1:]
        if "btn--main" in one.split(">")[0]
    ]


PUBLISHED = {"email": "info@optik.example", "phone": "0631 205-0", "website": "https://optik.example/"}


@pytest.mark.parametrize(
    ("fields", "main"),
    [
        (PUBLISHED, "mailto:info@optik.example"),
        (PUBLISHED | {"email": ""}, "/de/akteure/optik/anfrage/"),
        ({}, "/de/akteure/optik/anfrage/"),
        (PUBLISHED | {"contact_by": ContactBy.PORTAL}, "/de/akteure/optik/anfrage/"),
        (PUBLISHED | {"contact_by": ContactBy.NOT}, "mailto:info@optik.example"),
        ({"contact_by": ContactBy.NOT, "website": "https://optik.example/"}, "https://optik.example/"),
        ({"state": "draft"}, None),
    ],
)
def test_one_button_says_how_an_actor_is_reached(client, admin_client, fields, main):
    actor = make_actor("Optik", **fields)
    text = page_of(admin_client if actor.state == "draft" else client, actor)
    assert main_buttons(text) == ([main] if main else [])
    wants = actor.is_published and actor.contact_by != ContactBy.NOT
    assert ("/anfrage/" in text) == wants


def test_addresses_stand_plainly_before_everything_else(client):
    actor = make_actor("Optik", **PUBLISHED)
    ContactPerson.objects.create(
        actor=actor, name="Ja Sagerin", role_de="Leitung", email="ja@optik.example", consent_on="2026-01-01"
    )
    ContactPerson.objects.create(actor=actor, name="Nein Sager", email="nein@optik.example")
    text = page_of(client, actor)
    before, behind = text.split('id="h-chain"')
    for words in (
        '<a href="mailto:info@optik.example">info@optik.example</a>', '<a href="tel:+496312050">0631 205-0</a>',
        "Ja Sagerin, <span>Leitung</span>", '<a href="mailto:ja@optik.example">',
    ):  # fmt: skip
        assert words in before and words not in behind
    assert "Nein Sager" not in text


def test_a_person_is_written_to_where_the_organisation_has_no_address(client):
    actor = make_actor("Optik")
    ContactPerson.objects.create(actor=actor, name="Ja", email="ja@optik.example", consent_on="2026-01-01")
    assert main_buttons(page_of(client, actor)) == ["mailto:ja@optik.example"]


def test_card_and_code_are_files_with_their_types(client):
    actor = make_actor("Optik", **PUBLISHED)
    text = page_of(client, actor)
    card, code = (reverse(f"pages:actor-{name}", args=[actor.slug]) for name in ("vcard", "qr"))
    assert (
        card == "/de/akteure/optik/kontakt.vcf" and f'href="{card}"' in text and f'<img src="{code}"' in text
    )
    answer = client.get(card)
    assert answer["Content-Type"] == "text/vcard; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="optik.vcf"'
    assert answer.content.startswith(b"BEGIN:VCARD\r\nVERSION:4.0\r\n")
    picture = client.get(code)
    assert picture["Content-Type"] == "image/svg+xml" and b'fill="#fff"' in picture.content
    assert b"<title>http://testserver/de/akteure/optik/</title>" in picture.content


def test_a_cluster_names_its_management_and_how_to_reach_it(client):
    cluster = make_cluster("it", email="post@it.example", phone="0631 2050")
    manager = make_actor("Verein", **PUBLISHED)
    Membership.objects.create(actor=manager, cluster=cluster, kind=MembershipKind.MANAGEMENT)
    text = markup_of(client.get(reverse("clusters:cluster-detail", args=["it"])))
    for words in (
        'href="mailto:post@it.example"', 'href="mailto:info@optik.example"', 'href="tel:+496312050"',
        'href="https://optik.example/"', 'href="/de/anfrage/?cluster=it"',
    ):  # fmt: skip
        assert words in text


def test_every_page_says_how_to_reach_the_management_and_the_operator(client, settings):
    foot = markup_of(client.get("/de/")).split("<footer")[1]
    assert 'href="/de/anfrage/"' in foot and "mailto:" not in foot
    settings.OPERATOR_EMAIL = "betrieb@portal.example"
    assert 'href="mailto:betrieb@portal.example"' in markup_of(client.get("/de/")).split("<footer")[1]
