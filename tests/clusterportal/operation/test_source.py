"""What the code must not do, looked for in the code itself: every exception stands here with its reason."""

import ast
import re
from functools import cache
from importlib import import_module
from pathlib import Path

from django.forms import BaseForm

from clusterportal.settings import BASE_DIR

ROOMS = ("clusterportal", "actors", "layers", "applications")
# Calls by which a text becomes code, or bytes become any object; and where they are meant.
FORBIDDEN = {"eval", "exec", "compile", "os.system", "os.popen", "marshal.loads", "yaml.load", "pickle.loads"}
FORBIDDEN |= {"pickle.load", "Template", "engines.all", "from_string", "Engine.from_string"}
MEANT = {
    # What the portal itself tells the process that reads tables; what comes back names cells and tables alone.
    ("clusterportal/tables/sandbox_process.py", "pickle.load"),
}
RANDOM = {
    "clusterportal/partners/domain/webhooks/endpoint_state.py"
}  # when a retry comes, so that not all come at once


@cache
def modules() -> dict[str, ast.Module]:
    paths = [
        path
        for room in ROOMS
        for path in sorted((BASE_DIR / room).rglob("*.py"))
        if "migrations" not in path.parts
    ]
    return {str(path.relative_to(BASE_DIR)): ast.parse(path.read_text()) for path in paths}


@cache
def calls() -> list[tuple[str, str, ast.Call]]:
    return [
        (name, ast.unparse(node.func), node)
        for name, module in modules().items()
        for node in ast.walk(module)
        if isinstance(node, ast.Call)
    ]


def test_no_code_runs_what_is_a_text():
    found = {
        (name, called)
        for name, called, _node in calls()
        if called in FORBIDDEN or called.endswith(".from_string")
    }
    assert found == MEANT
    assert not [name for name, _called, node in calls() for word in node.keywords if word.arg == "shell"]


def test_typed_signs_are_no_pattern():
    """A pattern is put together in these modules alone, from constants and from letters that were taken apart."""
    loose = set()
    for name, called, node in calls():
        if (
            called.startswith("re.")
            and called != "re.escape"
            and node.args
            and isinstance(node.args[0], ast.JoinedStr)
        ):
            values = [
                ast.unparse(part.value)
                for part in node.args[0].values
                if isinstance(part, ast.FormattedValue)
            ]
            if not all(re.match(r"_?[A-Z][A-Z_]*( \+ _?[A-Z_]+)?$|re\.escape\(", value) for value in values):
                loose.add(name)
    assert loose == {
        "clusterportal/history/person.py",  # each letter of a name in brackets with the letters like it
        "clusterportal/core/codings.py",  # names of codings
        "clusterportal/tables/delimited.py",  # one of the delimiters that are known
        "clusterportal/finance/forms.py",  # a full stop or a comma
    }


def test_what_is_formatted_is_written_in_the_code():
    """`x.format(...)` only with constants for `x`; a text of people could name attributes of what is put in."""
    loose = {
        (name, ast.unparse(node.func.value))
        for name, called, node in calls()
        if called.endswith((".format", ".format_map")) and isinstance(node.func, ast.Attribute)
        if not isinstance(node.func.value, ast.Constant | ast.JoinedStr)
        if not re.match(r"_?[A-Z][A-Z_]*$", ast.unparse(node.func.value))
    }
    # The address of an identifier's page, by its scheme, from a table of constants; SQL from its file.
    assert {name for name, _text in loose} == {
        "actors/models/identity.py", "actors/models/search.py", "clusterportal/newsroom/models/triggers.py",
    }  # fmt: skip


def test_secrets_come_from_the_secure_generator():
    users = {
        name
        for name, module in modules().items()
        for node in ast.walk(module)
        if isinstance(node, ast.Import | ast.ImportFrom)
        if "random" in [*(one.name for one in node.names), getattr(node, "module", "")]
    }
    assert users == RANDOM


def test_no_hash_is_a_weak_one():
    weak = {name for name, called, _node in calls() if re.search(r"\b(md5|sha1|DES|ARC4)\b", called)}
    # Public lists of leaked passwords have them so; what is stored here is hashed slowly.
    assert weak == {"clusterportal/accounts/passwords.py"}


def test_passwords_are_hashed_slowly(monkeypatch):
    from django.conf import global_settings
    from django.contrib.auth.hashers import PBKDF2PasswordHasher

    from clusterportal import settings

    assert not hasattr(settings, "PASSWORD_HASHERS")  # Django's own
    assert global_settings.PASSWORD_HASHERS[0].endswith("PBKDF2PasswordHasher")
    assert PBKDF2PasswordHasher.iterations >= 600_000 and PBKDF2PasswordHasher.digest().name == "sha256"


def scripts() -> dict[str, str]:
    return {path.name: path.read_text() for path in sorted(Path(BASE_DIR, "static").rglob("*.js"))}


def test_scripts_write_text_and_no_markup():
    pattern = (
        r"(?:inner|outer)HTML\s*\+?=(?!=)|insertAdjacentHTML|document\.write|\beval\(|new Function|__proto__"
    )
    found = {name: re.findall(pattern, text) for name, text in scripts().items() if re.search(pattern, text)}
    # What the server answers there is a page part of its own, escaped or made safe.
    assert found.keys() == {"markdown-preview.js", "actor-form.js"}


def test_what_scripts_remember_is_nothing_personal():
    """Which scripts keep something in the browser at all: each was looked at."""
    keeping = {
        name for name, text in scripts().items() if re.search(r"(local|session)Storage\.setItem", text)
    }
    assert keeping == {
        "draft.js",  # what was typed when the session ended: in this tab, until it is back in its form
        "map.js",  # that maps may load
        "placing.js",  # that keys are off
        "shortlist.js",  # public actors
    }


def test_forms_name_the_columns_that_they_take():
    """Not all of them, nor all but some: what is added later would be taken from whoever sends it."""
    loose = {
        name
        for name, module in modules().items()
        for node in ast.walk(module)
        if isinstance(node, ast.ClassDef) and node.name == "Meta"
        for line in node.body
        if isinstance(line, ast.Assign)
        if ast.unparse(line) == "fields = '__all__'" or ast.unparse(line.targets[0]) == "exclude"
    }
    assert loose == {"actors/admin/form.py"}  # by the fieldsets of the admin


# Whose a record is, how far it has come and who sees it: no form on public pages asks for that.
NEVER_ASKED = {"state", "is_staff", "is_superuser", "owner_cluster", "published_at", "confirmed_at"}


def test_no_public_form_asks_whose_a_record_is_or_how_far_it_has_come():
    import_module("clusterportal.urls")
    forms, found = [BaseForm], {}
    for form in forms:
        forms += form.__subclasses__()
        if form.__module__.startswith("clusterportal.pages."):
            found[form.__name__] = NEVER_ASKED & getattr(form, "base_fields", {}).keys()
    assert len(found) >= 12 and {name for name, fields in found.items() if fields} == set()
