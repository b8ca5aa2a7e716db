"""A budget from a table: all of it or nothing."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_protect

from clusterportal.core.admin_page import admin_page
from clusterportal.finance.domain.table import COLUMNS, TableError, take_table
from clusterportal.finance.enums import IncomeSource
from clusterportal.finance.forms import TableForm
from clusterportal.finance.models import Budget
from clusterportal.tables.uploads import uploaded_file

_RIGHTS = tuple(f"finance.{verb}_{model}" for verb in ("add", "change") for model in ("budget", "budgetline"))
_SHOWN = 50  # wrong rows on the page


def may_import(user) -> bool:
    """Those who may enter it by hand; which clusters they reach, the import says row by row."""
    return user.is_active and user.is_staff and user.has_perms(_RIGHTS)


@csrf_protect
def import_view(request):
    if not may_import(request.user):
        raise PermissionDenied
    form, problems = TableForm(request.POST or None, request.FILES or None), []
    if request.method == "POST" and form.is_valid():
        try:
            with uploaded_file(form.cleaned_data["file"]) as path:
                count = take_table(path, by=request.user)
        except TableError as error:
            problems = error.problems
        else:
            said = ngettext("%(count)s line is written.", "%(count)s lines are written.", count)
            messages.success(request, said % {"count": count})
            return redirect("admin:finance_budget_changelist")
    context = {
        "title": _("Import a budget"),
        "opts": Budget._meta,
        "form": form,
        "problems": problems[:_SHOWN],
        "problem_count": len(problems),
        "columns": COLUMNS,
        "sources": IncomeSource.choices,
    }
    return admin_page(request, "admin/finance/import.html", context, status=400 if problems else 200)
