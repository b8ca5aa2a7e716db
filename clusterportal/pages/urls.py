"""The public pages, in every language: the path itself is translated."""

from django.urls import URLPattern, URLResolver, include, path
from django.utils.translation import gettext_lazy as _

from clusterportal.newsroom.enums import Kind
from clusterportal.newsroom.filters import EventFilterSet, NewsFilterSet, StoryFilterSet
from clusterportal.pages.views import (
    action_plan,
    atlas,
    clusters,
    compare,
    contact_card,
    contribution,
    developers,
    directory,
    documents,
    easy_language,
    embed,
    export,
    feed,
    financing,
    glossary,
    home,
    join,
    layers_and_areas,
    match,
    matchmaking,
    matrix_page,
    monitor,
    network,
    newsletter_archive,
    newsroom,
    newsroom_feeds,
    partner_search,
    profile,
    share,
    shortlist,
    text,
    verification,
)
from clusterportal.pages.views.participation import (
    admit,
    claim,
    contribute,
    enquire,
    follow,
    meet,
    newsletters,
    own_data,
    own_searches,
    propose,
    representative,
)
from clusterportal.pages.views.participation import partner_search as answers


def feeds(name: str, atom, json, **options) -> list:
    """The two feeds of a list of the newsroom; `options` are attributes of their views."""
    return [
        path(atom, newsroom_feeds.AtomView.as_view(**options), name=f"{name}-feed"),
        path(json, newsroom_feeds.JsonFeedView.as_view(**options), name=f"{name}-json"),
    ]


