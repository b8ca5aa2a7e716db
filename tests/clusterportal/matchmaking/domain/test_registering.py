"""Who counts for an organisation, and what the links of mails open and until when."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone

from clusterportal.clusters.models import Release
from clusterportal.core.calendar_days import months_after
from clusterportal.core.signed_links import BadLink
from clusterportal.matchmaking.domain import planning, registering
from clusterportal.matchmaking.domain.agenda import agenda_of
from clusterportal.matchmaking.domain.forgetting import forget_expired
from clusterportal.matchmaking.domain.mails import text_of
from clusterportal.matchmaking.domain.participant_links import (
    AGENDA,
    CONFIRMATION,
    VOUCH,
    person_of,
    vouching_for,
)
from clusterportal.matchmaking.domain.releasing import release
from clusterportal.matchmaking.models import Event, MeetingMail, Participation, Representative, Talk, Wish
from tests.factories import make_person
from tests.markup import markup_of

pytestmark = pytest.mark.django_db


def signs_up(hall, email: str, organisation: str = "Alfa", **fields) -> Representative | None:
    who = registering.Registrant("Kim Vogt", email, "de", organisation=organisation, **fields)
    registering.register(event=hall.event, by=who)
    return Representative.objects.filter(email=email).first()


def confirm(person) -> Representative:
    return registering.confirm(CONFIRMATION.token(str(person.uid)))


def path(link, key: str) -> str:
    return "/" + link.address(key, language="de").split("/", 3)[3]


def test_a_further_person_of_an_organisation_counts_when_a_colleague_says_so(hall):
    a, b = hall.comes("Alfa"), hall.comes("Bravo")
    hall.both(a, b)
    person, client = signs_up(hall, "mallory@example.net"), Client()
    assert person.participation == a
    answer = client.post(path(CONFIRMATION, str(person.uid)))
    assert "Alfa ist bereits angemeldet" in markup_of(answer)
    person.refresh_from_db()
    assert (person.confirmed_at, bool(person.waits_since)) == (None, True)
    for address in (path(AGENDA, str(person.uid)), path(AGENDA, str(person.uid)) + "gespraeche.ics"):
        assert client.get(address).status_code == 404
    assert registering.confirm(CONFIRMATION.token(str(person.uid))).confirmed_at is None

    mail = MeetingMail.objects.get(kind="vouch")
    colleague = a.people.exclude(pk=person.pk).get()
    key = vouching_for(person, colleague)
    text = text_of(mail)
    assert text["to"] == "alfa0@example.org"
    assert "mallory@example.net" in text["body"] and "/gespraeche/kollegen/" in text["body"]
    assert client.get(path(VOUCH, vouching_for(person, b.people.get()))).status_code == 410
    assert client.get(path(VOUCH, vouching_for(person, person))).status_code == 410  # not even by themselves
    assert "sieht diese Person Ihre Wünsche" in markup_of(client.get(path(VOUCH, key)))
    person.refresh_from_db()
    assert person.confirmed_at is None  # a GET changes nothing
    client.post(path(VOUCH, key))
    person.refresh_from_db()
    assert person.confirmed_at and person.waits_since is None
    assert client.get(path(AGENDA, str(person.uid))).status_code == 200
    assert text_of(MeetingMail.objects.get(kind="vouch")) is None  # answered


def test_the_organiser_confirms_who_waits(hall, client):
    a = hall.comes("Alfa")
    person = confirm(signs_up(hall, "kim@example.org"))
    with pytest.raises(PermissionDenied):
        registering.admit_waiting(participation=a, by=make_person("manager"))
    client.force_login(hall.manager)
    (line,) = (one for one in agenda_of(hall.cluster, today=timezone.localdate()) if one.kind == "decision")
    assert line.why == "1 Person wartet darauf, dass jemand sie bestätigt."
    assert client.get(line.url).status_code == 200
    sent = {"action": "admit", "_selected_action": [a.pk]}
    answer = client.post("/admin/matchmaking/participation/", sent, follow=True)
    assert "1 Person ist bestätigt" in markup_of(answer)
    person.refresh_from_db()
    assert person.confirmed_at
    assert forget_expired(today=timezone.localdate()) == 0


def test_who_registers_an_organisation_anew_finds_no_wishes_of_those_who_left(hall):
    a, b = hall.comes("Alfa"), hall.comes("Bravo")
    hall.both(a, b)
    registering.withdraw(person=a.people.get())
    assert confirm(signs_up(hall, "kim@example.org")).confirmed_at
    assert list(Wish.objects.all()) == [b.wishes.get()]


def test_whom_the_organisers_took_out_does_not_come_back_by_the_form(hall):
    a = hall.comes("Alfa")
    waits = signs_up(hall, "kim@example.org")
    registering.take_out(participation=a, by=hall.manager)
    assert signs_up(hall, "eva@example.org") is None
    assert signs_up(hall, "alfa0@example.org") == a.people.exclude(pk=waits.pk).get()
    with pytest.raises(BadLink):
        confirm(waits)
    assert not Participation.objects.coming().exists()
    Participation.objects.update(is_taken_out=False)
    assert signs_up(hall, "eva@example.org")


def test_names_are_compared_as_the_database_does(hall):
    one = signs_up(hall, "a@example.org", "STRAẞE")
    assert signs_up(hall, "b@example.org", "straße").participation == one.participation
    assert signs_up(hall, "c@example.org", "STRASSE").participation != one.participation


def test_after_the_event_links_change_no_talk(hall):
    a, b = hall.comes("Alfa"), hall.comes("Bravo")
    hall.both(a, b)
    plan = planning.ask_for_plan(event=hall.event, by=hall.manager)
    planning.compute(plan=plan)
    plan.refresh_from_db()
    release(plan=plan, by=hall.manager)
    late = signs_up(hall, "kim@example.org", "Charlie")
    person, yesterday = a.people.get(), timezone.localdate() - timedelta(days=1)
    Event.objects.update(day=yesterday, wishes_until=yesterday)
    with pytest.raises(registering.NotOpen):
        confirm(late)
    client = Client()
    answer = client.post(path(CONFIRMATION, str(late.uid)))
    assert (answer.status_code, "Die Anmeldung" in markup_of(answer)) == (410, True)
    own = path(AGENDA, str(person.uid))
    assert "Meine Daten löschen" in markup_of(client.get(own))
    assert client.post(own, {"do": "presence"}).status_code == 409
    assert client.post(own, {"do": "leave", "sure": "yes"}).status_code == 200
    assert not a.people.exists()
    assert (Talk.objects.get().status, Participation.objects.coming().count()) == ("planned", 2)


def test_links_end_when_people_are_forgotten(hall):
    person = hall.comes("Alfa").people.get()
    token = AGENDA.token(str(person.uid))
    day = timezone.localdate() - timedelta(days=100)
    Event.objects.update(day=day, wishes_until=day, forget_after=24)
    assert person_of(AGENDA, token) == person
    Event.objects.update(forget_after=3)
    with pytest.raises(BadLink):
        person_of(AGENDA, token)


def test_people_of_an_event_without_a_day_are_forgotten_too(hall):
    hall.comes("Alfa")
    hall.event.day = None
    hall.event.opened_on = hall.event.wishes_until = None
    with pytest.raises(ValidationError, match="Tag"):
        hall.event.full_clean()
    hall.event.forget_after = 25
    with pytest.raises(ValidationError, match="24"):
        hall.event.full_clean()
    Event.objects.update(day=None, opened_on=None, wishes_until=None)
    today = timezone.localdate()
    assert forget_expired(today=months_after(today, 6) - timedelta(days=1)) == 0
    assert forget_expired(today=months_after(today, 6)) == 1


def test_the_form_says_how_a_colleague_comes_along(hall, client):
    Release.objects.create(cluster=hall.cluster, section="matchmaking")
    html = markup_of(client.get("/de/cluster/it-cluster/matchmaking/laden/anmelden/"))
    assert "fragen wir dort nach" in html
