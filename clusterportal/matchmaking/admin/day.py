"""On the day: the check-in list, and the pairs that could meet in what became free."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_protect

from clusterportal.core.sent_numbers import sent_number, sent_numbers
from clusterportal.matchmaking.admin.desk import event_for, page
from clusterportal.matchmaking.domain.on_the_day import Taken, check_in, offers, place
from clusterportal.matchmaking.domain.releasing import standing_plan


@csrf_protect
def show_day(request, pk: int):
    event = event_for(request, pk, to_organise=True)
    if request.method == "POST":
        return _act(request, event)
    plan = standing_plan(event)
    people = event.participations.coming().select_related("actor").prefetch_related("people")
    rows = [(one, _presence(one)) for one in sorted(people, key=lambda one: str(one).casefold())]
    return page(request, event, "day", plan=plan, rows=rows, offers=offers(event))


def _act(request, event):
    if "came" in request.POST:
        participation = get_object_or_404(event.participations, pk=sent_number(request.POST["came"]))
        check_in(participation=participation, is_here=True, by=request.user)
    elif "missing" in request.POST:
        participation = get_object_or_404(event.participations, pk=sent_number(request.POST["missing"]))
        freed = check_in(participation=participation, is_here=False, by=request.user)
        if freed:
            text = _("These talks cannot be held: %(talks)s.")
            messages.warning(request, text % {"talks": ", ".join(map(str, freed))})
    elif "place" in request.POST:
        numbers = sent_numbers(request.POST["place"].split("-"))
        if len(numbers) == 3:
            slot = get_object_or_404(event.slots, pk=numbers[0])
            try:
                talk = place(event=event, pair=(numbers[1], numbers[2]), slot=slot, by=request.user)
            except Taken:
                messages.error(request, _("One of the two, or the table, is no longer free."))
            else:
                messages.success(
                    request, _("%(talk)s: table %(table)s.") % {"talk": talk, "table": talk.table}
                )
    return redirect(request.path)


def _presence(participation) -> bool | None:
    """Whether somebody came: yes as soon as one did, no when all are missing, None when nobody said."""
    said = [person.is_here for person in participation.people.all() if person.confirmed_at]
    return True if True in said else False if False in said else None
