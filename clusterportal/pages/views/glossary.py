"""Words of the model and of the portal, each under an anchor to which other pages link."""

from django.urls import reverse
from django.views.generic import TemplateView

from clusterportal.core.spelling import spelling
from clusterportal.pages.models import GlossaryEntry
from clusterportal.pages.presenters.schema_org import defined_terms
from clusterportal.pages.words import LINKED


class GlossaryView(TemplateView):
    """A word that pages link to and that nobody has explained stands there all the same: the link arrives."""

    template_name = "pages/glossary.html"

    def get_context_data(self, **kwargs):
        entries = list(GlossaryEntry.objects.all())
        known = {entry.slug for entry in entries}
        missing = [GlossaryEntry(slug=slug) for slug in LINKED if slug not in known]
        words = [(entry, entry.term) for entry in entries]
        words += [(entry, str(LINKED[entry.slug])) for entry in missing] if entries else []
        user = self.request.user
        return super().get_context_data(
            **kwargs,
            words=sorted(words, key=lambda word: (spelling(word[1]), word[0].slug)),
            linked_data=defined_terms(self.request, entries),
            edit_url=reverse("admin:pages_glossaryentry_changelist")
            if user.is_active and user.is_staff and user.has_perm("pages.change_glossaryentry")
            else "",
        )
