"""What the admin of topics and of application areas shares."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, F, Q, QuerySet
from django.http import Http404
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.decorators import display
from unfold.widgets import UnfoldAdminSelectWidget

from clusterportal.core.admin import PartFormSet, PartInline, side_by_side
from clusterportal.history.admin import RecordedAdmin
from clusterportal.history.changes import Source, may_see
from clusterportal.terms.domain.remembering import remember
from clusterportal.terms.domain.similar_terms import NearTerms
from clusterportal.terms.forms import SynonymFormSet, TermForm
from clusterportal.terms.models import LONGEST_SYNONYM, synonyms_of
from clusterportal.terms.querysets import searched
from clusterportal.terms.resources import TermResource

USE = "_use"  # sent with the key of the term that shall be used in place of a new one


class WordsFormSet(SynonymFormSet, PartFormSet):
    pass


class SynonymInline(PartInline):
    """Other words for a term, a row each; subclasses name the model."""

    formset = WordsFormSet
    fields = ["name", "kind", "language"]
    verbose_name_plural = gettext_lazy("Synonyms and acronyms: people find it by these, too")

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "language":
            choices = [("", _("in every language")), *settings.LANGUAGES]
            kwargs["widget"] = UnfoldAdminSelectWidget(choices=choices)
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class TermAdmin(RecordedAdmin):
    """A list of terms with their synonyms. Subclasses say `noun` (in addresses) and whose `assignments` are counted."""

    form = TermForm
    noun: str
    assignments: str  # the accessor of what assigns actors to a term
    resource: type[TermResource]
    prefetched_for_export: tuple[str, ...] = ()
    change_form_before_template = "admin/terms/near.html"
    change_form_outer_before_template = "admin/terms/tools.html"
    search_help_text = gettext_lazy("Name, synonym or acronym")

    # ---------- the list ----------
    def get_queryset(self, request):
        queryset = super().get_queryset(request)
        if request.resolver_match and request.resolver_match.url_name.endswith("_changelist"):
            own = self.counted_actors(request)
            among = None if own is None else Q(**{f"{self.assignments}__actor__in": own})
            return queryset.prefetch_related("synonyms").annotate(
                actor_count=Count(self.assignments, filter=among)
            )
        return queryset

    def counted_actors(self, request) -> QuerySet | None:
        """The actors of which the list shows how many a term has; None for all."""
        return None

    def get_search_results(self, request, queryset, search_term):
        if not search_term.strip():
            return queryset, False
        found = searched(queryset, search_term)
        return (found.order_by(*queryset.query.order_by) if request.GET.get("o") else found), False

    @display(description=gettext_lazy("Synonyms and acronyms"))
    def other_words(self, term):
        return ", ".join(synonym.name for synonym in term.synonyms.all())

    @display(description=gettext_lazy("Actors"), ordering=F("actor_count").desc())
    def counted(self, term):
        return render_to_string("admin/terms/_count.html", {"term": term, "noun": self.noun})

    # ---------- the list as a file ----------
    def part_columns(self):
        return self.resource.fields

    def export_parts(self, records):
        """What an import reads: other words, each with its language, and what else terms name."""
        terms = records.prefetch_related("synonyms", *self.prefetched_for_export)
        return {term.pk: self.resource.parts_of(term) for term in terms}

    # ---------- the page ----------
    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.method == "POST" and USE in request.POST:
            return self._use(request, request.POST[USE])
        return super().changeform_view(request, object_id, form_url, extra_context)

    def _use(self, request, key: str):
        """Takes the term that exists in place of a new one, which becomes another word for it."""
        term = self.get_object(request, key)
        if term is None:
            raise Http404
        if not self.has_change_permission(request, term):
            raise PermissionDenied
        typed = {
            column: request.POST.get(column, "")[:LONGEST_SYNONYM].replace("\x00", "")
            for column in side_by_side("name")
        }
        remembered = remember(term=term, words=typed, by=request.user)
        if remembered:
            said = _("“%(term)s” is found by “%(words)s” from now on.")
            messages.success(request, said % {"term": term, "words": "”, “".join(remembered)})
        if "_popup" in request.POST:
            return self.response_add(request, term)
        return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", term.pk)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        self._tell_of_shared_words(request, form.instance)

    def _tell_of_shared_words(self, request, term) -> None:
        """A word may lead to several terms; that it does is said."""
        terms = NearTerms(self.model)
        for synonym in term.synonyms.all():
            for other in terms.of([synonym.name], besides=term.pk):
                if other.is_same_word:
                    text = _("“%(word)s” leads to “%(other)s” as well.")
                    messages.warning(request, text % {"word": synonym.name, "other": other.title})

    def history_sources(self, request, object_id: str) -> list[Source]:
        """A term and its other words."""
        synonyms = synonyms_of(self.model)
        sources = super().history_sources(request, object_id)
        if may_see(request.user, synonyms):
            sources.append(Source(synonyms, Q(**{synonyms.term_field: object_id})))
        return sources
