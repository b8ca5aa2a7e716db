"""The places in which the fields of an actor appear: each function names the fields that its place shows or takes.

`whole` is an actor that has a value of its own in every field, `Actor` fields by name.
"""

import csv
import datetime
import hashlib
import json
import uuid
import zlib

from django.contrib.admin.utils import flatten_fieldsets
from django.db import models
from django.urls import reverse

from actors.admin.fieldsets import FIELDSETS
from actors.columns.fields import ACTOR_FIELDS, COLUMN_OF, FIELDS, columns_to_map
from actors.models import Actor
from actors.resources import ActorResource, PublicActorResource
from clusterportal.history.wording import differences_between
from clusterportal.intake.applying import apply_plan
from clusterportal.intake.planning import make_plan
from clusterportal.intake.profiles import profile
from clusterportal.intake.registry_files import load_registry
from clusterportal.quality.domain.field_choices import merged_values
from clusterportal.review.admin.actor import NOT_IN_A_RECORD
from clusterportal.review.domain.actor_columns import public_record, record_of
from clusterportal.review.domain.differences import changes_of
from clusterportal.review.models import Proposal

API = "/api/v1/actors/"
STORED = [field for field in Actor._meta.concrete_fields if not field.primary_key and not field.generated]
OF_PEOPLE = [field for field in STORED if field.editable]
_GIVEN = {
    "uid": uuid.UUID("6f1c7a52-2f4e-4f0a-9a53-0d6f3c1b7e21"), "slug": "ein-ganzer-akteur", "state": "published",
    "phone": "+496313160660", "postcode": "67663", "country": "DE", "latitude": 49.4312, "longitude": 7.7519,
    "logo": "logos/ganz.png",
}  # fmt: skip
_BY_TYPE = {
    models.DateField: datetime.date(2025, 5, 31),
    models.BooleanField: True,
    models.FloatField: 0.125,
}


def word_of(name: str) -> str:
    """A word that is like no other one: nothing else can be found by it."""
    return "".join(chr(ord("a") + byte % 26) for byte in hashlib.sha256(name.encode()).digest()[:12])


def value_of(field: models.Field):
    """A value for `field` that is valid and not its default."""
    if field.name in _GIVEN:
        return _GIVEN[field.name]
    if field.choices:
        return next(code for code, _label in reversed(field.flatchoices) if code and code != field.default)
    if isinstance(field, models.URLField):
        return f"https://{word_of(field.name)}.example/"
    if isinstance(field, models.EmailField):
        return f"{word_of(field.name)}@example.org"
    if isinstance(field, models.IntegerField):
        return 1901 + zlib.crc32(field.name.encode()) % 99  # a year, and another one for each field
    return _BY_TYPE.get(type(field), word_of(field.name))


def values() -> dict:
    return {field.name: value_of(field) for field in STORED if field.editable or field.name == "uid"}


def _same(actor: Actor, whole: Actor) -> set[str]:
    return {name for name in values() if getattr(actor, name) == getattr(whole, name)}


# ---------- tables ----------
def declaration(client, whole, folder) -> set[str]:
    return {one.name for one in ACTOR_FIELDS}


def export(client, whole, folder, resource=ActorResource) -> set[str]:
    made = resource()
    (row,) = made.rows(Actor.objects.filter(pk=whole.pk))
    cells = dict(zip(made.columns, map(str, row), strict=True))
    return {name for column, name in FIELDS.items() if cells.get(column) == str(getattr(whole, name))}


def public_export(client, whole, folder) -> set[str]:
    return export(client, whole, folder, PublicActorResource)


def imported(client, whole, folder) -> set[str]:
    row = {column: str(getattr(whole, name)) for column, name in FIELDS.items()}
    whole.delete()
    plan = make_plan([(2, row)], profile=profile("registry"))
    assert plan.problems == []
    apply_plan(plan)
    return _same(Actor.objects.get(), whole)


def headings(client, whole, folder) -> set[str]:
    """What a table can bring under the label that people read."""
    labels = {name: str(Actor._meta.get_field(name).verbose_name) for name in FIELDS.values()}
    return {name for name, label in labels.items() if profile("registry").column_of(label) == COLUMN_OF[name]}