actor_pages = [
    path("", directory.ActorListView.as_view(), name="actor-list"),
    path("export.<str:format>", export.ActorExportView.as_view(), name="actor-export"),
    path("<slug:slug>/", profile.ActorDetailView.as_view(), name="actor-detail"),
    path(_("<slug:slug>/picture.png"), share.actor_picture, name="actor-image"),
    path(_("<slug:slug>/profile.pdf"), documents.profile_pdf, name="actor-pdf"),
]
layer_pages = [
    path("", layers_and_areas.LayerListView.as_view(), name="layer-list"),
    path("<slug:slug>/", layers_and_areas.LayerDetailView.as_view(), name="layer-detail"),
]
area_pages = [
    path("", layers_and_areas.AreaListView.as_view(), name="area-list"),
    path("<slug:slug>/", layers_and_areas.AreaDetailView.as_view(), name="area-detail"),
]
cluster_pages = [
    path("", clusters.ClusterListView.as_view(), name="cluster-list"),
    path("<slug:slug>/", clusters.ClusterDetailView.as_view(), name="cluster-detail"),
    path(_("<slug:slug>/picture.png"), share.cluster_picture, name="cluster-image"),
    path(_("<slug:slug>/monitor/"), monitor.MonitorView.as_view(), name="monitor"),
    path(_("<slug:slug>/action-plan/"), action_plan.ActionPlanView.as_view(), name="action-plan"),
    path(
        _("<slug:slug>/matchmaking/"),
        matchmaking.MatchmakingView.as_view(),
        name="matchmaking",
    ),
    path(_("<slug:slug>/matchmaking/<slug:event>/register/"), meet.RegisterView.as_view(), name="register"),
    path(
        _("<slug:slug>/financing/"),
        financing.FinancingView.as_view(),
        name="financing",
    ),
]
newsletter_pages = [
    path("", newsletters.NewsletterView.as_view(), name="newsletter"),
    path(_("sent/"), newsletters.NewsletterSentView.as_view(), name="newsletter-sent"),
    path(_("confirm/<str:token>/"), newsletters.ConfirmView.as_view(), name="newsletter-confirm"),
    path(_("unsubscribe/<str:token>/"), newsletters.UnsubscribeView.as_view(), name="newsletter-unsubscribe"),
    path(_("choice/<str:token>/"), newsletters.ChoiceView.as_view(), name="newsletter-choice"),
    path(_("choice/<str:token>/data/"), own_data.SubscriberDataView.as_view(), name="newsletter-data"),
    path(_("issues/"), newsletter_archive.IssueListView.as_view(), name="newsletter-archive"),
    path(_("issues/<slug:slug>/"), newsletter_archive.IssueView.as_view(), name="newsletter-issue"),
]
portal_pages: list[URLPattern | URLResolver] = [
    path("", home.HomeView.as_view(), name="home"),
    path(_("picture.png"), share.portal_picture, name="image"),
    path("newsletter/", include(newsletter_pages)),
    path(_("propose/"), propose.ProposeView.as_view(), name="propose"),
    path(_("propose/sent/"), follow.SentView.as_view(), name="proposal-sent"),
    path(_("propose/confirm/<str:token>/"), follow.ConfirmView.as_view(), name="proposal-confirm"),
    path(_("proposals/<str:token>/"), follow.StatusView.as_view(), name="proposal-status"),
    path(_("actors/<slug:slug>/propose/"), propose.ProposeChangeView.as_view(), name="propose-change"),
    path(_("actors/<slug:slug>/claim/"), claim.ClaimView.as_view(), name="claim"),
    path(_("actors/<slug:slug>/edit/"), representative.EditEntryView.as_view(), name="edit-entry"),
    path(_("actors/<slug:slug>/enquiry/"), enquire.ActorEnquiryView.as_view(), name="actor-enquiry"),
    path(_("actors/<slug:slug>/contact.vcf"), contact_card.VCardView.as_view(), name="actor-vcard"),
    path(_("actors/<slug:slug>/contact.svg"), contact_card.QRCodeView.as_view(), name="actor-qr"),
    path(_("enquiry/"), enquire.ClusterEnquiryView.as_view(), name="enquiry"),
    path(_("enquiry/sent/"), enquire.EnquirySentView.as_view(), name="enquiry-sent"),
    path(_("enquiry/confirm/<str:token>/"), enquire.ConfirmEnquiryView.as_view(), name="enquiry-confirm"),
    path(_("talks/sent/"), meet.RegisteredView.as_view(), name="talks-sent"),
    path(_("talks/confirm/<str:token>/"), meet.ConfirmTalksView.as_view(), name="talks-confirm"),
    path(_("talks/colleague/<str:token>/"), meet.VouchView.as_view(), name="talks-vouch"),
    path(_("talks/<str:token>/"), meet.AgendaView.as_view(), name="talks-agenda"),
    path(_("talks/<str:token>/talks.ics"), meet.calendar_file, name="talks-calendar"),
    path(_("my-entries/data/"), own_data.AccountDataView.as_view(), name="own-data"),
    path(_("my-entries/"), representative.MyEntriesView.as_view(), name="my-entries"),
    path(_("my-entries/<slug:slug>/contribute/"), contribute.ContributeView.as_view(), name="contribute"),
    path(
        _("my-entries/contributions/<uuid:uid>/"), contribute.ReworkView.as_view(), name="rework-contribution"
    ),
    path(_("still-right/<str:token>/"), verification.VerifyView.as_view(), name="verify"),
    path(_("partner-search/"), partner_search.PartnerSearchView.as_view(), name="partner-search"),
    path(_("partner-search/feed.xml"), partner_search.partner_search_feed, name="partner-search-feed"),
    path(_("partner-search/follow/sent/"), answers.FollowSentView.as_view(), name="follow-sent"),
    path(
        _("partner-search/follow/confirm/<str:token>/"),
        answers.ConfirmFollowView.as_view(),
        name="follow-confirm",
    ),
    path(
        _("partner-search/follow/stop/<str:token>/"), answers.StopFollowingView.as_view(), name="follow-stop"
    ),
    path(
        _("partner-search/suggestions/<str:token>/"),
        answers.DeclineView.as_view(),
        name="suggestions-decline",
    ),
    path(
        _("partner-search/<slug:slug>/"),
        partner_search.PartnerSearchDetailView.as_view(),
        name="partner-search-detail",
    ),
    path(
        _("partner-search/<slug:slug>/interest/"),
        answers.InterestView.as_view(),
        name="partner-search-interest",
    ),
    path(_("partner-search/<slug:slug>/follow/"), answers.FollowView.as_view(), name="partner-search-follow"),
    path(_("my-entries/suggestions/"), own_searches.MailChoiceView.as_view(), name="mail-choice"),
    path(_("my-entries/<slug:slug>/partner-search/"), own_searches.PostView.as_view(), name="post-search"),
    path(
        _("my-entries/partner-search/<slug:slug>/"), own_searches.ReviseView.as_view(), name="revise-search"
    ),
    path(_("compare/"), compare.CompareView.as_view(), name="compare"),
    path(_("shortlist/"), shortlist.ShortlistView.as_view(), name="shortlist"),
    path(_("actors/feed.xml"), feed.directory_feed, name="directory-feed"),
    path(_("match/"), match.MatchView.as_view(), name="match"),
    path(_("developers/"), developers.DevelopersView.as_view(), name="developers"),
    path(_("embed/actors/"), embed.EmbedDirectoryView.as_view(), name="embed-directory"),
    path(_("embed/actors/<slug:slug>/"), embed.EmbedActorView.as_view(), name="embed-actor"),
    path(_("embed/matrix/"), embed.EmbedMatrixView.as_view(), name="embed-matrix"),
    path(_("news/"), newsroom.NewsView.as_view(), name="news"),
    *feeds("news", _("news/feed.xml"), _("news/feed.json"), filters=NewsFilterSet, heading=_("News")),
    *feeds("event", _("events/feed.xml"), _("events/feed.json"), filters=EventFilterSet, heading=_("Events")),
    *feeds(
        "story",
        _("success-stories/feed.xml"),
        _("success-stories/feed.json"),
        filters=StoryFilterSet,
        heading=_("Success stories"),
    ),
    path(_("events/events.ics"), newsroom_feeds.CalendarView.as_view(), name="events-calendar"),
    path(
        _("events/<slug:slug>/event.ics"), newsroom_feeds.EventCalendarView.as_view(), name="event-calendar"
    ),
    path(
        _("news/<slug:slug>/"),
        contribution.ContributionView.as_view(kinds=[Kind.NEWS, Kind.PUBLICATION, Kind.CALL]),
        name="news-detail",
    ),
    path(_("events/"), newsroom.EventsView.as_view(), name="events"),
    path(
        _("events/<slug:slug>/"),
        contribution.ContributionView.as_view(kinds=[Kind.EVENT]),
        name="event-detail",
    ),
    path(_("success-stories/"), newsroom.StoriesView.as_view(), name="stories"),
    path(
        _("success-stories/<slug:slug>/"),
        contribution.ContributionView.as_view(kinds=[Kind.SUCCESS_STORY]),
        name="story-detail",
    ),
    path(_("preview/<str:token>/"), contribution.PreviewView.as_view(), name="contribution-preview"),
    path(_("matrix/"), matrix_page.MatrixView.as_view(), name="matrix"),
    path(_("competence-atlas/"), atlas.AtlasView.as_view(), name="atlas"),
    path(_("competence-atlas/<uuid:uid>/"), atlas.OwnAtlasView.as_view(), name="atlas-progress"),
    path(_("competence-atlas/<uuid:uid>.pdf"), atlas.OwnFileView.as_view(), name="atlas-own"),
    path(_("competence-atlas/<slug:name>.pdf"), atlas.ready_file, name="atlas-file"),
    path(_("documents/<slug:slug>.pdf"), documents.contribution_pdf, name="contribution-pdf"),
    path(_("network/"), network.NetworkView.as_view(), name="network"),
    path(_("join/"), join.JoinView.as_view(), name="join"),
    path(_("join/admission/"), admit.AdmissionView.as_view(), name="admission"),
    path(_("glossary/"), glossary.GlossaryView.as_view(), name="glossary"),
    path(_("easy-language/"), easy_language.EasyLanguageView.as_view(), name="easy-language"),
    path(_("cluster-model/"), text.TextPageView.as_view(), {"slug": "cluster-model"}, name="cluster-model"),
    path(_("imprint/"), text.TextPageView.as_view(), {"slug": "imprint"}, name="imprint"),
    path(_("privacy/"), text.TextPageView.as_view(), {"slug": "privacy"}, name="privacy"),
    path(_("accessibility/"), text.TextPageView.as_view(), {"slug": "accessibility"}, name="accessibility"),
]

urlpatterns = [
    path("", include((portal_pages, "pages"))),
    path(_("actors/"), include((actor_pages, "actors"))),
    path(_("layers/"), include((layer_pages, "layers"))),
    path(_("application-areas/"), include((area_pages, "areas"))),
    path(_("clusters/"), include((cluster_pages, "clusters"))),
]
