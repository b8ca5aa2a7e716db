"""The form of a term: a second spelling of what exists is offered, and taken only where somebody says so."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusterportal.core.admin import NamedForm
from clusterportal.core.languages import column_names
from clusterportal.core.spelling import spelling
from clusterportal.terms.domain.similar_terms import NearTerms, SimilarTerm


class TermForm(NamedForm):
    """`near`: what exists already and probably means the same; the page shows it with the tick `is_other`."""

    is_other = forms.BooleanField(
        label=gettext_lazy("It is really another one"), required=False, widget=forms.CheckboxInput
    )
    near: list[SimilarTerm] = []

    def clean(self):
        cleaned = super().clean()
        changed = [column for column in column_names("name") if column in self.changed_data]
        if changed:
            terms = NearTerms(self._meta.model)
            self.near = terms.of([cleaned.get(column, "") for column in changed], besides=self.instance.pk)
        if self.near and not cleaned.get("is_other"):
            raise ValidationError(
                _("Something very like this exists already. Use it, or say that this is really another one."),
                code="near",
            )
        return cleaned


class SynonymFormSet(forms.BaseInlineFormSet):
    """No word twice: the database would refuse it without saying which."""

    def clean(self):
        super().clean()
        seen = set()
        for form in self.forms:
            name = spelling(form.cleaned_data.get("name") or "") if hasattr(form, "cleaned_data") else ""
            if not name or form.cleaned_data.get("DELETE"):
                continue
            if name in seen:
                form.add_error("name", _("This word stands there already."))
            seen.add(name)
