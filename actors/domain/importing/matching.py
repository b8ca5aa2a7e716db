"""Which actor of the registry a row means: by permanent id, identifier, address, or name and postcode."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from actors.domain.importing.facts import Facts
from actors.models import Actor, FormerSlug, FormerUid, Identifier

Reason = tuple[str, str, str]  # column, value, reason


@dataclass
class Known:
    """What the registry knows of the keys of some rows; seven queries for any number of rows."""

    uids: dict = field(default_factory=dict)
    identifiers: dict[tuple[str, str], int] = field(default_factory=dict)
    slugs: dict[str, int] = field(default_factory=dict)
    former: dict[str, int] = field(default_factory=dict)
    names: dict[str, list[tuple[str, int]]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, rows: Iterable[Facts], *, with_names: bool) -> "Known":
        rows = list(rows)
        known = cls()
        uids = {facts.fields["uid"] for facts in rows if facts.fields.get("uid")}
        slugs = {facts.fields["slug"] for facts in rows if facts.fields.get("slug")}
        if uids:
            known.uids = dict(FormerUid.objects.filter(uid__in=uids).values_list("uid", "actor_id"))
            known.uids |= dict(Actor.objects.filter(uid__in=uids).values_list("uid", "pk"))
        if slugs:
            known.slugs = dict(Actor.objects.filter(slug__in=slugs).values_list("slug", "pk"))
            known.former = dict(FormerSlug.objects.filter(slug__in=slugs).values_list("slug", "actor_id"))
        known._read_identifiers(rows)
        if with_names:
            known._read_names(rows)
        return known

    def _read_identifiers(self, rows: list[Facts]) -> None:
        values = {item["value"] for facts in rows for item in facts.parts.get("identifiers", ())}
        if values:
            found = Identifier.objects.filter(value__in=values).values_list("scheme", "value", "actor_id")
            self.identifiers = {(scheme, value): actor for scheme, value, actor in found}

    def _read_names(self, rows: list[Facts]) -> None:
        names = {facts.fields["name"] for facts in rows if facts.fields.get("name")}
        for name, postcode, pk in Actor.objects.filter(name__in=names).values_list("name", "postcode", "pk"):
            self.names[name].append((postcode, pk))


def match(facts: Facts, known: Known) -> tuple[int | None, Reason | None]:
    """The actor that the row means, None for a new one; or why that cannot be told."""
    fields = facts.fields
    pk = known.uids.get(fields.get("uid"))
    numbers = [(item["scheme"], item["value"]) for item in facts.parts.get("identifiers", ())]
    holders = {known.identifiers[number] for number in numbers if number in known.identifiers}
    if len(holders | ({pk} if pk else set())) > 1:
        shown = ", ".join(":".join(number) for number in numbers)
        return None, (
            "identifiers",
            shown,
            _("These identifiers belong to different actors of the registry."),
        )
    pk = pk or next(iter(holders), None)
    slug = fields.get("slug")
    holder = known.slugs.get(slug) or known.former.get(slug)
    if pk is None:
        pk = holder
    elif slug and holder not in (None, pk):
        return None, ("slug", slug, _("Another actor has this address."))
    if pk is not None or slug or fields.get("uid"):
        return pk, None
    return _by_name(fields, known)


def _by_name(fields: dict, known: Known) -> tuple[int | None, Reason | None]:
    found = known.names.get(fields.get("name"), [])
    if "postcode" in fields:
        found = [(postcode, pk) for postcode, pk in found if postcode == fields["postcode"]]
    if len(found) > 1:
        return None, (
            "name",
            fields["name"],
            _("Several actors have this name; add their slug, uid or an identifier."),
        )
    return (found[0][1] if found else None), None


class Seen:
    """Which row of the file spoke first of an actor, an identifier, an address, a name."""

    def __init__(self):
        self._rows: dict = {}

    def repeated(self, facts: Facts, *, row: int, pk: int | None, with_names: bool) -> Reason | None:
        """Why this row says again what an earlier one said; None, and noted, when it does not."""
        keys = list(self._keys(facts, pk, with_names))
        for key, column, value in keys:
            if earlier := self._rows.get(key):
                return column, value, _("Row %(row)s is about the same actor already.") % {"row": earlier}
        self._rows.update((key, row) for key, _column, _value in keys)
        return None

    @staticmethod
    def _keys(facts: Facts, pk: int | None, with_names: bool):
        fields = facts.fields
        for column in ("uid", "slug"):
            if value := fields.get(column):
                yield (column, value), column, str(value)
        numbers = facts.parts.get("identifiers", ())
        for item in numbers:
            number = f"{item['scheme']}:{item['value']}"
            yield ("identifier", number), "identifiers", number
        if pk:
            yield ("pk", pk), "name", fields.get("name", "")
        elif with_names and not (numbers or fields.get("slug") or fields.get("uid")):
            yield ("name", fields.get("name"), fields.get("postcode")), "name", fields.get("name", "")
