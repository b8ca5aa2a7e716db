"""The financing of a cluster: own and public share over the life cycle, plan and actual, notices."""

from django.http import HttpResponse
from django.utils import timezone

from clusterportal.clusters.enums import Section
from clusterportal.finance.domain.years import path_of, years_of
from clusterportal.pages.presenters import financing
from clusterportal.pages.views.released import ReleasedView
from clusterportal.tables.writer import csv_lines


class FinancingView(ReleasedView):
    """`?format=csv`: plan and actual of all years as a file."""

    template_name = "management/financing.html"
    section = Section.FINANCING
    page = "clusters:financing"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        years, path = years_of(context["cluster"]), path_of(context["cluster"])
        today = timezone.localdate()
        return context | {
            "years": years,
            "path": path,
            "course": financing.course_of(years, path),
            "money": financing.plan_and_actual(years, today=today),
            "warnings": financing.warnings_of(years, path, today=today),
        }

    def render_to_response(self, context, **options):
        if self.request.GET.get("format") != "csv":
            return super().render_to_response(context, **options)
        rows = [financing.CSV_COLUMNS, *financing.csv_rows(context["years"])]
        name = f"{context['cluster'].slug}-financing.csv"
        return HttpResponse(
            "".join(csv_lines(rows)),
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )
