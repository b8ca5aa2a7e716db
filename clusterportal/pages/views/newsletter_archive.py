"""Issues of newsletters that went out, as pages."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.generic import DetailView, ListView

from clusterportal.newsletters.models import Issue


class IssueListView(ListView):
    """Every issue, the newest first."""

    template_name = "pages/newsletter_archive.html"
    context_object_name = "issues"
    paginate_by = 20

    def get_queryset(self):
        return Issue.objects.public().order_by("-started_at", "-pk")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        page = context["page_obj"]
        return context | {"page": page, "page_numbers": page.paginator.get_elided_page_range(page.number)}


class IssueView(DetailView):
    """What an issue said when it was sent; where it has no edition in the language of the page, that is said."""

    template_name = "pages/newsletter_issue.html"
    context_object_name = "issue"

    def get_object(self, queryset=None):
        found = Issue.objects.public().prefetch_related("editions")
        issue = get_object_or_404(found, slug=self.kwargs["slug"])
        editions = {one.language: one for one in issue.editions.all()}
        if not editions:
            raise Http404(_("This issue has no text."))
        self.edition = editions.get(get_language() or "") or next(iter(editions.values()))
        return issue

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "edition": self.edition,
            "content": self.edition.content,
            "is_other_language": self.edition.language != get_language(),
        }
