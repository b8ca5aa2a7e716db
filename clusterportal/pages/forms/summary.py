"""What is wrong with a form, as a list over it with a link to each field."""

from typing import NamedTuple


class Mistake(NamedTuple):
    """`target`: id of the field; empty when the mistake is of the whole form. `label`: empty where `text` names it."""

    target: str
    label: str
    text: str


def summary_of(forms, *, formsets=()) -> list[Mistake]:
    found = []
    for form in forms:
        if not form.is_bound:
            continue
        found += [Mistake("", "", text) for text in form.non_field_errors()]
        found += [
            Mistake(_target(field), "" if error.code == "required" else str(field.label), text)
            for field in form
            if not field.is_hidden
            for error in form.errors.as_data().get(field.name, ())
            for text in error.messages
        ]
    return found + [
        Mistake("", "", text) for one in formsets if one.is_bound for text in one.non_form_errors()
    ]


def _target(field) -> str:
    """The control itself; of a group of checkboxes the group."""
    return field.id_for_label or field.auto_id
