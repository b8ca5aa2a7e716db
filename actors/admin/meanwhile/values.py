"""What stands in a field of a form: as a browser sends it, in short, and in words."""

from collections.abc import Iterator
from hashlib import sha256
from typing import cast

from django import forms
from django.forms.models import ModelChoiceField
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from clusterportal.core.search_boxes import label_of
from clusterportal.core.sent_numbers import sent_numbers

Values = tuple[str, ...]  # of one field: none where it is empty, several where it takes several
UPLOADED = ("\0file",)  # a new file, which no text holds


def widget_of(field: forms.Field) -> forms.Widget:
    """The widget itself, without the admin's buttons around it."""
    return cast(forms.Widget, getattr(field.widget, "widget", field.widget))


def is_file(field: forms.Field) -> bool:
    return isinstance(field, forms.FileField)


def shown(bound: forms.BoundField) -> Values:
    """What an untouched field would send."""
    if is_file(bound.field):
        name = getattr(bound.initial, "name", "")
        return (name,) if name else ()
    return _plain(widget_of(bound.field), bound.value())


def sent(data, files, bound: forms.BoundField, html_name: str = "") -> Values:
    """What a browser sent for the field, under its own name or this one."""
    html_name = html_name or bound.html_name
    widget = widget_of(bound.field)
    if isinstance(widget, forms.ClearableFileInput):
        if html_name in files:
            return UPLOADED
        return () if widget.clear_checkbox_name(html_name) in data else shown(bound)
    return _plain(widget, widget.value_from_datadict(data, MultiValueDict(), html_name))


def _plain(widget: forms.Widget, value) -> Values:
    if isinstance(widget, forms.CheckboxInput):
        return ("on",) if widget.check_test(value) else ()
    formatted = widget.format_value(value)
    several = formatted if isinstance(formatted, list | tuple) else [formatted]
    texts = [str(one).replace("\r\n", "\n").strip() for one in several if one is not None]
    return tuple(sorted(filter(None, texts)))


def print_of(values: Values) -> str:
    """A short text by which it is known later whether a field still holds these values."""
    return sha256(repr(values).encode()).hexdigest()[:12]


def in_words(field: forms.Field, values: Values) -> str:
    """The values as people read them; empty where there are none."""
    if isinstance(widget_of(field), forms.CheckboxInput):
        return _("yes") if values else _("no")
    if isinstance(field, ModelChoiceField) and field.queryset is not None:
        named = field.queryset.filter(pk__in=sent_numbers(values))
        return ", ".join(label_of(record) for record in named)
    if isinstance(field, forms.ChoiceField):
        labels = dict(_flat(field.choices))
        return ", ".join(str(labels.get(value, value)) for value in values)
    return ", ".join(values)


def _flat(choices) -> Iterator[tuple[str, str]]:
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from _flat(label)
        else:
            yield str(value), label
