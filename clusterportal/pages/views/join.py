"""Taking part: what an entry and a membership mean, the self-check, and the way to both."""

from http import HTTPStatus

from django.shortcuts import render
from django.utils import timezone
from django.views import View

from clusterportal.core.languages import language_shown
from clusterportal.labels.domain.checking import Checked
from clusterportal.labels.domain.stated import Stated, met_by, self_check, standards
from clusterportal.labels.enums import Verdict
from clusterportal.pages.forms.mistakes import mistakes_of
from clusterportal.pages.forms.self_check import ClusterCheckForm, EntryCheckForm
from clusterportal.pages.markdown import text_sections
from clusterportal.pages.models import JOIN, TextPage


class JoinView(View):
    """`check` says which of the two self-checks was sent; both are computed from the address and stored nowhere."""

    def get(self, request):
        checked = request.GET.get("check", "")
        known = standards()
        cluster = ClusterCheckForm(request.GET if checked == "cluster" else None, standards=known)
        entry = EntryCheckForm(request.GET if checked == "entry" else None)
        text = TextPage.objects.filter(slug=JOIN).first()
        mistakes = mistakes_of([cluster, entry])
        context = {
            "form": cluster,
            "result": _result(cluster, known) if cluster.is_bound and cluster.is_valid() else None,
            "entry": entry,
            "lacking": entry.lacking() if entry.is_bound and entry.is_valid() else None,
            "mistakes": mistakes,
            "questions": text_sections(text.body) if text else [],
            "questions_language": language_shown(text, "body") if text else "",
            "is_answer": bool(checked),
        }
        return render(request, "pages/join.html", context, status=HTTPStatus.BAD_REQUEST if mistakes else 200)


def _result(form: ClusterCheckForm, known) -> dict:
    """The criteria, how many are met, and what else there is to say of those that are not."""
    stated = form.stated(as_of=timezone.localdate())
    checked = self_check(stated, form.chosen)
    verdicts = [one.verdict for one in checked]
    return {
        "criteria": checked,
        "met": verdicts.count(Verdict.FULFILLED),
        "missed": verdicts.count(Verdict.NOT_FULFILLED),
        "open": verdicts.count(Verdict.NOT_RECORDED),
        "notes": [_note(one, stated, known) for one in checked if one.verdict == Verdict.NOT_FULFILLED],
    }


def _note(one: Checked, stated: Stated, known) -> tuple[Checked, list]:
    return one, met_by(one.code, stated, known)
