"""A save that comes after somebody else's: what does not collide is saved, the rest is chosen side by side.

1. A form says with which version it was opened, and what stood in each cell then, as short prints.
2. Where the actor has another version by now, what the person changed is written onto today's state and saved.
3. What both changed differently is shown side by side: mine, theirs, or a third text. This page carries what was typed.
4. Its answer is written onto the state of that moment, by the same form; what changed once more collides once more.
"""

import copy
import json
from functools import partial

from django.contrib import messages
from django.contrib.admin.utils import flatten_fieldsets
from django.core.exceptions import BadRequest
from django.db import transaction
from django.http import HttpResponseRedirect, QueryDict
from django.utils.translation import gettext as _
from unfold.admin import ModelAdmin

from actors.admin.meanwhile.merging import Collision, Merged, chosen, edit_name, merge
from actors.admin.meanwhile.sheet import Changes, Prints, Sheet
from actors.admin.meanwhile.values import sent
from actors.models import Actor
from clusterportal.core.admin import SHOW_AGAIN
from clusterportal.core.admin_page import admin_page

OPENED = "opened"  # the field of the form that holds the prints
DECIDED = "_decided"  # sent by the page on which collisions are chosen
MINE, THEIRS, EDITED = "mine", "theirs", "edited"
PASSED_ON = ("_save", "_continue", "_next", "_addanother", "publish_anyway")  # what else the form said
MOST_NAMED = 12  # in a sentence


def opened_with(request, form, formsets) -> str:
    """What a form keeps in the field `opened`; a form that was sent keeps what it was opened with."""
    if form.is_bound:
        return request.POST.get(OPENED, "")
    return json.dumps(Sheet(form, formsets).prints, separators=(",", ":"))


class KeepsBoth(ModelAdmin):
    """For the admin of actors, before everything else that answers a sent form."""

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.method != "POST" or object_id is None or SHOW_AGAIN in request.POST:
            return super().changeform_view(request, object_id, form_url, extra_context)
        with transaction.atomic():
            save = partial(super().changeform_view, request, object_id, form_url, extra_context)
            actor = self.get_object(request, object_id)
            if actor is None or not self.has_change_permission(request, actor):
                return save()
            # Until the form is saved, so that of two people only one can be first.
            actor = Actor.objects.select_for_update().get(pk=actor.pk)
            if DECIDED in request.POST:
                return self._decided(request, actor, save)
            opened = _prints_in(request.POST.get(OPENED, ""))
            if not opened or request.POST.get("version") == actor.updated_at.isoformat():
                return save()
            return self._save_both(request, actor, self._sheet(request, actor), opened, save)

    def _save_both(self, request, actor: Actor, sheet: Sheet, opened: Prints, save):
        typed = request.POST
        merged = merge(sheet, opened=opened, data=typed, files=request.FILES)
        for name in merged.lost_files:
            request.FILES.pop(name)
        answer = None
        if merged.mine or not (merged.collisions or merged.lost_files):
            request.POST = sheet.data(around=typed, changes=merged.mine)
            answer = save()
            if not isinstance(answer, HttpResponseRedirect):
                return self._to_be_corrected(request, sheet, merged, typed, save)
        if merged.collisions or merged.lost_files:
            saved = merged.mine_labels if answer else []
            return self._choose(request, actor, merged.collisions, typed, merged=merged, saved=saved)
        if merged.their_labels:
            text = _(
                "Somebody else saved this actor while you had it open. Both changes stand. Theirs: %(what)s."
            )
            messages.info(request, text % {"what": "; ".join(merged.their_labels[:MOST_NAMED])})
        return answer

    @staticmethod
    def _to_be_corrected(request, sheet: Sheet, merged: Merged, typed: QueryDict, save):
        """The form again, with all that was typed, and still with the version it was opened with."""
        again = sheet.data(around=typed, changes=merged.with_all_of_mine())
        for name in ("version", OPENED):
            again[name] = typed.get(name, "")
        request.POST = again
        return save()

    def _sheet(self, request, actor: Actor) -> Sheet:
        """The page as it would be opened now."""
        opening = copy.copy(request)
        opening.method = "GET"
        fields = flatten_fieldsets(self.get_fieldsets(request, actor))
        form = self.get_form(request, actor, change=True, fields=fields)(instance=actor)
        # Django's own way to the parts of a page, with their permissions; it has no public name.
        formsets, _inlines = self._create_formsets(opening, actor, change=True)
        return Sheet(form, formsets)

    # ---------- the page of the collisions ----------
    def _choose(
        self, request, actor: Actor, collisions: list[Collision], typed: QueryDict, *, merged=None, saved=()
    ):
        media = sum((cell.bound.field.widget.media for one in collisions for cell in one.cells), self.media)
        context = {
            "title": _("Two people changed this actor"),
            "opts": self.opts,
            "original": actor,
            "media": media,
            "collisions": collisions,
            "lost_files": list(merged.lost_files.values()) if merged else [],
            "saved": saved,
            "theirs": merged.their_labels if merged else [],
            "carried": json.dumps([one.carried() for one in collisions]),
            "buttons": [(name, typed[name]) for name in PASSED_ON if name in typed],
            "is_incomplete": merged is None,
        }
        page = admin_page(request, "admin/actors/actor/meanwhile.html", context)
        return page.render()  # within the transaction that holds the actor

    def _decided(self, request, actor: Actor, save):
        """Writes what was chosen as a whole form onto today's state, and saves it like any other."""
        sheet, typed = self._sheet(request, actor), request.POST
        try:
            carried = json.loads(typed.get("carried", ""))
            collisions = [Collision.restored(one, sheet) for one in carried]
            seen = {str(one["code"]): dict(one["seen"]) for one in carried}
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise BadRequest from error
        for one in collisions:
            one.take = typed.get(f"take:{one.code}", "")
            if one.take == EDITED:
                for cell in one.cells:
                    cell.written = sent(typed, {}, cell.bound, edit_name(one, cell.name))
        if any(one.take not in (MINE, THEIRS, EDITED) for one in collisions):
            return self._choose(request, actor, collisions, typed)
        taken = [one for one in collisions if one.take != THEIRS]
        opened = sheet.prints
        for one in taken:
            if one.removed_by != "them":
                opened[one.part][one.pk] |= seen[one.code]
        around = QueryDict(mutable=True)
        around.update({name: typed[name] for name in (*PASSED_ON, "csrfmiddlewaretoken") if name in typed})
        request.POST = sheet.data(around=around, changes=chosen(Changes.none(), taken))
        return self._save_both(request, actor, sheet, opened, save)


def _prints_in(text: str) -> Prints:
    """The prints that a form sent; none where they are no such thing."""
    try:
        found = json.loads(text)
        return {
            str(part): {str(pk): dict(prints) for pk, prints in rows.items()} for part, rows in found.items()
        }
    except (ValueError, TypeError, AttributeError):
        return {}
