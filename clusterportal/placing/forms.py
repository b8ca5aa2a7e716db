"""The form of the placing desk: what the boxes of one actor say, as a choice that can be written."""

import re
from typing import cast

from django import forms
from django.contrib.admin.widgets import AutocompleteSelectMultiple
from django.core.exceptions import ValidationError
from django.db.models import Q, Value
from django.utils.dateparse import parse_datetime
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from actors.enums import PlacementBasis
from actors.models import Actor, ActorTopic, ApplicationFocus, LayerPlacement, Topic
from actors.models.assignment import NOTE_LENGTH
from applications.models import ApplicationArea
from clusterportal.core.functions import Fold
from clusterportal.core.languages import LANGUAGE_CODES, column_names
from clusterportal.core.sent_numbers import sent_numbers
from clusterportal.core.spelling import spelling
from clusterportal.placing.domain import keyboard
from clusterportal.placing.domain.placing import Ground, PlacementChoice
from layers.models import Layer

REASON = gettext_lazy("Reason in one sentence")
_BETWEEN = re.compile(r"[,;\n]")


class PlacingForm(forms.Form):
    """Bound to `actor`; without data it says where the actor stands now."""

    version = forms.CharField(required=False, widget=forms.HiddenInput)
    layers = forms.ModelMultipleChoiceField(Layer.objects.all(), required=False)
    main = forms.ModelChoiceField(Layer.objects.all(), required=False)
    areas = forms.ModelMultipleChoiceField(ApplicationArea.objects.none(), required=False)
    topics = forms.ModelMultipleChoiceField(Topic.objects.all(), required=False)
    found_topics = forms.ModelMultipleChoiceField(
        Topic.objects.all(), required=False, label=gettext_lazy("Find a topic")
    )
    topic_names = forms.CharField(
        required=False, max_length=1000, label=gettext_lazy("Further topics, separated by commas")
    )

    def __init__(self, data=None, *, actor: Actor, admin_site):
        self.actor = actor
        self.language = get_language() if get_language() in LANGUAGE_CODES else LANGUAGE_CODES[0]
        self.standing = {
            one.layer_id: one for one in LayerPlacement.objects.filter(actor=actor).select_related("layer")
        }
        self.held_areas = set(ApplicationFocus.objects.filter(actor=actor).values_list("area", flat=True))
        self.held_topics = list(Topic.objects.filter(actor_topics__actor=actor))
        super().__init__(data, initial=self._present())
        self.layer_rows = list(Layer.objects.all())
        self.area_rows = list(
            ApplicationArea.objects.filter(Q(is_active=True) | Q(pk__in=self.held_areas)).order_by(
                "position", "slug"
            )
        )
        offered = ApplicationArea.objects.filter(pk__in=[area.pk for area in self.area_rows])
        self.fields["areas"] = forms.ModelMultipleChoiceField(offered, required=False)
        search_box = AutocompleteSelectMultiple(ActorTopic._meta.get_field("topic"), admin_site)
        search_box.choices = cast(forms.ModelMultipleChoiceField, self.fields["found_topics"]).choices
        search_box.attrs |= {"aria-keyshortcuts": keyboard.TOPIC, "lang": self.language}
        self.fields["found_topics"].widget = search_box
        for layer in self.layer_rows:
            self.fields[f"basis_{layer.pk}"] = forms.ChoiceField(
                choices=PlacementBasis, required=False, label=gettext_lazy("basis")
            )
            self.fields[f"note_{layer.pk}"] = forms.CharField(
                max_length=NOTE_LENGTH,
                required=False,
                label=REASON,
                widget=forms.TextInput(attrs={"placeholder": REASON, "lang": self.language}),
            )

    def _present(self) -> dict:
        main = next((layer for layer, one in self.standing.items() if one.is_primary), None)
        said: dict = {"layers": list(self.standing), "main": main, "areas": list(self.held_areas)}
        said |= {
            "topics": [topic.pk for topic in self.held_topics],
            "version": self.actor.updated_at.isoformat(),
        }
        for layer, one in self.standing.items():
            said[f"basis_{layer}"] = one.basis
            said[f"note_{layer}"] = getattr(one, f"note_{self.language}")
        return said

    def chosen(self, name: str) -> set[int]:
        """The primary keys that the boxes of this name show as chosen, sent or present."""
        return set(sent_numbers(self[name].value() or []))

    def clean_topic_names(self) -> list[Topic]:
        """The topics that were typed by name, for browsers without a search box."""
        names = {name.strip() for name in _BETWEEN.split(self.cleaned_data["topic_names"]) if name.strip()}
        called = {name: _topic_called(name) for name in sorted(names)}
        unknown = [name for name, topic in called.items() if topic is None]
        if unknown:
            raise ValidationError(
                _("There is no topic called %(names)s.")
                % {"names": ", ".join(f"“{name}”" for name in unknown)}
            )
        return [topic for topic in called.values() if topic]

    def seen(self):
        """The state of the actor that the person saw; None when the form does not say."""
        try:
            return parse_datetime(self.data.get("version", ""))
        except ValueError:
            return None

    def choice(self) -> PlacementChoice:
        """What was chosen; the form is valid."""
        said = self.cleaned_data
        topics = {*said["topics"], *said["found_topics"], *said["topic_names"]}
        grounds = {
            layer.pk: Ground(
                said[f"basis_{layer.pk}"] or PlacementBasis.TOPIC,
                said[f"note_{layer.pk}"].strip(),
                self.language,
            )
            for layer in said["layers"]
        }
        return PlacementChoice(
            grounds,
            said["main"].pk if said["main"] else None,
            frozenset(area.pk for area in said["areas"]),
            frozenset(topic.pk for topic in topics),
        )


def _topic_called(name: str) -> Topic | None:
    """The topic with this name in any language, however it is spelt."""
    names, wanted = column_names("name"), spelling(name)
    alike = Topic.objects.filter(Q(key__contains=Fold(Value(name))) | Q(key__contains=wanted))[:100]
    return next(
        (topic for topic in alike if wanted in {spelling(getattr(topic, column)) for column in names}), None
    )
