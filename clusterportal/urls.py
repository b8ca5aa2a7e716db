"""Every address of the portal begins here."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path, re_path
from django.utils.translation import gettext_lazy as _
from django.views.generic import RedirectView

from clusterportal.core.api.views import MissingView
from clusterportal.core.search_boxes import SearchBox
from clusterportal.pages.views import (
    contribution_file,
    embed,
    identity,
    markdown_preview,
    media,
    oembed,
    technical,
)
from clusterportal.review.own_sessions import own_sessions
from clusterportal.review.sign_in import admin_login
from clusterportal.workplace.admin.first_page import first_page
from clusterportal.workplace.admin.palette import palette

# Staff sign in where everybody does, so that their second factor is asked for.
admin.site.login = admin_login  # type: ignore[method-assign]  # of this one site
admin.site.index = first_page  # type: ignore[method-assign]  # of this one site


def search_box(request):
    return SearchBox.as_view(admin_site=admin.site)(request)


admin.site.autocomplete_view = search_box  # type: ignore[method-assign]  # of this one site

urlpatterns = [
    path("", technical.choose_language, name="root"),
    # In place of unfold's own, which reads every record, fails on odd page numbers and keeps what it found.
    path("admin/search/", admin.site.admin_view(palette)),
    path("admin/markdown/", admin.site.admin_view(markdown_preview.shown), name="markdown-preview"),
    # The short addresses of the placing desk; the admin of actors has the pages.
    path(
        "admin/actors/placing/",
        RedirectView.as_view(pattern_name="admin:actors_actor_placing", query_string=True),
    ),
    path("admin/actors/gap/", RedirectView.as_view(pattern_name="admin:actors_actor_gap", query_string=True)),
    path("admin/board/", RedirectView.as_view(pattern_name="admin:teamwork_note_board")),
    path("admin/cockpit/", RedirectView.as_view(pattern_name="admin:clusters_cluster_cockpits")),
    path("admin/operation/", include("clusterportal.operation.urls")),
    path("admin/privacy/", include("clusterportal.operation.privacy")),
    path("admin/", admin.site.urls),
    path("i18n/", include("django.conf.urls.i18n")),
    path("api/v1/", include("clusterportal.api.urls")),
    re_path(r"^api/?$", RedirectView.as_view(pattern_name="api:root")),
    re_path(r"^api/", MissingView.as_view()),
    # The IRIs of records (`core/rdf.py`): without a language, and as long as the records are.
    path("id/<uuid:uid>", identity.record, name="actor-id"),
    path("id/<slug:name>", identity.scheme, name="scheme-id"),
    path("embed/v1/<slug:name>.js", embed.script, name="embed-script"),
    path("oembed/", oembed.oembed, name="oembed"),
    path("health/", technical.health, name="health"),
    path("robots.txt", technical.robots, name="robots"),
    path("sitemap.xml", technical.sitemap_index, name="sitemap"),
    path("sitemap-<str:section>.xml", technical.sitemap_section, name="sitemap-section"),
    path("files/<slug:key>/", contribution_file.contribution_file, name="contribution-file"),
    re_path(r"^media/(?P<name>.*)$", media.picture_file, name="media"),
    *i18n_patterns(
        # An e-mail was confirmed when the account was made; another one comes by another claim or by the management.
        path(_("account/"), include([path("email/", RedirectView.as_view(pattern_name="pages:my-entries"))])),
        path(_("account/"), include([path(_("sessions/"), own_sessions, name="account_sessions")])),
        path(_("account/"), include("allauth.account.urls")),
        path(_("account/second-factor/"), include("allauth.mfa.urls")),
        path("", include("clusterportal.pages.urls")),
    ),
]

handler400 = "clusterportal.pages.views.errors.bad_request"
handler403 = "clusterportal.pages.views.errors.forbidden"
handler404 = "clusterportal.pages.views.errors.not_found"
handler429 = "clusterportal.pages.views.errors.too_many_requests"  # allauth asks for it
handler500 = "clusterportal.pages.views.errors.server_error"
