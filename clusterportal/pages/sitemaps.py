"""Sitemaps: every public page in every language, with its alternates."""

from functools import cached_property

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.core.paginator import Paginator
from django.db.models import Max, QuerySet
from django.urls import reverse

from actors.models import Actor
from applications.models import ApplicationArea
from clusterportal.clusters.models import Cluster
from clusterportal.core.languages import LANGUAGE_CODES
from clusterportal.newsroom.models import Contribution
from clusterportal.pages.models import TITLES, TextPage
from clusterportal.partnering.models import PartnerSearch
from layers.models import Layer

MOST_URLS = 10_000  # in a file; the protocol allows 50,000, but smaller files are faster


class _InEveryLanguage(Paginator):
    """Pages of records, each record once per language. Only the records of one page are read."""

    def page(self, number):
        page = super().page(number)
        page.object_list = [(item, code) for item in page.object_list for code in LANGUAGE_CODES]
        return page


class _InLanguages(Sitemap):
    i18n = alternates = True

    def get_urls(self, *args, **kwargs):
        """Adds x-default: the first language, as in the head of every page.

        Django's own x-default has no language in its path, where this portal has no page.
        """
        urls = super().get_urls(*args, **kwargs)
        for url in urls:
            first = next(one for one in url["alternates"] if one["lang_code"] == settings.LANGUAGE_CODE)
            url["alternates"].append({"location": first["location"], "lang_code": "x-default"})
        return urls


class _Records(_InLanguages):
    """Published records with the time of their last change."""

    url_name = ""
    changed_at = "updated_at"

    def items(self) -> QuerySet:
        raise NotImplementedError

    @cached_property
    def paginator(self):
        return _InEveryLanguage(self.items(), MOST_URLS // len(LANGUAGE_CODES))

    def lastmod(self, item):
        return getattr(item, self.changed_at)

    def get_latest_lastmod(self):
        return self.items().aggregate(latest=Max(self.changed_at))["latest"]

    def location(self, item):
        return reverse(self.url_name, args=[item.slug])


class PageSitemap(_InLanguages):
    """Pages with a fixed address; texts only if somebody has written them."""

    def items(self):
        lists = ["actors:actor-list", "layers:layer-list", "areas:area-list", "clusters:cluster-list"]
        texts = [
            f"pages:{slug}" for slug in TextPage.objects.values_list("slug", flat=True) if slug in TITLES
        ]
        own = ["home", "matrix", "network", "partner-search", "developers", "match"]
        own += ["news", "events", "stories", "join", "glossary", "easy-language"]
        return [*(f"pages:{name}" for name in own), *lists, *texts]

    def location(self, item):
        return reverse(item)


class ActorSitemap(_Records):
    url_name = "actors:actor-detail"
    changed_at = "public_updated_at"

    def items(self):
        return Actor.objects.published().order_by("pk").only("slug", self.changed_at)


class ClusterSitemap(_Records):
    url_name = "clusters:cluster-detail"

    def items(self):
        return Cluster.objects.published().order_by("pk").only("slug", "updated_at")


class LayerSitemap(_Records):
    url_name = "layers:layer-detail"

    def items(self):
        return Layer.objects.order_by("pk").only("slug", "updated_at")


class AreaSitemap(_Records):
    url_name = "areas:area-detail"

    def items(self):
        return ApplicationArea.objects.active().order_by("pk").only("slug", "updated_at")


class PartnerSearchSitemap(_Records):
    url_name = "pages:partner-search-detail"

    def items(self):
        return PartnerSearch.objects.published().order_by("pk").only("slug", "updated_at")


class ContributionSitemap(_Records):
    """News, events and success stories that everybody sees."""

    def items(self):
        shown = Contribution.objects.published().order_by("pk")
        return shown.only("slug", "kind", "updated_at")

    def location(self, item):
        return item.get_absolute_url()


SITEMAPS: dict[str, type[Sitemap] | Sitemap] = {
    "pages": PageSitemap,
    "actors": ActorSitemap,
    "clusters": ClusterSitemap,
    "layers": LayerSitemap,
    "areas": AreaSitemap,
    "partner-searches": PartnerSearchSitemap,
    "contributions": ContributionSitemap,
}
