"""Forms of the partner search: interest, following, and what a representative posts."""

from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actors.models import Actor, Topic
from applications.models import ApplicationArea
from clusterportal.core.languages import LANGUAGE_CODES, column_names
from clusterportal.core.texts import clean_line, clean_text
from clusterportal.pages.forms.enquiry import EnquiryForm
from clusterportal.pages.forms.people import TEXT_LIMIT, email_field
from clusterportal.partnering.domain.values import values_of
from clusterportal.partnering.enums import Outcome, SearchKind
from clusterportal.partnering.models import PartnerSearch
from layers.models import Layer

_DATE = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class InterestForm(EnquiryForm):
    """An enquiry that answers a request or an offer."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].label = _("What do you say to it?")
        self.fields["text"].help_text = _(
            "Who you are and what you can contribute, or what you need: a sentence is enough."
        )
        self.fields["text"].error_messages["required"] = _("Write a sentence.")


class FollowForm(forms.Form):
    prefix = "follow"
    email = email_field(_("First we send a link to it, by which you confirm."))
    consent = forms.BooleanField(
        label=_("The portal may write to me when it changes or ends."),
        help_text=_("The address is deleted 30 days after the end, or as soon as you stop following."),
        error_messages={"required": _("Agree that we write to you: following is nothing else.")},
    )


class PartnerSearchForm(forms.Form):
    """What a representative posts; `search`: what is there already."""

    prefix = "post"
    kind = forms.ChoiceField(
        label=_("Do you seek or offer?"), choices=SearchKind.choices, widget=forms.RadioSelect
    )
    layer = forms.ModelChoiceField(
        Layer.objects.order_by("position"),
        label=_("Layer that you seek or offer"),
        to_field_name="slug",
        empty_label=None,
        help_text=_("The link of the chain that is missing, or that you can be for others."),
    )
    areas = forms.ModelMultipleChoiceField(
        ApplicationArea.objects.active().order_by("position", "slug"),
        label=_("Application areas"),
        to_field_name="slug",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose one area at least: by it the registry finds who may fit.")},
    )
    topics = forms.ModelMultipleChoiceField(
        Topic.objects.none(),
        label=_("Topics"),
        to_field_name="slug",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Those of your entry. Who shares one stands first among those who may fit."),
    )
    deadline = forms.DateField(
        label=_("Deadline"), required=False, widget=_DATE, help_text=_("The last day. Empty: it stays open.")
    )

    def __init__(self, *args, actor: Actor, search: PartnerSearch | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial = values_of(search) if search else {"kind": SearchKind.REQUEST}
        for code in LANGUAGE_CODES:
            about = {"language": code.upper()}
            self.fields[f"title_{code}"] = forms.CharField(
                label=_("Title [%(language)s]") % about,
                max_length=160,
                required=False,
                widget=forms.TextInput(attrs={"lang": code}),
            )
            self.fields[f"text_{code}"] = forms.CharField(
                label=_("Text [%(language)s]") % about,
                max_length=TEXT_LIMIT,
                required=False,
                widget=forms.Textarea(attrs={"rows": 4, "lang": code}),
            )
        named = list(search.topics.values_list("pk", flat=True)) if search else []
        topics = cast(forms.ModelMultipleChoiceField, self.fields["topics"])
        topics.queryset = (
            Topic.objects.filter(actor_topics__actor=actor) | Topic.objects.filter(pk__in=named)
        ).distinct()

    @property
    def languages(self) -> list[tuple]:
        """Title and text of each language."""
        return [(self[f"title_{code}"], self[f"text_{code}"]) for code in LANGUAGE_CODES]

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        for name in column_names("title"):
            cleaned[name] = clean_line(cleaned.get(name, ""))
        for name in column_names("text"):
            cleaned[name] = clean_text(cleaned.get(name, ""))
        if not any(cleaned[name] for name in column_names("title")):
            self.add_error(column_names("title")[0], _("Give a title in one language at least."))
        deadline = cleaned.get("deadline")
        if deadline and deadline < timezone.localdate() and "deadline" in self.changed_data:
            self.add_error("deadline", _("This day is over. Give a later one, or none."))
        return cleaned

    def stated(self) -> dict[str, Any]:
        """As `partnering.domain.values` has it."""
        said = self.cleaned_data
        texts = [*column_names("title"), *column_names("text")]
        return {
            "kind": said["kind"],
            **{name: said[name] for name in texts},
            "layer": said["layer"].slug,
            "areas": sorted(one.slug for one in said["areas"]),
            "topics": sorted(one.slug for one in said["topics"]),
            "deadline": said["deadline"].isoformat() if said["deadline"] else None,
        }


class ExtendForm(forms.Form):
    prefix = "extend"
    deadline = forms.DateField(
        label=_("New deadline"), widget=_DATE, error_messages={"required": _("Give the new deadline.")}
    )


class CloseForm(forms.Form):
    prefix = "close"
    outcome = forms.ChoiceField(
        label=_("What came of it?"),
        choices=Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say what came of it.")},
    )
    note = forms.CharField(
        label=_("In a sentence"), max_length=400, required=False, help_text=_("Everybody can read it.")
    )

    def clean_note(self):
        return clean_line(self.cleaned_data["note"])
