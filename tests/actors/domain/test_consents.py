"""Whoever writes: each consent of a contact person that comes, changes or goes stands in the proof."""

from datetime import date

import pytest

from actors.domain.consents import step_of, steps
from actors.models import ContactPerson
from clusterportal.history.acts import CONSENT, act
from tests.factories import make_actor, make_person

pytestmark = pytest.mark.django_db
FIRST, SECOND = date(2026, 1, 2), date(2026, 3, 4)


def told() -> list[tuple]:
    return [(one.person, one.is_given, one.given_on, one.by, one.wording) for one in map(step_of, steps())]


def test_each_consent_that_comes_changes_or_goes_is_there():
    actor, editor = make_actor(), make_person("editor", username="eva")
    ContactPerson.objects.create(actor=actor, name="Nie")
    with act("review", by=editor, **{CONSENT: "Ich bin einverstanden."}):
        ada = ContactPerson.objects.create(actor=actor, name="Ada", consent_on=FIRST)
    bea = ContactPerson.objects.create(actor=actor, name="Bea", consent_on=FIRST)
    ContactPerson.objects.filter(pk=ada.pk).update(phone="0631 2051")  # says nothing of the consent
    ContactPerson.objects.filter(pk=ada.pk).update(consent_on=SECOND)
    with act("edit", by=editor):
        ContactPerson.objects.filter(pk=ada.pk).update(consent_on=None)
    ContactPerson.objects.filter(pk=ada.pk).delete()  # nothing to withdraw any more
    bea.delete()
    assert told() == [
        ("Bea", False, FIRST, "", ""),
        ("Ada", False, SECOND, "eva", ""),
        ("Ada", True, SECOND, "", ""),
        ("Bea", True, FIRST, "", ""),
        ("Ada", True, FIRST, "eva", "Ich bin einverstanden."),
    ]
