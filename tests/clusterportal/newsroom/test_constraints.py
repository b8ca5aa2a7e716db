"""The database refuses nonsense in contributions, whoever writes it. Every constraint is broken once."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.utils import timezone

from clusterportal.newsroom.models import Contribution, File, Link, WithdrawnEvent
from tests.factories import make_contribution

pytestmark = pytest.mark.django_db
NOW = timezone.now()
FAR = NOW.replace(year=2102, day=1)
LATER = NOW + timedelta(days=1)


def changed(**fields):
    """A draft of a news item that is changed so."""
    return lambda draft: Contribution.objects.filter(pk=draft.pk).update(**fields)


def event(**fields):
    return changed(**{"kind": "event", "event_kind": "workshop", "starts_at": NOW} | fields)


def link(**fields):
    values = {"label_de": "X", "url": "https://a.example.org"} | fields
    return lambda draft: Link.objects.create(contribution=draft, **values)


def published_picture(**fields):
    values = {"image": "contributions/a.png", "image_credit": "Foto: A", "image_alt_de": "Ein Haus"} | fields
    return changed(state="published", published_at=NOW, year=2026, **values)


BREAKS = {
    "contribution_kind_known": changed(kind="x"),
    "contribution_state_known": changed(state="x"),
    "contribution_event_kind_known": event(event_kind="x"),
    "contribution_date_plausible": changed(date="1979-12-31"),
    "contribution_deadline_plausible": changed(kind="call", deadline="2101-01-01"),
    "contribution_registration_from_plausible": event(registration_from="1979-12-31"),
    "contribution_registration_until_plausible": event(registration_until="2101-01-01"),
    "contribution_ends_at_plausible": event(ends_at=FAR),
    "contribution_publish_at_plausible": changed(publish_at=FAR),
    "contribution_expires_at_plausible": changed(expires_at=FAR),
    "contribution_online_url_on_the_web": event(online_url="javascript:x"),
    "contribution_registration_url_on_the_web": event(registration_url="x"),
    "contribution_printable": changed(body_en="\x01"),
    "contribution_has_an_address": changed(slug=""),
    "contribution_has_a_title": changed(title_de="", title_en=""),
    "contribution_year_plausible": changed(year=1979),
    "contribution_event_fields_of_events": changed(place="Halle"),
    "contribution_deadline_of_calls": changed(deadline="2026-01-01"),
    "contribution_ends_after_it_begins": event(ends_at=NOW - timedelta(minutes=1)),
    "contribution_registration_in_order": event(
        registration_from="2026-02-02", registration_until="2026-02-01"
    ),
    "contribution_expires_after_it_appears": changed(publish_at=LATER, expires_at=LATER),
    "contribution_published_event_begins": changed(kind="event", state="published"),
    "contribution_published_picture_described": published_picture(image_alt_de="", image_alt_en="A house"),
    "contributionlink_url_on_the_web": link(url="javascript:x"),
    "contributionlink_printable": link(label_de="\x01"),
    "contributionlink_has_a_label": link(label_de=""),
    "contributionfile_printable": lambda draft: File.objects.create(
        contribution=draft, name="\x01", media_type="application/pdf", size=1
    ),
    "withdrawnevent_event_kind_known": lambda draft: WithdrawnEvent.objects.create(
        uid=draft.uid, sequence=1, starts_at=NOW, withdrawn_at=NOW, event_kind="x"
    ),
}
# The database keeps these by itself: no statement can bring about what they forbid.
KEPT = {"contribution_published_has_a_moment", "contribution_number_of_a_story"}


@pytest.mark.parametrize("name", BREAKS)
def test_the_database_refuses(name):
    draft = make_contribution(state="draft")
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        BREAKS[name](draft)


def test_a_picture_is_published_with_credit_and_description_or_as_decoration():
    draft = make_contribution(state="draft", title_en="A house")
    for lacking in ({"image_credit": "", "image_is_decorative": True}, {"image_alt_de": "Ein Haus"}):
        with pytest.raises(IntegrityError, match="picture_described"), transaction.atomic():
            published_picture(**lacking)(draft)
    published_picture(image_alt_en="A house")(draft)
    published_picture(image_alt_de="", image_alt_en="", image_is_decorative=True)(draft)


def test_no_constraint_is_forgotten():
    models = apps.get_app_config("newsroom").get_models()
    assert {one.name for model in models for one in model._meta.constraints} == BREAKS.keys() | KEPT
