"""One contribution: as everybody sees it, and as a signed link shows it before."""

from dataclasses import replace

from django.http import Http404, HttpResponsePermanentRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from actors.domain.taxonomy import Taxonomy
from clusterportal.clusters.enums import Section
from clusterportal.clusters.models import Cluster
from clusterportal.core.pictures import picture
from clusterportal.core.signed_links import BadLink, ExpiredLink
from clusterportal.core.slugs import as_uid
from clusterportal.core.web_hosts import host_of
from clusterportal.history.former_addresses import slug_today
from clusterportal.matchmaking.domain.states import takes_registrations
from clusterportal.newsroom.domain.preview import previewed
from clusterportal.newsroom.enums import Kind
from clusterportal.newsroom.filters import NEWS_KINDS
from clusterportal.newsroom.models import ARTICLE, Contribution
from clusterportal.newsroom.querysets import ContributionQuerySet
from clusterportal.pages.presenters.contribution_data import contribution_data
from clusterportal.pages.presenters.contribution_rows import (
    ContributionRow,
    contribution_row,
    contribution_rows,
    narrow,
)
from clusterportal.pages.presenters.matrix_figures import layer_counts
from clusterportal.pages.presenters.story_chain import story_chain
from clusterportal.pages.views.errors import gone
from clusterportal.pages.views.released import released_sections

TEMPLATES = {Kind.EVENT: "newsroom/event.html", Kind.SUCCESS_STORY: "newsroom/story.html"}
SERIES_SHOWN = 4  # stories under one of them


class ContributionView(TemplateView):
    """A former address and the permanent id lead to the address of today; what was withdrawn is gone (410)."""

    kinds: list[str] = []
    contribution: Contribution

    def get(self, request, slug, **kwargs):
        published = Contribution.objects.published().of_kind(*self.kinds)
        found = published.with_parts().filter(slug=slug).first()
        if found is not None:
            self.contribution = found
            return super().get(request, **kwargs)
        uid = as_uid(slug)
        same = {"uid": uid} if uid else {"slug": slug_today(Contribution, slug)}
        if other := published.filter(**same).first():
            return redirect(other, permanent=True)
        if Contribution.objects.of_kind(*self.kinds).filter(published_at__isnull=False, **same).exists():
            return gone(request)
        raise Http404(_("There is no such contribution."))

    def get_template_names(self):
        return [template_of(self.contribution)]

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs, **context_of(self.request, self.contribution))


class PreviewView(TemplateView):
    """Opening the link changes nothing, however often and by whatever it is opened."""

    template_name = "pages/preview_ended.html"

    def get(self, request, *args, **kwargs):
        try:
            contribution = previewed(kwargs["token"])
        except BadLink as error:
            context = {"is_expired": isinstance(error, ExpiredLink)}
            response = self.render_to_response(context, status=410 if context["is_expired"] else 404)
        else:
            self.template_name = template_of(contribution)
            context = context_of(request, contribution, preview=kwargs["token"])
            response = self.render_to_response(self.get_context_data(**context))
        response.headers["Cache-Control"] = "private, no-store"
        response.headers["X-Robots-Tag"] = "noindex"
        return response


def shown_at(
    slug: str, shown: ContributionQuerySet, *, view: str
) -> Contribution | HttpResponsePermanentRedirect:
    """The one of `shown` at this address, or the way from a former address. Raises Http404."""
    if found := shown.filter(slug=slug).first():
        return found
    today = slug_today(Contribution, slug)
    if today == slug or not shown.filter(slug=today).exists():
        raise Http404
    return HttpResponsePermanentRedirect(reverse(view, args=[today]))


def template_of(contribution: Contribution) -> str:
    return TEMPLATES.get(Kind(contribution.kind), "newsroom/article.html")


def context_of(request, contribution: Contribution, *, preview: str = "") -> dict:
    """What the page of a contribution shows, of one that was read `with_parts`.

    `is_missing_here`: there is nothing in the language of the page. `preview`: the token of the link that shows it,
    which opens its picture and files, too.
    """
    is_preview = bool(preview)
    shown = picture(contribution.image, ARTICLE)
    if shown and preview:
        shown = replace(shown, url=f"{shown.url}?preview={preview}", srcset="")
    row = contribution_row(contribution, list(contribution.areas.all()))
    taxonomy = Taxonomy()
    source = contribution.source
    context = {
        "contribution": contribution,
        "row": row,
        "picture": shown,
        "is_missing_here": get_language() not in contribution.languages,
        "is_preview": is_preview,
        "preview": preview,
        "address": request.build_absolute_uri(contribution.get_absolute_url()),
        "cells": layer_counts(taxonomy.layers, _per_layer(row, taxonomy)) if row.positions else [],
        "source_host": host_of(source) if source.startswith(("http://", "https://")) else "",
        "linked_data": None if is_preview else contribution_data(request, contribution),
    }
    if contribution.kind == Kind.SUCCESS_STORY:
        return context | _story(row, taxonomy)
    if row.times and row.times.can_register:
        context |= _registration(contribution)
    return context if contribution.kind == Kind.EVENT or is_preview else context | _beside(contribution)


def _per_layer(row: ContributionRow, taxonomy: Taxonomy) -> dict[str, int]:
    """How many of the named actors stand on each layer, by its slug."""
    positions = [position for _actor, own in row.actors for position in own]
    return {layer.slug: positions.count(layer.position) for layer in taxonomy.layers}


def _story(row: ContributionRow, taxonomy: Taxonomy) -> dict:
    stories = Contribution.objects.published().of_kind(Kind.SUCCESS_STORY)
    others = narrow(stories).exclude(pk=row.contribution.pk).order_by("-number")[:SERIES_SHOWN]
    return {"chain": story_chain(row.actors, taxonomy), "series": contribution_rows(others, taxonomy)}


def _registration(event: Contribution) -> dict:
    """Where one registers: with the organiser, or here, as long as the cluster shows its matchmakings."""
    meeting = event.matchmaking_event
    if event.registration_url or meeting is None:
        return {"registration_url": event.registration_url}
    cluster = Cluster.objects.published().filter(pk=meeting.cluster_id).first()
    is_shown = cluster is not None and Section.MATCHMAKING in released_sections(cluster)
    if cluster is None or not is_shown or not takes_registrations(meeting, today=timezone.localdate()):
        return {}
    return {
        "registration_url": reverse("clusters:register", args=[cluster.slug, meeting.slug]),
        "registers_here": True,
    }


def _beside(contribution: Contribution) -> dict:
    """The news before and after this one."""
    news = Contribution.objects.published().of_kind(*NEWS_KINDS)
    return {
        "older": news.older_than(contribution).first(),
        "newer": news.newer_than(contribution).first(),
    }
