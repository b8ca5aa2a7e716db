"""What linked data share: the IRI of a record, texts with their languages, addresses that are IRIs."""

from django.conf import settings
from django.utils.encoding import iri_to_uri
from django.utils.translation import override

from clusterportal.core.languages import LANGUAGE_CODES, in_every_language


def iri_of(name) -> str:
    """The IRI of the record with the permanent id `name`, or of a concept scheme; it answers with 303 (`actor-id`).

    It is the same in every language and on every host under which the portal answers: it begins with SITE_URL.
    """
    return f"{settings.SITE_URL}/id/{name}"


def tagged(instance, name: str) -> list[dict]:
    """The translated field `name` in every language that has a text, each with its tag (JSON-LD)."""
    texts = in_every_language(instance, name)
    return [{"@value": text, "@language": code} for code, text in texts.items() if text]


def spoken(text) -> list[dict]:
    """A text of the portal itself, lazily translated, in each of its languages."""
    found = []
    for code in LANGUAGE_CODES:
        with override(code):
            found.append({"@value": str(text), "@language": code})
    return found


def web_address(address: str) -> str:
    """`address` with what an IRI may not hold percent-encoded: Turtle could not be written otherwise."""
    return iri_to_uri(address)


def without_empty_values(node: dict) -> dict:
    """`node` without the properties that have no value; nobody would read an empty list as a statement."""
    return {name: value for name, value in node.items() if value not in ("", None, [], {})}
