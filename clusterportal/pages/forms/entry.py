"""The form of an entry, new or changed: several Django forms that look like one."""

from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.translation import gettext as _

from actors.columns.fields import FIELDS
from clusterportal.pages.forms.entry_facts import AreasAndTopicsForm, FactsForm
from clusterportal.pages.forms.entry_items import (
    ContactForm,
    ServiceForm,
    item_formset,
    items_of,
    layer_forms,
)
from clusterportal.pages.forms.guard import GuardForm
from clusterportal.pages.forms.mistakes import mistakes_of
from clusterportal.pages.forms.people import MessageForm, ProposerForm
from clusterportal.review.domain.actor_columns import changed_columns


class EntryForms:
    """All forms of an entry. `base`: the record that they show; empty for a new entry."""

    def __init__(self, data=None, *, base: dict | None = None, is_signed_in: bool = False):
        self.guard = GuardForm(data, base=base)
        self.base = base = self.guard.base
        self.is_new = not base
        self.facts = FactsForm(data, base=base)
        self.layers = layer_forms(data, base)
        self.fields = AreasAndTopicsForm(data, base=base, is_new=self.is_new)
        self.services = item_formset(ServiceForm, data, base.get("services", []), prefix="services", blank=3)
        self.contacts = item_formset(ContactForm, data, base.get("contacts", []), prefix="contacts", blank=1)
        self.you = MessageForm(data) if is_signed_in else ProposerForm(data)

    @property
    def all_forms(self) -> list:
        return [
            self.guard,
            self.facts,
            *self.layers,
            self.fields,
            *self.services.forms,
            *self.contacts.forms,
            self.you,
        ]

    def is_valid(self) -> bool:
        valid = [
            form.is_valid() for form in (*self.all_forms, self.services, self.contacts)
        ]  # each says its mistakes
        if not all(valid):
            return False
        if (
            self.is_new
            or self.message
            or self.wanted_topics
            or changed_columns(wanted=self.record(), base=self.base)
        ):
            return True
        self.guard.add_error(None, _("Nothing was changed. Change what is wrong, then send the form."))
        return False

    @property
    def mistakes(self) -> list:
        """The summary over the form: (id of the field, its label, what is wrong)."""
        return mistakes_of(self.all_forms, formsets=[self.services, self.contacts])

    def blame(self, problems: list[tuple[str, str]]) -> None:
        """Adds the problems that the registry found (column, reason) to their fields."""
        for column, reason in problems:
            name = FIELDS.get(column, column)
            form = next((form for form in (self.facts, self.fields) if name in form.fields), self.facts)
            form.add_error(name if name in form.fields else NON_FIELD_ERRORS, reason)

    def record(self) -> dict:
        """The entered values by the columns of the registry's tables."""
        return {
            **self.facts.record(),
            **self.fields.record(),
            "layers": [form.record() for form in self.layers if form.cleaned_data["stands"]],
            "services": items_of(self.services, self.base.get("services", [])),
            "contacts": items_of(self.contacts, self.base.get("contacts", [])),
        }

    @property
    def consent(self) -> str:
        """To what the contact persons agreed, as the form says it; empty where it names none."""
        return str(ContactForm.base_fields["consent"].label) if self.record()["contacts"] else ""

    @property
    def message(self) -> str:
        return self.you.cleaned_data["message"].replace("\r\n", "\n")

    @property
    def wanted_topics(self) -> list[str]:
        """The topics that the registry does not know."""
        return self.fields.unknown_topics
