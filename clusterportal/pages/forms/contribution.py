"""What a member publishes: a news item, a date or a success story, in one or both languages, with one picture."""

from itertools import chain

from django import forms
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from clusterportal.core.languages import LANGUAGE_CODES, column_names
from clusterportal.newsroom.domain.readiness import lacks_of
from clusterportal.newsroom.domain.submitting import KINDS
from clusterportal.newsroom.enums import Kind
from clusterportal.newsroom.models import TRANSLATED_TEXTS, Contribution

TEXTS = [column_names(name) for name in TRANSLATED_TEXTS[:4]]  # a row for each, one language beside the other
EVENT = [
    ["event_kind"],
    ["starts_at", "ends_at"],
    ["place", "online_url"],
    ["registration_url", "registration_until"],
]
PICTURE = [
    ["image", "image_credit"],
    *(column_names(name) for name in TRANSLATED_TEXTS[4:]),
    ["image_is_decorative"],
]
_ROWS = {"subtitle": 2, "lead": 3, "body": 10}
_MOMENTS = ("starts_at", "ends_at", "registration_until")


def _moment(label) -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, required=False, widget=widget)


class MemberContributionForm(forms.ModelForm):
    """It is sent in complete: what would keep it from being published is said at its field."""

    kind = forms.ChoiceField(
        label=_("What would you like to publish?"),
        choices=[(kind.value, kind.label) for kind in KINDS],
        widget=forms.RadioSelect,
    )
    starts_at = _moment(_("Begins"))
    ends_at = _moment(_("Ends"))
    registration_until = forms.DateField(
        label=_("Registration until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    class Meta:
        model = Contribution
        fields = ("kind", *chain.from_iterable([*TEXTS, *EVENT, *PICTURE]))
        widgets = {
            f"{name}_{code}": forms.Textarea(attrs={"rows": rows})
            for name, rows in _ROWS.items()
            for code in LANGUAGE_CODES
        }

    def __init__(self, *args, **kwargs):
        """Fields of one text say in which language they are meant. What it is stays, as in the admin."""
        super().__init__(*args, **kwargs)
        self.fields["kind"].disabled = self.instance.pk is not None
        for name in TRANSLATED_TEXTS:
            for code, column in zip(LANGUAGE_CODES, column_names(name), strict=True):
                field = self.fields[column]
                field.label = f"{field.label} ({get_language_info(code)['name_translated']})"
                field.widget.attrs["lang"] = code
        for column in column_names("body"):
            self.fields[column].help_text = _(
                "A blank line begins a paragraph; ## a heading; **bold**; [words](https://…)."
            )

    def clean(self):
        """Fields of events count for events alone: whoever chose something else meanwhile loses nothing else by it."""
        super().clean()
        cleaned = self.cleaned_data
        if cleaned.get("kind") != Kind.EVENT:
            cleaned |= {name: None if name in _MOMENTS else "" for row in EVENT for name in row}
        return cleaned

    def _post_clean(self):
        super()._post_clean()  # type: ignore[misc]  # Django's own, of which the stubs do not know
        if not self.errors:
            for lack in lacks_of(self.instance):
                self.add_error(lack.field, lack.sentence)
            if not self.instance.languages:
                self.add_error("title_de", _("Give a headline in at least one language."))
        if self.errors and self.files.get("image") and "image" not in self.errors:
            self.add_error(
                "image", _("Choose the picture once more: it was not kept, because something is missing.")
            )
