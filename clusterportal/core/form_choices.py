"""What a form offers, where that is known only when the form is made."""

from collections.abc import Iterable

from django import forms


def offer(form: forms.BaseForm, **choices: Iterable) -> None:
    """Sets the choices of fields of the form, by the name of the field."""
    for name, offered in choices.items():
        field = form.fields[name]
        assert isinstance(field, forms.ChoiceField), f"{name} offers no choices"
        field.choices = offered
