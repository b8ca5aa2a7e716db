"""Forms of newsletters: ordering them, and changing what was chosen."""

from django import forms
from django.conf import settings
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from clusterportal.core.form_choices import offer
from clusterportal.newsletters.domain.subscribing import wording
from clusterportal.newsletters.enums import Form
from clusterportal.newsletters.models import MailingList, Subscription
from clusterportal.pages.forms.people import email_field

OF_PORTAL = "portal"  # the choice for the lists of no cluster


class NewsletterForm(forms.Form):
    """`lists`: what is open; a newsletter in two languages is one choice, and the language another."""

    prefix = "news"
    email = email_field(gettext_lazy("For these newsletters only. We pass it on to nobody."))
    newsletters = forms.MultipleChoiceField(
        label=gettext_lazy("Newsletters"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": gettext_lazy("Choose at least one newsletter."),
            "invalid_choice": gettext_lazy("Choose among the newsletters that are offered."),
        },
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language"), choices=settings.LANGUAGES, widget=forms.RadioSelect
    )
    form = forms.ChoiceField(
        label=gettext_lazy("Form"), choices=Form.choices, initial=Form.HTML, widget=forms.RadioSelect
    )
    consent = forms.BooleanField(
        error_messages={"required": gettext_lazy("Agree: without that we may not write to you.")}
    )

    def __init__(self, *args, lists: list[MailingList], **kwargs):
        kwargs.setdefault("initial", {}).setdefault("language", get_language())
        super().__init__(*args, **kwargs)
        self.lists = lists
        # Of a newsletter in several languages the name in that of the page comes last, and counts.
        named = {
            _code(one): _name(one) for one in sorted(lists, key=lambda one: one.language == get_language())
        }
        offer(self, newsletters=[(_code(one), named[_code(one)]) for one in _first_of_each(lists)])
        if len(named) == 1:
            self.initial.setdefault("newsletters", list(named))
        self.fields["consent"].label = wording(language=get_language() or settings.LANGUAGE_CODE)

    def clean(self):
        super().clean()
        chosen, language = self.cleaned_data.get("newsletters"), self.cleaned_data.get("language")
        if chosen and language:
            found = [one for one in self.lists if _code(one) in chosen and one.language == language]
            if len(found) < len(chosen):
                text = _("Not every newsletter that you chose appears in this language.")
                self.add_error("language", text)
            self.cleaned_data["lists"] = found
        return self.cleaned_data


def _first_of_each(lists: list[MailingList]) -> list[MailingList]:
    first: dict[str, MailingList] = {}
    for one in lists:
        first.setdefault(_code(one), one)
    return list(first.values())


def _code(one: MailingList) -> str:
    return one.cluster.slug if one.cluster else OF_PORTAL


def _name(one: MailingList) -> str:
    """The cluster; the list of the portal by its own name."""
    return str(one.cluster or one.name)


class ChoiceForm(forms.Form):
    """What one address reads, and how."""

    prefix = "choice"
    kept = forms.MultipleChoiceField(
        label=gettext_lazy("Newsletters"), widget=forms.CheckboxSelectMultiple, required=False
    )
    form = forms.ChoiceField(label=gettext_lazy("Form"), choices=Form.choices, widget=forms.RadioSelect)

    def __init__(self, *args, subscriptions: list[Subscription], **kwargs):
        kwargs["initial"] = {
            "kept": [str(one.pk) for one in subscriptions],
            "form": subscriptions[0].form if subscriptions else Form.HTML,
        }
        super().__init__(*args, **kwargs)
        offer(self, kept=[(str(one.pk), one.list.name) for one in subscriptions])

    def clean_kept(self) -> set[int]:
        return {int(pk) for pk in self.cleaned_data["kept"]}
