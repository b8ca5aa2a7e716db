"""What the portal holds of a person, to be handed to them (GDPR, articles 15 and 20): found as erasing finds it.

Records of the person's own are given whole, with their earlier versions; of texts about something else only the words
around the name, because the rest is not about the person and may be about somebody else.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import TypedDict

from allauth.account.models import EmailAddress
from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from clusterportal.core.labels import field_label
from clusterportal.history.acts import CONSENT, words_of
from clusterportal.history.changes import event_models, versions_of
from clusterportal.history.erasure import TEXT, PersonFinding, find_person
from clusterportal.history.person import Person
from clusterportal.history.processing import (
    Activity,
    activity_of,
    holds_people,
    is_in_passing,
    name_of,
    terms_of,
)
from clusterportal.history.text_columns import left_out

MOST_VERSIONS = 200  # of one record, the latest ones


class Record(TypedDict):
    """A record of the person's own: what is in it, and what was in it before."""

    kind: str
    title: str
    activity: str
    values: dict[str, str]
    versions: list[dict]


class PersonData(TypedDict):
    """All of it, ready for JSON; `activities`: what article 15(1) wants to be told about each processing."""

    made_at: str
    site: str
    looked_for: dict[str, str]
    records: list[Record]
    mentions: list[dict]
    others: list[dict]
    named_by: list[dict]
    activities: list[dict]


def data_of(person: Person, *, is_chosen: Callable[[str, PersonFinding], bool]) -> PersonData:
    """What is found of the person, as far as chosen by its key (`find_person`) and by what it is."""
    chosen = {key: finding for key, finding in find_person(person).items() if is_chosen(key, finding)}
    records: list[Record] = []
    mentions: list[dict] = []
    others: list[dict] = []
    accounts: list[str] = []
    told: dict[str, Activity] = {}
    for key, finding in chosen.items():
        if key.startswith(f"{TEXT}:") or not finding.is_own:
            mentions.append(_mention(finding))
            continue
        own = [record for place in sorted(finding.places) for record in _records(place, finding, told)]
        records += own
        if not own:
            others.append({"kind": finding.kind, "title": finding.title, "detail": finding.detail})
        if key.startswith("account:"):
            accounts.append(finding.key)
    return PersonData(
        made_at=timezone.now().isoformat(timespec="seconds"),
        site=settings.SITE_NAME,
        looked_for={
            name: getattr(person, name) for name in ("name", "email", "phone") if getattr(person, name)
        },
        records=records,
        mentions=mentions,
        others=others,
        named_by=[named for pk in accounts for named in _named_by(pk)],
        activities=[_told(one) for one in told.values()],
    )


def data_of_account(user) -> PersonData:
    """What its owner may see at once: records of their own, found by the address of the account once it is confirmed.

    Texts that name the owner are given by an administrator, who sees whom else they name.
    """
    is_confirmed = EmailAddress.objects.filter(user=user, email__iexact=user.email, verified=True).exists()
    own = f"account:{user.pk}"

    def is_chosen(key: str, finding: PersonFinding) -> bool:
        if key == own:
            return True
        is_elsewhere = key.startswith((f"{TEXT}:", "account:"))
        return is_confirmed and not is_elsewhere and finding.is_own and finding.is_sure

    return data_of(Person(email=user.email), is_chosen=is_chosen)


# ---------- records of their own ----------
def _records(place: tuple[str, str], finding: PersonFinding, told: dict[str, Activity]) -> Iterator[Record]:
    table, key = place
    model = next(
        (one for one in apps.get_models() if one._meta.db_table == table and not one._meta.proxy), None
    )
    if model is None:
        return
    record = model._base_manager.filter(pk=key).first()
    values = _values(model, record) if record is not None else {}
    versions = list(_versions(model, key))
    if not values and not versions:
        return
    activity = activity_of(model)
    if activity:
        told[activity.code] = activity
    yield Record(
        kind=name_of(model),
        title=finding.title,
        activity=str(activity.name) if activity else "",
        values=values,
        versions=versions,
    )


def _values(model: type[models.Model], record) -> dict[str, str]:
    """What is in the record, without what is secret, about others, or only the portal's own bookkeeping."""
    return {
        field_label(column): said
        for column in model._meta.concrete_fields
        if _is_given(model, column) and (said := _in_words(column, record))
    }


def _is_given(model: type[models.Model], column: models.Field) -> bool:
    table = model._meta.db_table
    if column.primary_key or getattr(column, "generated", False) or f"{table}.{column.column}" in left_out():
        return False
    if column.is_relation and column.related_model is get_user_model():
        return False  # who else worked with it
    return not is_in_passing(model, column.name)


def _in_words(column: models.Field, record) -> str:
    if column.is_relation:
        try:
            target = getattr(record, column.name)
        except ObjectDoesNotExist:
            return ""
        return "" if target is None else str(target)
    value = getattr(record, column.attname)
    if value is None or value == "" or value == [] or value == {}:
        return ""
    if column.flatchoices:
        return str(dict(column.flatchoices).get(value, value))
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, datetime):
        return formats.localize(timezone.localtime(value))
    if isinstance(value, date):
        return formats.localize(value)
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _versions(model: type[models.Model], key: str) -> Iterator[dict]:
    """Earlier values of the columns that hold people, the latest first."""
    if model._meta.label_lower not in event_models():
        return
    columns = [one for one in model._meta.concrete_fields if holds_people(model, one.name)]
    versions = versions_of(model).filter(pgh_obj_id=key).select_related("pgh_context").order_by("-pgh_id")
    for version in versions[:MOST_VERSIONS]:
        about = version.pgh_context.metadata if version.pgh_context else {}
        yield {
            "at": timezone.localtime(version.pgh_created_at).isoformat(timespec="seconds"),
            "how": words_of(about),
            "consent": about.get(CONSENT, ""),
            "values": {field_label(one): said for one in columns if (said := _in_words(one, version))},
        }


# ---------- what names them ----------
def _mention(finding: PersonFinding) -> dict:
    return {
        "kind": finding.kind,
        "title": finding.title,
        "excerpts": [
            {"column": one.column, "text": f"{one.before}{one.words}{one.after}"} for one in finding.excerpts
        ],
    }


def _named_by(account: str) -> Iterator[dict]:
    """Records that point to the account: what the person did, and what they are in charge of."""
    user = get_user_model()
    for model in apps.get_models(include_auto_created=True):
        if model._meta.proxy or not model._meta.managed or hasattr(model, "pgh_tracked_model"):
            continue
        for column in model._meta.concrete_fields:
            if column.is_relation and column.related_model is user:
                found = model._base_manager.filter(**{column.attname: account})
                if count := found.count():
                    yield {"kind": name_of(model), "as": field_label(column), "count": count}


def _told(activity: Activity) -> dict:
    return {
        "name": str(activity.name),
        "purpose": str(activity.purpose),
        "bases": [str(basis.label) for basis in activity.bases],
        "recipients": str(activity.recipients),
        "kept": sorted({str(term) for term in terms_of(activity)}),
    }
