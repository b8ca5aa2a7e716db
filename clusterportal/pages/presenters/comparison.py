"""Actors side by side: each a column, each criterion a row, and which rows tell them apart."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from actors.domain.relations import words_of
from actors.domain.taxonomy import Taxonomy
from actors.enums import RelationKind
from actors.models import Actor, ActorRelation
from clusterportal.core.countries import language_spoken_in
from clusterportal.core.languages import language_shown
from clusterportal.core.telephone import link
from clusterportal.core.web_hosts import host_of
from clusterportal.enquiries.domain.enquiring import takes_enquiries

MOST_LINES = 12  # of a cell; the profile has all of them


@dataclass(frozen=True)
class Line:
    text: str
    url: str = ""
    before: str = ""
    after: str = ""
    language: str = ""  # of the text, where it may be another one than the page's

    @property
    def is_elsewhere(self) -> bool:
        return self.url.startswith("http")


@dataclass(frozen=True)
class Cell:
    """What one actor has under one criterion; without lines it is said that there is nothing."""

    lines: list[Line] = field(default_factory=list)
    heading: str = ""
    is_yes: bool | None = None  # for a criterion that is answered with yes or no
    more: int = 0

    @property
    def said(self) -> tuple:
        """By what it is compared: the ground of a placement counts, not the words of it."""
        return (
            (self.heading, self.is_yes) if self.heading else (self.is_yes, *(one.text for one in self.lines))
        )


@dataclass(frozen=True)
class Row:
    label: str
    cells: list[tuple[Actor, Cell]]
    missing: str
    url: str = ""
    position: int | None = None  # of a layer

    @property
    def is_different(self) -> bool:
        return len({cell.said for _actor, cell in self.cells}) > 1


@dataclass(frozen=True)
class Group:
    label: str
    rows: list[Row]


def groups(actors: list[Actor], ties: list[ActorRelation], partners, taxonomy: Taxonomy) -> list[Group]:
    """All criteria; `ties` are relations of the actors, `partners` by actor whom they have in common."""
    return [
        Group(_("Layers"), _layers(actors, taxonomy)),
        Group(_("Application areas"), _areas(actors, taxonomy)),
        Group(_("Offer"), _offer(actors)),
        Group(_("Relations"), _relations(actors, ties, partners)),
        Group(_("Key facts"), _facts(actors)),
        Group(_("Contact"), _contact(actors)),
    ]


def different(all_groups: list[Group]) -> list[Group]:
    """Only the rows that tell the actors apart, in the groups that have any."""
    few = [Group(one.label, [row for row in one.rows if row.is_different]) for one in all_groups]
    return [one for one in few if one.rows]


def _row(actors, label: str, read: Callable[[Actor], Cell], *, missing: str = "", **more) -> Row:
    return Row(label, [(actor, read(actor)) for actor in actors], missing or _("not recorded"), **more)


def _of(texts: Iterable[Line]) -> Cell:
    lines = [one for one in texts if one.text]
    return Cell(lines[:MOST_LINES], more=max(len(lines) - MOST_LINES, 0))


def _layers(actors, taxonomy: Taxonomy) -> list[Row]:
    def on(layer):
        def read(actor: Actor) -> Cell:
            placed = next((one for one in actor.placements.all() if one.layer_id == layer.pk), None)
            if placed is None:
                return Cell()
            note = Line(placed.note, language=language_shown(placed, "note"))
            return Cell([note], heading=placed.get_basis_display())

        return read

    return [
        _row(actors, layer.name, on(layer), missing=_("not placed here"), position=layer.position)
        for layer in taxonomy.layers
    ]


def _works_in(area: int, actor: Actor) -> Cell:
    return Cell(is_yes=any(focus.area_id == area for focus in actor.foci.all()))


def _areas(actors, taxonomy: Taxonomy) -> list[Row]:
    """A row for each area that one of them works in."""
    known = {focus.area_id for actor in actors for focus in actor.foci.all()}
    directory = reverse("actors:actor-list")
    rows = [
        _row(
            actors,
            area.name,
            partial(_works_in, area.pk),
            url=f"{directory}?area={area.slug}",
        )
        for area in taxonomy.areas
        if area.pk in known
    ]
    return rows or [_row(actors, _("Application areas"), lambda actor: Cell(), missing=_("none recorded"))]


def _offer(actors) -> list[Row]:
    none = _("none recorded")
    directory = reverse("actors:actor-list")
    return [
        _row(
            actors,
            _("Services"),
            lambda actor: _of(
                Line(service.title, language=language_shown(service, "title"))
                for service in actor.services.all()
            ),
            missing=none,
        ),
        _row(
            actors,
            _("Topics"),
            lambda actor: _of(
                Line(topic.name, f"{directory}?topic={topic.slug}", language=language_shown(topic, "name"))
                for topic in actor.topics.all()
            ),
            missing=none,
        ),
    ]


def _relations(actors, ties: list[ActorRelation], partners: dict[int, list[Actor]]) -> list[Row]:
    none, chosen = _("none recorded"), {actor.pk for actor in actors}
    between = [one for one in ties if {one.source_id, one.target_id} <= chosen]

    def among(actor: Actor) -> Cell:
        return _of(_tie(one, actor) for one in between if actor.pk in (one.source_id, one.target_id))

    def parents(actor: Actor) -> Cell:
        bodies = (one.source for one in ties if one.kind == RelationKind.PARENT and one.target_id == actor.pk)
        return _of(_named(body) for body in bodies)

    return [
        _row(actors, _("Among themselves"), among, missing=none),
        _row(actors, pgettext("fact", "Parent body"), parents, missing=none),
        _row(actors, _("Common partners"), lambda actor: _of(map(_named, partners[actor.pk])), missing=none),
    ]


def _tie(relation: ActorRelation, actor: Actor) -> Line:
    other = relation.target if relation.source_id == actor.pk else relation.source
    since = _("since %(year)s") % {"year": relation.since} if relation.since else ""
    return _named(other, before=words_of(relation, actor.pk), after=since)


def _named(actor: Actor, **more) -> Line:
    return Line(str(actor), actor.get_absolute_url(), language=language_spoken_in(actor.country), **more)


def _facts(actors) -> list[Row]:
    def fact(label: str, read: Callable[[Actor], str], missing: str = "") -> Row:
        return _row(actors, label, lambda actor: _of([Line(read(actor))]), missing=missing)

    return [
        fact(_("Kind"), lambda actor: actor.get_kind_display()),
        fact(_("City"), _town),
        fact(_("Size"), lambda actor: actor.get_size_display() if actor.size else ""),
        fact(_("Founded"), lambda actor: str(actor.founded or "")),
        fact(_("Legal form"), lambda actor: actor.get_legal_form_display() if actor.legal_form else ""),
        _row(actors, _("Cluster"), _clusters, missing=_("none")),
        _row(
            actors,
            _("Identifiers"),
            lambda actor: _of(
                Line(one.value, one.url, one.get_scheme_display()) for one in actor.identifiers.all()
            ),
            missing=_("none recorded"),
        ),
        fact(
            _("Last verified"),
            lambda actor: date_format(actor.verified_on, "DATE_FORMAT") if actor.verified_on else "",
        ),
    ]


def _town(actor: Actor) -> str:
    town = " ".join(filter(None, [actor.postcode, actor.city]))
    return town if actor.country == "DE" else ", ".join(filter(None, [town, actor.country]))


def _clusters(actor: Actor) -> Cell:
    clusters = {one.cluster_id: one.cluster for one in actor.memberships.all()}
    return _of(
        Line(
            one.name,
            reverse("clusters:cluster-detail", args=[one.slug]),
            language=language_shown(one, "name"),
        )
        for one in clusters.values()
    )


def _contact(actors) -> list[Row]:
    return [
        _row(actors, _("Enquiry"), _enquiry, missing=_("none wanted")),
        _row(actors, _("Website"), lambda actor: _of([Line(host_of(actor.website), actor.website)])),
        _row(actors, _("E-mail"), lambda actor: _of([_mail(actor.email)])),
        _row(actors, _("Phone"), lambda actor: _of([_phone(actor.phone, actor)])),
        _row(
            actors,
            _("Contact person"),
            _people,
            missing=pgettext("contact person", "none published"),
        ),
    ]


def _enquiry(actor: Actor) -> Cell:
    if not takes_enquiries(actor):
        return Cell()
    return Cell([Line(_("Send an enquiry"), reverse("pages:actor-enquiry", args=[actor.slug]))])


def _people(actor: Actor) -> Cell:
    people = actor.public_contacts  # type: ignore[attr-defined]  # prefetched: those with consent alone
    return _of(line for person in people for line in _person(person, actor))


def _person(person, actor: Actor) -> list[Line]:
    name = ", ".join(filter(None, [person.name, person.role]))
    return [Line(name), _mail(person.email), _phone(person.phone, actor)]


def _mail(address: str) -> Line:
    return Line(address, f"mailto:{address}")


def _phone(number: str, actor: Actor) -> Line:
    return Line(number, link(number, actor.country) if number else "")
