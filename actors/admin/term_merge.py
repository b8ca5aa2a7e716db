"""The pages on which two topics or areas become one, are parted again, and hand actors over to each other."""

from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actors.admin.merges import MergesAdmin
from actors.domain.term_merging import CannotMerge, merge_terms, move_actors, part_again, preview
from actors.domain.term_nouns import Noun, noun_of
from actors.enums import TermNoun
from actors.models import Actor, TermMerge
from actors.rules import can_merge_terms, can_move_actors
from clusterportal.core.admin_page import admin_page
from clusterportal.core.languages import column_names
from clusterportal.core.sent_numbers import sent_numbers
from clusterportal.terms.domain.similar_terms import NearTerms, SimilarTerm

MOST_OFFERED = 500  # terms in the list of suggestions
MOST_TICKED = 200  # actors that can be chosen one by one
ALL, SOME = "all", "some"


@dataclass(frozen=True)
class Asked:
    """A page about one term and, once it is chosen, another: `other` is None as long as it is not."""

    noun: str
    term: Any
    typed: str
    other: Any = None
    problem: str = ""

    @property
    def is_clear(self) -> bool:
        return self.other is not None


@admin.register(TermMerge)
class TermMergeAdmin(MergesAdmin):
    undo_template = "admin/terms/undo.html"
    refusal = CannotMerge
    list_display = ["merged_name", "kept_name", "noun", "at", "by", "state"]
    list_filter = ["noun"]
    list_filter_submit = False
    search_fields = ["merged_name", "kept_name"]

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("<str:noun>/<int:pk>/merge/", view(self.merge_view), name="actors_termmerge_merge"),
            path("<str:noun>/<int:pk>/move/", view(self.move_view), name="actors_termmerge_move"),
            *super().get_urls(),
        ]

    # ---------- merging ----------
    def merge_view(self, request, noun: str, pk: int):
        """Choose the other one; see what would move; merge. Each step is a form that works without a script."""
        term = _noun_or_404(noun)
        if not can_merge_terms(request.user, term.model):
            raise PermissionDenied
        asked = _asked(request, noun, term, pk)
        keeps_this = request.POST.get("keep", request.GET.get("keep", "this")) != "other"
        kept, merged = (asked.term, asked.other) if keeps_this else (asked.other, asked.term)
        if request.method == "POST" and asked.is_clear and "merge" in request.POST:
            try:
                record = merge_terms(noun=noun, kept=kept, merged=merged, by=request.user)
            except CannotMerge as error:
                messages.error(request, str(error))
                return redirect(request.path)
            said = _(
                "“%(merged)s” is now part of “%(kept)s” and one of its synonyms. It can be taken back here."
            )
            messages.success(request, said % {"merged": record.merged_name, "kept": record.kept_name})
            return redirect("admin:actors_termmerge_undo", record.pk)
        shown = preview(noun=noun, kept=kept, merged=merged) if asked.is_clear else None
        return self._page(
            request,
            "merge",
            asked,
            title=_("Merge"),
            preview=shown,
            kept=kept,
            merged=merged,
            keeps_this=keeps_this,
        )

    # ---------- parting ----------
    def may_take_back(self, user, merge):
        return can_merge_terms(user, noun_of(merge.noun).model)

    def take_back(self, merge, *, by):
        return part_again(merge=merge, by=by)

    def undo_context(self, merge):
        return {"kept_url": _url(merge.noun, merge.kept_key)}

    def taken_back(self, request, merge, undone):
        said = _("“%(merged)s” and “%(kept)s” are two again.")
        messages.success(request, said % {"merged": merge.merged_name, "kept": merge.kept_name})
        for one in undone.kept:
            messages.warning(request, f"{one.kind_label} {one.title}: {one.reason} {one.person}".strip())
        return redirect(_url(merge.noun, merge.merged_key))

    # ---------- moving ----------
    def move_view(self, request, noun: str, pk: int):
        """Hand the actors of one term over to another: all within reach, or those that are ticked."""
        term = _noun_or_404(noun)
        if not can_move_actors(request.user):
            raise PermissionDenied
        asked = _asked(request, noun, term, pk)
        mine = Actor.objects.curated_by(request.user).filter(
            pk__in=term.assignment._default_manager.filter(**{term.field: pk}).values("actor")
        )
        which = request.POST.get("which", ALL)
        ticked = sent_numbers(request.POST.getlist("actor"))
        problem = ""
        if request.method == "POST" and asked.is_clear:
            if which == SOME and not ticked:
                problem = _("Tick the actors that shall move.")
            else:
                return self._move(request, asked, ticked if which == SOME else None)
        others = term.assignment._default_manager.filter(**{term.field: pk}).count() - (count := mine.count())
        return self._page(
            request,
            "move",
            asked,
            title=_("Move actors"),
            actors=mine.by_name()[:MOST_TICKED],
            count=count,
            others=others,
            which=which,
            ticked=ticked,
            problem=problem,
        )

    def _move(self, request, asked: Asked, ticked: list[int] | None):
        try:
            count = move_actors(
                noun=asked.noun, source=asked.term, target=asked.other, by=request.user, actors=ticked
            )
        except CannotMerge as error:
            messages.error(request, str(error))
            return redirect(request.path)
        said = ngettext(
            "%(count)d actor has “%(target)s” now in place of “%(source)s”.",
            "%(count)d actors have “%(target)s” now in place of “%(source)s”.",
            count,
        )
        messages.success(request, said % {"count": count, "target": asked.other, "source": asked.term})
        return redirect(_url(asked.noun, asked.term.pk))

    def _page(self, request, name: str, asked: Asked, **context):
        shown = {
            "opts": noun_of(asked.noun).model._meta,
            "asked": asked,
            "term_url": _url(asked.noun, asked.term.pk),
            "likely": _likely(asked),
            "offered": noun_of(asked.noun).model._default_manager.exclude(pk=asked.term.pk)[:MOST_OFFERED],
        }
        return admin_page(request, f"admin/terms/{name}.html", shown | context)


