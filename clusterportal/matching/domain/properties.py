"""What is known of actors beside the name: as evidence of a question, and as columns that a table is extended by."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from actors.enums import ActorKind, IdentifierScheme
from actors.models import Actor, FormerUid
from clusterportal.core.languages import active_first

Value = str | int | float
EVIDENCE = ("city", "postcode", "country", "website", *IdentifierScheme.values)


@dataclass(frozen=True, slots=True)
class Property:
    """`values`: what an actor has of it, as read by `actors_by_uid`."""

    id: str
    name: str | Promise
    values: Callable[[Actor], Iterable[Value]]


def _field(id: str, name: str | Promise) -> Property:
    return Property(
        id, name, lambda actor: [value for value in [getattr(actor, id)] if value not in ("", None)]
    )


def _text(id: str, name: str | Promise) -> Property:
    """A translated text, in the active language if it has one."""
    return Property(
        id,
        name,
        lambda actor: [text for text in (getattr(actor, one) for one in active_first(id)) if text][:1],
    )


def _identifier(scheme: IdentifierScheme) -> Property:
    return Property(
        scheme.value,
        scheme.label,
        lambda actor: [one.value for one in actor.identifiers.all() if one.scheme == scheme],
    )


PROPERTIES: dict[str, Property] = {
    one.id: one
    for one in (
        _field("city", _("City")),
        _field("postcode", _("Postcode")),
        _field("country", _("Country")),
        _field("website", _("Website")),
        *map(_identifier, IdentifierScheme),
        _field("name", _("Name")),
        _field("short_name", _("Short name")),
        _field("slug", _("Address of the page")),
        Property("kind", _("Kind"), lambda actor: [str(ActorKind(actor.kind).label)]),
        _text("summary", _("Summary")),
        _field("street", _("Street")),
        Property("state", _("Federal state"), lambda actor: [actor.state_name] if actor.state_name else []),
        _field("latitude", _("Latitude")),
        _field("longitude", _("Longitude")),
        _field("founded", _("Founded")),
        Property("layers", _("Layers"), lambda actor: [one.layer.name for one in actor.placements.all()]),
        Property(
            "areas",
            _("Application areas"),
            lambda actor: [one.area.name for one in actor.foci.all() if one.area.is_active],
        ),
        Property(
            "clusters", _("Clusters"), lambda actor: [one.cluster.name for one in actor.memberships.all()]
        ),
    )
}


def actors_by_uid(uids: Iterable[str]) -> dict[str, Actor]:
    """Published actors by permanent id (also that of one merged into them), with all that properties read."""
    wanted = {one for one in uids if _is_uuid(one)}
    public = Actor.objects.published()
    found = public.filter(uid__in=wanted).for_list().prefetch_related("identifiers")
    actors = {str(actor.uid): actor for actor in found}
    if missing := wanted - actors.keys():
        former = FormerUid.objects.filter(uid__in=missing, actor__in=public).values_list("uid", "actor__uid")
        merged = {str(uid): str(today) for uid, today in former}
        if merged:
            into = actors_by_uid(merged.values())
            actors |= {uid: into[today] for uid, today in merged.items() if today in into}
    return actors


def _is_uuid(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False