def mapping_page(client, whole, folder) -> set[str]:
    offered = {column for columns in columns_to_map().values() for column in columns}
    return {name for column, name in FIELDS.items() if column in offered}


def registry_files(client, whole, folder) -> set[str]:
    cells = {field.name: getattr(whole, field.name) for field in OF_PEOPLE} | {"uid": whole.uid}
    cells |= {"legal_form": whole.get_legal_form_display(), "state": cells.pop("state_name")}
    cells.pop("logo")
    with (folder / "actors.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, cells)
        writer.writeheader()
        writer.writerow(cells)
    whole.delete()
    load_registry(folder)
    return _same(Actor.objects.get(), whole) - {"state"}


# ---------- the API ----------
def _flat(answer: dict) -> dict:
    """An answer with all languages, by the names of the model's fields."""
    place = answer.get("address") or {}
    found = answer | place | ({"state_name": place["state"]} if place else {})
    texts = {one.text for one in ACTOR_FIELDS if one.text}
    for text in texts & found.keys():
        found |= {f"{text}_{code}": said for code, said in found[text].items()}
    return {name: found[name] for name in (field.name for field in STORED) if name in found}


def api_detail(client, whole, folder) -> set[str]:
    return _said(_flat(client.get(f"{API}{whole.slug}/", {"lang": "*"}).json()), whole)


def api_list(client, whole, folder) -> set[str]:
    return _said(_flat(client.get(API, {"lang": "*"}).json()["results"][0]), whole)


def api_table(client, whole, folder) -> set[str]:
    answer = b"".join(client.get(API, {"lang": "*", "format": "csv"}).streaming_content).decode()
    (row,) = csv.DictReader(answer.lstrip("\ufeff").splitlines())
    return _said(row | {"state_name": row["state"]}, whole)


def _said(answer: dict, whole: Actor) -> set[str]:
    urls = {"logo": whole.logo.url}
    return {
        name
        for name, said in answer.items()
        if name in values() and str(said).endswith(urls.get(name) or str(getattr(whole, name)))
    }


def schema(client, whole, folder) -> set[str]:
    described = json.loads(client.get("/api/v1/schema/", {"format": "json"}).content)["components"]["schemas"]
    names = {**described["ActorDetail"]["properties"], **described["PostalAddress"]["properties"]}
    by_text = {one.name: one.text or one.name for one in ACTOR_FIELDS} | {"state_name": "state"}
    return {name for name, shown in by_text.items() if shown in names} - {"state"}


# ---------- pages ----------
def profile_page(client, whole, folder) -> set[str]:
    page = client.get(whole.get_absolute_url()).content.decode()
    shown = {
        name: whole._get_FIELD_display(Actor._meta.get_field(name))
        if Actor._meta.get_field(name).choices
        else value
        for name, value in values().items()
    } | {"logo": whole.logo.url, "verified_on": "31. Mai 2025", "state": "\0"}
    page = page.replace("\xad", "").replace("&shy;", "")
    return {name for name, text in shown.items() if str(text) in page}


def public_form(client, whole, folder) -> set[str]:
    page = client.get(reverse("pages:propose")).content.decode()
    return {field.name for field in STORED if f'name="facts-{field.name}"' in page}


def recorded_for_visitors(client, whole, folder) -> set[str]:
    return {FIELDS[column] for column in public_record(whole) if column in FIELDS}


def comparison(client, whole, folder) -> set[str]:
    changes = changes_of(Proposal(record=record_of(whole)))
    return {FIELDS[change.column] for change in changes if change.column in FIELDS and change.after}


def editors_change(client, whole, folder) -> set[str]:
    """What an editor's change of a published actor keeps: proposed, or not to be changed there."""
    return {FIELDS[column] for column in record_of(whole) if column in FIELDS} | {*NOT_IN_A_RECORD}


def merge(client, whole, folder) -> set[str]:
    empty = Actor(name="", kind="", country="")
    taken = merged_values(empty, whole, {})
    return {name for name, value in taken.items() if value == getattr(whole, name)}


def admin_page(client, whole, folder) -> set[str]:
    return {*flatten_fieldsets(FIELDSETS)}


def history(client, whole, folder) -> set[str]:
    after = Actor.objects.filter(pk=whole.pk).values().get()
    return {one.name for one in differences_between(Actor, None, after, {})}
