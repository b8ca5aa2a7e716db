"""What becomes of a contribution, as buttons above its form; every one of them is sent, none is a link."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from clusterportal.core.publication import PublicationState
from clusterportal.newsroom.domain import publishing
from clusterportal.newsroom.domain.publishing import PublishingError
from clusterportal.newsroom.domain.submitting import waiting_proposal
from clusterportal.newsroom.enums import Kind
from clusterportal.newsroom.forms import MoveForm, ScheduleForm
from clusterportal.newsroom.models import Contribution
from clusterportal.newsroom.rules import can_edit, can_publish

_S = PublicationState


@dataclass(frozen=True)
class Step:
    """A button: its words, what it does, and what is said then."""

    label: object
    act: Callable
    said: object


STEPS = {
    "submit": Step(
        gettext_lazy("Submit for review"), publishing.submit, gettext_lazy("It waits for review.")
    ),
    "publish": Step(
        gettext_lazy("Publish now"), publishing.publish, gettext_lazy("Everybody sees it from now on.")
    ),
    "withdraw": Step(
        pgettext_lazy("contribution", "Withdraw"),
        publishing.withdraw,
        gettext_lazy("Nobody sees it any more; it is a draft."),
    ),
    "announce": Step(
        gettext_lazy("Tell readers of the change"),
        publishing.announce,
        gettext_lazy("Feeds and calendars say that it is new."),
    ),
    "cancel": Step(
        gettext_lazy("Cancel the event"),
        publishing.cancel_event,
        gettext_lazy("The event is cancelled; it stays under its address."),
    ),
    "schedule": Step(gettext_lazy("Schedule"), publishing.schedule, gettext_lazy("The moments are set.")),
    "move": Step(
        gettext_lazy("Move the event"),
        publishing.move_event,
        gettext_lazy("The event is moved; readers are told."),
    ),
}
_FORMS = {"schedule": ScheduleForm, "move": MoveForm}


def steps_for(user, contribution: Contribution) -> list[tuple[str, object]]:
    """The buttons that the person has for this contribution: (code, label)."""
    return [(code, STEPS[code].label) for code in _possible(user, contribution) if code not in _FORMS]


def forms_for(user, contribution: Contribution) -> list[tuple[str, object, object]]:
    """The steps that ask for moments first: (code, label, form)."""
    values: dict[str, dict[str, Any]] = {
        "schedule": {"publish_at": contribution.publish_at, "expires_at": contribution.expires_at},
        "move": {
            "starts_at": contribution.starts_at,
            "ends_at": contribution.ends_at,
            "place": contribution.place,
        },
    }
    return [
        (code, STEPS[code].label, _FORMS[code](initial=values[code], auto_id=f"{code}-%s"))
        for code in _possible(user, contribution)
        if code in _FORMS
    ]


def _possible(user, contribution: Contribution) -> list[str]:
    if not can_publish(user, contribution):
        is_own_draft = contribution.state == _S.DRAFT and can_edit(user, contribution)
        return ["submit"] if is_own_draft else []
    if not contribution.is_published:
        return ["publish", "schedule"]
    if contribution.is_scheduled:
        return ["publish", "schedule", "withdraw"]
    is_event = contribution.kind == Kind.EVENT and not contribution.cancelled_at
    return ["announce", *(["move", "cancel"] if is_event else []), "schedule", "withdraw"]


def take(code: str, *, contribution: Contribution, by, data) -> str:
    """Take the step with what was sent; returns what to say. Raises PublishingError, PermissionDenied."""
    if code not in STEPS:
        raise PermissionDenied
    step, values = STEPS[code], {}
    if code in _FORMS:
        form = _FORMS[code](data)
        if not form.is_valid():
            raise PublishingError(_("This is no moment: fill in day and time."))
        values = {name: value for name, value in form.cleaned_data.items() if name in data}
    if waiting_proposal(contribution):  # else the member is not told, and could write in what everybody sees
        raise PublishingError(_("A member sent this in: it is decided in the review queue."))
    step.act(contribution=contribution, by=by, **values)
    return str(step.said)
