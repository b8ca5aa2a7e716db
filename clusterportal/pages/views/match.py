"""A list of names matched to the registry, for people: paste or upload it, look at the matches, take the table away.

Nothing of it is stored: the page holds the table, and sends it back when columns or actors were chosen.
"""

from allauth.account.adapter import get_adapter
from django.http import HttpResponse, StreamingHttpResponse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View

from clusterportal.core.sent_numbers import sent_number
from clusterportal.core.turns import costly
from clusterportal.matching.domain.lists import NameList, TooLong, kept, pasted, uploaded
from clusterportal.pages.forms.guard import GuardForm
from clusterportal.pages.forms.mistakes import mistakes_of
from clusterportal.pages.forms.name_list import ColumnsForm, ListForm, columns_form
from clusterportal.pages.presenters.matched_list import MatchedList, matched
from clusterportal.pages.views.participation.sending import INVALID, TOO_MANY, open_to_all, show
from clusterportal.review.domain.throttle import may_match_list
from clusterportal.tables.formats import UnreadableTable
from clusterportal.tables.uploads import uploaded_file
from clusterportal.tables.writer import FORMATS, CannotWrite, pieces

DOWNLOADS = ("csv", "xlsx")
_CHOSEN = "pick-"  # and the number of a row: the uid of the actor that somebody chose


@method_decorator(open_to_all, name="dispatch")
@costly
class MatchView(View):
    """The form; after it the columns where they are not clear; then the matches, or the table with them."""

    def get(self, request):
        return _form(request, GuardForm(), ListForm())

    def post(self, request):
        guard, form = GuardForm(request.POST), ListForm(request.POST, request.FILES)
        is_kept = "table" in request.POST
        if guard.is_trapped:
            return _form(request, GuardForm(), ListForm())
        if not guard.is_valid() or not (is_kept or form.is_valid()):
            return _form(request, guard, form if not is_kept else ListForm(), INVALID)
        if not may_match_list(address=get_adapter().get_client_ip(request)):
            guard.add_error(
                None, _("Too many lists came from your network today. Please send this one tomorrow.")
            )
            return _form(request, guard, form if not is_kept else ListForm(), TOO_MANY)
        try:
            names = _kept(request) if is_kept else _given(form.cleaned_data)
        except (TooLong, UnreadableTable) as error:
            form.add_error("file" if form.cleaned_data.get("file") else "names", str(error))
            return _form(request, guard, form, INVALID)
        except ValueError:
            guard.add_error(None, _("The table did not come back whole. Please send the list again."))
            return _form(request, guard, ListForm(), INVALID)
        return self._answer(request, guard, names, is_kept)

    def _answer(self, request, guard: GuardForm, names: NameList, is_kept: bool):
        columns = columns_form(names)
        if is_kept:
            columns = ColumnsForm(request.POST, titles=names.titles)
            if not columns.is_valid():
                return _columns(request, guard, names, columns, INVALID)
            names = kept(request.POST["table"], columns.columns)
        elif not names.is_clear:
            return _columns(request, guard, names, columns)
        found = matched(names, _picks(request.POST))
        if (format := request.POST.get("download")) in DOWNLOADS:
            return _file(found, format)
        context = {"guard": guard, "found": found, "columns": columns, "table": names.as_text()}
        return show(request, "pages/match_found.html", context)


def _form(request, guard: GuardForm, form: ListForm, status: int = 200):
    context = {"guard": guard, "list": form, "mistakes": mistakes_of([guard, form])}
    return show(request, "pages/match.html", context, status)


def _columns(request, guard: GuardForm, names: NameList, columns: ColumnsForm, status: int = 200):
    context = {
        "guard": guard,
        "columns": columns,
        "names": names,
        "table": names.as_text(),
        "mistakes": mistakes_of([columns]),
    }
    return show(request, "pages/match_columns.html", context, status)


def _given(said: dict) -> NameList:
    """The list that somebody pasted or uploaded. Raises TooLong, UnreadableTable."""
    if not (file := said.get("file")):
        return pasted(said["names"])
    with uploaded_file(file) as path:
        return uploaded(path, name=file.name)


def _kept(request) -> NameList:
    """The list as the page held it, its columns not yet chosen. Raises TooLong, ValueError."""
    return kept(request.POST["table"], {})


def _picks(given) -> dict[int, str]:
    numbers = {name.removeprefix(_CHOSEN): value for name, value in given.items() if name.startswith(_CHOSEN)}
    return {row: value for text, value in numbers.items() if (row := sent_number(text)) is not None}


def _file(found: MatchedList, format: str):
    try:
        # With its mark: these tables are made for people, who open them in Excel.
        file = pieces(format, found.table(), with_bom=True)
    except CannotWrite as error:
        return HttpResponse(str(error), status=409, content_type="text/plain; charset=utf-8")
    answer = StreamingHttpResponse(file, content_type=FORMATS[format].media_type)
    name = _("matched")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.{format}"'
    return answer
