"""Rows beside the registry: what a row changes in the fields and the parts of its actor."""

from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from actors.columns.fields import ACTOR_FIELDS, COLUMN_OF
from actors.columns.parts import CLUSTERS, CONTACTS, OWN_PARTS, Part, check_item, current_items
from actors.columns.values import first_reason, is_same
from actors.domain.free_slug import free_slug
from actors.models import Actor, FormerSlug
from clusterportal.core.publication import PublicationState
from clusterportal.core.slugs import slug_of
from clusterportal.intake.plan import Entry, Outcome, PartChange
from clusterportal.intake.planning.normalising import (
    add_legal_form,
    is_same_phone,
    place_conflict,
    reread_for_country,
)
from clusterportal.intake.planning.part_changes import (
    MergePolicy,
    is_own_name,
    new_items,
    part_change,
    with_implied_keys,
)
from clusterportal.intake.planning.rights import Rights
from clusterportal.intake.planning.row_reader import POINT
from clusterportal.intake.profiles import Profile, fields_of
from clusterportal.intake.row_facts import Reason, RowFacts

NEEDED = ("name", "kind")  # of a new actor
_ALWAYS_READ = ("slug", "name", "postcode", "city", "country", *POINT, "location_accuracy")
# Only a row that names its actor by one of these, as exports do, empties a field by an empty cell. Tables from
# elsewhere have empty cells for what they do not know.
_OWN_KEYS = ("uid", "slug")
_ADDRESS = [one.name for one in ACTOR_FIELDS if one.unit]
Compared = tuple[Entry, RowFacts, dict | None, Reason | None]


