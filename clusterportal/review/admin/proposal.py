"""The review queue, and the page on which a proposal is decided."""

from datetime import datetime
from typing import cast

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.decorators import display

from actors.enums import MembershipKind
from clusterportal.clusters.record_admin import OwnClusterFilter
from clusterportal.core.admin import PortalAdmin, ReadOnlyAdmin
from clusterportal.core.admin_page import admin_page
from clusterportal.core.publication import PublicationState
from clusterportal.review.domain import proposing, review, wishes
from clusterportal.review.domain.admission import ADMITTED_AS, admit
from clusterportal.review.domain.candidates import possible_entries
from clusterportal.review.domain.differences import changes_of
from clusterportal.review.domain.moves import ReviewError
from clusterportal.review.domain.subjects import subject_of
from clusterportal.review.enums import OPEN, ProposalKind, ProposalState
from clusterportal.review.forms import MomentForm
from clusterportal.review.models import Proposal
from clusterportal.review.querysets import ProposalQuerySet
from clusterportal.review.rules import can_review, can_see

ALL = "all"
STATES_OF_NEW = (PublicationState.PUBLISHED, PublicationState.IN_REVIEW, PublicationState.DRAFT)


class StateFilter(admin.SimpleListFilter):
    """Without a choice: what is open."""

    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        states = [choice for choice in ProposalState.choices if choice[0] != ProposalState.UNCONFIRMED]
        return [*states, (ALL, gettext_lazy("All"))]

    def choices(self, changelist):
        yield {
            "selected": self.value() is None,
            "query_string": changelist.get_query_string(remove=[self.parameter_name]),
            "display": gettext_lazy("Open"),
        }
        yield from list(super().choices(changelist))[1:]

    def queryset(self, request, queryset):
        if self.value() == ALL:
            return queryset
        return queryset.filter(state=self.value()) if self.value() else queryset.filter(state__in=OPEN)


class AboutFilter(OwnClusterFilter):
    """What waits for one of the person's clusters: the cockpit leads here."""

    title = gettext_lazy("cluster")
    parameter_name = "about"

    def of_cluster(self, queryset, cluster):
        return queryset.about(cluster)


