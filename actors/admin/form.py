"""The actor's form: it makes the address, offers the moves that are allowed, overwrites nothing unseen."""

from typing import cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import UnfoldBooleanWidget

from actors.admin.meanwhile.page import OPENED
from actors.admin.meanwhile.sheet import MOST_ROWS
from actors.domain.completeness import MissingField, missing_fields_in
from actors.domain.free_slug import free_slug
from actors.domain.history import sources_of
from actors.models import Actor
from actors.rules import can_move
from clusterportal.core.publication import PublicationState
from clusterportal.core.sent_numbers import sent_number
from clusterportal.history.changes import read

SHOWN_CHANGES = 10


class ActorForm(forms.ModelForm):
    """`user` is set by the admin for the request at hand."""

    user = None
    conflict = None  # what others changed since the form was opened: {"changes": [Change, ...]}
    missing: list[
        MissingField
    ] = []  # what the actor would lack as a public one; asked before it is published
    version = forms.CharField(required=False, widget=forms.HiddenInput)
    publish_anyway = forms.BooleanField(
        required=False, label=gettext_lazy("Publish it as it is"), widget=UnfoldBooleanWidget
    )

    class Meta:
        model = Actor
        fields = "__all__"  # noqa: DJ007 - the admin names the fields by its fieldsets

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["version"].initial = self.instance.updated_at.isoformat()
        if "slug" in self.fields:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = gettext_lazy(
                "Left empty, it is made from the name. An old address keeps leading here."
            )
        if "state" in self.fields:
            cast(forms.ChoiceField, self.fields["state"]).choices = self._reachable_states()

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        if self.instance.pk:
            self._refuse_if_changed_meanwhile()
        if "slug" in cleaned and not cleaned["slug"]:
            cleaned["slug"] = free_slug(cleaned.get("name", ""))
        if self._is_being_published(cleaned):
            self._ask_what_is_missing(cleaned)
        return cleaned

    def _is_being_published(self, cleaned: dict) -> bool:
        before = self.initial.get("state") if self.instance.pk else None
        return cleaned.get("state") == PublicationState.PUBLISHED != before

    def _ask_what_is_missing(self, cleaned: dict) -> None:
        self.missing = missing_fields_in(
            lambda code: cleaned.get(code) not in ("", None) if code in self.fields else self._has_part(code)
        )
        if self.missing and not cleaned.get("publish_anyway"):
            self.add_error(
                None,
                _("Nothing is saved yet: something is missing. Add it, or tick “Publish it as it is”."),
            )

    def _has_part(self, name: str) -> bool:
        """Whether the parts of the page hold a row; they are sent with this form, in forms of their own."""
        count = self.data.get(f"{name}-TOTAL_FORMS")
        if count is None:
            return bool(self.instance.pk) and getattr(self.instance, name).exists()
        key = {"placements": "layer", "foci": "area"}[name]
        return any(
            self.data.get(f"{name}-{number}-{key}") and not self.data.get(f"{name}-{number}-DELETE")
            for number in range(min(sent_number(count) or 0, MOST_ROWS))
        )

    def _reachable_states(self) -> list[tuple[str, str | Promise]]:
        current = self.instance.state
        return [
            (state, label)
            for state, label in PublicationState.choices
            if state == current or can_move(self.user, self.instance, state)
        ]

    def _refuse_if_changed_meanwhile(self) -> None:
        """Locks the actor until the form is saved, so that of two people only one can be first."""
        stored = (
            Actor.objects.select_for_update().filter(pk=self.instance.pk).values_list("updated_at", flat=True)
        )
        opened = _moment(self.data.get(self.add_prefix("version"), ""))
        if opened is None:
            raise ValidationError(
                _("This form does not say which version it was opened with. Please open it again.")
            )
        if stored.get() != opened:
            self.conflict = {"changes": self._changes_since(opened)}
            if OPENED in self.data:
                raise ValidationError(
                    _(
                        "Nothing is saved yet. Somebody else changed this actor meanwhile: what is named below stays, "
                        "and what you typed is written onto it as soon as the mistakes are corrected."
                    )
                )
            raise ValidationError(
                _(
                    "Nothing was saved: this actor was changed after you opened it. "
                    "Open it again to see its present state, then repeat your changes."
                )
            )

    def _changes_since(self, opened) -> list:
        sources = sources_of(self.instance.pk, user=self.user)
        later = [source.narrowed(Q(pgh_created_at__gt=opened)) for source in sources]
        return read(later, limit=SHOWN_CHANGES)


def _moment(text: str):
    try:
        return parse_datetime(text)
    except ValueError:
        return None
