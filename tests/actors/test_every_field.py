"""Every field of an actor in every place where it belongs: who adds one is told which places forgot it.

What a place leaves out on purpose stands in `LEFT_OUT` with the reason; a reason that no longer holds is named too.
"""

import pytest
from django.db import models

from actors.columns import placeholders
from actors.columns.fields import (
    ACTOR_FIELDS,
    COLUMNS,
    FIELDS,
    PART_GROUPS,
    READ_INTO,
    columns_to_map,
)
from actors.columns.parts import PARTS
from actors.domain.completeness import NEEDED, complete_condition, missing_fields
from actors.models import Actor
from actors.search.engine import search
from clusterportal.intake.heading_words import SYNONYMS
from clusterportal.intake.profiles.registry import EXTRA
from clusterportal.review.domain.actor_columns import PUBLIC_COLUMNS
from tests.actors import field_places as places
from tests.factories import make_area

pytestmark = pytest.mark.django_db
KEPT = dict.fromkeys(
    ["published_at", "created_at", "updated_at", "public_updated_at"], "the database keeps it"
)
LOGO = {"logo": "a file stands in no cell"}
KEYS = dict.fromkeys(["uid", "slug"], "the world has stored it")
NOT_PUBLIC = {"state": "only published ones are shown"}
CURATED = NOT_PUBLIC | {"source": "for curators"}
ON_THE_MAP = dict.fromkeys(["latitude", "longitude", "location_accuracy"], "curators place it on the map")
NOT_PROPOSED = KEYS | LOGO | ON_THE_MAP | CURATED | {"verified_on": "curators verify"}
LEFT_OUT = {
    places.declaration: KEPT,
    places.export: KEPT | LOGO,
    places.imported: KEPT | LOGO,
    places.headings: KEPT | LOGO | {
        "summary_en": "the first language is meant", "description_en": "the first language is meant",
    },
    places.mapping_page: KEPT | LOGO,
    places.registry_files: KEPT | LOGO | {"state": "what stands there is published"},
    places.public_export: KEPT | LOGO | NOT_PUBLIC,
    places.api_detail: KEPT | NOT_PUBLIC,
    places.schema: KEPT | NOT_PUBLIC,
    places.profile_page: KEPT | {
        "state": "only published ones are shown",
        "summary_en": "on the English page", "description_en": "on the English page",
        "location_accuracy": "said where it is not exact",
    },
    places.public_form: KEPT | NOT_PROPOSED,
    places.recorded_for_visitors: KEPT | NOT_PROPOSED,
    places.comparison: KEPT | LOGO,
    places.editors_change: KEPT,
    places.merge: dict.fromkeys(["created_at", "updated_at", "public_updated_at"], "the database keeps it") | KEYS,
    places.admin_page: {"public_updated_at": "the database keeps it"},
    places.history: KEPT | {"uid": "never changes"},
}  # fmt: skip
NOT_SEARCHED = {
    "slug": "made from the name", "street": "no word of its own", "country": "a filter", "source": "for curators",
    "website": "an address is no word", "email": "an address is no word", "phone": "a number is no word",
    "logo": "a file",
}  # fmt: skip
NOT_PRINTABLE_BY_CONSTRAINT = {
    "slug": "letters, digits and hyphens",
    "country": "two letters",
    "logo": "a path",
}


@pytest.fixture
def whole() -> Actor:
    """An actor with a value of its own in every field."""
    return Actor.objects.create(**places.values())


@pytest.mark.parametrize("place", LEFT_OUT, ids=lambda place: place.__name__)
def test_no_place_forgets_a_field(place, client, whole, tmp_path):
    missing = {field.name for field in places.STORED} - place(client, whole, tmp_path)
    forgotten, without_need = missing - {*LEFT_OUT[place]}, {*LEFT_OUT[place]} - missing
    assert (forgotten, without_need) == (set(), set())


@pytest.mark.parametrize("place", [places.api_list, places.api_table])
def test_lists_of_the_api_show_the_fields_that_say_so(place, client, whole, tmp_path):
    assert place(client, whole, tmp_path) == {one.name for one in ACTOR_FIELDS if one.in_lists}


def texts() -> list[models.Field]:
    return [
        f for f in places.OF_PEOPLE if isinstance(f, (models.CharField, models.TextField)) and not f.choices
    ]


def test_the_search_finds_every_text(whole):
    everybody = Actor.objects.all()
    found = {field.name for field in texts() if search(str(places.value_of(field)), among=everybody).keys}
    assert {field.name for field in texts()} - found == {*NOT_SEARCHED} - {"logo"}


def test_no_text_of_people_holds_control_characters():
    (printable,) = (one for one in Actor._meta.constraints if one.name == "actor_printable")
    checked = {
        lookup.split("__")[0] for one in printable.condition.children for lookup, _sign in one.children
    }
    assert {field.name for field in texts()} - checked == {*NOT_PRINTABLE_BY_CONSTRAINT} - {"logo"}


@pytest.mark.parametrize("field", NEEDED, ids=lambda one: one.name)
def test_what_is_needed_is_missed_by_both_rules(field, whole, chain):
    whole.placements.create(layer=chain[0])
    whole.foci.create(area=make_area())
    assert (missing_fields(whole), Actor.objects.filter(complete_condition()).count()) == ([], 1)
    empty = None if Actor._meta.get_field(field.name).null else ""
    place = {"latitude": None, "longitude": None, "location_accuracy": ""}
    pair = place if field.name == "latitude" else {field.name: empty}
    for name, value in pair.items():
        setattr(whole, name, value)
    whole.save()
    assert ([field.code for field in missing_fields(whole)], Actor.objects.filter(complete_condition()).count()) == (
        [field.name], 0,
    )  # fmt: skip


# ---------- lists of columns ----------
def test_every_column_has_one_place_on_the_mapping_page():
    offered = [column for columns in columns_to_map().values() for column in columns]
    assert sorted(offered) == sorted([*COLUMNS, *READ_INTO])
    assert sorted(part for parts in PART_GROUPS.values() for part in parts) == sorted(PARTS)


def test_lists_of_columns_name_columns_that_there_are():
    known = {*COLUMNS, *EXTRA}
    assert {*SYNONYMS, *placeholders._NEVER_SHORT, *PUBLIC_COLUMNS} - known == set()
    assert {*FIELDS.values()} <= {field.name for field in places.STORED}
