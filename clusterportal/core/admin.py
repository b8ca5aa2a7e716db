"""What all pages of the admin share."""

from collections.abc import Collection
from typing import TYPE_CHECKING, cast

from django import forms
from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.widgets import AutocompleteMixin
from django.core.exceptions import FieldDoesNotExist, SuspiciousOperation
from django.db import models
from django.forms.models import ModelChoiceIterator
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from translated_fields import show_language_code
from unfold.admin import ModelAdmin, StackedInline, TabularInline
from unfold.decorators import display
from unfold.forms import PaginationInlineFormSet
from unfold.widgets import UnfoldAdminTextareaWidget

from clusterportal.core.labels import field_label, language_of
from clusterportal.core.languages import column_names
from clusterportal.core.search_boxes import label_of
from clusterportal.core.slugs import slug_of, unused

if TYPE_CHECKING:  # a type of the stubs, not of Django
    from django.contrib.admin.options import _FieldOpts

SHOW_AGAIN = "_show_again"  # sent with a form that is to be shown filled, not saved
NUMBER_WIDTH = 6  # characters of an address kept free for the number that makes it unique


class TextField(forms.CharField):
    """Browsers send line ends as CR LF; kept like that, every saved text would count as changed."""

    def to_python(self, value):
        text = super().to_python(value)
        return text and text.replace("\r\n", "\n")


class SentenceField(forms.CharField):
    """A sentence in an area of several lines, because it is long; it is still one line of text."""

    def to_python(self, value):
        return " ".join((super().to_python(value) or "").split())


class SpeaksLanguages(BaseModelAdmin):
    """Translated fields say their language: in the label for everybody, in `lang` for screen readers.

    `sentences` names the fields, translated or not, that hold whole sentences: they are seen as a whole.
    """

    sentences: Collection[str] = ()

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if _translated_name(db_field) in self.sentences:
            kwargs.setdefault("form_class", SentenceField)
            kwargs.setdefault("widget", UnfoldAdminTextareaWidget(attrs={"rows": 2, "class": "ap-sentence"}))
        if isinstance(db_field, models.URLField):
            kwargs.setdefault("assume_scheme", "https")  # "example.org" is what people type
        if isinstance(db_field, models.TextField):
            kwargs.setdefault("form_class", TextField)
        formfield = super().formfield_for_dbfield(db_field, request, **kwargs)
        if formfield and (language := language_of(db_field)):
            formfield.label = field_label(db_field)
            formfield.widget.attrs["lang"] = language
        return formfield


def _translated_name(db_field) -> str:
    """The name of the translated field of which this one holds a language; else its own."""
    language = language_of(db_field)
    return db_field.name.removesuffix(f"_{language}") if language else db_field.name


class ShownAgain(forms.BaseForm):
    """Mixin of a form that is filled with what a person typed before, and saves nothing (static/js/draft.js)."""

    def clean(self):
        super().clean()
        raise forms.ValidationError(
            _("Nothing is saved yet. This is what you typed before: please check it and save.")
        )


class PortalAdmin(SpeaksLanguages, ModelAdmin):
    """Base of every registered model: labels above fields, filters that are applied together."""

    compressed_fields = False
    list_filter_submit = True
    warn_unsaved_form = True
    change_form_outer_before_template = "admin/parts/draft.html"
    list_per_page = 50
    show_full_result_count = False

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        if SHOW_AGAIN in request.POST:
            return type(form.__name__, (ShownAgain, form), {})
        return form

    def get_list_display(self, request):
        return [self._with_language(name) for name in super().get_list_display(request)]

    def _with_language(self, name):
        """The head of a translated column is written like its label in the form."""
        try:
            field = self.opts.get_field(name) if isinstance(name, str) else None
        except FieldDoesNotExist:
            return name
        if not isinstance(field, models.Field) or not language_of(field):
            return name

        @display(description=field_label(field), ordering=name, empty_value="–")
        def column(record):
            return getattr(record, name) or None

        return column

    def changelist_view(self, request, extra_context=None):
        if any("\x00" in value for values in request.GET.lists() for value in values[1]):
            raise SuspiciousOperation("PostgreSQL holds no NUL characters, so nothing can be found by one.")
        with show_language_code(True):  # the heads of the columns are read while the page is rendered
            response = super().changelist_view(request, extra_context)
            return response.render() if hasattr(response, "render") else response

    def changeform_view(self, request, *args, **kwargs):
        # Read-only fields take their label from the model while the page is rendered, so it is rendered here.
        with show_language_code(True):
            response = super().changeform_view(request, *args, **kwargs)
            return response.render() if hasattr(response, "render") else response


