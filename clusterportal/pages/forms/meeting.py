"""Forms of people who come to a matchmaking: registering, and saying whom they wish to meet and when they are there."""

from typing import cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actors.models import Actor
from clusterportal.core.texts import clean_line
from clusterportal.matchmaking.domain.wishing import could_meet
from clusterportal.matchmaking.enums import Stance
from clusterportal.matchmaking.models import Participation, Representative, Slot, Wish
from clusterportal.pages.forms.people import email_field, name_field

SAID, AGAIN = "with-", "again-"  # names of the fields for each participant, before its key


class RegistrationForm(forms.Form):
    """Who comes, and for whom: an actor of the registry, found by its name, or any organisation."""

    prefix = "register"
    organisation = forms.CharField(
        label=gettext_lazy("Your organisation"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
        error_messages={"required": gettext_lazy("Name the organisation for which you come.")},
    )
    name = name_field()
    email = email_field(gettext_lazy("We send a link to it, by which you confirm; later your talks."))
    consent = forms.BooleanField(
        label=gettext_lazy("The organisers may use my name and address to plan the talks."),
        help_text=gettext_lazy(
            "Other participants see the name of your organisation, nothing else. Name, address and wishes are erased "
            "some months after the event."
        ),
        error_messages={
            "required": gettext_lazy(
                "Agree that the organisers plan with your data: without it there are no talks."
            )
        },
    )

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        return cleaned | {key: clean_line(cleaned[key]) for key in ("organisation", "name") if key in cleaned}

    def actor(self) -> Actor | None:
        """The published actor that bears the name that was given, if there is just one."""
        found = Actor.objects.published().filter(name__iexact=self.cleaned_data["organisation"])[:2]
        return found[0] if len(found) == 1 else None


class PresenceForm(forms.Form):
    """When the person is there: the slots that are ticked."""

    prefix = "presence"
    slots = forms.ModelMultipleChoiceField(
        Slot.objects.none(),
        label=gettext_lazy("When are you there?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, person: Representative, **kwargs):
        self.every = person.participation.event.slots.all()
        there = self.every.exclude(pk__in=person.away.values("pk"))
        kwargs["initial"] = {"slots": there}
        super().__init__(*args, **kwargs)
        field = cast(forms.ModelMultipleChoiceField, self.fields["slots"])
        field.queryset = self.every
        field.label_from_instance = _slot_label  # type: ignore[method-assign, assignment]  # as Django documents it

    def away(self) -> list[Slot]:
        there = {slot.pk for slot in self.cleaned_data["slots"]}
        return [slot for slot in self.every if slot.pk not in there]


class WishesForm(forms.Form):
    """A choice for each of the other participants; an empty one says nothing."""

    prefix = "wishes"

    def __init__(self, *args, participation: Participation, **kwargs):
        super().__init__(*args, **kwargs)
        own = {wish.target_id: wish for wish in Wish.objects.filter(source=participation)}
        choices = [("", _("No answer")), *Stance.choices]
        self.others = could_meet(participation)
        for other in self.others:
            said = own.get(other.pk)
            self.fields[f"{SAID}{other.pk}"] = forms.ChoiceField(
                label=str(other), choices=choices, required=False, initial=said.stance if said else ""
            )
            self.fields[f"{AGAIN}{other.pk}"] = forms.BooleanField(
                label=_("also twice"), required=False, initial=bool(said and said.is_repeatable)
            )

    def rows(self) -> list[tuple]:
        """The other participants, each with its two fields."""
        return [(other, self[f"{SAID}{other.pk}"], self[f"{AGAIN}{other.pk}"]) for other in self.others]

    def stances(self) -> dict[int, str]:
        said = {other.pk: self.cleaned_data[f"{SAID}{other.pk}"] for other in self.others}
        return {key: stance for key, stance in said.items() if stance}

    def again(self) -> frozenset[int]:
        return frozenset(other.pk for other in self.others if self.cleaned_data[f"{AGAIN}{other.pk}"])


def _slot_label(slot: Slot) -> str:
    return f"{slot.begins_at:%H:%M} – {slot.ends_at:%H:%M}"
