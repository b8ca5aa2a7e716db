"""Would a client that was made for one OpenAPI document break on another one? The rules of the written policy.

Breaking is: an operation, parameter, field, header, media type or status that went or got another name; an answer that
may hold more than before (another type, null, a value that no list named, a field that may be missing now); a question
that may hold less (another type, a value that is refused now, a narrower bound, something new that is required).
Lists of values that are said to be open (`x-extensible-enum`) may grow.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
LOWER = ("minimum", "exclusiveMinimum", "minLength", "minItems")
UPPER = ("maximum", "exclusiveMaximum", "maxLength", "maxItems")
SAME = ("pattern", "format", "default", "const")


def breaking(before: dict, after: dict) -> list[str]:
    """A sentence for each difference that breaks a client of `before`; empty if there is none."""
    return list(_Comparison(before, after).operations())


@dataclass
class _Comparison:
    before: dict
    after: dict
    seen: set = field(default_factory=set)  # pairs of references: schemas may name themselves

    def operations(self) -> Iterator[str]:
        for path, item in self.before["paths"].items():
            for method in METHODS:
                if (old := item.get(method)) is None:
                    continue
                where = f"{method.upper()} {path}"
                if (new := self.after["paths"].get(path, {}).get(method)) is None:
                    yield f"{where} is gone"
                else:
                    yield from self._operation(where, old, new)

    def _operation(self, where: str, old: dict, new: dict) -> Iterator[str]:
        if old.get("operationId") != new.get("operationId"):
            yield f"{where} has another operationId"
        if new.get("security") and {} not in new["security"] and new["security"] != old.get("security"):
            yield f"{where} needs another key"
        yield from self._parameters(where, _named(old), _named(new))
        yield from self._body(where, old.get("requestBody"), new.get("requestBody"))
        for status, answer in old["responses"].items():
            if status not in new["responses"]:
                yield f"{where} no longer answers {status}"
            else:
                yield from self._answer(f"{where} {status}", answer, new["responses"][status])
        for status in new["responses"]:
            if status.startswith("2") and status not in old["responses"]:
                yield f"{where} also answers {status} now"

    def _parameters(self, where: str, old: dict, new: dict) -> Iterator[str]:
        for key, one in old.items():
            if key not in new:
                yield f"{where}: parameter {key[1]} is gone"
                continue
            if new[key].get("required") and not one.get("required"):
                yield f"{where}: parameter {key[1]} is required now"
            yield from self._asked(f"{where}?{key[1]}", one["schema"], new[key]["schema"])
        for key in new.keys() - old.keys():
            if new[key].get("required"):
                yield f"{where}: parameter {key[1]} is new and required"

    def _body(self, where: str, old: dict | None, new: dict | None) -> Iterator[str]:
        if old is None:
            if new and new.get("required"):
                yield f"{where}: a body is required now"
        elif new is None:
            yield f"{where}: the body is gone"
        else:
            if new.get("required") and not old.get("required"):
                yield f"{where}: a body is required now"
            yield from self._contents(f"{where} body", old, new, self._asked)

    def _answer(self, where: str, old: dict, new: dict) -> Iterator[str]:
        for name in old.get("headers", {}).keys() - new.get("headers", {}).keys():
            yield f"{where}: header {name} is gone"
        yield from self._contents(where, old, new, self._told)

    def _contents(self, where: str, old: dict, new: dict, compare) -> Iterator[str]:
        for media_type, content in old.get("content", {}).items():
            if media_type not in new.get("content", {}):
                yield f"{where}: {media_type} is gone"
            elif "schema" in content:
                yield from compare(where, content["schema"], new["content"][media_type].get("schema", {}))

    # ---------- what clients send: every value of before is still taken ----------
    def _asked(self, where: str, old: dict, new: dict) -> Iterator[str]:
        if (pair := self._open("asked", old, new)) is None:
            return
        old, new = pair
        if gone := _types(old) - _types(new):
            yield f"{where}: {_listed(gone)} is refused now"
        if "enum" in new and (gone := {*map(str, old.get("enum", ["anything"]))} - {*map(str, new["enum"])}):
            yield f"{where}: {_listed(gone)} is refused now"
        for name in (*LOWER, *UPPER):
            sign = 1 if name in LOWER else -1
            if name in new and (name not in old or sign * new[name] > sign * old[name]):
                yield f"{where}: {name} is narrower"
        for name in SAME:
            if new.get(name) != old.get(name) and (name in new or name == "default"):
                yield f"{where}: another {name}"
        for one in {*new.get("required", [])} - {*old.get("required", [])}:
            yield f"{where}.{one} is required now"
        yield from self._inside(where, old, new, self._asked)

    # ---------- what clients get: nothing comes that before did not know ----------
    def _told(self, where: str, old: dict, new: dict) -> Iterator[str]:
        if (pair := self._open("told", old, new)) is None:
            return
        old, new = pair
        if added := _types(new) - _types(old):
            yield f"{where}: may be {_listed(added)} now"
        if "enum" in old and (added := {*map(str, new.get("enum", ["anything"]))} - {*map(str, old["enum"])}):
            yield f"{where}: may be {_listed(added)} now"
        if "x-extensible-enum" in old and (
            gone := {*old["x-extensible-enum"]} - {*new.get("x-extensible-enum", [])}
        ):
            yield f"{where}: is never {_listed(gone)} again"
        if old.get("format") != new.get("format") and "format" in old:
            yield f"{where}: another format"
        for one in {*old.get("required", [])} - {*new.get("required", [])}:
            yield f"{where}.{one} may be missing now"
        yield from self._inside(where, old, new, self._told)

    def _inside(self, where: str, old: dict, new: dict, compare) -> Iterator[str]:
        """Fields, items and alternatives. A field that went is gone in questions and answers alike."""
        for name, one in old.get("properties", {}).items():
            if name not in new.get("properties", {}):
                yield f"{where}.{name} is gone"
            else:
                yield from compare(f"{where}.{name}", one, new["properties"][name])
        for name, place in (("items", "[]"), ("additionalProperties", ".*")):
            if isinstance(old.get(name), dict) and isinstance(new.get(name), dict):
                yield from compare(where + place, old[name], new[name])
        for name in ("oneOf", "anyOf", "allOf"):
            olds, news = old.get(name, []), new.get(name, [])
            if len(olds) != len(news):
                yield f"{where}: {len(news)} alternatives ({name}) instead of {len(olds)}"
            for number, (one, other) in enumerate(zip(olds, news, strict=False), start=1):
                yield from compare(f"{where} ({name} {number})", one, other)

    def _open(self, role: str, old: dict, new: dict) -> tuple[dict, dict] | None:
        """Both schemas behind their references; None if this pair was compared before."""
        names = (role, old.get("$ref"), new.get("$ref"))
        if names[1] and names[2]:
            if names in self.seen:
                return None
            self.seen.add(names)
        return _behind(self.before, old), _behind(self.after, new)


def _behind(document: dict, schema: dict) -> dict:
    while "$ref" in schema:
        found: dict = document
        for step in schema["$ref"].removeprefix("#/").split("/"):
            found = found[step]
        schema = found
    return schema


def _named(operation: dict) -> dict[tuple[str, str], dict]:
    return {(one["in"], one["name"]): one for one in operation.get("parameters", [])}


def _types(schema: dict) -> set[str]:
    given = schema.get("type", [])
    return {given} if isinstance(given, str) else {*given}


def _listed(values: set) -> str:
    return ", ".join(sorted(values))
