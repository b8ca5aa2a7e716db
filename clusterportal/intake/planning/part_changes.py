"""What a row changes in the items of one part: those it names are added or changed, the others stay.

Items that the row does not name are removed only where people chose that its column replaces. An item keeps the
details (basis, note ...) of which the row says nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from actors.columns.parts import ALIASES, ASSUMED, LAYERS, Part
from actors.columns.values import is_same
from clusterportal.intake.plan import PartChange

ItemsByKey = dict[tuple, dict]


@dataclass(frozen=True)
class MergePolicy:
    """How a cell is merged. `replaces`: it names all items; `only_adds`: recorded items stay as they are."""

    replaces: bool = False
    only_adds: bool = False


def new_items(part: Part, stated: Iterable[dict]) -> PartChange:
    """The items of an actor that is new."""
    change = PartChange(add=[part.fresh(item) for item in stated])
    change.items = [(None, item) for item in change.add]
    return change


def part_change(
    part: Part,
    wanted: ItemsByKey,
    current: dict[tuple, tuple[int, dict]],
    policy: MergePolicy,
    *,
    within_reach: Iterable,
) -> PartChange:
    """What changes in `current` ({identity: (primary key, item)}) when a row says `wanted`.

    `within_reach`: the identities that the person may remove.
    """
    present = {key: item for key, (_pk, item) in current.items()}
    after = dict(present)
    if policy.replaces:
        removable = {*within_reach} - wanted.keys()
        after = {key: item for key, item in after.items() if key not in removable}
    positions = [item["position"] for item in present.values()] if part.repeats else []
    next_position = 1 + max(positions, default=-1)
    for key, item in wanted.items():
        if key not in present:
            after[key] = part.fresh(_moved_behind(item, next_position))
        elif not policy.only_adds:
            after[key] = _merged(present[key], item, replaces=policy.replaces)
    if part is LAYERS:
        _keep_one_main_layer(wanted, present, after, policy)
    return _difference(current, present, after)


def with_implied_keys(part: Part, items: list[dict], current: Iterable[tuple]) -> ItemsByKey:
    """The items by identity. A key that a row leaves open is taken from the recorded item that has the others."""
    if not part.implied:
        return part.keyed(items)
    recorded = [*current]
    key_by_others = {_without_implied(part, key): key for key in recorded}
    completed = []
    for item in items:
        own_key = part.identity_of(item)
        key = key_by_others.get(_without_implied(part, own_key))
        is_open = any(name not in item for name in part.implied) and own_key not in recorded
        completed.append(dict(zip(part.identity, key, strict=True)) | item if key and is_open else item)
    return part.keyed(completed)


def is_own_name(part: Part, item: dict, name: str) -> bool:
    """Whether an item is an alias that is the name itself."""
    return part is ALIASES and item["name"] == name


def _without_implied(part: Part, key: tuple) -> tuple:
    return tuple(value for name, value in zip(part.identity, key, strict=False) if name not in part.implied)


def _moved_behind(item: dict, next_position: int) -> dict:
    assumed = item.get(ASSUMED, {})
    if next_position and "position" in assumed:
        return item | {ASSUMED: assumed | {"position": next_position + assumed["position"]}}
    return item


def _merged(present: dict, stated: dict, *, replaces: bool) -> dict:
    merged = dict(present)
    for name, value in stated.items():
        if name == ASSUMED or is_same(value, present[name]):
            continue
        merged[name] = sorted({*present[name], *value}) if isinstance(value, list) and not replaces else value
    return merged


def _keep_one_main_layer(
    wanted: ItemsByKey, present: ItemsByKey, after: ItemsByKey, policy: MergePolicy
) -> None:
    """A row that names a main layer moves it; a file that only adds leaves the recorded one."""
    named = [key for key, item in wanted.items() if item.get("primary")]
    had = [key for key, item in present.items() if item["primary"]]
    losing = named if policy.only_adds and had else [key for key in had if named and key not in named]
    for key in losing:
        if key in after and not (policy.only_adds and key in present):
            after[key] = after[key] | {"primary": False}


def _difference(current: dict[tuple, tuple[int, dict]], present: ItemsByKey, after: ItemsByKey) -> PartChange:
    change = PartChange()
    for key, (pk, item) in current.items():
        if key not in after:
            change.remove.append(pk)
            change.items.append((item, None))
        elif after[key] != item:
            change.update.append((pk, after[key]))
            change.items.append((item, after[key]))
    change.add = [item for key, item in after.items() if key not in present]
    change.items += [(None, item) for item in change.add]
    return change
