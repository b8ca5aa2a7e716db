"""What the portal knows of visitors goes in time, or when they ask; a count remains."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from clusterportal.enquiries.domain.confirmation_link import VALID_FOR
from clusterportal.enquiries.domain.retention import KEPT_FOR
from clusterportal.enquiries.models import Enquiry, EnquiryMail
from clusterportal.enquiries.tasks import forget
from clusterportal.history.erasure import erase, find_person
from clusterportal.history.person import Person
from tests.factories import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.PORTAL_DATA_DIR = tmp_path


def tables_with(*words: str) -> set[str]:
    """Every table of the database, read whole: jobs and versions as well."""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        found = set()
        for name in names:
            cursor.execute(
                f'SELECT count(*) FROM "{name}" AS row WHERE row::text ILIKE ANY(%s)',
                [[f"%{word}%" for word in words]],
            )
            if cursor.fetchone()[0]:
                found.add(name)
    return found


def test_thirty_days_after_the_confirmation_nothing_names_the_visitor(asked, client, mails, actor):
    client.post(asked(actor))
    mails()
    who = ("ada@frage", "Fragend", "Hof GmbH", "Landmaschinen")
    assert tables_with(*who) == {"enquiries_enquiry", "enquiries_enquirymail"}  # no job, no history
    Enquiry.objects.update(confirmed_at=timezone.now() - timedelta(days=29, hours=23))
    forget(0)
    assert tables_with("ada@frage") != set()
    Enquiry.objects.update(confirmed_at=timezone.now() - timedelta(days=30, minutes=1))
    forget(0)
    assert tables_with(*who) == set()
    left = Enquiry.objects.with_state().get()
    assert (left.actor, left.state, EnquiryMail.objects.count()) == (actor, "expired", 0)
    moment = timezone.localtime(left.created_at)
    assert (moment.date(), moment.minute, moment.second) == (timezone.localdate(), 0, 0)


def test_what_nobody_confirms_goes_after_two_days(ask, actor):
    ask(actor)
    Enquiry.objects.update(created_at=timezone.now() - timedelta(hours=47))
    forget(0)
    assert Enquiry.objects.count() == 1
    Enquiry.objects.update(created_at=timezone.now() - timedelta(hours=49))
    forget(0)
    assert tables_with("ada@frage") == set()


def test_a_person_who_asks_is_erased_as_visitor_and_as_recipient(asked, ask, client, actor, mails):
    client.post(asked(actor))
    ask(actor)
    visitor = Person("Ada Fragend", "ada@frage.example")
    found = find_person(visitor)
    assert [one.kind for one in found.values()] == ["Anfrage", "Anfrage"]
    by = make_person("administrator")
    erase(person=visitor, keys=found, ground="request", by=by)
    assert tables_with("ada@frage", "Fragend") == set() and mails() == []
    assert [one.actor for one in Enquiry.objects.all()] == [actor]
    client.post(asked(actor, **{"ask-email": "neu@frage.example"}))
    mails()
    receiver = Person("", "info@optik.example")
    kinds = {one.kind for one in find_person(receiver).values()}
    assert "E-Mail mit einer Anfrage" in kinds


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("enquirymail_kind_known", {"kind": "letter"}),
        ("enquirymail_state_known", {"state": "lost"}),
        ("enquirymail_sent_has_a_date", {"state": "sent"}),
        ("enquirymail_once", {}),
        ("enquiry_forgotten_names_nobody", None),
    ],
)
def test_the_database_refuses_nonsense(actor, name, wrong):
    enquiry = Enquiry.objects.create(actor=actor, name="Ada")
    mail = {"enquiry": enquiry, "kind": "copy", "to": "a@example.org"}
    EnquiryMail.objects.create(**mail)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        if wrong is None:
            Enquiry.objects.update(forgotten_at=timezone.now())
        else:
            EnquiryMail.objects.create(**mail | wrong)


@pytest.mark.parametrize(
    ("language", "after", "unconfirmed"),
    [("de", "30 Tage nach der Bestätigung", "nach zwei Tagen"), ("en", "30 days after", "after two days")],
)
def test_the_privacy_text_names_the_terms(language, after, unconfirmed):
    text = (settings.BASE_DIR / "fixtures" / "pages" / f"privacy.{language}.md").read_text(encoding="utf-8")
    assert (KEPT_FOR.days, VALID_FOR.days) == (30, 2)
    assert after in text and unconfirmed in text