@admin.register(Proposal)
class ProposalAdmin(ReadOnlyAdmin, PortalAdmin):
    list_display = ["titled", "kind", "cluster", "proposer", "waiting_since", "state"]
    list_display_links = ["titled"]
    list_filter = [StateFilter, "kind", AboutFilter]
    list_filter_submit = False
    list_select_related = ["actor", "cluster", "user"]
    ordering = ["waiting_since", "pk"]
    actions = None

    def get_queryset(self, request):
        return cast(ProposalQuerySet, super().get_queryset(request)).seen_by(request.user)

    @display(description=gettext_lazy("Actor"))
    def titled(self, proposal):
        return proposal.title or "–"

    @display(description=gettext_lazy("Proposer"))
    def proposer(self, proposal):
        return proposal.name or proposal.email or "–"

    # ---------- the page of one proposal ----------
    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        proposal = self.get_object(request, object_id) if object_id else None
        if proposal is None or not can_see(request.user, proposal):
            raise Http404(_("There is no such proposal."))
        if request.method == "POST":
            return self._decide(request, proposal)
        return self._page(request, proposal)

    def _page(self, request, proposal, *, status=200):
        subject = subject_of(proposal)
        changes = changes_of(proposal) if proposal.is_open and not subject else []
        context = {
            "title": str(proposal),
            "opts": self.opts,
            "proposal": proposal,
            "changes": changes,
            "subject_page": subject.page(proposal) if subject else "",
            "rows": subject.rows(proposal) if subject and subject.rows and proposal.is_open else [],
            "is_chosen": request.POST.getlist("take")
            if request.method == "POST"
            else [one.key for one in changes],
            "moment": MomentForm(request.POST or None, auto_id="moment-%s")
            if subject and subject.can_wait
            else None,
            "notes": proposal.notes.all(),
            "wishes": wishes.wishes_of(proposal),
            "may_fulfil": wishes.can_fulfil(request.user, proposal),
            "candidates": _candidates(proposal),
            "admitted_as": [(kind.value, kind.label) for kind in ADMITTED_AS],
            "states": [(state.value, state.label) for state in STATES_OF_NEW],
            "version": review.version_of(proposal),
            "may_decide": proposal.is_open and can_review(request.user, proposal),
            "may_withdraw": proposal.is_open and proposal.user_id == request.user.pk,
            "typed": request.POST.get("text", ""),
        }
        return admin_page(request, "admin/review/proposal.html", context, status=status)

    def _decide(self, request, proposal):
        acts = {
            "accept": self._admit if proposal.kind == ProposalKind.ADMISSION else self._accept,
            "ask_back": self._ask_back,
            "reject": self._reject,
            "withdraw": self._withdraw,
            "topic": self._fulfil,
            "leave_topic": self._leave_topic,
        }
        decide = acts.get(request.POST.get("act"))
        if decide is None:
            return redirect(request.path)
        try:
            said = decide(request, proposal)
        except ReviewError as error:
            messages.error(request, str(error))
            proposal.refresh_from_db()
            return self._page(request, proposal, status=409)
        messages.success(request, said)
        return redirect(
            request.path if "topic" in request.POST["act"] else "admin:review_proposal_changelist"
        )

    def _accept(self, request, proposal) -> str:
        if subject := subject_of(proposal):
            at = _moment(request) if subject.can_wait else None
            review.accept(proposal=proposal, by=request.user, seen=request.POST.get("version", ""), at=at)
            if at:
                names = {"title": proposal.title, "at": date_format(localtime(at), "SHORT_DATETIME_FORMAT")}
                return _("“%(title)s” appears on %(at)s. The proposer is told.") % names
            return _("“%(title)s” is published. The proposer is told.") % {"title": proposal.title}
        state = request.POST.get("state", PublicationState.PUBLISHED)
        actor = review.accept(
            proposal=proposal,
            by=request.user,
            columns=request.POST.getlist("take"),
            edited=_edited(request, proposal),
            state=state if state in STATES_OF_NEW else PublicationState.IN_REVIEW,
            seen=request.POST.get("version", ""),
        )
        return _("“%(actor)s” is up to date. The proposer is told.") % {"actor": actor}

    def _admit(self, request, proposal) -> str:
        """`entry`: the id of the entry that is meant; empty for a new one."""
        entry = request.POST.get("entry", "")
        meant = {str(match.actor.uid): match.actor for match in _candidates(proposal)}.get(entry)
        if entry and meant is None:
            raise ReviewError(_("This entry is no longer among those that may be meant. Look again."))
        membership = admit(
            proposal=proposal,
            by=request.user,
            actor=meant,
            kind=request.POST.get("kind", MembershipKind.MEMBER),
            is_committed="is_committed" in request.POST,
        )
        names = {"actor": membership.actor, "cluster": membership.cluster}
        return _("“%(actor)s” belongs to “%(cluster)s” now. Who asked for it is told.") % names

    def _fulfil(self, request, proposal) -> str:
        word, slug = request.POST.get("word", ""), request.POST.get("topic", "")
        topic = wishes.fulfil(proposal=proposal, word=word, slug=slug, by=request.user)
        if proposal.is_open:
            return _("“%(topic)s” stands among the changes now. Accept them, and the actor has it.") % {
                "topic": topic
            }
        return _("The actor works on “%(topic)s” now.") % {"topic": topic}

    def _leave_topic(self, request, proposal) -> str:
        word = request.POST.get("word", "")
        wishes.leave(proposal=proposal, word=word, by=request.user)
        return _("“%(word)s” does not become a topic.") % {"word": word}

    def _ask_back(self, request, proposal) -> str:
        review.ask_back(
            proposal=proposal,
            question=_text(request, _("Write what you would like to know.")),
            by=request.user,
        )
        return _("Your question is on its way.")

    def _reject(self, request, proposal) -> str:
        review.reject(
            proposal=proposal,
            reason=_text(request, _("Give a reason: the proposer will read it.")),
            by=request.user,
        )
        return _("The proposal is rejected. The proposer is told.")

    def _withdraw(self, request, proposal) -> str:
        if proposal.user_id != request.user.pk:
            raise PermissionDenied
        proposing.withdraw(proposal=proposal)
        return _("Your proposal is withdrawn.")


def _text(request, complaint: str) -> str:
    text = request.POST.get("text", "").replace("\r\n", "\n").replace("\x00", "").strip()
    if not text:
        raise ReviewError(complaint)
    return text


def _moment(request) -> datetime | None:
    form = MomentForm(request.POST)
    if not form.is_valid():
        raise ReviewError(_("This is no moment: fill in day and time."))
    return form.cleaned_data["at"]


def _edited(request, proposal) -> dict:
    """The values of accepted texts that the reviewer put right, by column."""
    taken = set(request.POST.getlist("take"))
    return {
        change.column: text
        for change in changes_of(proposal)
        if change.is_text
        and change.key in taken
        and (text := request.POST.get(f"value-{change.key}", change.value).replace("\r\n", "\n"))
        != change.value
    }


def _candidates(proposal) -> list:
    is_new = proposal.kind in (ProposalKind.NEW, ProposalKind.ADMISSION) and proposal.actor_id is None
    if not is_new or not proposal.is_open:
        return []
    return possible_entries(proposal.record)
