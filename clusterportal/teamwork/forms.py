"""Small forms of their own, so that the large form of an actor and rehearsed saves know nothing of notes."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from unfold.widgets import (
    UnfoldAdminDateWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from clusterportal.core.admin import TextField
from clusterportal.core.file_fields import ManyFilesField, ManyFilesInput
from clusterportal.core.texts import clean_line, clean_text
from clusterportal.teamwork.domain.letters import PLACEHOLDERS, unknown_placeholders
from clusterportal.teamwork.enums import Addressees, Rhythm


class NoteForm(forms.Form):
    text = TextField(
        label=pgettext_lazy("internal", "Note"),
        max_length=5000,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 4}),
    )
    due_on = forms.DateField(
        label=gettext_lazy("Follow up on"),
        required=False,
        # The format that a field for dates takes in every language.
        widget=UnfoldAdminDateWidget(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    assignee: forms.ModelChoiceField = forms.ModelChoiceField(
        None,
        label=gettext_lazy("For whom"),
        required=False,
        empty_label=gettext_lazy("nobody in particular"),
        widget=UnfoldAdminSelectWidget,
    )
    uploads = ManyFilesField(
        label=gettext_lazy("Files"),
        required=False,
        help_text=gettext_lazy("PDF, picture, office file, text or mail, at most 20 MB each."),
        widget=ManyFilesInput(attrs={"class": "ap-file"}),
    )

    def __init__(self, *args, colleagues, **kwargs):
        super().__init__(*args, **kwargs)
        assignee = self.fields["assignee"]
        assert isinstance(assignee, forms.ModelChoiceField)
        assignee.queryset = colleagues
        assignee.label_from_instance = named  # type: ignore[method-assign, assignment]  # of this one

    def clean_text(self) -> str:
        if not (text := clean_text(self.cleaned_data["text"])):
            raise forms.ValidationError(_("Write what your colleagues should know."))
        return text


def named(person) -> str:
    """How colleagues call each other."""
    return person.get_full_name() or person.get_username()


class LetterForm(forms.Form):
    kinds = forms.MultipleChoiceField(
        label=pgettext_lazy("letter", "To"),
        choices=Addressees,
        initial=[Addressees.CONTACTS],
        widget=forms.CheckboxSelectMultiple,
    )
    subject = forms.CharField(
        label=gettext_lazy("Subject"), max_length=150, widget=UnfoldAdminTextInputWidget
    )
    text = TextField(
        label=gettext_lazy("Text"),
        max_length=10_000,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 12}),
        help_text=gettext_lazy(
            "Plain text. {name} becomes the name of the person, {actor} the name of the organisation."
        ),
    )

    def clean_subject(self) -> str:
        return self._known(clean_line(self.cleaned_data["subject"]))

    def clean_text(self) -> str:
        return self._known(clean_text(self.cleaned_data["text"]))

    def _known(self, text: str) -> str:
        if unknown := unknown_placeholders(text):
            message = ngettext(
                "%(unknown)s is no placeholder here; there are %(known)s.",
                "%(unknown)s are no placeholders here; there are %(known)s.",
                len(unknown),
            )
            names = [", ".join(f"{{{word}}}" for word in words) for words in (unknown, PLACEHOLDERS)]
            raise forms.ValidationError(message % {"unknown": names[0], "known": names[1]})
        return text


class RhythmForm(forms.Form):
    rhythm = forms.ChoiceField(
        label=gettext_lazy("Tell me of new proposals and answers"),
        choices=Rhythm,
        widget=UnfoldAdminSelectWidget,
    )
