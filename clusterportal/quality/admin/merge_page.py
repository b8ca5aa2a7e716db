"""The page on which two actors become one. It works without a script: every choice is a radio button."""

from datetime import datetime

from django.contrib import messages
from django.db.models import Q
from django.shortcuts import redirect
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from actors.domain.history import sources_of
from actors.models import Actor
from clusterportal.core.admin_page import admin_page
from clusterportal.history.changes import read
from clusterportal.intake.identity.reasons import for_display
from clusterportal.quality.admin.side_by_side import LEFT, RIGHT, groups, keeps_by_rule, rows
from clusterportal.quality.domain import duplicates
from clusterportal.quality.domain.field_choices import KEPT, MERGED, choices
from clusterportal.quality.domain.merging import ChangedMeanwhile, merge
from clusterportal.quality.models import DuplicatePair

SHOWN_CHANGES = 10
SIDES = (LEFT, RIGHT)


class MergePage:
    """One request to the page; left is the first actor of the address."""

    def __init__(self, model_admin, request, left: Actor, right: Actor):
        self.model_admin, self.request, self.left, self.right = model_admin, request, left, right
        ends = sorted((left.pk, right.pk))
        self.pair = DuplicatePair.objects.filter(first=ends[0], second=ends[1]).first()

    def respond(self):
        if self.request.method != "POST":
            return self._show()
        if "dismiss" in self.request.POST and self.pair:
            return self._dismiss(self.pair)
        if "again" in self.request.POST or self._keeps != self._proposed_for:
            return self._show(asked=self._chosen_by_hand())
        return self._merge()

    # ---------- what was asked for ----------
    @property
    def _keeps(self) -> str:
        asked = self.request.POST.get("keep", "")
        return asked if asked in SIDES else keeps_by_rule(self.left, self.right)

    @property
    def _proposed_for(self) -> str:
        """The side that was kept when the page made its proposals."""
        shown = self.request.POST.get("proposed_for", "")
        return shown if shown in SIDES else self._keeps

    def _chosen_by_hand(self) -> dict[str, str]:
        """What the person chose against the proposals: it stays when the other side is kept, the rest follows."""
        proposed = rows(self.left, self.right, keeps=self._proposed_for, asked={})
        asked = self._asked
        return {row.code: asked[row.code] for row in proposed if asked.get(row.code, row.taken) != row.taken}

    @property
    def _asked(self) -> dict[str, str]:
        """Sides by the code of a choice."""
        asked = {choice.code: self.request.POST.get(f"take_{choice.code}") for choice in choices()}
        return {code: side for code, side in asked.items() if side in SIDES}

    def _seen(self) -> dict[int, datetime] | None:
        """When each actor was changed last, as far as the person has seen; None when the form does not say."""
        seen = {}
        for actor in (self.left, self.right):
            try:
                moment = parse_datetime(self.request.POST.get(f"seen_{actor.pk}", ""))
            except ValueError:
                moment = None
            if moment is None:
                return None
            seen[actor.pk] = moment
        return seen

    # ---------- what is done ----------
    def _dismiss(self, pair: DuplicatePair):
        duplicates.dismiss(pair=pair, by=self.request.user, note=self.request.POST.get("note", "")[:300])
        messages.success(
            self.request, _("“%(left)s” and “%(right)s” are two. Nobody will be asked again.") % self._names()
        )
        return redirect("admin:quality_duplicatepair_changelist")

    def _merge(self):
        seen = self._seen()
        if seen is None:
            messages.error(
                self.request,
                _("This form does not say which version it was opened with. Please open it again."),
            )
            return redirect(self.request.path)
        keeps = self._keeps
        kept, merged = (self.left, self.right) if keeps == LEFT else (self.right, self.left)
        chosen = {code: KEPT if side == keeps else MERGED for code, side in self._asked.items()}
        try:
            record = merge(kept=kept, merged=merged, choices=chosen, by=self.request.user, seen=seen)
        except ChangedMeanwhile as refused:
            return self._show(conflict=self._changes_since(refused), status=409)
        except Actor.DoesNotExist as gone:
            messages.error(self.request, str(gone))
            return redirect("admin:quality_duplicatepair_changelist")
        messages.success(
            self.request,
            _("“%(merged)s” is now part of “%(kept)s”. Under “Merges” this can be taken back.")
            % {"merged": record.merged_name, "kept": record.kept},
        )
        return redirect("admin:actors_actor_change", record.kept_id)

    # ---------- what is shown ----------
    def _show(self, *, conflict: list | None = None, asked: dict | None = None, status: int = 200):
        context = {
            "title": _("Merge actors"),
            "opts": self.model_admin.opts,
            "left": self.left,
            "right": self.right,
            "pair": self.pair,
            "reasons": for_display(self.pair.reasons) if self.pair else [],
            "keeps": self._keeps,
            "rows": rows(
                self.left, self.right, keeps=self._keeps, asked=self._asked if asked is None else asked
            ),
            "has_followed": asked is not None,
            "groups": groups(self.left, self.right, user=self.request.user),
            "conflict": None if conflict is None else {"changes": conflict},
        }
        return admin_page(self.request, "admin/quality/merge.html", context, status=status)

    def _changes_since(self, refused: ChangedMeanwhile) -> list:
        later = [
            source.narrowed(Q(pgh_created_at__gt=moment))
            for pk, moment in refused.since.items()
            for source in sources_of(pk, user=self.request.user)
        ]
        return read(later, limit=SHOWN_CHANGES)

    def _names(self) -> dict[str, str]:
        return {"left": str(self.left), "right": str(self.right)}
