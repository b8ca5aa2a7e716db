"""Which actor of the registry a row means: by permanent id, identifier, address, or name and what agrees with it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.translation import gettext as _

from actors.models import Actor, FormerSlug, FormerUid, Identifier
from clusterportal.intake.identity.description import Description, describe
from clusterportal.intake.identity.evidence import Judgement, Verdict, agree_on_place, judge
from clusterportal.intake.identity.index import PossibleMatch
from clusterportal.intake.identity.names import full_name_key
from clusterportal.intake.identity.reasons import ReasonCode
from clusterportal.intake.identity.registry import descriptions
from clusterportal.intake.row_facts import Reason, RowFacts


@dataclass
class Match:
    """The actor that a row means, None for a new one; or why that cannot be told."""

    pk: int | None = None
    refusal: Reason | None = None
    remark: str = ""  # for people, where the row is taken
    # The row uses a former name or key of the actor: it fills empty fields and overwrites nothing.
    fills_empty_fields: bool = False
    keeps_name: bool = False  # found by its name, the actor keeps the spelling that it has


@dataclass
class RegistryKeys:
    """What the registry knows of the keys of some rows; seven queries for any number of rows."""

    uids: dict[UUID, int] = field(default_factory=dict)
    merged_uids: dict[UUID, int] = field(default_factory=dict)  # of actors that were merged into others
    identifiers: dict[tuple[str, str], int] = field(default_factory=dict)
    slugs: dict[str, int] = field(default_factory=dict)
    former_slugs: dict[str, int] = field(default_factory=dict)
    survivors: dict[int, str] = field(default_factory=dict)  # names of actors that others were merged into
    names: dict[str, list[PossibleMatch]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, rows: Iterable[RowFacts], *, with_names: bool) -> "RegistryKeys":
        """The keys of the registry that `rows` name; their names only where these can be enough."""
        rows = list(rows)
        keys = cls()
        uids = {facts.fields["uid"] for facts in rows if facts.fields.get("uid")}
        slugs = {facts.fields["slug"] for facts in rows if facts.fields.get("slug")}
        if uids:
            keys.merged_uids = dict(FormerUid.objects.filter(uid__in=uids).values_list("uid", "actor_id"))
            keys.uids = dict(Actor.objects.filter(uid__in=uids).values_list("uid", "pk"))
        if slugs:
            keys.slugs = dict(Actor.objects.filter(slug__in=slugs).values_list("slug", "pk"))
            keys.former_slugs = dict(
                FormerSlug.objects.filter(slug__in=slugs).values_list("slug", "actor_id")
            )
        if owners := {*keys.merged_uids.values(), *keys.former_slugs.values()}:
            survivors = FormerUid.objects.filter(actor__in=owners).values_list("actor_id", "actor__name")
            keys.survivors = dict(survivors)
        keys._read_identifiers(rows)
        if with_names:
            keys._read_names(rows)
        return keys

    def _read_identifiers(self, rows: list[RowFacts]) -> None:
        values = {item["value"] for facts in rows for item in facts.parts.get("identifiers", ())}
        if values:
            found = Identifier.objects.filter(value__in=values).values_list("scheme", "value", "actor_id")
            self.identifiers = {(scheme, value): actor for scheme, value, actor in found}

    def _read_names(self, rows: list[RowFacts]) -> None:
        names = {name for facts in rows if (name := facts.fields.get("name")) and not has_own_key(facts)}
        if names:
            actors = Actor.objects.filter(name__in=names)
            name_of = dict(actors.values_list("pk", "name"))
            for pk, description, _title in descriptions(actors):
                match = PossibleMatch(pk, description, judge(description, description))
                self.names[name_of[pk]].append(match)


def match_by_key(facts: RowFacts, keys: RegistryKeys) -> Match:
    """What the row means by its keys, or by a name that the registry has in the same spelling."""
    fields = facts.fields
    uid, slug = fields.get("uid"), fields.get("slug", "")
    pk = (keys.uids.get(uid) or keys.merged_uids.get(uid)) if uid else None
    numbers = [(item["scheme"], item["value"]) for item in facts.parts.get("identifiers", ())]
    owners = {keys.identifiers[number] for number in numbers if number in keys.identifiers}
    if len(owners | ({pk} if pk else set())) > 1:
        shown = ", ".join(":".join(number) for number in numbers)
        reason = _("These identifiers belong to different actors of the registry.")
        return Match(refusal=("identifiers", shown, reason))
    pk = pk or next(iter(owners), None)
    slug_owner = keys.slugs.get(slug) or keys.former_slugs.get(slug)
    if pk is None:
        pk = slug_owner
    elif slug and slug_owner not in (None, pk):
        return Match(refusal=("slug", slug, _("Another actor has this address.")))
    if pk is not None and _is_about_merged_actor(fields, keys, pk):
        return _fills_survivor(keys.survivors[pk], pk)
    if pk is not None or slug or uid:
        return Match(pk)
    namesakes = keys.names.get(fields.get("name", ""))
    return _match_by_name(facts, namesakes) if namesakes else Match()


def _match_by_name(facts: RowFacts, namesakes: list[PossibleMatch]) -> Match:
    description = description_of(facts)
    judged = [one._replace(judgement=judge(description, one.description)) for one in namesakes]
    return best_match(description, judged, name=facts.fields["name"])


def has_own_key(facts: RowFacts) -> bool:
    """Whether the row says by its keys which actor it is about, so that its name does not."""
    return bool(facts.fields.get("uid") or facts.fields.get("slug"))


def _is_about_merged_actor(fields: dict, keys: RegistryKeys, pk: int) -> bool:
    """Whether the row is about an actor that was merged into `pk`, not about `pk` itself."""
    uid, slug = fields.get("uid"), fields.get("slug")
    if pk not in keys.survivors or uid in keys.uids or slug in keys.slugs:
        return False
    is_by_former_key = uid in keys.merged_uids or slug in keys.former_slugs
    name = fields.get("name") or ""
    return is_by_former_key and full_name_key(name) != full_name_key(keys.survivors[pk])


def _fills_survivor(name: str, pk: int) -> Match:
    remark = _(
        "This row names an actor that was merged into “%(actor)s”: only what is missing there is taken from it."
    )
    return Match(pk, remark=remark % {"actor": name}, fills_empty_fields=True, keeps_name=True)


def best_match(description: Description, judged: list[PossibleMatch], *, name: str) -> Match:
    """Of the actors that are the same by all that is known the one that agrees best with a row called `name`."""
    same = [one for one in judged if one.judgement.verdict is Verdict.SAME]
    if not same:
        return Match()
    best = max(_agreement(description, one) for one in same)
    first, *others = [one for one in same if _agreement(description, one) == best]
    if others:
        reason = _("Several actors have this name; add their slug, uid or an identifier.")
        return Match(refusal=("name", name, reason))
    if description.name != first.description.name:
        remark = _(
            "“%(actor)s” is known under this name too: only what is missing there is taken from this row."
        )
        actor = _name_of(first.ref)
        return Match(first.ref, remark=remark % {"actor": actor}, fills_empty_fields=True, keeps_name=True)
    is_by_name_alone = description.has_place != first.description.has_place and not _has_other_evidence(
        first.judgement
    )
    remark = _("Taken for the actor of this name by the name alone: only one of the two says where it is.")
    return Match(first.ref, remark=remark if is_by_name_alone else "", keeps_name=True)


def _agreement(description: Description, one: PossibleMatch) -> tuple[bool, bool, bool]:
    is_placed_alike = description.has_place == one.description.has_place
    return description.name == one.description.name, agree_on_place(one.judgement), is_placed_alike


def _has_other_evidence(judgement: Judgement) -> bool:
    """Whether anything beside the name speaks for the match."""
    return any(one.weight > 0 and one.code != ReasonCode.SAME_NAME for one in judgement.reasons)


def _name_of(pk: int) -> str:
    return Actor.objects.values_list("name", flat=True).get(pk=pk)


def description_of(facts: RowFacts) -> Description:
    """What a row says, as it is compared."""
    fields = facts.fields
    latitude, longitude = fields.get("latitude"), fields.get("longitude")
    return describe(
        name=str(fields.get("name") or ""),
        others=[fields.get("short_name") or "", *(item["name"] for item in facts.parts.get("aliases", ()))],
        identifiers=[(item["scheme"], item["value"]) for item in facts.parts.get("identifiers", ())],
        website=str(fields.get("website") or ""),
        phone=str(fields.get("phone") or ""),
        country=str(fields.get("country") or ""),
        postcode=str(fields.get("postcode") or ""),
        city=str(fields.get("city") or ""),
        street=str(fields.get("street") or ""),
        position=None if latitude is None or longitude is None else (latitude, longitude),
    )


class FileKeys:
    """The actors, identifiers and addresses that rows of the file have named, with the row that did so first."""

    def __init__(self):
        self._rows: dict[tuple, int] = {}

    def repeated(self, facts: RowFacts, *, row: int, pk: int | None) -> Reason | None:
        """Why this row repeats an earlier one; None, and its keys are kept, when it does not."""
        keys = list(self._keys(facts, pk))
        for key, column, value in keys:
            if earlier := self._rows.get(key):
                return column, value, _("Row %(row)s is about the same actor already.") % {"row": earlier}
        self._rows.update((key, row) for key, _column, _value in keys)
        return None

    @staticmethod
    def _keys(facts: RowFacts, pk: int | None) -> Iterator[tuple[tuple, str, str]]:
        fields = facts.fields
        for column in ("uid", "slug"):
            if value := fields.get(column):
                yield (column, value), column, str(value)
        for item in facts.parts.get("identifiers", ()):
            number = f"{item['scheme']}:{item['value']}"
            yield ("identifier", number), "identifiers", number
        if pk:
            yield ("pk", pk), "name", fields.get("name", "")
