"""What people said that the values of a table stand for, applied to the cells of its rows."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from actors.columns.fields import FIELDS
from actors.columns.parts import PARTS
from actors.columns.values import neat, text_of
from actors.columns.vocabulary import Vocabulary
from actors.models import Topic
from clusterportal.core.languages import column_names
from clusterportal.core.models import own_field
from clusterportal.core.slugs import slug_of, unused
from clusterportal.intake.column_values import (
    BY_RULE,
    LEFT_OUT,
    MADE,
    MAKEABLE,
    RECORDS,
    REFUSED,
    VALUE_COLUMNS,
    key_of,
    meaning,
)
from clusterportal.intake.plan import Plan
from clusterportal.intake.planning.rights import Rights
from clusterportal.intake.profiles import Profile
from clusterportal.intake.row_facts import RowFacts


class ValueChoices:
    """Resolves each different value once; a profile without choices costs nothing."""

    def __init__(self, plan: Plan, profile: Profile, rights: Rights, vocabulary: Vocabulary):
        self.plan, self.profile, self.rights, self.vocabulary = plan, profile, rights, vocabulary
        chosen = {*profile.values, *profile.unknown}
        self.fields = [column for column in VALUE_COLUMNS if column in chosen and column in FIELDS]
        self.parts = chosen & {*RECORDS}
        self._choices: dict[tuple[str, str], str] = {}

    def is_chosen(self, column: str, text: str) -> bool:
        """Whether somebody said what this value of a column stands for, so that it stays whole."""
        return key_of(text) in self.profile.values.get(column, ())

    def apply_to_fields(self, facts: RowFacts) -> None:
        """Puts codes in the place of values; a value that is left out is taken out with a remark."""
        for column in self.fields:
            name = FIELDS[column]
            try:
                text = neat(text_of(facts.fields.get(name)))
            except ValidationError:
                continue  # refused with its reason when the field is checked
            if not text:
                continue
            choice = self._choice(column, text)
            if choice == LEFT_OUT:
                facts.add_remark(column, text, self._why_left_out(column, text))
                del facts.fields[name]
                if constant := self.profile.constants.get(column):
                    facts.fields[name] = constant
            elif choice != REFUSED:
                facts.fields[name] = choice

    def apply_to_items(self, facts: RowFacts, column: str, items: list[dict]) -> list[dict]:
        """The items with slugs in the place of names, each once; those that are left out are gone, with a remark."""
        if column not in self.parts:
            return items
        (reference,) = PARTS[column].references
        taken: dict[tuple, dict] = {}
        for item in items:
            text = item[reference]
            choice = self._choice(column, text) if isinstance(text, str) else REFUSED
            if choice == LEFT_OUT:
                facts.add_remark(column, text, self._why_left_out(column, text))
                continue
            item = item if choice == REFUSED else item | {reference: choice}
            key = PARTS[column].identity_of(item)
            # Several values may stand for one record: what any of them says beside it is kept.
            taken[key] = item | taken.get(key, {})
        return [*taken.values()]

    def _choice(self, column: str, text: str) -> str:
        """A code or slug, LEFT_OUT, or REFUSED where nothing is known and nothing was said."""
        place = column, text
        if place not in self._choices:
            self._choices[place] = self._resolve(column, text)
        return self._choices[place]

    def _resolve(self, column: str, text: str) -> str:
        choice = self._meant_by(column, self.profile.values.get(column, {}).get(key_of(text), BY_RULE))
        if choice == BY_RULE:
            choice = meaning(column, text, self.vocabulary) or BY_RULE
        if choice == BY_RULE:
            choice = self._meant_by(column, self.profile.unknown.get(column, REFUSED)) or REFUSED
        return self._topic_called(text) if choice == MADE else choice

    def _meant_by(self, column: str, choice: str) -> str:
        """The choice with its code or slug; BY_RULE where the record that it names is gone since it was made."""
        if choice in (BY_RULE, LEFT_OUT, REFUSED) or (choice == MADE and column in MAKEABLE):
            return choice
        return meaning(column, choice, self.vocabulary) or BY_RULE

    def _topic_called(self, text: str) -> str:
        """The slug of the topic of this name: of one that is there, else of a new one that the plan makes."""
        name = neat(text)
        if known := self.vocabulary.meant(Topic, name):
            return known
        if not self.rights.may_add_topics:
            return LEFT_OUT
        slug = unused(slug_of(name) or "topic", self.vocabulary.slugs(Topic))
        try:
            own_field(Topic, column_names("name")[0]).clean(name, None)
        except ValidationError:
            return REFUSED  # far too long for a name
        self.plan.new_topics[slug] = name
        self.vocabulary.expect(Topic, slug, name)
        return slug

    def _why_left_out(self, column: str, text: str) -> str:
        if self.is_chosen(column, text) and self.profile.values[column][key_of(text)] == LEFT_OUT:
            return _("Left out, as was chosen for this value.")
        return _("Not understood and left out; the rest of the row is taken.")
