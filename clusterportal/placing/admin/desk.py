"""The placing desk: actor by actor through a filtered list. It works without a script: a form, links and buttons."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.db import transaction
from django.db.models import Q
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from actors.domain.history import sources_of
from actors.models import Actor
from actors.rules import needs_review
from clusterportal.core.admin_page import admin_page
from clusterportal.history.changes import read
from clusterportal.placing.admin.gap import actors_of_gap
from clusterportal.placing.admin.rows import list_of_keys, rows_of
from clusterportal.placing.domain import walks
from clusterportal.placing.domain.placing import ChangedMeanwhile, place
from clusterportal.placing.forms import PlacingForm
from clusterportal.placing.models import LONGEST_QUERY, MOST_ACTORS, Walk

SHOWN_CHANGES = 10
LOOKED_AHEAD = 100  # actors of a walk that are asked for at once: are they still there for this person?
NO_FILTERS = {"p", "all", "e"}  # of the address of a list: its page, and an error that it had
SHOWN_PLACED = 200  # actors that the end names


class Desk:
    """One request to the desk, about the list whose filters the address carries."""

    def __init__(self, model_admin, request):
        self.model_admin, self.request, self.user = model_admin, request, request.user
        pairs = [(name, value) for name, values in request.GET.lists() for value in values]
        self.query = urlencode(sorted(pair for pair in pairs if pair[0] not in NO_FILTERS))

    # ---------- the walk ----------
    def enter(self):
        """Begin the walk, or go on with it."""
        if len(self.query) > LONGEST_QUERY:
            messages.error(self.request, _("These filters are too long for a walk through the list."))
            return redirect("admin:actors_actor_changelist")
        walk = walks.walk_of(user=self.user, query=self.query)
        if walk is None or not walks.can_go_on(walk) or "again" in self.request.POST:
            try:
                keys = self._keys_of_list()
            except IncorrectLookupParameters:
                return redirect(f"{reverse('admin:actors_actor_changelist')}?e=1")
            walk = walks.begin(user=self.user, query=self.query, keys=keys)
            if len(keys) > MOST_ACTORS:
                text = _("The list is longer than a walk: it goes through the first %(count)d actors.")
                messages.warning(self.request, text % {"count": MOST_ACTORS})
        elif walk.at and walk.at != walk.keys[0]:
            text = _("You go on where you were, with the list of %(at)s.")
            began = date_format(localtime(walk.begun_at), "SHORT_DATETIME_FORMAT")
            messages.info(self.request, text % {"at": began})
        return self._go_to(walk, walk.at or (walk.keys[0] if walk.keys else None))

    def _keys_of_list(self) -> list[int]:
        """The actors of the list as the admin shows it, in its order."""
        gap = actors_of_gap(self.request)
        if gap is not None:
            return gap
        changelist = self.model_admin.get_changelist_instance(self.request)
        return list(changelist.queryset.values_list("pk", flat=True)[: MOST_ACTORS + 1])

    def _go_to(self, walk: Walk, key: int | None):
        """The page of the actor with this key, or of the next one that the person still works with; else the end."""
        first = walk.keys.index(key) if key is not None else len(walk.keys)
        for start in range(first, len(walk.keys), LOOKED_AHEAD):
            keys = walk.keys[start : start + LOOKED_AHEAD]
            own = Actor.objects.curated_by(self.user).with_keys(keys).values_list("pk", flat=True)
            if found := next((one for one in keys if one in set(own)), None):
                return redirect(self._address(found))
        return redirect(self._address_of("placed"))

    def _walk(self) -> Walk:
        walk = walks.walk_of(user=self.user, query=self.query)
        if walk is None:
            raise Http404
        return walk

    def _address(self, key: int) -> str:
        return self._address_of("place", key)

    def _address_of(self, name: str, *args) -> str:
        address = reverse(f"admin:actors_actor_{name}", args=args)
        return f"{address}?{self.query}" if self.query else address

    # ---------- one actor ----------
    def respond(self, pk: int):
        walk = self._walk()
        actor = Actor.objects.curated_by(self.user).filter(pk=pk).first() if pk in walk.keys else None
        if actor is None:
            raise Http404
        if self.request.method != "POST":
            walks.arrive(walk=walk, at=pk)
            return self._show(walk, actor, self._form(actor))
        form = self._form(actor, self.request.POST)
        if not form.is_valid():
            return self._show(walk, actor, form)
        if form.seen() is None:
            messages.error(
                self.request,
                _("This form does not say which version it was opened with. Please open it again."),
            )
            return redirect(self._address(pk))
        return self._save(walk, actor, form)

    def _form(self, actor: Actor, data=None) -> PlacingForm:
        return PlacingForm(data, actor=actor, admin_site=self.model_admin.admin_site)

    def _save(self, walk: Walk, actor: Actor, form: PlacingForm):
        is_rehearsal = needs_review(self.user, actor)

        def save() -> bool:
            return place(
                actor=actor, choice=form.choice(), by=self.user, seen=form.seen(), is_rehearsal=is_rehearsal
            )

        try:
            with transaction.atomic():
                propose = self.model_admin.wait_for_review
                is_changed = propose(self.request, actor, save) if is_rehearsal else save()
        except ChangedMeanwhile as refused:
            actor.refresh_from_db()
            sent = self.request.POST.copy()
            sent["version"] = actor.updated_at.isoformat()
            form = self._form(actor, sent)
            return self._show(walk, actor, form, conflict=self._changes_since(actor, refused), status=409)
        if is_changed:
            walks.count_as_placed(walk=walk, key=actor.pk)
            text = _("Placed: %(actor)s.")
            if is_rehearsal:
                text = _("Placed: %(actor)s. The change waits for review, the published version stays.")
            messages.success(self.request, text % {"actor": actor})
        else:
            messages.info(self.request, _("Nothing was changed: %(actor)s.") % {"actor": actor})
        following = walk.beside(actor.pk, 1)
        return self._go_to(walk, following)

    def _changes_since(self, actor: Actor, refused: ChangedMeanwhile) -> list:
        sources = sources_of(actor.pk, user=self.user)
        later = [source.narrowed(Q(pgh_created_at__gt=refused.since)) for source in sources]
        return read(later, limit=SHOWN_CHANGES)

    def _show(self, walk: Walk, actor: Actor, form: PlacingForm, *, conflict=None, status: int = 200):
        following, before = walk.beside(actor.pk, 1), walk.beside(actor.pk, -1)
        context = {
            **self._page(_("Placing desk")),
            "actor": actor,
            "services": actor.services.select_related("layer").prefetch_related("areas"),
            "form": form,
            "rows": rows_of(form, actor, among=Actor.objects.visible_to(self.user)),
            "keys": list_of_keys(),
            "number": walk.number(actor.pk),
            "total": len(walk.keys),
            "placed": len(walk.placed),
            "is_proposing": needs_review(self.user, actor),
            "skip_url": self._address(following) if following else self._address_of("placed"),
            "back_url": self._address(before) if before else "",
            "conflict": None if conflict is None else {"changes": conflict},
        }
        return admin_page(self.request, "admin/placing/desk.html", context, status=status)

    # ---------- the end ----------
    def end(self):
        walk = self._walk()
        walks.arrive(walk=walk, at=None)
        own = Actor.objects.curated_by(self.user).with_keys(walk.placed)
        placed = list(own.for_list().by_name()[:SHOWN_PLACED])
        context = {
            **self._page(_("Placing desk")),
            "total": len(walk.keys),
            "placed": placed,
            "more": len(walk.placed) - len(placed),
            "left": len(walk.keys) - len(walk.placed),
            "back_url": self._address(walk.keys[-1]) if walk.keys else "",
        }
        return admin_page(self.request, "admin/placing/end.html", context)

    def _page(self, title: str) -> dict:
        return {
            "title": title,
            "opts": self.model_admin.opts,
            "again_url": self._address_of("placing"),
            "list_url": f"{reverse('admin:actors_actor_changelist')}?{self.query}",
        }
