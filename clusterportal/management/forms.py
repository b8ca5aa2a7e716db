"""The form by which a cluster's team says what the public sees."""

from django import forms
from django.utils.translation import gettext_lazy as _

from clusterportal.clusters.enums import Section

# What exactly becomes public with each part, in one sentence.
WHAT_IS_SHOWN = {
    Section.INDICATORS: _(
        "The key figures computed from the registry, with their course over the years, on the monitor and in the API."
    ),
    Section.LIFE_CYCLE: _(
        "Where the cluster stands in its life cycle, your assessment with its reason, and its four kinds of knowledge."
    ),
    Section.NETWORK: _(
        "Who works with whom as measures and pictures: over the years, who holds the cluster together, which layers "
        "are joined."
    ),
    Section.PROJECTS: _(
        "The cooperation projects with title, partners, period, funding and result, for published partners alone."
    ),
    Section.CRITERIA: _(
        "Which criteria of the chosen set are met, which are not, and the evidence for each."
    ),
    Section.LABELS: _(
        "The labels of the cluster with their validity and the next step; no assessments, no files."
    ),
    Section.KPIS: _(
        "The indicators on the causal chain from input to impact, with values, targets and how often they are measured."
    ),
    Section.ACTION_PLAN: _(
        "The released action plans with their four steps: actions, who is responsible, milestones and their state."
    ),
    Section.MATCHMAKING: _(
        "Programmes, events and visits with their numbers and results; never who wished to meet whom."
    ),
    Section.FINANCING: _(
        "Plan and actual figures for each source and year, and the share the cluster pays itself."
    ),
}


class ReleaseForm(forms.Form):
    sections = forms.MultipleChoiceField(
        label=_("Parts that everybody sees"),
        choices=Section.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
