"""Profiles of actors as documents show them: what the public sees, and people only with their consent."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from actors.domain.relations import words_of
from actors.domain.taxonomy import Taxonomy
from actors.enums import RelationKind
from actors.models import Actor, ActorRelation, ContactPerson
from actors.querysets import ActorQuerySet
from clusterportal.atlas.domain.markdown_blocks import blocks_of
from clusterportal.atlas.domain.texts import address_shown, breakable, marked, name_of, said, short
from clusterportal.core.countries import country_name, language_spoken_in
from clusterportal.core.languages import language_shown
from clusterportal.core.signed_links import absolute

BLOCK = 100  # actors read from the database at once
MOST_OTHERS = 40  # of one kind of relation; the rest is counted

Profile = dict[str, Any]


def profiles_of(
    actors: ActorQuerySet, taxonomy: Taxonomy, *, on_progress: Callable[[int], None] = lambda done: None
) -> Iterator[tuple[Actor, Profile, set[int]]]:
    """Actor, profile and whom it names (primary keys), for each of the published `actors`, in their order.

    Some eight queries a hundred.
    """
    keys = list(actors.published().values_list("pk", flat=True))
    for begin in range(0, len(keys), BLOCK):
        wanted = keys[begin : begin + BLOCK]
        shown = Actor.objects.published().with_keys(wanted).with_translated_name().for_profile()
        found = {actor.pk: actor for actor in shown.prefetch_related("services")}
        relations = _relations(wanted)
        for key in wanted:
            if key in found:  # who was withdrawn a moment ago is not
                named = {key, *(other.pk for _relation, other in relations[key])}
                yield found[key], _profile(found[key], relations[key], taxonomy), named
        on_progress(min(begin + BLOCK, len(keys)))


def id_of(actor_id: int) -> str:
    """The name of the place in a document where the profile begins."""
    return f"actor-{actor_id}"


def _relations(keys: list[int]) -> dict[int, list[tuple[ActorRelation, Actor]]]:
    """Relation and the other end, for each of the actors `keys`."""
    public = ActorRelation.objects.public().select_related("source", "target")
    of_these = public.filter(Q(source__in=keys) | Q(target__in=keys))
    found = defaultdict(list)
    for one in of_these.order_by("kind", "source__sort_key", "target__sort_key"):
        found[one.source_id].append((one, one.target))
        found[one.target_id].append((one, one.source))
    return found


def _profile(actor: Actor, relations: list[tuple[ActorRelation, Actor]], taxonomy: Taxonomy) -> Profile:
    url = absolute(actor.get_absolute_url())
    return {
        "id": id_of(actor.pk),
        "name": name_of(actor),
        "second": _second_name(actor),
        "logo": "",
        "logo_alt": _("Logo of %(actor)s") % {"actor": actor},
        "positions": actor.positions,
        "steps": _steps(actor, taxonomy),
        "summary": said(actor, "summary"),
        "description": blocks_of(actor.description),
        "description_lang": _other_language(actor, "description"),
        "services": [
            {"title": said(one, "title"), "text": said(one, "description")} for one in actor.services.all()
        ],
        "topics": [said(topic, "name") for topic in actor.topics.all()],
        "facts": [*_facts(actor, relations)],
        "areas": [said(focus.area, "name") for focus in actor.foci.all()],
        "relations": _relation_rows(actor, relations),
        "url": url,
        "shown_url": address_shown(url),
        "lacking": "",
    }


def _second_name(actor: Actor) -> Any:
    if translated := getattr(actor, "translated_name", None):
        return breakable(translated)
    if actor.name == str(actor):
        return ""
    return marked(actor.name, language_spoken_in(actor.country))


def _other_language(record: Any, name: str) -> str:
    text = marked("x", language_shown(record, name))
    return "" if isinstance(text, str) else text["lang"]


def _steps(actor: Actor, taxonomy: Taxonomy) -> list[dict]:
    placed = {one.layer_id: one for one in actor.placements.all()}
    return [
        {
            "name": short(layer),
            "on": layer.pk in placed,
            "basis": str(placed[layer.pk].get_basis_display()) if layer.pk in placed else "",
            "note": said(placed[layer.pk], "note") if layer.pk in placed else "",
        }
        for layer in taxonomy.layers
    ]


def _facts(actor: Actor, relations: list[tuple[ActorRelation, Actor]]) -> Iterator[dict]:
    """The rows of the key facts; where something is not recorded, that is said."""
    missing = _("not recorded")
    parents = [
        name_of(other)
        for one, other in relations
        if one.kind == RelationKind.PARENT and one.target_id == actor.pk
    ]
    clusters = {one.cluster_id: said(one.cluster, "name") for one in actor.memberships.all()}
    yield _row(_("Kind"), str(actor.get_kind_display()))
    if parents:
        yield _row(pgettext("fact", "Parent body"), *parents)
    if actor.legal_form:
        yield _row(_("Legal form"), str(actor.get_legal_form_display()))
    yield _row(_("Size"), str(actor.get_size_display()), missing=missing)
    yield _row(_("Founded"), str(actor.founded or ""), missing=missing)
    yield _row(_("Cluster"), *clusters.values(), missing=_("none"))
    yield _row(_("Address"), *_address(actor), missing=missing)
    yield _row(_("Website"), _link(actor.website), missing=missing)
    if actor.email:
        yield _row(_("E-mail"), _link(f"mailto:{actor.email}"))
    if actor.phone:
        yield _row(_("Phone"), actor.phone)
    people = [part for person in actor.public_contacts for part in _person(person)]  # type: ignore[attr-defined]
    yield _row(_("Contact person"), *people, missing=pgettext("contact person", "none published"))
    for one in actor.identifiers.all():
        value = {"url": one.url, "said": breakable(one.value)} if one.url else breakable(one.value)
        yield _row(str(one.get_scheme_display()), value)
    verified = date_format(actor.verified_on, "DATE_FORMAT") if actor.verified_on else ""
    yield _row(_("Last verified"), verified, missing=missing)
    is_address = actor.source.startswith(("http://", "https://"))
    yield _row(_("Source"), _link(actor.source) if is_address else breakable(actor.source), missing=missing)


def _row(term: str, *values: Any, missing: str = "") -> dict:
    filled = [value for value in values if value]
    if filled:
        return {"term": breakable(term), "values": filled}
    return {"term": breakable(term), "values": [missing], "missing": True}


def _link(address: str) -> Any:
    return {"url": address, "said": address_shown(address)} if address else ""


def _address(actor: Actor) -> list[str]:
    place = " ".join(filter(None, [actor.postcode, actor.city]))
    country = country_name(actor.country) if actor.country != "DE" and (place or actor.street) else ""
    return [breakable(one) for one in (actor.street, place, country)]


def _person(person: ContactPerson) -> Iterator[Any]:
    yield breakable(person.name)
    if person.role:
        yield said(person, "role")
    if person.email:
        yield _link(f"mailto:{person.email}")
    if person.phone:
        yield person.phone


def _relation_rows(actor: Actor, relations: list[tuple[ActorRelation, Actor]]) -> list[dict]:
    rows: dict[str, list[dict]] = defaultdict(list)
    for one, other in relations:
        others = rows[words_of(one, actor.pk)]
        others.append({"id": id_of(other.pk), "name": name_of(other), "when": _when(one)})
    return [{"term": breakable(term), "others": _at_most(others)} for term, others in rows.items()]


def _at_most(others: list[dict]) -> list[dict]:
    more = len(others) - MOST_OTHERS
    if more <= 0:
        return others
    rest = _("and %(number)d more") % {"number": more}
    return [*others[:MOST_OTHERS], {"id": "", "name": rest, "when": ""}]


def _when(relation: ActorRelation) -> str:
    if relation.since and relation.until:
        return f"{relation.since}–{relation.until}"
    if relation.until:
        return _("until %(year)s") % {"year": relation.until}
    return str(relation.since or "")
