"""Lists within the form of an entry: layers, services and contact persons."""

from collections.abc import Sequence

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actors.enums import PlacementBasis
from actors.models import ContactPerson, Service
from actors.models.assignment import NOTE_LENGTH
from clusterportal.core.labels import field_label, language_of
from clusterportal.core.languages import active_first, column_names
from layers.models import Layer

MOST_ITEMS = 20  # services or people in one form


class LayerForm(forms.Form):
    """One of the five layers: whether the organisation is placed on it, and on what basis."""

    stands = forms.BooleanField(required=False)
    basis = forms.ChoiceField(
        label=_("Basis"), choices=PlacementBasis, required=False, initial=PlacementBasis.TOPIC
    )
    note = forms.CharField(
        label=_("Why, in one sentence"),
        required=False,
        max_length=NOTE_LENGTH,
    )

    def __init__(self, data=None, *, layer: Layer, item: dict | None):
        self.layer, self.item = layer, item or {}
        self.note_column = active_first("note")[0]
        initial = {"stands": item is not None, "note": self.item.get(self.note_column, "")}
        initial["basis"] = self.item.get("basis", PlacementBasis.TOPIC)
        super().__init__(data, prefix=f"layer-{layer.slug}", initial=initial)
        self.fields["stands"].label = layer.name

    def record(self) -> dict:
        values = {"layer": self.layer.slug, "basis": self.cleaned_data["basis"] or PlacementBasis.TOPIC.value}
        return self.item | values | {self.note_column: self.cleaned_data["note"]}


def layer_forms(data, base: dict) -> list[LayerForm]:
    items = {item["layer"]: item for item in base.get("layers", [])}
    return [
        LayerForm(data, layer=layer, item=items.get(layer.slug))
        for layer in Layer.objects.order_by("position")
    ]


class ItemForm(forms.Form):
    """An item of a list. `number` says which item of the record it was; a new one has none."""

    number = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    model: type[models.Model]
    columns: Sequence[str] = ()
    leading = ""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        db_fields = {field.name: field for field in self.model._meta.concrete_fields}
        for name in self.columns:
            db_field = db_fields[name]
            field = db_field.formfield(required=False, label=field_label(db_field), help_text="")
            assert field is not None  # these columns are for people
            if language := language_of(db_field):
                field.widget.attrs["lang"] = language
            if isinstance(field, forms.CharField) and isinstance(field.widget, forms.Textarea):
                field.widget.attrs["rows"] = 3
                field.max_length = 2000
            self.fields[name] = field

    @property
    def is_blank(self) -> bool:
        """Whether this is an empty row for a new item, which the page shows folded."""
        return not self.has_changed() if self.is_bound else not self.initial

    @property
    def is_left_out(self) -> bool:
        """Whether the row is empty or was deleted by the person."""
        return self.cleaned_data.get("DELETE", False) or not any(
            self.cleaned_data.get(name) for name in self.columns
        )

    def values(self, items: list[dict]) -> dict:
        number = self.cleaned_data.get("number")
        item = items[number] if number is not None and number < len(items) else {}
        said = {
            name: value.replace("\r\n", "\n") if isinstance(value, str) else value
            for name, value in self.cleaned_data.items()
            if name in self.columns
        }
        return item | said


class ServiceForm(ItemForm):
    model = Service
    columns = [*column_names("title"), *column_names("description")]

    def clean(self):
        """A title in one language also fills the first language, which the registry requires."""
        super().clean()
        cleaned = self.cleaned_data
        titles = column_names("title")
        given = next((cleaned[name] for name in titles if cleaned.get(name)), "")
        if given:
            cleaned[titles[0]] = cleaned.get(titles[0]) or given
        elif any(cleaned.get(name) for name in self.columns):
            self.add_error(
                active_first("title")[0], ValidationError(_("Give the service a title."), code="required")
            )
        return cleaned


class ContactForm(ItemForm):
    model = ContactPerson
    columns = ["name", *column_names("role"), "email", "phone"]
    consent = forms.BooleanField(
        required=False, label=_("This person agrees to be published with these details.")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.order_fields(["number", *self.columns, "consent"])

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        if any(cleaned.get(name) for name in self.columns) and not cleaned.get("DELETE"):
            if not cleaned.get("name"):
                self.add_error("name", ValidationError(_("Give the contact person’s name."), code="required"))
            if not cleaned.get("consent"):
                reason = _("Without consent nobody is named here. Ask the person, or leave it empty.")
                self.add_error("consent", ValidationError(reason, code="required"))
        return cleaned

    def values(self, items: list[dict]) -> dict:
        item = super().values(items)
        return item | {"consent_on": item.get("consent_on") or timezone.localdate().isoformat()}


def item_formset(form: type[ItemForm], data, items: list[dict], *, prefix: str, blank: int):
    """A formset with a row for each of `items` and some empty ones."""
    made = forms.formset_factory(
        form,
        extra=blank,
        max_num=MOST_ITEMS,
        absolute_max=MOST_ITEMS + 5,
        validate_max=True,
        can_delete=bool(items),
        can_delete_extra=False,
    )
    initial = [
        item | {"number": number, "consent": bool(item.get("consent_on"))}
        for number, item in enumerate(items)
    ]
    return made(data, initial=initial, prefix=prefix)


def items_of(formset, items: list[dict]) -> list[dict]:
    """The rows as items of a record: existing items keep their position, new ones follow."""
    behind, said = 1 + max((item.get("position", 0) for item in items), default=-1), []
    for form in formset.forms:
        if form.is_left_out:
            continue
        item = form.values(items)
        if form.cleaned_data.get("number") is None:
            item |= {"position": behind}
            behind += 1
        said.append(item)
    return said
