"""Rows beside the registry: what a row makes of its actor, and what of the actor's parts."""

from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from actors.columns.fields import COLUMN_OF
from actors.columns.parts import CLUSTERS, OWN_PARTS, Part, check_item, current_items
from actors.columns.values import first_reason, is_same
from actors.domain.addresses import free_slug, slug_of
from actors.models import Actor, FormerSlug
from clusterportal.core.publication import PublicationState
from clusterportal.intake.plan import Entry, Outcome, PartChange
from clusterportal.intake.planning.normalising import add_legal_form, misplaced, same_number, settle
from clusterportal.intake.planning.part_changes import Manner, is_own_name, new_items, part_change, settled
from clusterportal.intake.planning.rights import Rights
from clusterportal.intake.profiles import Profile
from clusterportal.intake.row_facts import RowFacts

Reason = tuple[str, str, str]  # column, value, reason
_NEEDED = ("name", "kind")  # what a new actor cannot be without
_ALWAYS_READ = ("slug", "name", "postcode", "city", "country", "latitude", "longitude")
# An empty cell of the others empties the field, but only in a row that names its actor by one of these, as
# exports do. Tables from elsewhere have empty cells for what they do not know.
_OWN_KEYS = ("uid", "slug")
_ADDRESS = ("street", "postcode", "city", "state_name", "country", "latitude", "longitude")


class Comparing:
    """Fills the entries of rows that are valid and matched. `state`: of new actors, whatever the rows say."""

    def __init__(self, profile: Profile, rights: Rights, *, state: str | None):
        self.profile, self.rights, self.state = profile, rights, state
        self._addresses: dict[str, int] | None = None

    def compare(
        self, matched: list[tuple[Entry, RowFacts]]
    ) -> Iterator[tuple[Entry, RowFacts, dict | None, Reason | None]]:
        """Each row with the actor as it is now (None for a new one) and why the row cannot be taken."""
        pks = [entry.pk for entry, _facts in matched if entry.pk]
        names = {*_ALWAYS_READ, *(name for _entry, facts in matched for name in facts.fields)}
        names |= {
            name for _entry, facts in matched for some in facts.in_any_language.values() for name in some
        }
        actors = (
            {row["pk"]: row for row in Actor.objects.filter(pk__in=pks).values("pk", *names)} if pks else {}
        )
        columns = {column for entry, facts in matched for column in facts.parts if entry.pk} & set(OWN_PARTS)
        items = {column: current_items(OWN_PARTS[column], pks) for column in columns}
        for entry, facts in matched:
            current = actors.get(entry.pk)
            entry.title = facts.fields.get("name") or (current or {}).get("name", "")
            if entry.pk and current is None:
                reason = "", "", _("The actor chosen for this row is no longer there.")
            else:
                reason = self._change(entry, facts, current, items) if current else self._create(entry, facts)
            yield entry, facts, current, reason

    # ---------- a new actor ----------
    def _create(self, entry: Entry, facts: RowFacts) -> Reason | None:
        fields = facts.fields
        for name in _NEEDED:
            if not fields.get(name):
                reason = _("A new actor needs this: as a column, or said once for all rows.")
                return COLUMN_OF[name], "", reason
        reason = _half_a_place(fields) or misplaced(fields, changed=fields) or self._join_own_cluster(facts)
        if reason:
            return reason
        add_legal_form(facts)
        entry.outcome = Outcome.NEW
        fields["state"] = self.state or fields.get("state") or PublicationState.DRAFT.value
        if slug := fields.get("slug"):
            if slug in self.addresses:
                return "slug", slug, _("Another actor has this address.")
        else:
            fields["slug"] = free_slug(_address_wish(facts), taken=self.addresses)
        self.addresses[fields["slug"]] = entry.node
        entry.fields = fields
        for column, part in OWN_PARTS.items():
            if items := facts.parts.get(column):
                entry.parts[column] = new_items(part, items)
        return None

    def _join_own_cluster(self, facts: RowFacts) -> Reason | None:
        """A new actor of a person who does not reach all belongs to a cluster of theirs."""
        if self.rights.reaches_all or facts.parts.get("clusters"):
            return None
        if cluster := self.rights.cluster_of_new():
            member = CLUSTERS.stated({"cluster": cluster})
            facts.parts["clusters"] = self.rights.own_memberships([member])
            return None
        return "clusters", "", _("Say of which of your clusters the new actor is to be a member.")

    # ---------- an actor of the registry ----------
    def _change(self, entry: Entry, facts: RowFacts, current: dict, items: dict) -> Reason | None:
        settle(facts, country=current["country"])
        if not any(facts.fields.get(key) for key in _OWN_KEYS):
            facts.fields = {name: value for name, value in facts.fields.items() if value not in ("", None)}
            facts.parts = {column: items for column, items in facts.parts.items() if items}
        entry.fields = self._differences(facts, current)
        after = current | entry.fields
        if reason := _half_a_place(after) or misplaced(after, changed=entry.fields) or self._moved(entry):
            return reason
        entry.before = {name: current[name] for name in entry.fields}
        for column, part in OWN_PARTS.items():
            if column in facts.parts:
                try:
                    change = self._part_change(part, facts, items[column].get(entry.pk, {}), current["name"])
                except ValidationError as error:
                    return column, "", first_reason(error)
                if change:
                    entry.parts[column] = change
        if entry.fields or entry.parts:
            entry.outcome = Outcome.CHANGED
        return None

    def _differences(self, facts: RowFacts, current: dict) -> dict:
        changes = {}
        for name, value in facts.fields.items():
            held = [current[one] for one in facts.in_any_language.get(name, [name])]
            if (
                name == "uid"
                or any(is_same(value, one) for one in held)
                or _is_as_written(facts, name, current)
            ):
                facts.written.pop(name, None)
            else:
                changes[name] = value
        if self.profile.fills_gaps or facts.fills_gaps:
            changes = {
                name: value for name, value in changes.items() if current[name] in ("", None) and value != ""
            }
            if ("latitude" in changes) != ("longitude" in changes):
                changes.pop("latitude", None), changes.pop("longitude", None)
            if facts.fills_gaps and any(
                _differs(facts, current, name) for name in ("postcode", "city", "country")
            ):
                # An address is never mixed from two.
                changes = {name: value for name, value in changes.items() if name not in _ADDRESS}
        return changes

    def _moved(self, entry: Entry) -> Reason | None:
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

    def _part_change(self, part: Part, facts: RowFacts, current: dict, name: str) -> PartChange:
        """Raises ValidationError where what the row says does not go with what is recorded."""
        wanted, within_reach = settled(part, facts.parts[part.column], current), current
        if part is CLUSTERS:
            within_reach = self.rights.memberships_within_reach(current)
            wanted = self._with_clearance(wanted, current)
        fills_gaps = self.profile.fills_gaps or facts.fills_gaps
        if fills_gaps:
            wanted = {key: item for key, item in wanted.items() if not is_own_name(part, item, name)}
        is_whole = part.column in self.profile.replaces and part.column not in facts.partial
        manner = Manner(replaces=is_whole and not fills_gaps, only_adds=fills_gaps)
        change = part_change(part, wanted, current, manner, within_reach=within_reach)
        for _pk, item in change.update:
            check_item(part, item)
        return change

    def _with_clearance(self, wanted: dict, current: dict) -> dict:
        """Without the right to publish a membership that is there stays cleared, or not, as it is."""
        if self.rights.may_publish:
            return wanted
        return {
            key: item | {"cleared": current[key][1]["cleared"]} if key in current else item
            for key, item in wanted.items()
        }

    @property
    def addresses(self) -> dict[str, int]:
        """All addresses of today and of before, with whose they are; read once, when first needed."""
        if self._addresses is None:
            self._addresses = dict(FormerSlug.objects.values_list("slug", "actor_id"))
            self._addresses |= dict(Actor.objects.values_list("slug", "pk"))
        return self._addresses


def _is_as_written(facts: RowFacts, name: str, current: dict) -> bool:
    """Whether the registry holds what the table had, before it was normalised, or the same number otherwise spelt."""
    if name in facts.written and is_same(facts.written[name], current[name]):
        return True
    return name == "phone" and same_number(facts.fields[name], current[name], current["country"])


def _differs(facts: RowFacts, current: dict, name: str) -> bool:
    """Do both say something here, and not the same?"""
    return bool(facts.fields.get(name) and current.get(name) and facts.fields[name] != current[name])


def _half_a_place(fields: dict) -> Reason | None:
    if (fields.get("latitude") is None) == (fields.get("longitude") is None):
        return None
    missing = "latitude" if fields.get("latitude") is None else "longitude"
    return missing, "", _("Latitude and longitude belong together: give both or none.")


def _address_wish(facts: RowFacts) -> str:
    """The text that becomes the address: the name, or, where it is hardly Latin, another name or number."""
    wishes = [text for text in _wishes(facts) if slug_of(text)]
    return next(filter(_is_latin, wishes), wishes[0] if wishes else "")


def _is_latin(text: str) -> bool:
    return len(slug_of(text)) * 2 >= min(len(text), 200)  # addresses are cut, names may be longer


def _wishes(facts: RowFacts) -> Iterator[str]:
    yield facts.fields["name"]
    for alias in sorted(facts.parts.get("aliases", ()), key=lambda alias: alias.get("language") != "en"):
        yield alias["name"]
    yield facts.fields.get("short_name", "")
    for item in facts.parts.get("identifiers", ()):
        yield f"{item['scheme']} {item['value']}"
