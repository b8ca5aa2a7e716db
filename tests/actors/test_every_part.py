"""Every field of what belongs to an actor (placements, services, contacts ...) in every place where it belongs.

What a place leaves out on purpose stands here with the reason; a reason that no longer holds is named too.
"""

import pytest

from actors.admin.inlines import INLINES
from actors.admin.relation import ActorRelationAdmin
from actors.api.serializers import ActorDetailSerializer
from actors.columns.parts import PARTS
from actors.models import Actor
from clusterportal.core.languages import LANGUAGE_CODES
from clusterportal.pages.forms.entry_items import ContactForm, ServiceForm
from clusterportal.quality.domain.merged_parts import MERGED_PARTS

OF_THE_PORTAL = {"position": "the order in which they are listed"}
NOT_IN_THE_API = {
    "layers": {"is_primary": "of the curators' own"},
    "clusters": dict.fromkeys(
        ["kind", "since", "until", "is_committed", "is_cleared"], "an actor names the clusters that show it"
    ),
    "services": OF_THE_PORTAL,
    "contacts": OF_THE_PORTAL | {"consent_on": "nobody stands there without"},
    "relations": dict.fromkeys(["note", "evidence"], "the endpoint of relations says it"),
}  # fmt: skip
NOT_IN_THE_FORM = {
    "services": OF_THE_PORTAL | dict.fromkeys(["layer", "areas"], "curators place it"),
    "contacts": OF_THE_PORTAL | {"consent_on": "asked as a box to tick"},
}
_CALLED = {"actor": "target", "public_areas": "areas"}  # source in an answer -> field of the model


def fields_of(part) -> set[str]:
    """What people fill in of a part, beside the actor that it belongs to."""
    fields = (*part.model._meta.concrete_fields, *part.model._meta.many_to_many)
    return {
        one.name
        for one in fields
        if one.editable and not one.primary_key and not getattr(one, "generated", False)
    } - {part.owner}


def by_text(names) -> set[str]:
    """Columns of all languages as the one translated field."""
    return {
        next((name.removesuffix(f"_{c}") for c in LANGUAGE_CODES if name.endswith(f"_{c}")), name)
        for name in names
    }


@pytest.mark.parametrize("part", PARTS.values(), ids=lambda part: part.column)
def test_tables_and_admin_have_all_of_it(part):
    in_tables = {*part.columns.values(), *part.references, *({"areas"} if part.column == "services" else ())}
    own = [one for one in INLINES if one.model is part.model]  # relations have pages of their own
    lines = own[0].fields if own else ActorRelationAdmin.fieldsets[0][1]["fields"]
    on_the_page = {name for line in lines for name in ([line] if isinstance(line, str) else line)}
    assert (fields_of(part) - in_tables, fields_of(part) - on_the_page) == (set(), set())


@pytest.mark.parametrize("part", PARTS.values(), ids=lambda part: part.column)
def test_the_api_shows_it(part):
    answer = ActorDetailSerializer().fields
    nested = answer[part.column].child.fields.values() if part.column in answer else ()
    sources = {one.source.split(".")[0] for one in nested}
    shown = {_CALLED.get(source, source) for source in sources} | (
        {"topic"} if part.column == "topics" else set()
    )
    assert by_text(fields_of(part)) - shown == {*NOT_IN_THE_API.get(part.column, ())}


@pytest.mark.parametrize(("column", "form"), [("services", ServiceForm), ("contacts", ContactForm)])
def test_the_public_form_asks_for_it(column, form):
    assert fields_of(PARTS[column]) - {*form.columns} == {*NOT_IN_THE_FORM[column]}


def test_a_merge_moves_it():
    moved = {Actor._meta.get_field(part.accessor).related_model for part in MERGED_PARTS}
    relations = {
        PARTS["relations"].model
    }  # by rules of their own: `clusterportal/quality/domain/relations.py`
    assert moved | relations == {part.model for part in PARTS.values()}
