"""The fields of an actor: one line a field, which says everywhere it appears.

A field that is added to `actors/models/actor.py` gets its line in `ACTOR_FIELDS`. From this line follow its column in
imports and exports, its place on the import's mapping page and on the actor's page in the admin, the public form, the
API, the comparison of proposals, the choices of a merge and completeness. Templates show it where they name it.
`tests/actors/test_every_field.py` walks the model and names every place that forgot a field.
"""

from dataclasses import dataclass, replace

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from actors.columns.parts import PARTS
from actors.enums import IdentifierScheme
from clusterportal.core.languages import column_names


class Group(TextChoices):
    """What a column is about: the headings of the mapping page, in its order."""

    WHO = "who", _("Who")
    TEXTS = "texts", _("Texts")
    WHERE = "where", _("Where")
    CONTACT = "contact", _("Contact")
    MODEL = "model", _("Place in the model")
    NUMBERS = "numbers", _("Numbers")
    CURATION = "curation", _("Curation")


class Unit(TextChoices):
    """Fields that make sense only together: a merge takes all of them from one of the two actors."""

    ADDRESS = "address", _("Address")
    COORDINATES = "coordinates", _("Coordinates")


@dataclass(frozen=True)
class ActorField:
    """A field of the actor, and where it appears beside imports, exports and the admin.

    The defaults are those of an ordinary fact about an organisation: everybody sees it and may propose to change it.
    """

    name: str  # of the field in the model
    group: Group
    column: str = ""  # in tables, where it has another name there
    text: str = ""  # the translated field that this column holds in one language: "summary" of "summary_de"
    in_tables: bool = True  # imports and exports have a column for it; a file cannot stand in one
    is_public: bool = True  # the API and the tables for everybody show it
    in_lists: bool = False  # the API shows it in lists too: written by hand in `actors/api/actor_json.py`
    in_form: bool = True  # the public form asks for it
    unit: Unit | None = None
    why_needed: str | Promise = (
        ""  # what visitors miss where it is empty: then the actor counts as incomplete
    )

    @property
    def column_name(self) -> str:
        return self.column or self.name


def _translated(text: ActorField) -> list[ActorField]:
    """A line for each language of a translated field."""
    return [replace(text, name=name, text=text.name) for name in column_names(text.name)]


# In the order of an export.
ACTOR_FIELDS = [
    ActorField("uid", Group.NUMBERS, in_lists=True, in_form=False),
    ActorField("slug", Group.NUMBERS, in_lists=True, in_form=False),
    ActorField("name", Group.WHO, in_lists=True),
    ActorField("short_name", Group.WHO, in_lists=True),
    ActorField("kind", Group.WHO, in_lists=True),
    ActorField("legal_form", Group.WHO),
    ActorField("size", Group.WHO),
    ActorField("founded", Group.WHO),
    ActorField("logo", Group.WHO, in_tables=False, in_form=False),
    *_translated(
        ActorField(
            "summary", Group.TEXTS, in_lists=True,
            why_needed=_("Readers of this language find no sentence about the actor."),
        )
    ),
    *_translated(ActorField("description", Group.TEXTS)),
    ActorField("website", Group.CONTACT, in_lists=True, why_needed=_("Visitors cannot read on.")),
    ActorField("email", Group.CONTACT),
    ActorField("phone", Group.CONTACT),
    ActorField("contact_by", Group.CONTACT),
    ActorField("street", Group.WHERE, in_lists=True, unit=Unit.ADDRESS),
    ActorField("postcode", Group.WHERE, in_lists=True, unit=Unit.ADDRESS),
    ActorField(
        "city", Group.WHERE, in_lists=True, unit=Unit.ADDRESS,
        why_needed=_("The actor appears in no list of its place."),
    ),
    ActorField("state_name", Group.WHERE, column="federal_state", in_lists=True, unit=Unit.ADDRESS),
    ActorField("country", Group.WHERE, in_lists=True, unit=Unit.ADDRESS),
    ActorField(
        "latitude", Group.WHERE, in_lists=True, in_form=False, unit=Unit.COORDINATES,
        why_needed=_("The actor is not on the map."),
    ),
    ActorField("longitude", Group.WHERE, in_lists=True, in_form=False, unit=Unit.COORDINATES),
    ActorField("location_accuracy", Group.WHERE, in_lists=True, in_form=False, unit=Unit.COORDINATES),
    ActorField("state", Group.CURATION, column="publication", is_public=False, in_form=False),
    ActorField("verified_on", Group.CURATION, in_form=False),
    ActorField("source", Group.CURATION, in_form=False),
]  # fmt: skip

# Columns of several items each (`actors/columns/parts.py`), by the group of the mapping page.
PART_GROUPS = {
    Group.WHO: ["aliases"],
    Group.CONTACT: ["contacts"],
    Group.MODEL: ["layers", "areas", "topics", "services", "clusters", "relations"],
    Group.NUMBERS: ["identifiers"],
}
# Columns that people's tables have and an export has not, with the column that takes what they say.
READ_INTO = {"address": "city", "house_number": "street"} | dict.fromkeys(
    IdentifierScheme.values, "identifiers"
)

FIELDS = {one.column_name: one.name for one in ACTOR_FIELDS if one.in_tables}  # column of a table -> field
COLUMN_OF = {name: column for column, name in FIELDS.items()}
COLUMNS = [*FIELDS, *PARTS]
# Translated field -> its columns, one for each language.
TEXTS = {one.text: column_names(one.text) for one in ACTOR_FIELDS if one.text}


def fields_in(*groups: Group) -> list[ActorField]:
    """The fields of these groups: group after group, in each as `ACTOR_FIELDS` has them."""
    return [one for group in groups for one in ACTOR_FIELDS if one.group == group]


def columns_to_map() -> dict[Group, list[str]]:
    """What the columns of somebody's table may mean; a column that is read into another stands behind it."""
    found = {
        group: [*(one.column_name for one in fields_in(group) if one.in_tables), *PART_GROUPS.get(group, ())]
        for group in Group
    }
    for column, target in reversed(READ_INTO.items()):
        for columns in found.values():
            if target in columns:
                columns.insert(columns.index(target) + 1, column)
    return found
