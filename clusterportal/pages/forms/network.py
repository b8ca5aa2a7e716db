"""What the network page understands beside the filters of actors."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from actors.domain.taxonomy import Taxonomy
from actors.fields import ClustersField
from clusterportal.network.enums import Border

_PAIR = re.compile(r"([1-9])-([1-9])", re.ASCII)
RELATION_ORDERS = ("from", "-from", "kind", "-kind", "to", "-to", "since", "-since")
ACTOR_ORDERS = ("name", "-name", "relations", "-relations")


class PairField(forms.CharField):
    """Two layers by their numbers, `1-3`, whichever comes first; twice the same: within one layer."""

    def to_python(self, value):
        text = super().to_python(value)
        if not text:
            return None
        if not (match := _PAIR.fullmatch(text)):
            raise ValidationError(_("Write the numbers of two layers, for example 1-3."))
        return tuple(sorted(map(int, match.groups())))


class NetworkForm(forms.Form):
    """`border`: whether both ends of a relation are among the actors, or one is enough.

    `other`: relations between the actors and the members of these clusters alone. `pair`: between two main layers.
    `year`: relations that stood at the end of it. `table` and `ordering` choose and sort the table.
    """

    year = forms.IntegerField(label=_("Year"), required=False, min_value=1, max_value=9999)
    pair = PairField(label=_("Layers"), required=False)
    border = forms.ChoiceField(label=_("Ties"), required=False, choices=Border.choices)
    other = ClustersField(label=_("With members of"), required=False)
    table = forms.ChoiceField(required=False, choices=[(code, code) for code in ("relations", "actors")])
    ordering = forms.ChoiceField(
        label=_("Order"), required=False, choices=[(code, code) for code in (*RELATION_ORDERS, *ACTOR_ORDERS)]
    )

    def __init__(self, data, *, taxonomy: Taxonomy):
        super().__init__(data)
        self.fields["other"].choices = lambda: [(one.slug, str(one.name)) for one in taxonomy.clusters]
