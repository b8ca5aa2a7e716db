"""What is wrong with a form, as a list over it with a link to each field."""

from typing import NamedTuple

from clusterportal.pages.forms.guard import FAST


class Mistake(NamedTuple):
    """`target`: id of the field, empty for the whole form. `label`: empty if `text` names the field itself."""

    target: str
    label: str
    text: str


def mistakes_of(forms, *, formsets=()) -> list[Mistake]:
    """The mistakes in the order of the forms; that a form was sent too fast is said only if nothing else is wrong."""
    found: list[Mistake] = []
    fast: list[Mistake] = []
    for form in forms:
        if not form.is_bound:
            continue
        for error in form.non_field_errors().as_data():
            (fast if error.code == FAST else found).extend(Mistake("", "", text) for text in error.messages)
        found += [
            Mistake(_target(field), "" if error.code == "required" else str(field.label), text)
            for field in form
            if not field.is_hidden
            for error in form.errors.as_data().get(field.name, ())
            for text in error.messages
        ]
    found += [Mistake("", "", text) for one in formsets if one.is_bound for text in one.non_form_errors()]
    return found or fast


def _target(field) -> str:
    """The id of the control, or of the group of check boxes."""
    return field.id_for_label or field.auto_id
