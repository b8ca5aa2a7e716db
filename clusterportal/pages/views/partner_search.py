"""The partner search: what actors seek and offer, one of them on its own address, and the feed of new ones."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from clusterportal.core.slugs import as_uid
from clusterportal.pages.presenters.actor_rows import page_numbers, page_of
from clusterportal.pages.presenters.atom import Feed
from clusterportal.pages.presenters.partner_data import partner_search_data
from clusterportal.pages.presenters.partner_rows import partner_rows
from clusterportal.pages.views.errors import gone
from clusterportal.partnering.enums import SearchKind, Standing
from clusterportal.partnering.filters import ALL, PartnerSearchFilterSet, in_standing
from clusterportal.partnering.models import PartnerSearch
from clusterportal.partnering.querysets import PartnerSearchQuerySet

PER_PAGE = 20
MOST_ENTRIES = 50  # of the feed
_CHOICES = ("layer", "area", "cluster", "deadline_until")


class PartnerSearchView(TemplateView):
    template_name = "pages/partner_search.html"

    def get_context_data(self, **kwargs):
        request, today = self.request, timezone.localdate()
        filterset = _filtered(request)
        is_valid = filterset.is_valid()
        found = filterset.qs if is_valid else PartnerSearch.objects.none()
        by_deadline = request.GET.get("ordering") == "deadline"
        found = found.deadline_first() if by_deadline else found.newest()
        page, page_exists = page_of(found, request.GET.get("page"), per_page=PER_PAGE)
        return super().get_context_data(
            **kwargs,
            form=filterset.form,
            mistakes=[
                f"{filterset.form.fields[name].label}: {text}"
                for name, texts in filterset.errors.items()
                for text in texts
            ],
            kinds=_kinds(request),
            page=page,
            page_exists=page_exists,
            page_numbers=page_numbers(page),
            rows=partner_rows(list(page), today=today),
            is_filtered=any(request.GET.get(name) for name in _CHOICES),
            by_deadline=by_deadline,
            feed=_address("pages:partner-search-feed", request),
        )

    def render_to_response(self, context, **kwargs):
        status = 404 if not context["page_exists"] else 400 if context["mistakes"] else 200
        return super().render_to_response(context, status=status, **kwargs)


class PartnerSearchDetailView(TemplateView):
    """One request or offer. Its permanent id leads here too; what was public once and is withdrawn is gone."""

    template_name = "pages/partner_search_detail.html"
    search: PartnerSearch

    def get(self, request, slug, **kwargs):
        found = PartnerSearch.objects.published().for_list().filter(slug=slug).first()
        if found is not None:
            self.search = found
            return super().get(request, **kwargs)
        uid = as_uid(slug)
        other = PartnerSearch.objects.published().filter(uid=uid).first() if uid else None
        if other is not None:
            return redirect(other, permanent=True)
        if PartnerSearch.objects.filter(slug=slug, published_at__isnull=False).exists():
            return gone(request)
        raise Http404(_("There is no such request or offer."))

    def get_context_data(self, **kwargs):
        [row] = partner_rows([self.search], today=timezone.localdate())
        return super().get_context_data(
            **kwargs,
            row=row,
            search=self.search,
            linked_data=partner_search_data(self.request, self.search, row.standing),
        )


def partner_search_feed(request) -> HttpResponse:
    """What was published last, in Atom (RFC 4287), under the filters of the page; 400 for bad values."""
    filterset = _filtered(request)
    if not filterset.is_valid():
        reasons = [f"{name}: {text}" for name, texts in filterset.errors.items() for text in texts]
        return HttpResponse("\n".join(reasons), status=400, content_type="text/plain; charset=utf-8")
    feed = Feed(
        title=" – ".join([_("Partner search"), settings.SITE_NAME]),
        link=request.build_absolute_uri(_address("pages:partner-search", request)),
        description="",  # which Atom calls the subtitle
        subtitle=_("Requests and offers that were published last under these filters."),
        language=get_language(),
        author_name=settings.SITE_NAME,
        feed_url=request.build_absolute_uri(),
    )
    for search in filterset.qs.newest()[:MOST_ENTRIES]:
        said = [f"{search.get_kind_display()}: {search.actor}", str(search.layer), search.text]
        feed.add_item(
            title=search.title,
            link=request.build_absolute_uri(search.get_absolute_url()),
            unique_id=f"urn:uuid:{search.uid}",
            description=escape(". ".join(filter(None, said))),
            pubdate=search.published_at,
            updateddate=search.published_at,  # a correction is no news
            categories=[search.layer.name, *map(str, search.areas.all())],
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)


def _filtered(request) -> PartnerSearchFilterSet:
    return PartnerSearchFilterSet(request.GET, queryset=PartnerSearch.objects.published().for_list())


def _address(view: str, request) -> str:
    """Of `view` with the filters of the page."""
    kept = request.GET.copy()
    kept.pop("page", None)
    return reverse(view, query=kept or None)


def _kinds(request) -> list[dict]:
    """The line of links above the list, each with its number under the other filters."""
    kept = request.GET.copy()
    for name in ("kind", "state", "page"):
        kept.pop(name, None)
    over = kept.copy()
    over["state"] = ALL
    without = PartnerSearchFilterSet(over, queryset=PartnerSearch.objects.published())
    others = PartnerSearchFilterSet(kept, queryset=PartnerSearch.objects.published())
    open_ones = others.qs if others.is_valid() else PartnerSearch.objects.none()
    everything = without.qs if without.is_valid() else PartnerSearch.objects.none()
    lines: list[tuple[str, dict[str, str], PartnerSearchQuerySet]] = [
        (_("All"), {}, open_ones),
        (_("Cooperation requests"), {"kind": SearchKind.REQUEST}, open_ones.filter(kind=SearchKind.REQUEST)),
        (_("Cooperation offers"), {"kind": SearchKind.OFFER}, open_ones.filter(kind=SearchKind.OFFER)),
        (_("Expired"), {"state": Standing.EXPIRED}, in_standing(everything, Standing.EXPIRED)),
        (_("Closed"), {"state": Standing.CLOSED}, in_standing(everything, Standing.CLOSED)),
    ]
    shown = {name: request.GET.get(name, "") for name in ("kind", "state")}
    found = []
    for label, chosen, searches in lines:
        number = searches.order_by().values("pk").distinct().count()
        is_current = {name: str(chosen.get(name, "")) for name in shown} == shown
        if number or is_current or not chosen.get("state"):
            query = kept.copy()
            query.update(chosen)
            address = reverse("pages:partner-search", query=query or None)
            found.append({"label": label, "count": number, "url": address, "is_current": is_current})
    return found
