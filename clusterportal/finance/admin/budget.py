"""A year's budget on one page: a row for each source, plan beside actual, sums and shares below."""

from itertools import chain

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import DecimalField
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_POST

from clusterportal.clusters.record_admin import ClusterRecordAdmin, OwnClusterInline
from clusterportal.core.admin import fieldset
from clusterportal.finance.admin import importing
from clusterportal.finance.domain.table import COLUMNS, rows_of
from clusterportal.finance.domain.totals import totals_of
from clusterportal.finance.enums import IncomeSource
from clusterportal.finance.forms import DEFAULT_ROWS, AmountField, TypedLine, typed_lines
from clusterportal.finance.models import Budget, BudgetLine
from clusterportal.tables.writer import Table


class LineInline(OwnClusterInline):
    """The sources of one year; those that are not recorded yet stand there to be filled in."""

    model = BudgetLine
    fields = ["source", "is_publicly_funded", "plan", "actual", "evidence"]
    max_num = len(DEFAULT_ROWS)
    formfield_overrides = {DecimalField: {"form_class": AmountField, "widget": AmountField.widget}}

    def get_extra(self, request, obj=None, **kwargs):
        return len(missing_rows(obj))


@admin.register(Budget)
class BudgetAdmin(ClusterRecordAdmin):
    list_display = ["year", "cluster", "currency", "point", "is_example"]
    list_filter = [("cluster", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["cluster"]
    inlines = [LineInline]
    sentences = ["note"]
    fieldsets = [fieldset(None, ("cluster", "year"), ("currency", "point"), "note", "is_example")]
    change_form_after_template = "admin/finance/totals.html"
    list_before_template = "admin/finance/list_tools.html"

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("totals/", view(_totals), name="finance_budget_totals"),
            path("import/", view(importing.import_view), name="finance_budget_import"),
            *super().get_urls(),
        ]

    def get_changeform_initial_data(self, request):
        return {"year": timezone.localdate().year} | super().get_changeform_initial_data(request)

    def get_formset_kwargs(self, request, obj, inline, prefix):
        """Rows of sources that are not recorded yet: left empty, they are no change and are not written."""
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        return {"initial": missing_rows(obj)} | kwargs if isinstance(inline, LineInline) else kwargs

    def render_change_form(self, request, context, *args, **kwargs):
        budget = context.get("original")
        lines = budget.lines.all() if budget else []
        currency = budget.currency if budget else Budget._meta.get_field("currency").get_default()
        context["totals"] = totals_of(
            [TypedLine(line.is_public, line.plan, line.actual) for line in lines], currency
        )
        return super().render_change_form(request, context, *args, **kwargs)

    def changelist_view(self, request, extra_context=None):
        may_import = importing.may_import(request.user)
        return super().changelist_view(request, {"may_import_budget": may_import} | (extra_context or {}))

    def export_table(self, request, queryset):
        """The lines of the budgets, as the import reads them."""
        budgets = queryset.select_related("cluster").prefetch_related("lines")

        def rows():
            return chain.from_iterable(rows_of(budget) for budget in budgets.iterator(chunk_size=500))

        return Table(
            str(self.opts.verbose_name_plural),
            list(COLUMNS),
            rows=rows,
            records=lambda: (dict(zip(COLUMNS, row, strict=True)) for row in rows()),
        )


def missing_rows(budget: Budget | None) -> list[dict]:
    """What stands in the rows to fill in: each source that the year does not have yet."""
    lines = [*budget.lines.all()] if budget and budget.pk else []
    present = {(IncomeSource(line.source), line.is_publicly_funded) for line in lines}
    return [
        {"source": source, "is_publicly_funded": is_public}
        for source, is_public in DEFAULT_ROWS
        if (source, is_public) not in present
    ]


@csrf_protect
@require_POST
def _totals(request):
    """Sums and shares of what is typed, nothing of it saved."""
    if not request.user.has_perm("finance.view_budget"):
        raise PermissionDenied
    totals = totals_of(typed_lines(request.POST), request.POST.get("currency", ""))
    return TemplateResponse(request, "admin/finance/_totals.html", {"totals": totals})