class ActorComparison:
    """Fills the entries of rows that are valid and matched. `state`: of new actors, whatever the rows say."""

    def __init__(self, profile: Profile, rights: Rights, *, state: str | None):
        self.profile, self.rights, self.state = profile, rights, state
        self.filled = {name for column in profile.fills for name in fields_of(column)}
        self._addresses: dict[str, int] | None = None

    def compare(self, matched: list[tuple[Entry, RowFacts]]) -> Iterator[Compared]:
        """Each row with the actor as it is now (None for a new one) and why the row cannot be taken."""
        pks = [entry.pk for entry, _facts in matched if entry.pk]
        names = {*_ALWAYS_READ}
        for _entry, facts in matched:
            names.update(facts.fields, *facts.in_any_language.values())
        rows = Actor.objects.filter(pk__in=pks).values("pk", *names) if pks else ()
        actors = {row["pk"]: row for row in rows}
        columns = {column for entry, facts in matched for column in facts.parts if entry.pk} & set(OWN_PARTS)
        items = {column: current_items(OWN_PARTS[column], pks) for column in columns}
        for entry, facts in matched:
            current = actors.get(entry.pk) if entry.pk else None
            entry.title = facts.fields.get("name") or (current or {}).get("name", "")
            reason: Reason | None
            if current:
                reason = self._plan_change(entry, facts, current, items)
            elif entry.pk:
                reason = "", "", _("The actor chosen for this row is no longer there.")
            else:
                reason = self._plan_new(entry, facts)
            yield entry, facts, current, reason

    # ---------- a new actor ----------
    def _plan_new(self, entry: Entry, facts: RowFacts) -> Reason | None:
        fields = facts.fields
        for name in NEEDED:
            if not fields.get(name):
                reason = _("A new actor needs this: as a column, or said once for all rows.")
                return COLUMN_OF[name], "", reason
        problem = (
            _half_a_point(fields) or place_conflict(fields, changed=fields) or self._join_own_cluster(facts)
        )
        if problem:
            return problem
        add_legal_form(facts)
        _tell_of_the_point(fields, facts, {"latitude": None, "location_accuracy": ""})
        fields["state"] = self.state or fields.get("state") or PublicationState.DRAFT.value
        if problem := self._take_address(entry, facts):
            return problem
        entry.outcome, entry.fields = Outcome.NEW, fields
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

    def _take_address(self, entry: Entry, facts: RowFacts) -> Reason | None:
        """The address that the row states, or a free one."""
        slug = facts.fields.get("slug")
        if slug in self.addresses:
            return "slug", slug, _("Another actor has this address.")
        facts.fields["slug"] = slug or free_slug(_address_wish(facts), taken=self.addresses)
        self.addresses[facts.fields["slug"]] = entry.node
        return None

    # ---------- an actor of the registry ----------
    def _plan_change(self, entry: Entry, facts: RowFacts, current: dict, items: dict) -> Reason | None:
        reread_for_country(facts, country=current["country"])
        if not any(facts.fields.get(key) for key in _OWN_KEYS):
            facts.fields = {name: value for name, value in facts.fields.items() if value not in ("", None)}
            facts.parts = {column: items for column, items in facts.parts.items() if items}
        entry.fields = self._differences(facts, current)
        _tell_of_the_point(entry.fields, facts, current)
        after = current | entry.fields
        problem = (
            _half_a_point(after)
            or place_conflict(after, changed=entry.fields)
            or self._change_address(entry, current["pk"])
        )
        if problem:
            return problem
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
            if name == "uid" or _is_held(facts, name, value, current):
                facts.original.pop(name, None)
            else:
                changes[name] = value
        is_whole = self.profile.fills_empty_fields or facts.fills_empty_fields
        if not is_whole and not self.filled:
            return changes
        filling = {*changes} if is_whole else {*changes} & self.filled
        wrong = {name for name, value in facts.corrects.items() if name in filling and current[name] == value}
        gone = {name for name in filling - wrong if current[name] not in ("", None) or changes[name] == ""}
        left = changes.keys() - gone
        if ("latitude" in left) != ("longitude" in left) and filling & {*POINT}:
            gone |= {*POINT}
        if gone & {*POINT}:
            gone.add("location_accuracy")  # it is said of the point that does not come in
        if (facts.fills_empty_fields or not is_whole) and _is_in_another_place(facts, current):
            gone |= filling & {*_ADDRESS}  # an address is never mixed from two
        for name in gone & changes.keys():
            facts.original.pop(name, None)
        return {name: value for name, value in changes.items() if name not in gone}

    def _change_address(self, entry: Entry, pk: int) -> Reason | None:
        """A new address is taken if nobody has or had it. A former one of the actor itself is not taken up again."""
        slug = entry.fields.get("slug")
        if not slug:
            return None
        owner = self.addresses.get(slug)
        if owner == pk:
            del entry.fields["slug"]
        elif owner is not None:
            return "slug", slug, _("Another actor has this address.")
        else:
            self.addresses[slug] = pk
        return None

    def _part_change(self, part: Part, facts: RowFacts, current: dict, name: str) -> PartChange:
        """Raises ValidationError where what the row says does not go with what is recorded."""
        wanted, within_reach = with_implied_keys(part, facts.parts[part.column], current), current
        if part is CONTACTS:
            current = within_reach = self.rights.contacts_within_reach(current)
            wanted = with_implied_keys(part, facts.parts[part.column], current)
        if part is CLUSTERS:
            within_reach = self.rights.memberships_within_reach(current)
            wanted = self._with_clearance(wanted, current)
        fills_empty_fields = self.profile.fills_empty_fields or facts.fills_empty_fields
        if fills_empty_fields:
            wanted = {key: item for key, item in wanted.items() if not is_own_name(part, item, name)}
        if part.column in self.profile.fills and current:
            wanted = {key: item for key, item in wanted.items() if item == facts.membership}
        is_whole = part.column in self.profile.replaces and part.column not in facts.partial
        policy = MergePolicy(replaces=is_whole and not fills_empty_fields, only_adds=fills_empty_fields)
        change = part_change(part, wanted, current, policy, within_reach=within_reach)
        for _pk, item in change.update:
            check_item(part, item)
        return change

    def _with_clearance(self, wanted: dict, current: dict) -> dict:
        """Without the right to publish, a membership that is there stays cleared, or not, as it is."""
        if self.rights.may_publish:
            return wanted
        return {
            key: item | {"cleared": current[key][1]["cleared"]} if key in current else item
            for key, item in wanted.items()
        }

    @property
    def addresses(self) -> dict[str, int]:
        """All present and former addresses with the actor that has them; read once, when first needed."""
        if self._addresses is None:
            self._addresses = dict(FormerSlug.objects.values_list("slug", "actor_id"))
            self._addresses |= dict(Actor.objects.values_list("slug", "pk"))
        return self._addresses


def _is_held(facts: RowFacts, name: str, value, current: dict) -> bool:
    """Whether the registry holds the value, as normalised or as the table has it, in any language it may be in."""
    names = facts.in_any_language.get(name, [name])
    if any(is_same(value, current[one]) for one in names):
        return True
    if name in facts.original and is_same(facts.original[name], current[name]):
        return True
    return name == "phone" and is_same_phone(value, current[name], current["country"])


def _is_in_another_place(facts: RowFacts, current: dict) -> bool:
    """Whether row and registry both say where the actor is, and not the same."""
    return any(
        facts.fields.get(name) and current.get(name) and facts.fields[name] != current[name]
        for name in ("postcode", "city", "country")
    )


def _tell_of_the_point(changes: dict, facts: RowFacts, current: dict) -> None:
    """The accuracy belongs to its point: another point does not keep the old one, and without a point there is none."""
    told = facts.fields.get("location_accuracy")
    if changes.get("latitude", current["latitude"]) is None:
        if told:
            text = _("Left out: there are no coordinates of which this could be said.")
            facts.add_remark("location_accuracy", told, text)
        changes.pop("location_accuracy", None)
        told = ""
    if {*POINT} & changes.keys() and not told and current["location_accuracy"]:
        changes["location_accuracy"] = ""


def _half_a_point(fields: dict) -> Reason | None:
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
