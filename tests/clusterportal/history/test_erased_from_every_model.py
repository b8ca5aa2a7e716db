"""A person in every text column of every model is found, and is gone from all tables and versions when erased."""

import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models, transaction
from pghistory.models import Event

from clusterportal.history.erasure import erase, look_for
from clusterportal.history.person import Person
from clusterportal.history.processing import may_hold_people
from clusterportal.history.text_columns import left_out, tables
from tests.clusterportal.history.test_erased_everywhere import tables_with
from tests.factories import make_person

KEY, OTHER = 700_001, 700_002  # of all rows that are planted; second rows where two are needed
NAME, MAIL = "Xerika Zümpelmann", "xe.zu@zumpel.example"
SPELT = ["xerika", "zümpelmann", "zuempelmann", "xe.zu", "zumpel.example"]
NOW = datetime(2026, 1, 1, tzinfo=UTC)
# What the constraints of the tables ask for, by model and column.
_FITTING: dict[str, dict[str, Any]] = {
    "newsletters.Subscription": {"ended_by": ""},
    "newsletters.Issue": {"hold_reason": ""},
    "kpis.KpiValue": {"value": None, "until": date(2027, 1, 1)},
    "kpis.KpiTarget": {"year": 2026},
    "newsroom.Contribution": {"kind": "event"},
    "partnering.PartnerSearch": {"closed_at": NOW},
    "partnering.SearchMail": {"kind": "suggestions", "choice": KEY, "since": NOW},
    "teamwork.OutgoingMail": {"letter": KEY},
    "finance.Budget": {"currency": "EUR", "year": 2026},
    "finance.BudgetLine": {"plan": 1},
    "matchmaking.Wish": {"target": OTHER},
    "matchmaking.Talk": {"one": KEY, "other": OTHER},
    "partners.FeedState": {"id": 1},
    "partners.Partner": {"terms_accepted_at": NOW},
    "partners.WebhookEndpoint": {"former_secret": "", "pause_reason": ""},
    "network.CooperationProject": {"currency": "EUR"},
    "quality.DuplicatePair": {"second": OTHER},
    "actors.Actor": {"location_accuracy": "", "country": "DE"},
    "actors.ActorRelation": {"target": OTHER},
}
_TWICE = {
    "actors.Actor": {"slug": "andere", "uid": uuid.UUID(int=OTHER)},
    "matchmaking.Participation": {"organisation": "Andere"},
}
# Without texts of people: one row stands already, or triggers write them.
_OWN_ROWS = {
    "actors.SearchDocument", "actors.SearchNames", "actors.TopicLink", "places.Postcode",
    "history.Revision", "core.Standstill", "contenttypes.ContentType", "auth.Permission", "partners.FeedState",
    "newsroom.ContributionDocument", "core.BackupNote", "pages.FeedNamespace",
}  # fmt: skip

_TOO_SHORT = {"partners_feednote", "partners_webhookorder"}  # codes of fewer characters than the name has


def _named(column: models.Field) -> Any:
    """The person, as the column takes it."""
    if isinstance(column, ArrayField):
        fits = may_hold_people(column) and (column.base_field.max_length or len(NAME)) >= len(NAME)
        return [NAME] if fits else []
    if isinstance(column, models.JSONField):
        return {"a": [f"von {NAME}"]}
    for kind, value in (
        (models.EmailField, MAIL),
        (models.URLField, "https://xerika-zuempelmann.example/"),
        (models.SlugField, "xerika-zuempelmann"),
        (models.FileField, "xerika-zuempelmann.txt"),
    ):
        if isinstance(column, kind):
            return value
    return NAME if (column.max_length or len(NAME)) >= len(NAME) else "x"


def _is_searched(column: models.Field) -> bool:
    table = column.model._meta.db_table
    return may_hold_people(column) and not {table, f"{table}.{column.column}"} & left_out().keys()


def _value(column: models.Field, key: int) -> Any:
    if column.is_relation:
        keyed_by_text = isinstance(column.target_field, (models.CharField, models.TextField))
        return None if column.null else str(KEY) if keyed_by_text else KEY
    if column.flatchoices:
        return column.flatchoices[0][0]
    if isinstance(column, models.GenericIPAddressField):
        return None
    if may_hold_people(column) and not _is_searched(column):
        return {} if isinstance(column, models.JSONField) else [] if isinstance(column, ArrayField) else "x"
    if may_hold_people(column) or isinstance(column, ArrayField):
        return _named(column)
    if column.primary_key and isinstance(column, models.AutoField):
        return key
    if isinstance(column, models.UUIDField):
        return uuid.UUID(int=key)
    if isinstance(column, models.BooleanField):
        return False
    if column.null:
        return None
    days = {models.DateTimeField: NOW, models.DateField: date(2026, 1, 1), models.TimeField: time(9)}
    return days.get(type(column), 1)


def _plant(model: type[models.Model], key: int, **fitting) -> None:
    fitting = _FITTING.get(model._meta.label, {}) | fitting
    columns = [one for one in model._meta.concrete_fields if not one.generated]
    values = [fitting[one.name] if one.name in fitting else _value(one, key) for one in columns]
    names = ", ".join(connection.ops.quote_name(one.column) for one in columns)
    ready = [one.get_db_prep_save(value, connection) for one, value in zip(columns, values, strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES ({", ".join(["%s"] * len(ready))})', ready
        )


def _models() -> Iterator[type[models.Model]]:
    for model in apps.get_models(include_auto_created=True):
        is_table = model._meta.managed and not model._meta.proxy and not issubclass(model, Event)
        if is_table and model._meta.label not in _OWN_ROWS:
            yield model


@pytest.mark.django_db
def test_a_person_in_every_model_is_erased_from_every_model(
    settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.PORTAL_DATA_DIR = settings.MEDIA_ROOT = tmp_path
    administrator = make_person("administrator")
    for model in _models():
        _plant(model, KEY)
        if model._meta.label in _TWICE:
            _plant(model, OTHER, **_TWICE[model._meta.label])
    holding = {one._meta.db_table for one in _models() if any(map(_is_searched, one._meta.concrete_fields))}
    searched = holding & {table.name for table in tables()}
    planted = {table for word in SPELT for table in tables_with(word)}
    assert len(planted) > 150 and searched - planted == _TOO_SHORT
    person = Person(NAME, MAIL)
    found = look_for(person)
    named = {table for one in found.findings.values() for table, _key in one.places}
    assert searched - _TOO_SHORT - named == set()
    with django_capture_on_commit_callbacks(execute=True):
        _erasure, done = erase(person=person, keys=found.findings, ground="request", by=administrator)
    assert done.failed == []
    assert {word: tables_with(word) for word in SPELT} == {word: [] for word in SPELT}
    transaction.set_rollback(
        True
    )  # without the check of references, some of which lead to what was not planted
