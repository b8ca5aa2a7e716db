"""Fields of forms that take several files at once."""

from django import forms


class ManyFilesInput(forms.FileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Any number of files; `cleaned_data` holds a list."""

    widget = ManyFilesInput

    def clean(self, data, initial=None):
        one = super().clean
        return [one(file, initial) for file in data or []]
