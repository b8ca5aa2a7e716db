"""What the database refuses of a contribution."""

from datetime import UTC, datetime, time, timedelta

from django.db.models import BaseConstraint, CheckConstraint, F, Q
from django.utils.translation import gettext_lazy as _

from clusterportal.core.constraints import (
    FIRST_DAY,
    LAST_DAY,
    has_an_address,
    one_of,
    one_of_or_blank,
    plausible_day,
    printable,
    web_address,
)
from clusterportal.core.languages import LANGUAGE_CODES, column_names, is_written
from clusterportal.core.publication import PublicationState, is_published
from clusterportal.newsroom.enums import EventKind, Kind

TRANSLATED_TEXTS = ("title", "subtitle", "lead", "body", "image_caption", "image_alt")
_PUBLISHED = is_published()
_NO_EVENT = Q(
    event_kind="",
    starts_at=None,
    ends_at=None,
    is_all_day=False,
    place="",
    online_url="",
    organiser=None,
    organiser_words="",
    registration_url="",
    registration_from=None,
    registration_until=None,
    is_full=False,
    has_waiting_list=False,
    cancelled_at=None,
    moved_from=None,
    moved_at=None,
    matchmaking_event=None,
)


def _is_described() -> Q:
    """Every language that is there says what the picture shows."""
    condition = Q()
    for code in LANGUAGE_CODES:
        condition &= Q(**{f"title_{code}": ""}) | ~Q(**{f"image_alt_{code}": ""})
    return condition


def _plausible_moment(field: str) -> CheckConstraint:
    """Within the years of `plausible_day`, and a day around them for other time zones."""
    first = datetime.combine(FIRST_DAY - timedelta(days=1), time.min, UTC)
    last = datetime.combine(LAST_DAY + timedelta(days=1), time.max, UTC)
    condition = Q(**{field: None}) | Q(**{f"{field}__range": (first, last)})
    return CheckConstraint(condition=condition, name=f"contribution_{field}_plausible")


CONSTRAINTS: list[BaseConstraint] = [
    one_of("kind", Kind, table="contribution"),
    one_of("state", PublicationState, table="contribution"),
    one_of_or_blank("event_kind", EventKind, table="contribution"),
    plausible_day("date", table="contribution"),
    plausible_day("deadline", table="contribution"),
    plausible_day("registration_from", table="contribution"),
    plausible_day("registration_until", table="contribution"),
    *map(_plausible_moment, ("ends_at", "publish_at", "expires_at")),  # `date` has the day of `starts_at`
    web_address("online_url", table="contribution"),
    web_address("registration_url", table="contribution"),
    printable(
        *(column for name in TRANSLATED_TEXTS for column in column_names(name)),
        *("source", "image_credit", "place", "organiser_words"),
        table="contribution",
    ),
    has_an_address("contribution"),
    CheckConstraint(
        condition=is_written("title"),
        name="contribution_has_a_title",
        violation_error_message=_("A contribution needs a headline in at least one language."),
    ),
    CheckConstraint(
        condition=Q(year=None) | Q(year__range=(FIRST_DAY.year, LAST_DAY.year)),
        name="contribution_year_plausible",
        violation_error_message=_("A year lies between 1980 and 2100."),
    ),
    CheckConstraint(
        condition=Q(number=None) | Q(kind=Kind.SUCCESS_STORY), name="contribution_number_of_a_story"
    ),
    CheckConstraint(
        condition=Q(kind=Kind.EVENT) | _NO_EVENT,
        name="contribution_event_fields_of_events",
        violation_error_message=_("Begin, place, organiser and registration belong to events alone."),
    ),
    CheckConstraint(
        condition=Q(deadline=None) | Q(kind=Kind.CALL),
        name="contribution_deadline_of_calls",
        violation_error_message=_("A deadline belongs to calls alone."),
    ),
    CheckConstraint(
        condition=Q(ends_at=None) | Q(starts_at__isnull=False, ends_at__gte=F("starts_at")),
        name="contribution_ends_after_it_begins",
        violation_error_message=_("An event ends after it begins."),
    ),
    CheckConstraint(
        condition=Q(registration_from=None)
        | Q(registration_until=None)
        | Q(registration_until__gte=F("registration_from")),
        name="contribution_registration_in_order",
        violation_error_message=_("Registration ends after it opens."),
    ),
    CheckConstraint(
        condition=Q(publish_at=None) | Q(expires_at=None) | Q(expires_at__gt=F("publish_at")),
        name="contribution_expires_after_it_appears",
        violation_error_message=_("A contribution disappears after it appeared."),
    ),
    CheckConstraint(
        condition=~_PUBLISHED | Q(published_at__isnull=False) | Q(publish_at__isnull=False),
        name="contribution_published_has_a_moment",
    ),
    CheckConstraint(
        condition=~_PUBLISHED | ~Q(kind=Kind.EVENT) | Q(starts_at__isnull=False) & ~Q(event_kind=""),
        name="contribution_published_event_begins",
        violation_error_message=_("An event is published with its kind and its begin."),
    ),
    CheckConstraint(
        condition=~_PUBLISHED
        | Q(image="")
        | ~Q(image_credit="") & (Q(image_is_decorative=True) | _is_described()),
        name="contribution_published_picture_described",
        violation_error_message=_(
            "A picture is published with its credit and an alternative text in each language."
        ),
    ),
]
