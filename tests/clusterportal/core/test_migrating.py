"""An upgrade begins with a session that has done nothing yet."""

from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db import connection

from actors.models import Actor
from clusterportal.core.migrating import mend_web_addresses
from tests.factories import make_actor


@pytest.mark.django_db(transaction=True)
def test_the_settings_of_trigrams_can_be_named():
    def known() -> str | None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('pg_trgm.similarity_threshold', true)")
            return cursor.fetchone()[0]

    connection.close()
    assert known() is None
    call_command("migrate", verbosity=0)
    assert known() == "0.3"


@pytest.mark.django_db
def test_web_addresses_are_mended_before_they_are_checked():
    told = {
        "http://a.example": "http://a.example", "HTTPS://a.example/x": "HTTPS://a.example/x",
        "ftp://a.example": "ftp://a.example",
        "www.a.example": "https://www.a.example", " www.müller.example/x ": "https://www.müller.example/x",
        "javascript:alert(1)": "", "JaVaScript://a.example/%0aalert(1)": "", "data:text/html,x": "", "siehe unten": "",
        "info@a.example": "", "": "", "www.a.example/" + "x" * 480: "",
    }  # fmt: skip
    constraint = next(one for one in Actor._meta.constraints if one.name == "actor_website_on_the_web")
    with connection.schema_editor() as editor:
        editor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        editor.remove_constraint(Actor, constraint)
        made = [make_actor(f"Firma {number}", website=website).pk for number, website in enumerate(told)]
        mend_web_addresses("actors_actor", "website")(None, SimpleNamespace(connection=connection))
        editor.add_constraint(Actor, constraint)
    found = Actor.objects.in_bulk(made)
    assert {given: found[pk].website for given, pk in zip(told, made, strict=True)} == told
