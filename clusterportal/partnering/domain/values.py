"""What people state of a request or an offer, as plain values: of a form, of a proposal that waits, beside today's."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from actors.models import Topic
from applications.models import ApplicationArea
from clusterportal.core.labels import field_label, language_of
from clusterportal.core.languages import column_names
from clusterportal.core.models import own_field
from clusterportal.core.slugs import slug_of, unused
from clusterportal.partnering.enums import SearchKind
from clusterportal.partnering.models import PartnerSearch
from clusterportal.review.domain.subjects import SubmittedField
from layers.models import Layer

TEXTS = [*column_names("title"), *column_names("text")]
_FIELDS = ["kind", *TEXTS, "layer", "areas", "topics", "deadline"]
_MANY: dict[str, type[ApplicationArea] | type[Topic]] = {"areas": ApplicationArea, "topics": Topic}


def values_of(search: PartnerSearch) -> dict[str, Any]:
    """What is stated, as JSON: records by their slugs, the deadline as ISO 8601 or nothing."""
    return {
        "kind": search.kind,
        **{name: getattr(search, name) for name in TEXTS},
        "layer": search.layer.slug,
        **{name: sorted(one.slug for one in getattr(search, name).all()) for name in _MANY},
        "deadline": search.deadline.isoformat() if search.deadline else None,
    }


def changed(search: PartnerSearch, values: dict[str, Any]) -> dict[str, Any]:
    """Those of `values` that say something else than the record."""
    today = values_of(search)
    return {name: value for name, value in values.items() if value != today[name]}


def apply(search: PartnerSearch, values: dict[str, Any]) -> None:
    """Writes `values` into the record and saves it; what is not named stays. Records that are gone are left out.

    Raises ValidationError where the registry would not take it.
    """
    for name in ["kind", *TEXTS]:
        if name in values:
            setattr(search, name, values[name])
    if "layer" in values:
        search.layer = Layer.objects.get(slug=values["layer"])
    if "deadline" in values:
        search.deadline = date.fromisoformat(values["deadline"]) if values["deadline"] else None
    if not search.slug:
        search.slug = _slug(search)
    search.full_clean()
    search.save()
    for name, model in _MANY.items():
        if name in values:
            getattr(search, name).set(model._default_manager.filter(slug__in=values[name]))
    # Read anew by whoever looks at them next.
    getattr(search, "_prefetched_objects_cache", {}).clear()


def rows(search: PartnerSearch, values: dict[str, Any]) -> list[SubmittedField]:
    """For a reviewer: all that is stated where the record itself waits, else what would change."""
    today = values_of(search)
    shown = values or today
    return [
        SubmittedField(
            label=_label(name),
            before=_words(name, today[name]) if values else "",
            after=_words(name, shown[name]),
            language=language_of(own_field(PartnerSearch, name)) or "",
        )
        for name in _FIELDS
        if name in shown and (values or shown[name])
    ]


def _label(name: str) -> str:
    return str(field_label(own_field(PartnerSearch, name)))


def _words(name: str, value: Any) -> str:
    """A value as people read it."""
    if name == "kind":
        return str(SearchKind(value).label)
    if name == "layer":
        return ", ".join(str(one) for one in Layer.objects.filter(slug=value))
    if name in _MANY:
        return ", ".join(sorted(_names(_MANY[name].objects.filter(slug__in=value))))
    if name == "deadline":
        return date_format(date.fromisoformat(value)) if value else _("No deadline")
    return value


def _names(records: Iterable) -> list[str]:
    return [str(one) for one in records]


def _slug(search: PartnerSearch) -> str:
    made = slug_of(
        next(filter(None, (getattr(search, name) for name in column_names("title"))), ""), length=100
    )
    made = made or search.kind
    return unused(
        made, set(PartnerSearch.objects.filter(slug__startswith=made).values_list("slug", flat=True))
    )
