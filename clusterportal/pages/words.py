"""Words of the glossary to which pages of the portal link: their anchors, and what a link to them says."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

LINKED = {
    "action-plan": _("Action plan"),
    "admission": pgettext_lazy("glossary", "Admission"),
    "application-area": _("Application area"),
    "cluster": _("Cluster"),
    "cluster-model": _("Cluster Model"),
    "committed": pgettext_lazy("glossary", "Committed member"),
    "criteria": _("Criteria"),
    "entry": _("Entry"),
    "gap": _("Gap"),
    "indicator": _("Indicator"),
    "label": pgettext_lazy("glossary", "Label"),
    "layer": _("Layer"),
    "life-cycle": _("Life cycle"),
    "matchmaking": _("Matchmaking"),
    "membership": pgettext_lazy("glossary", "Membership"),
    "network": _("Network"),
    "placement": pgettext_lazy("glossary", "Placement"),
    "relation": pgettext_lazy("glossary", "Relation"),
    "service": _("Service"),
    "topic": _("Topic"),
}
