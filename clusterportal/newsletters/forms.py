"""Forms of the admin: an issue, and what is done with it."""

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminSplitDateTimeWidget

from clusterportal.core.admin import NamedForm
from clusterportal.core.languages import LANGUAGE_CODES
from clusterportal.newsroom.models import Contribution

OFFERED = 200  # contributions, the newest


class IssueForm(NamedForm):
    """An address left empty is made from the title."""

    def clean(self):
        titles = [self.cleaned_data.get(f"title_{code}", "") for code in LANGUAGE_CODES]
        name = f"name_{LANGUAGE_CODES[0]}"
        self.cleaned_data[name] = next(filter(None, titles), "")
        cleaned = super().clean()
        cleaned.pop(name, None)
        return cleaned


class ScheduleForm(forms.Form):
    """When an issue goes out; empty: at once."""

    at = forms.SplitDateTimeField(label=_("Time"), required=False, widget=UnfoldAdminSplitDateTimeWidget)


def offered(chosen) -> QuerySet[Contribution]:
    """What an issue may take: what everybody reads, the newest first, and what it has already."""
    newest = Contribution.objects.published().newest()[:OFFERED]
    keys = [*newest.values_list("pk", flat=True), *chosen]
    return Contribution.objects.filter(pk__in=keys).newest()


def named(contributions: QuerySet[Contribution]) -> list[tuple]:
    """The choices of a field, each with its kind."""
    return [("", "---------"), *((one.pk, f"{one.get_kind_display()}: {one}") for one in contributions)]
