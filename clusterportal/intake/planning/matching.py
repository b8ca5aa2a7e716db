"""Which actor of the registry a row means: by permanent id, identifier, address, or name and what agrees with it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from actors.models import Actor, FormerSlug, FormerUid, Identifier
from clusterportal.intake.identity.description import Description, describe
from clusterportal.intake.identity.evidence import Judgement, Verdict, agree_on_place, judge
from clusterportal.intake.identity.index import Likeness
from clusterportal.intake.identity.names import written
from clusterportal.intake.identity.reasons import ReasonCode
from clusterportal.intake.identity.registry import descriptions
from clusterportal.intake.row_facts import RowFacts

Reason = tuple[str, str, str]  # column, value, reason


@dataclass
class Meaning:
    """The actor that a row means, None for a new one; or why that cannot be told."""

    pk: int | None = None
    refusal: Reason | None = None
    remark: str = ""  # what is to be said about a row that changes its actor
    # The row speaks of the actor under a name or key of former days: it fills gaps and overwrites nothing.
    fills_gaps: bool = False
    keeps_name: bool = False  # found by its name, the actor keeps the spelling that it has


@dataclass
class Known:
    """What the registry knows of the keys of some rows; seven queries for any number of rows."""

    uids: dict = field(default_factory=dict)
    merged_uids: dict = field(default_factory=dict)  # of actors that were merged into others
    identifiers: dict[tuple[str, str], int] = field(default_factory=dict)
    slugs: dict[str, int] = field(default_factory=dict)
    former: dict[str, int] = field(default_factory=dict)
    survivors: dict[int, str] = field(
        default_factory=dict
    )  # actors that others were merged into, with their names
    names: dict[str, list[Likeness]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, rows: Iterable[RowFacts], *, with_names: bool) -> "Known":
        rows = list(rows)
        known = cls()
        uids = {facts.fields["uid"] for facts in rows if facts.fields.get("uid")}
        slugs = {facts.fields["slug"] for facts in rows if facts.fields.get("slug")}
        if uids:
            known.merged_uids = dict(FormerUid.objects.filter(uid__in=uids).values_list("uid", "actor_id"))
            known.uids = dict(Actor.objects.filter(uid__in=uids).values_list("uid", "pk"))
        if slugs:
            known.slugs = dict(Actor.objects.filter(slug__in=slugs).values_list("slug", "pk"))
            known.former = dict(FormerSlug.objects.filter(slug__in=slugs).values_list("slug", "actor_id"))
        if holders := {*known.merged_uids.values(), *known.former.values()}:
            survivors = FormerUid.objects.filter(actor__in=holders).values_list("actor_id", "actor__name")
            known.survivors = dict(survivors)
        known._read_identifiers(rows)
        if with_names:
            known._read_names(rows)
        return known

    def _read_identifiers(self, rows: list[RowFacts]) -> None:
        values = {item["value"] for facts in rows for item in facts.parts.get("identifiers", ())}
        if values:
            found = Identifier.objects.filter(value__in=values).values_list("scheme", "value", "actor_id")
            self.identifiers = {(scheme, value): actor for scheme, value, actor in found}

    def _read_names(self, rows: list[RowFacts]) -> None:
        names = {name for facts in rows if (name := facts.fields.get("name")) and not has_own_key(facts)}
        if names:
            actors = Actor.objects.filter(name__in=names)
            spelt = dict(actors.values_list("pk", "name"))
            for pk, description, _title in descriptions(actors):
                self.names[spelt[pk]].append(Likeness(pk, description, judge(description, description)))


def match(facts: RowFacts, known: Known) -> Meaning:
    """What the row means by its keys, or by a name that the registry spells just so."""
    fields = facts.fields
    uid, slug = fields.get("uid"), fields.get("slug")
    pk = known.uids.get(uid) or known.merged_uids.get(uid)
    numbers = [(item["scheme"], item["value"]) for item in facts.parts.get("identifiers", ())]
    holders = {known.identifiers[number] for number in numbers if number in known.identifiers}
    if len(holders | ({pk} if pk else set())) > 1:
        shown = ", ".join(":".join(number) for number in numbers)
        reason = _("These identifiers belong to different actors of the registry.")
        return Meaning(refusal=("identifiers", shown, reason))
    pk = pk or next(iter(holders), None)
    holder = known.slugs.get(slug) or known.former.get(slug)
    if pk is None:
        pk = holder
    elif slug and holder not in (None, pk):
        return Meaning(refusal=("slug", slug, _("Another actor has this address.")))
    if pk is not None and _is_of_the_merged(fields, known, pk):
        return _merged(known.survivors[pk], pk)
    if pk is not None or slug or uid:
        return Meaning(pk)
    candidates = known.names.get(fields.get("name"), ())
    described = description_of(facts)
    same = [
        one._replace(judgement=judgement)
        for one in candidates
        if (judgement := judge(described, one.description)).verdict is Verdict.SAME
    ]
    return chosen(described, same, fields) if same else Meaning()


def has_own_key(facts: RowFacts) -> bool:
    """Does the row say by itself which actor it is about? Then its name does not."""
    return bool(facts.fields.get("uid") or facts.fields.get("slug"))


def _is_of_the_merged(fields: dict, known: Known, pk: int) -> bool:
    """Does the row speak of an actor that was merged into `pk`, not of `pk` itself?"""
    if pk not in known.survivors or known.uids.get(fields.get("uid")) or known.slugs.get(fields.get("slug")):
        return False
    by_former_key = fields.get("uid") in known.merged_uids or fields.get("slug") in known.former
    name = fields.get("name") or ""
    return by_former_key and written(name) != written(known.survivors[pk])


def _merged(name: str, pk: int) -> Meaning:
    remark = _(
        "This row names an actor that was merged into “%(actor)s”: only what is missing there is taken from it."
    )
    return Meaning(pk, remark=remark % {"actor": name}, fills_gaps=True, keeps_name=True)


def chosen(described: Description, same: list[Likeness], fields: dict) -> Meaning:
    """Which of the actors that are the same by all that is known the row means: where one agrees best."""
    best = max(_agreement(described, one) for one in same)
    first, *others = [one for one in same if _agreement(described, one) == best]
    if others:
        reason = _("Several actors have this name; add their slug, uid or an identifier.")
        return Meaning(refusal=("name", fields["name"], reason))
    if described.name != first.description.name:
        remark = _(
            "“%(actor)s” is known under this name too: only what is missing there is taken from this row."
        )
        return Meaning(
            first.ref, remark=remark % {"actor": _name_of(first.ref)}, fills_gaps=True, keeps_name=True
        )
    is_by_name_alone = described.has_place != first.description.has_place and not _agree(first.judgement)
    remark = _("Taken for the actor of this name by the name alone: only one of the two says where it is.")
    return Meaning(first.ref, remark=remark if is_by_name_alone else "", keeps_name=True)


def _agreement(described: Description, one: Likeness) -> tuple[bool, bool, bool]:
    is_placed_alike = described.has_place == one.description.has_place
    return described.name == one.description.name, agree_on_place(one.judgement), is_placed_alike


def _agree(judgement: Judgement) -> bool:
    """Does anything beside the name speak for it?"""
    return any(one.weight > 0 and one.code != ReasonCode.SAME_NAME for one in judgement.reasons)


def _name_of(pk: int) -> str:
    return Actor.objects.values_list("name", flat=True).get(pk=pk)


def description_of(facts: RowFacts) -> Description:
    """What a row says, as it is compared."""
    fields = facts.fields
    others = [fields.get("short_name") or "", *(item["name"] for item in facts.parts.get("aliases", ()))]
    numbers = [(item["scheme"], item["value"]) for item in facts.parts.get("identifiers", ())]
    texts = {
        name: str(fields.get(name) or "")
        for name in ("name", "website", "phone", "country", "postcode", "city", "street")
    }
    point = fields.get("latitude"), fields.get("longitude")
    return describe(**texts, others=others, identifiers=numbers, position=None if None in point else point)


class Seen:
    """Which row of the file spoke first of an actor, an identifier, an address."""

    def __init__(self):
        self._rows: dict = {}

    def repeated(self, facts: RowFacts, *, row: int, pk: int | None) -> Reason | None:
        """Why this row says again what an earlier one said; None, and noted, when it does not."""
        keys = list(self._keys(facts, pk))
        for key, column, value in keys:
            if earlier := self._rows.get(key):
                return column, value, _("Row %(row)s is about the same actor already.") % {"row": earlier}
        self._rows.update((key, row) for key, _column, _value in keys)
        return None

    @staticmethod
    def _keys(facts: RowFacts, pk: int | None):
        fields = facts.fields
        for column in ("uid", "slug"):
            if value := fields.get(column):
                yield (column, value), column, str(value)
        for item in facts.parts.get("identifiers", ()):
            number = f"{item['scheme']}:{item['value']}"
            yield ("identifier", number), "identifiers", number
        if pk:
            yield ("pk", pk), "name", fields.get("name", "")