class ReadOnlyAdmin:
    """Mixin: the admin only shows these records; other code creates and changes them."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class SharedChoices(BaseModelAdmin):
    """The rows of a part offer the same records: they are read once a page, not once a row."""

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        formfield = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if formfield and db_field.name in self.autocomplete_fields:
            formfield.label_from_instance = label_of  # type: ignore[method-assign, assignment]  # for this one
        elif formfield:
            choices = cast(ModelChoiceIterator, formfield.choices)
            formfield.choices = list(iter(choices))  # a list of the iterable itself would count first
        return formfield


class PartFormSet(PaginationInlineFormSet):
    """Rows whose search boxes show the record that the row was read with, so that no box asks for its own."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        for name, field in form.fields.items():
            widget = getattr(field.widget, "widget", field.widget)
            if isinstance(widget, AutocompleteMixin) and form.instance.pk:
                ask = _chosen_first(widget, form.instance, name)
                widget.optgroups = ask  # type: ignore[method-assign]  # for this one box


def _chosen_first(widget, instance, name):
    """`optgroups` of a search box that needs no query for the record that `instance` already holds."""
    ask = widget.optgroups

    def optgroups(html_name, value, attrs=None):
        record = instance._state.fields_cache.get(name)
        if record is None or list(map(str, value)) != [str(record.pk)]:
            return ask(html_name, value, attrs)
        return [(None, [widget.create_option(html_name, record.pk, label_of(record), True, 0)], 0)]

    return optgroups


class PartInline(SharedChoices, SpeaksLanguages, TabularInline):
    """Parts of a record as the rows of a table; `group` names the tab of the page on which they stand.

    A record with hundreds of parts shows them page by page: `per_page` rows at once.
    """

    template = "admin/parts/tabular.html"
    formset = PartFormSet
    per_page = 25
    extra = 0
    hide_title = True
    group = "general"

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        formfield = super().formfield_for_dbfield(db_field, request, **kwargs)
        if formfield:
            # The head of the column is no label to a screen reader.
            widget = getattr(formfield.widget, "widget", formfield.widget)
            widget.attrs["aria-label"] = capfirst(str(formfield.label))
        return formfield


class PartBlockInline(SharedChoices, SpeaksLanguages, StackedInline):
    """Parts with longer texts, one block each."""

    template = "admin/parts/stacked.html"
    formset = PartFormSet
    per_page = 25
    extra = 0
    group = "general"


class NamedForm(forms.ModelForm):
    """A record with a translated name, or what `named_by` says: an address left empty is made from it."""

    named_by = "name"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        if "slug" in cleaned and not cleaned["slug"]:
            slug = self._meta.model._meta.get_field("slug")
            name = next((one for column in column_names(self.named_by) if (one := cleaned.get(column))), "")
            made = slug_of(name, length=slug.max_length - NUMBER_WIDTH) or self._meta.model._meta.model_name
            present = self._meta.model.objects.filter(slug__startswith=made).values_list("slug", flat=True)
            cleaned["slug"] = unused(made, set(present))
        return cleaned


def side_by_side(name: str) -> tuple[str, ...]:
    """The columns of a translated field as one line of a form: one language beside the other."""
    return tuple(column_names(name))


def fieldset(title, *lines) -> "tuple[str | None, _FieldOpts]":
    """A block of a form under `title`; each line is a field or a tuple of fields that stand side by side."""
    return title, {"fields": list(lines)}