def _noun_or_404(code: str) -> Noun:
    if code not in TermNoun.values:
        raise Http404
    return noun_of(code)


def _asked(request, noun: str, term: Noun, pk: int) -> Asked:
    """The term of the address, and the other one that a person named: by a name, a synonym or its address."""
    record = get_object_or_404(term.model, pk=pk)
    typed = (request.POST.get("other") or request.GET.get("other") or "").replace("\x00", "").strip()[:200]
    if not typed:
        return Asked(noun, record, typed)
    if other := term.model._default_manager.filter(slug=typed).exclude(pk=pk).first():
        return Asked(noun, record, typed, other)
    called = [one.pk for one in NearTerms(term.model).of([typed], besides=pk) if one.is_same_word]
    others: QuerySet = term.model._default_manager.filter(pk__in=called)
    if len(others) == 1:
        return Asked(noun, record, typed, others[0])
    problem = _("Nothing else is called so. Choose one of the list.")
    if others:
        slugs = ", ".join(one.slug for one in others)
        problem = _("Several are called so. Give the address of the one that you mean: %(slugs)s.") % {
            "slugs": slugs
        }
    return Asked(noun, record, typed, problem=problem)


def _likely(asked: Asked) -> list[SimilarTerm]:
    """What is called like the term in one of its words, offered before anybody has typed."""
    if asked.typed:
        return []
    names = [getattr(asked.term, column) for column in column_names("name")]
    words = [synonym.name for synonym in asked.term.synonyms.all()]
    return NearTerms(noun_of(asked.noun).model).of([*names, *words], besides=asked.term.pk)


def _url(noun: str, key: int) -> str:
    meta = noun_of(noun).model._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[key])
