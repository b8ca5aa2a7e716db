"""What actors lack that an import publishes, counted, by the rule of `completeness`."""

from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actors.domain.completeness import MissingField, field_codes, missing_fields_in
from actors.models import Actor, ApplicationFocus, LayerPlacement
from clusterportal.core.publication import PublicationState
from clusterportal.intake.plan import Entry, Outcome, Plan

_PARTS: dict[str, tuple[str, type[LayerPlacement] | type[ApplicationFocus]]] = {
    "placements": ("layers", LayerPlacement),
    "foci": ("areas", ApplicationFocus),
}  # part -> column, model
_COLUMN = {code: column for code, (column, _model) in _PARTS.items()}
READ_AT_ONCE = 5000


def warnings(plan: Plan) -> list[str]:
    """At most one sentence: how many actors the import publishes incomplete, and what they lack."""
    published, incomplete = 0, 0
    missing: Counter[MissingField] = Counter()
    for lacking in _missing_fields_of_published(plan):
        published += 1
        incomplete += bool(lacking)
        missing.update(lacking)
    if not incomplete:
        return []
    total = ngettext(
        "%(total)s actor becomes public with this table; %(incomplete)s lacks what visitors need.",
        "%(total)s actors become public with this table; %(incomplete)s lack what visitors need.",
        published,
    )
    said = [total % {"total": published, "incomplete": incomplete}]
    for is_error, text in ((True, _("Errors: %(gaps)s.")), (False, _("Also missing: %(gaps)s."))):
        if named := [
            f"{field.label} ({count})" for field, count in missing.items() if field.is_error is is_error
        ]:
            said.append(text % {"gaps": ", ".join(named)})
    return [" ".join(said)]


def refuse_what_public_may_not_lack(plan: Plan) -> None:
    """Refuses rows that publish an actor without what every public one has, or take that from a public one."""
    entries = [entry for entry in plan.entries if entry.outcome in (Outcome.NEW, Outcome.CHANGED)]
    now = _as_it_is([entry.pk for entry in entries if entry.pk])
    for entry in entries:
        held = now.get(entry.node, {})
        if entry.fields.get("state", held.get("state")) != PublicationState.PUBLISHED:
            continue
        was_public = held.get("state") == PublicationState.PUBLISHED
        before = _missing_fields(Entry(entry.row, Outcome.UNCHANGED), held) if was_public else []
        lacked = {field.code for field in before}
        missing = [
            field for field in _missing_fields(entry, held) if field.is_error and field.code not in lacked
        ]
        if missing:
            plan.refuse(
                entry, *((_COLUMN.get(field.code, field.code), "", str(field.why)) for field in missing)
            )


def _missing_fields_of_published(plan: Plan) -> Iterator[list[MissingField]]:
    """What each actor that becomes public will lack."""
    changed = []
    for entry in plan.entries:
        if entry.fields.get("state") != PublicationState.PUBLISHED:
            continue
        if entry.outcome is Outcome.NEW:
            yield _missing_fields(entry, {})
        elif entry.outcome is Outcome.CHANGED:
            changed.append(entry)
    for start in range(0, len(changed), READ_AT_ONCE):
        some = changed[start : start + READ_AT_ONCE]
        now = _as_it_is([entry.pk for entry in some if entry.pk])
        yield from (_missing_fields(entry, now.get(entry.node, {})) for entry in some)


def _missing_fields(entry: Entry, now: dict) -> list[MissingField]:
    def has(code: str) -> bool:
        if code not in _PARTS:
            return entry.fields.get(code, now.get(code)) not in ("", None)
        change = entry.parts.get(_PARTS[code][0])
        kept = now.get(code, 0) - (len(change.remove) if change else 0)
        return bool(kept > 0 or (change and change.add))

    return missing_fields_in(has)


def _as_it_is(pks: list[int]) -> dict[int, dict]:
    found = {row["pk"]: row for row in Actor.objects.filter(pk__in=pks).values("pk", "state", *field_codes())}
    for code, (_column, model) in _PARTS.items():
        counts: Counter[int] = Counter(model.objects.filter(actor__in=pks).values_list("actor_id", flat=True))
        for pk, row in found.items():
            row[code] = counts[pk]
    return found
