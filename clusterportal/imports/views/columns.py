"""What the columns of a table mean, and what its values stand for: the steps between the file and the preview."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from clusterportal.imports import tasks
from clusterportal.imports.domain.found_values import MOST_ROWS, find_values
from clusterportal.imports.domain.nouns import OPEN_DATA, ActorImporter, importer_for
from clusterportal.imports.domain.saved import (
    CHOICE,
    MAPPED,
    options_to_keep,
    save_profile,
    taken_over,
)
from clusterportal.imports.domain.uploading import (
    cells_of,
    examined,
    map_columns,
    samples_of,
    table_of,
    titles_of,
)
from clusterportal.imports.forms import SaveProfileForm, profile_choices
from clusterportal.imports.mapping_form import MappingForm
from clusterportal.imports.models import ImportProfile, ImportRun
from clusterportal.imports.rules import may_change_profile
from clusterportal.imports.values_form import ValuesForm, is_everything_said, rule_of
from clusterportal.imports.views.pages import address, elsewhere, has_values, page, run_of
from clusterportal.tables.formats import UnreadableTable
from clusterportal.tables.reader import Examined


def columns(request, pk: int):
    """Step 3: what each column means. A saved mapping or a known kind of file can be taken over."""
    run = run_of(request, pk, own=True)
    if away := elsewhere(run):
        return away
    if "take" in request.POST:
        _apply_profile(run, request.POST.get("profile", ""))
        return redirect(address("columns", run))
    try:
        look = examined(run)
    except UnreadableTable:
        return redirect(address("read", run))
    cells = cells_of(run, look)
    form = MappingForm(request.POST or None, run=run, titles=look.titles, user=request.user, cells=cells)
    keeping = _keeping(request, run)
    if request.method == "POST" and form.is_valid() and keeping.is_valid():
        map_columns(run, options=form.options())
        if _save_profile(request, run, keeping):
            if _asks_for_values(run):
                return redirect(address("values", run))
            if _is_begun(run, form):
                return redirect(address("preview", run))
    return _columns_page(request, run, look, form, keeping, samples_of(cells))


def _columns_page(request, run: ImportRun, look: Examined, form: MappingForm, keeping, samples):
    is_open_data = run.options.get("profile") in OPEN_DATA
    return page(
        request,
        "columns",
        run,
        step="columns",
        form=form,
        keeping=keeping,
        columns=[(one, samples.get(one.title, [])) for one in form.shown_columns()],
        constants=[form[f"k_{name}"] for name in form.tables.constants if f"k_{name}" in form.fields],
        lacks_kind=form.lacks_kind(),
        place=[form[name] for name in ("cluster", "new_state", "known_only") if name in form.fields],
        profiles=profile_choices(run),
        profile=run.options.get("profile", ""),
        recognised=run.options.get("recognised", ""),
        is_taken_over=run.options.get("profile") == f"{CHOICE}{run.options.get('recognised')}",
        known=_known(run, look) if is_open_data else [],
        is_open_data=is_open_data,
    )


def values(request, pk: int):
    """Step 4, of a table of actors: what each value that is not understood stands for."""
    run = run_of(request, pk, own=True)
    if away := elsewhere(run):
        return away
    if not has_values(run) or "mapping" not in run.options:
        return redirect(address("columns", run))
    found = find_values(run)
    form = ValuesForm(
        request.POST or None,
        found=found,
        options=run.options,
        may_add_topics=request.user.has_perm("actors.add_topic"),
    )
    keeping = _keeping(request, run)
    if request.method == "POST" and form.is_valid() and keeping.is_valid():
        map_columns(run, options=form.options())
        if _save_profile(request, run, keeping) and _is_begun(run, form):
            return redirect(address("preview", run))
    tables = importer_for(run.noun)
    headings = {column: title for title, column in run.options["mapping"].items() if column}
    return page(
        request,
        "values",
        run,
        step="values",
        form=form,
        keeping=keeping,
        columns=form.shown(label_of=tables.label, heading_of=headings.__getitem__),
        most_rows="" if found.is_whole else MOST_ROWS,
    )


def _asks_for_values(run: ImportRun) -> bool:
    """Whether a value is not understood; where none is, the step is passed over, with the rules that it would keep."""
    if not has_values(run):
        return False
    found = find_values(run)
    if not is_everything_said(found, run.options):
        return True
    rules = run.options.get("unknown") or {}
    map_columns(
        run, options={"unknown": rules | {one.column: rule_of(one.column, rules) for one in found.columns}}
    )
    return False


def _keeping(request, run: ImportRun) -> SaveProfileForm:
    """The form for the name of the mapping: at first the name of one's own that was taken over or kept before."""
    name = run.options.get("profile_name") or run.options.get("profile", "").partition(CHOICE)[2]
    saved = ImportProfile.objects.filter(noun=run.noun, name=name).first() if name else None
    own = name if saved and may_change_profile(request.user, saved) else ""
    return SaveProfileForm(request.POST or None, initial={"profile_name": own}, noun=run.noun)


def _apply_profile(run: ImportRun, choice: str) -> None:
    name = choice.removeprefix(CHOICE)
    profiles = ImportProfile.objects.visible_to(run.by).filter(noun=run.noun, name=name)
    if name != choice and (saved := profiles.first()):
        map_columns(run, options=taken_over(saved, run.options, titles_of(run)))
    elif choice in OPEN_DATA or not choice:
        for key in MAPPED:
            run.options.pop(key, None)
        map_columns(run, options={"profile": choice})


def _known(run: ImportRun, look: Examined) -> list[tuple[str, str]]:
    """The headings that a known kind of file has, and what they are."""
    rules = ActorImporter.profile(run.options)
    return [(title, rules.column_of(title) or "") for title in look.titles if title]


def _save_profile(request, run: ImportRun, form: SaveProfileForm) -> bool:
    name = form.cleaned_data["profile_name"].strip()
    if not name:
        return True
    try:
        save_profile(name=name, noun=run.noun, by=request.user, options=options_to_keep(run.options))
    except PermissionDenied as error:
        form.add_error("profile_name", str(error))
        return False
    map_columns(run, options={"profile_name": name})
    return True


def _is_begun(run: ImportRun, form) -> bool:
    """Whether the check has begun; what stands in the way is said on the page."""
    if run.options.get("profile") in OPEN_DATA:
        rules = ActorImporter.profile(run.options)
        if missing := rules.missing(table_of(run, is_brief=True).columns):
            text = _("The file lacks columns that this kind of table has: %(columns)s.")
            form.add_error(None, text % {"columns": "; ".join(missing)})
            return False
    try:
        tasks.start(run, "check", by=run.by)
    except UnreadableTable as error:
        form.add_error(None, str(error))
        return False
    return True
