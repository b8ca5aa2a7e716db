"""The form of a new actor asks first whether the registry has it already."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from actors.admin.form import ActorForm
from actors.models import Actor
from clusterportal.core.sent_numbers import sent_number
from clusterportal.intake.identity.search import LikelyMatch, likely_matches

MOST_ROWS = 100  # rows of a part that are compared
CONFIRMED = "is_new"  # what the form sends when the person has seen the likely ones
COMPARED = ("name", "website", "phone", "country", "postcode", "city", "street")


class DuplicateWarningForm(ActorForm):
    """A new actor that looks like one of the registry is saved when the person says that it is another."""

    likely: Sequence[LikelyMatch] = ()  # actors that a new one may be

    def clean(self):
        if not self.instance.pk and CONFIRMED not in self.data:
            self._ask_if_it_is_there_already(self.cleaned_data)
        return super().clean()

    def _ask_if_it_is_there_already(self, cleaned: dict) -> None:
        said = {name: cleaned.get(name) or "" for name in COMPARED}
        others = [cleaned.get("short_name") or "", *self._typed("aliases", "name")]
        typed = zip(self._typed("identifiers", "scheme"), self._typed("identifiers", "value"), strict=True)
        numbers = [pair for pair in typed if all(pair)]
        self.likely = likely_matches(
            Actor.objects.visible_to(self.user), **said, others=others, identifiers=numbers
        )
        if self.likely:
            raise ValidationError(
                _(
                    "Not saved yet: this actor may be in the registry already. Compare, then say that it is a new one."
                )
            )

    def _typed(self, prefix: str, name: str) -> list[str]:
        """What stands in one column of a part of the form."""
        rows = min(sent_number(self.data.get(f"{prefix}-TOTAL_FORMS")) or 0, MOST_ROWS)
        return [self.data.get(f"{prefix}-{row}-{name}", "").strip() for row in range(rows)]
