"""From rows to a plan: checked, matched with the registry, compared, some rows at a time. Writes nothing."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from actors.domain.addresses import free_slug, slug_of
from actors.domain.importing.facts import Facts
from actors.domain.importing.matching import Known, Seen, match
from actors.domain.importing.parts import (
    ALIASES,
    OWN_PARTS,
    PARTS,
    Part,
    Vocabulary,
    clean_items,
    current_items,
)
from actors.domain.importing.plan import Entry, Outcome, PartChange, Plan
from actors.domain.importing.profiles import COLUMN_OF, Profile
from actors.domain.importing.reading import BEYOND
from actors.domain.importing.relating import links_of_items, plan_relations
from actors.domain.importing.values import clean_value, first_reason, is_same
from actors.enums import MembershipKind
from actors.models import Actor, FormerSlug
from clusterportal.core.publication import PublicationState

CHUNK = 1000  # rows that are compared with the registry at once
_NEEDED = ("name", "kind")  # what a new actor cannot be without
_KEPT_WHEN_EMPTY = ("uid", "slug", "country", "state")  # an empty cell of these says nothing
# An empty cell of the others empties the field, but only in a row that names its actor by one of these, as
# exports do. Tables from elsewhere have empty cells for what they do not know.
_OWN_KEYS = ("uid", "slug")


def make_plan(
    rows: Iterable[tuple[int, dict]],
    *,
    profile: Profile,
    state: str | None = None,
    cluster: str | None = None,
    on_progress: Callable[[int], None] = lambda rows_done: None,
) -> Plan:
    """What importing `rows` (number, {column: value}) would do.

    `state`: of new actors, whatever the rows say.
    `cluster`: slug of a cluster of which every actor becomes a member.
    """
    return _Planner(profile, state, cluster).plan(rows, on_progress)


class _Planner:
    def __init__(self, profile: Profile, state: str | None, cluster: str | None):
        self.profile, self.state, self.cluster = profile, state, cluster
        self.outcome = Plan()
        self.vocabulary = Vocabulary()
        self.seen = Seen()
        self.prints: dict[int, int] = {}  # fingerprint of a row -> its number
        self._addresses: dict[str, int] | None = None
        self.known_as: dict = {}  # (scheme or "slug", value) -> entry, for relations

    def plan(self, rows, on_progress) -> Plan:
        done = 0
        for chunk in _chunks(rows):
            self._take(chunk)
            on_progress(done := done + len(chunk))
        plan_relations(self.outcome, self.known_as, forgiving=self.profile.fills_gaps)
        return self.outcome

    def _take(self, chunk) -> None:
        valid = [found for number, row in chunk if (found := self._read(number, row))]
        known = Known.of((facts for _entry, facts in valid), with_names=self.profile.matches_names)
        matched = []
        for entry, facts in valid:
            entry.pk, reason = match(facts, known)
            if not reason:
                reason = self.seen.repeated(
                    facts, row=entry.row, pk=entry.pk, with_names=self.profile.matches_names
                )
            if reason:
                self.outcome.refuse(entry, reason)
            else:
                matched.append((entry, facts))
        self._compare(matched)

    # ---------- one row by itself ----------
    def _read(self, number: int, row: dict) -> tuple[Entry, Facts] | None:
        entry = Entry(number, Outcome.UNCHANGED)
        self.outcome.entries.append(entry)
        if width := row.pop(BEYOND, None):
            reason = _("The row has %(cells)s cells, more than the header. Is there a delimiter in a text?")
            self.outcome.refuse(entry, ("", "", reason % {"cells": width}))
            return None
        fingerprint = hash(repr(row))
        if earlier := self.prints.get(fingerprint):
            self.outcome.skip(entry, _("The row is the same as row %(row)s.") % {"row": earlier})
            return None
        self.prints[fingerprint] = number
        facts = self.profile.facts_of(row)
        if facts.skipped:
            self.outcome.skip(entry, facts.skipped)
            return None
        if self.cluster:
            self._join_cluster(facts)
        self._clean(facts)
        if facts.problems:
            self.outcome.refuse(entry, *facts.problems)
            return None
        return entry, facts

    def _join_cluster(self, facts: Facts) -> None:
        member = {"cluster": self.cluster, "kind": MembershipKind.MEMBER.value}
        named = facts.parts.get("clusters")
        if named is None:
            facts.parts["clusters"] = [member]
            facts.partial.add("clusters")
        elif not any(item["cluster"] == self.cluster and item["kind"] == member["kind"] for item in named):
            named.append(member)

    def _clean(self, facts: Facts) -> None:
        for name, value in list(facts.fields.items()):
            if name in _KEPT_WHEN_EMPTY and (value is None or value == ""):
                del facts.fields[name]
                continue
            try:
                facts.fields[name] = clean_value(Actor, name, value)
            except ValidationError as error:
                facts.blame(COLUMN_OF.get(name, name), value, first_reason(error))
        for column, items in facts.parts.items():
            try:
                facts.parts[column] = clean_items(PARTS[column], items, self.vocabulary)
            except ValidationError as error:
                facts.blame(column, "|".join(str(item) for item in items), first_reason(error))
        if "relations" in facts.parts:
            facts.links += links_of_items(facts.parts["relations"])

    # ---------- against the registry ----------
    def _compare(self, matched: list[tuple[Entry, Facts]]) -> None:
        pks = [entry.pk for entry, _facts in matched if entry.pk]
        names = {name for _entry, facts in matched for name in facts.fields} | {
            "slug",
            "name",
            "latitude",
            "longitude",
        }
        actors = (
            {row["pk"]: row for row in Actor.objects.filter(pk__in=pks).values("pk", *names)} if pks else {}
        )
        columns = {column for entry, facts in matched for column in facts.parts if entry.pk} & set(OWN_PARTS)
        items = {column: current_items(OWN_PARTS[column], pks) for column in columns}
        for entry, facts in matched:
            current = actors.get(entry.pk)
            problem = self._change(entry, facts, current, items) if current else self._create(entry, facts)
            if problem:
                self.outcome.refuse(entry, problem)
                continue
            entry.links, entry.replaces_relations = facts.links, "relations" in facts.parts
            self._remember(entry, facts, current)

    def _create(self, entry: Entry, facts: Facts):
        fields = facts.fields
        for name in _NEEDED:
            if not fields.get(name):
                return COLUMN_OF[name], "", _("A new actor needs this.")
        if problem := _half_a_place(fields):
            return problem
        entry.outcome = Outcome.NEW
        fields["state"] = self.state or fields.get("state") or PublicationState.DRAFT.value
        if slug := fields.get("slug"):
            if slug in self.addresses:
                return "slug", slug, _("Another actor has this address.")
        else:
            fields["slug"] = free_slug(_address_wish(facts), taken=self.addresses)
        self.addresses[fields["slug"]] = entry.node
        entry.fields = fields
        entry.parts = {
            column: PartChange(add=facts.parts[column]) for column in OWN_PARTS if facts.parts.get(column)
        }
        return None

    def _change(self, entry: Entry, facts: Facts, current: dict, items: dict):
        if not any(facts.fields.get(key) for key in _OWN_KEYS):
            facts.fields = {name: value for name, value in facts.fields.items() if value not in ("", None)}
            facts.parts = {column: items for column, items in facts.parts.items() if items}
        entry.fields = self._differences(facts.fields, current)
        if problem := _half_a_place(current | entry.fields) or self._moved(entry):
            return problem
        for column in OWN_PARTS:
            if column in facts.parts:
                change = self._part_change(
                    OWN_PARTS[column], facts, items[column].get(entry.pk, {}), current["name"]
                )
                if change:
                    entry.parts[column] = change
        if entry.fields or entry.parts:
            entry.outcome = Outcome.CHANGED
        return None

    def _differences(self, fields: dict, current: dict) -> dict:
        changes = {
            name: value
            for name, value in fields.items()
            if name != "uid" and not is_same(value, current[name])
        }
        if self.profile.fills_gaps:
            changes = {
                name: value for name, value in changes.items() if current[name] in ("", None) and value != ""
            }
            if ("latitude" in changes) != ("longitude" in changes):
                changes.pop("latitude", None), changes.pop("longitude", None)
        return changes

    def _moved(self, entry: Entry):
        """A new address is taken if nobody has or had it; an own old one is no wish to go back."""
        slug = entry.fields.get("slug")
        if not slug:
            return None
        holder = self.addresses.get(slug)
        if holder == entry.pk:
            del entry.fields["slug"]
        elif holder is not None:
            return "slug", slug, _("Another actor has this address.")
        else:
            self.addresses[slug] = entry.pk
        return None

    def _part_change(self, part: Part, facts: Facts, current: dict, name: str) -> PartChange:
        wanted = part.keyed(facts.parts[part.column])
        change = PartChange()
        is_partial = self.profile.fills_gaps or part.column in facts.partial
        for key, item in wanted.items():
            if key not in current:
                is_own_name = part is ALIASES and self.profile.fills_gaps and item["name"] == name
                if not is_own_name:
                    change.add.append(item)
            elif not is_partial and not _same_item(item, current[key][1]):
                change.update.append((current[key][0], item))
        if not is_partial:
            change.remove = [pk for key, (pk, _item) in current.items() if key not in wanted]
        return change

    def _remember(self, entry: Entry, facts: Facts, current: dict | None) -> None:
        for item in facts.parts.get("identifiers", ()):
            self.known_as[item["scheme"], item["value"]] = entry
        for fields in (current or {}, facts.fields, entry.fields):
            if slug := fields.get("slug"):
                self.known_as["slug", slug] = entry

    @property
    def addresses(self) -> dict[str, int]:
        """All addresses of today and of before, with whose they are; read once, when first needed."""
        if self._addresses is None:
            self._addresses = dict(FormerSlug.objects.values_list("slug", "actor_id"))
            self._addresses |= dict(Actor.objects.values_list("slug", "pk"))
        return self._addresses


def _half_a_place(fields: dict):
    if (fields.get("latitude") is None) == (fields.get("longitude") is None):
        return None
    missing = "latitude" if fields.get("latitude") is None else "longitude"
    return missing, "", _("Latitude and longitude belong together: give both or none.")


def _same_item(item: dict, current: dict) -> bool:
    return all(is_same(value, current[key]) for key, value in item.items())


def _address_wish(facts: Facts) -> str:
    """The text that becomes the address: the name, or, where it is hardly Latin, another name or number."""
    wishes = [text for text in _wishes(facts) if slug_of(text)]
    return next(filter(_is_latin, wishes), wishes[0] if wishes else "")


def _is_latin(text: str) -> bool:
    return len(slug_of(text)) * 2 >= min(len(text), 200)  # addresses are cut, names may be longer


def _wishes(facts: Facts) -> Iterator[str]:
    yield facts.fields["name"]
    for alias in sorted(facts.parts.get("aliases", ()), key=lambda alias: alias["language"] != "en"):
        yield alias["name"]
    yield facts.fields.get("short_name", "")
    for item in facts.parts.get("identifiers", ()):
        yield f"{item['scheme']} {item['value']}"


def _chunks(rows: Iterable) -> Iterator[list]:
    rows = iter(rows)
    while chunk := list(islice(rows, CHUNK)):
        yield chunk
