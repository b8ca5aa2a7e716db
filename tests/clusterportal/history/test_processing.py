"""The record of processing: every column that may hold data of people is declared, and every term has its job."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.test.utils import isolate_apps
from procrastinate.contrib.django import app

from actors.models import Actor, ContactPerson
from clusterportal.enquiries.models import Enquiry
from clusterportal.history import processing
from clusterportal.history.processing import (
    Activity,
    Basis,
    Kept,
    Term,
    keep_for,
    no_people,
    record_of_processing,
    terms,
    undeclared,
)


def test_somebody_spoke_for_every_column_that_may_hold_people():
    """Red: a new column with text. Declare it in `processing.py` of its room, with `Kept` or with `no_people`."""
    assert undeclared() == []


@isolate_apps("tests")
def test_a_new_column_is_seen():
    class Visitor(models.Model):
        nickname = models.CharField(max_length=9)
        pets = ArrayField(models.TextField())
        more = models.JSONField()
        network = models.GenericIPAddressField()
        photo = models.FileField()
        size = models.CharField(choices=[("s", "small")])
        born_on = models.DateField()
        friend = models.ForeignKey(get_user_model(), models.CASCADE)

        class Meta:
            app_label = "tests"

        def __str__(self):
            return self.nickname

    names = ("nickname", "pets", "more", "network", "photo")
    assert undeclared([Visitor]) == [f"tests.Visitor.{name}" for name in names]


def test_nothing_is_declared_twice_or_without_being_there(monkeypatch):
    for name in ("_activities", "_kept", "_places", "_nobody"):
        monkeypatch.setattr(processing, name, dict(getattr(processing, name)))
    term = Term("for ever")
    with pytest.raises(LookupError, match=r"ContactPerson\.name was declared before"):
        keep_for("contacts", Kept(ContactPerson, ["name"], term))
    with pytest.raises(LookupError, match=r"ContactPerson\.email was declared before"):
        no_people(ContactPerson, "email", why="x")
    with pytest.raises(LookupError, match=r"ContactPerson has no column shoe_size"):
        no_people(ContactPerson, "shoe_size", why="x")
    with pytest.raises(LookupError, match="contacts"):
        processing.process(Activity("contacts", "x", "x", (Basis.CONSENT,), "x", "x"))


def test_every_term_has_a_job_that_is_planned():
    planned = {task.task.name for task in app.periodic_registry.periodic_tasks.values()}
    found = terms()
    assert {term.job for term, _names in found} - planned == set()
    assert [term for term, _names in found if term.period and not term.job] == []
    assert len(found) > 25


def test_each_line_says_what_article_30_asks_for():
    lines = list(record_of_processing())
    for line in lines:
        activity = line.activity
        assert all(
            map(str, (activity.name, activity.purpose, activity.people, activity.recipients, line.term))
        )
        assert activity.bases and line.place and line.column
    by_name = {line.technical: line for line in lines if line.technical}
    assert len(by_name) == len([line for line in lines if line.technical])
    enquiry = by_name[f"{Enquiry._meta.db_table}.email"]
    assert (enquiry.activity.code, enquiry.term.period, enquiry.versions) == (
        "enquiries",
        timedelta(days=30),
        False,
    )
    assert by_name[f"{ContactPerson._meta.db_table}.name"].versions
    assert by_name[f"{Actor._meta.db_table}.description_de"].may_name
    assert by_name["teamwork_note.author_id"].activity.code == "accounts"  # read from the models
