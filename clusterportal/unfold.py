"""The admin's look and navigation (django-unfold)."""

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


def _may(permission: str):
    return lambda request: request.user.has_perm(permission)


def _is_administrator(request) -> bool:
    return request.user.is_superuser


def _may_read_history(request) -> bool:
    # Late, because settings read this module before there are models.
    from clusterportal.history.changes import sources_for

    return bool(sources_for(request.user))


def _may_import(request) -> bool:
    # Late, as above.
    from clusterportal.imports.rules import nouns_of

    return bool(nouns_of(request.user))


def _is_among_notes(request) -> bool:
    """The board lies below the list of notes, and has an entry of its own."""
    name = request.resolver_match.url_name if request.resolver_match else ""
    return name.startswith("teamwork_note_") and name != "teamwork_note_board"


def _is_among_clusters(request) -> bool:
    """Cockpit and releases lie below the list of clusters, and have entries of their own."""
    name = request.resolver_match.url_name if request.resolver_match else ""
    return name.startswith("clusters_cluster_") and not name.endswith(("_cockpit", "_releases"))


def _is_page(name: str):
    return lambda request: bool(request.resolver_match) and request.resolver_match.url_name == name


def _item(title, icon: str, model: str) -> dict:
    """A list of the admin, for everybody who may view its records."""
    app, name = model.split(".")
    return {
        "title": title,
        "icon": icon,
        "link": reverse_lazy(f"admin:{app}_{name}_changelist"),
        "permission": _may(f"{app}.view_{name}"),
    }


def _site_name(request) -> str:
    return settings.SITE_NAME


def _glyph(request) -> str:
    return static("img/favicon.svg")


UNFOLD = {
    "SITE_TITLE": _site_name,
    "SITE_HEADER": _site_name,
    "SITE_ICON": _glyph,
    "SITE_FAVICONS": [{"rel": "icon", "type": "image/svg+xml", "href": _glyph}],
    "SHOW_LANGUAGES": True,
    "DASHBOARD_CALLBACK": "clusterportal.workplace.admin.dashboard.dashboard_callback",
    "SCRIPTS": [
        lambda request: static("js/styles.js"),
        lambda request: static("js/htmx-config.js"),
        lambda request: static("js/draft.js"),
        lambda request: static("js/keys.js"),
        lambda request: static("js/select-labels.js"),
        lambda request: static("js/plain-files.js"),
        lambda request: static("js/admin-access.js"),
        lambda request: static("js/markdown-preview.js"),
    ],
    "STYLES": [
        lambda request: static("css/tokens.css"),
        lambda request: static("css/admin-theme.css"),
        lambda request: static("css/admin.css"),
        lambda request: static("css/admin-actor.css"),
        lambda request: static("css/admin-review.css"),
        lambda request: static("css/admin-imports.css"),
        lambda request: static("css/admin-placing.css"),
        lambda request: static("css/admin-bulk.css"),
        lambda request: static("css/admin-teamwork.css"),
        lambda request: static("css/admin-labels.css"),
        lambda request: static("css/admin-partners.css"),
        lambda request: static("css/admin-webhooks.css"),
        lambda request: static("css/admin-matchmaking.css"),
        lambda request: static("css/admin-kpis.css"),
        lambda request: static("css/admin-cockpit.css"),
        lambda request: static("css/admin-lifecycle.css"),
        lambda request: static("css/admin-plans.css"),
        lambda request: static("css/admin-newsroom.css"),
        lambda request: static("css/admin-operation.css"),
        lambda request: static("css/admin-privacy.css"),
        lambda request: static("css/admin-access.css"),
    ],
    # The colours stand in static/css/admin-theme.css: unfold would write them into each page as an inline style.
    "COLORS": lambda request: {},
    "SIDEBAR": {
        "show_search": True,
        "command_search": True,
        "show_all_applications": False,
        "navigation": [
            {
                "title": _("Overview"),
                "items": [
                    {
                        "title": _("Cockpit"),
                        "icon": "speed",
                        "permission": _may("clusters.view_release"),
                        "link": reverse_lazy("admin:clusters_cluster_cockpits"),
                        "active": _is_page("clusters_cluster_cockpit"),
                    },
                    {
                        "title": _("Dashboard"),
                        "icon": "home",
                        "link": lambda request: f"{reverse('admin:index')}?overview=1",
                        "active": _is_page("index"),
                    },
                    {
                        "title": _("My clusters"),
                        "icon": "dashboard",
                        "permission": _may("teamwork.view_note"),
                        "link": reverse_lazy("admin:teamwork_note_board"),
                    },
                    {
                        **_item(_("Notes and follow-ups"), "sticky_note_2", "teamwork.note"),
                        "active": _is_among_notes,
                    },
                    _item(_("Letters"), "outgoing_mail", "teamwork.letter"),
                    _item(_("Enquiries"), "contact_mail", "enquiries.enquiry"),
                ],
            },
            {
                "title": _("Registry"),
                "items": [
                    _item(_("Actors"), "apartment", "actors.actor"),
                    _item(_("Relations"), "hub", "actors.actorrelation"),
                    _item(_("Topics"), "sell", "actors.topic"),
                    {
                        "title": _("Imports"),
                        "icon": "upload_file",
                        "permission": _may_import,
                        "link": reverse_lazy("admin:imports_importrun_changelist"),
                    },
                    _item(_("Review"), "rule", "review.proposal"),
                ],
            },
            {
                "title": _("Newsroom"),
                "items": [
                    _item(_("Contributions"), "newspaper", "newsroom.contribution"),
                    _item(_("Issues of newsletters"), "mail", "newsletters.issue"),
                    _item(_("Mailing lists"), "list", "newsletters.mailinglist"),
                    _item(_("Subscribers"), "group", "newsletters.subscription"),
                    _item(_("Suppressed addresses"), "block", "newsletters.suppression"),
                ],
            },
            {
                "title": _("Quality"),
                "items": [
                    _item(_("Possible duplicates"), "join_inner", "quality.duplicatepair"),
                    _item(_("Merges"), "merge", "quality.merge"),
                    _item(_("Merged topics"), "call_merge", "actors.termmerge"),
                    _item(_("Websites"), "link", "quality.linkcheck"),
                    _item(_("Reminders"), "mark_email_unread", "quality.reminder"),
                ],
            },
            {
                "title": _("Cluster Model"),
                "items": [
                    _item(_("Layers"), "stairs", "layers.layer"),
                    _item(_("Application areas"), "grid_view", "applications.applicationarea"),
                ],
            },
            {
                "title": _("Region"),
                "items": [
                    {**_item(_("Clusters"), "workspaces", "clusters.cluster"), "active": _is_among_clusters},
                    _item(_("Regions"), "map", "clusters.region"),
                ],
            },
            {
                "title": _("Cluster management"),
                "items": [  # a line for each room, in the order of its pages
                    {
                        "title": _("What everybody sees"),
                        "icon": "public",
                        "permission": _may("clusters.view_release"),
                        "link": reverse_lazy("admin:clusters_cluster_all_releases"),
                        "active": _is_page("clusters_cluster_releases"),
                    },
                    _item(pgettext_lazy("life cycle", "Assessments"), "timeline", "lifecycle.assessment"),
                    _item(_("Measurements"), "straighten", "lifecycle.measurement"),
                    _item(_("Cooperation projects"), "diversity_2", "network.cooperationproject"),
                    _item(_("Action plans"), "checklist", "plans.actionplan"),
                    _item(_("Actions"), "task_alt", "plans.action"),
                    _item(_("Financing"), "account_balance", "finance.budget"),
                    _item(_("Documented path"), "timeline", "finance.pathpoint"),
                    _item(_("Causal chain"), "conversion_path", "kpis.kpi"),
                    _item(_("Criteria"), "checklist", "labels.criteriaassessment"),
                    _item(_("Labels"), "workspace_premium", "labels.label"),
                    _item(_("Lists of criteria"), "list_alt", "labels.criteriaset"),
                    _item(_("Programmes"), "flag", "matchmaking.programme"),
                    _item(_("Matchmaking and visits"), "handshake", "matchmaking.event"),
                    _item(_("Registrations"), "how_to_reg", "matchmaking.participation"),
                ],
            },
            {
                "title": _("Portal"),
                "items": [
                    {
                        "title": _("Operation"),
                        "icon": "monitor_heart",
                        "permission": lambda request: request.user.is_superuser,
                        "link": reverse_lazy("operation:overview"),
                    },
                    _item(_("Text pages"), "article", "pages.textpage"),
                    _item(_("Glossary"), "dictionary", "pages.glossaryentry"),
                    {
                        "title": _("Changes"),
                        "icon": "history",
                        "permission": _may_read_history,
                        "link": reverse_lazy("admin:history_revision_changelist"),
                    },
                ],
            },
            {
                "title": _("API partners"),
                "items": [
                    _item(_("Partners"), "handshake", "partners.partner"),
                    _item(_("API keys"), "key", "partners.apikey"),
                    _item(_("Webhooks"), "webhook", "partners.webhookendpoint"),
                    {
                        "title": _("Use of the API"),
                        "icon": "bar_chart",
                        "permission": _may("partners.view_partner"),
                        "link": reverse_lazy("admin:partners_partner_use"),
                    },
                ],
            },
            {
                "title": _("People"),
                "items": [
                    _item(_("Users"), "person", "accounts.user"),
                    _item(_("Representatives"), "badge", "review.representation"),
                    _item(_("Groups"), "group", "auth.group"),
                    _item(_("Erasures"), "person_remove", "history.erasure"),
                    {
                        "title": _("Record of processing"),
                        "icon": "policy",
                        "permission": _is_administrator,
                        "link": reverse_lazy("privacy:record"),
                    },
                ],
            },
        ],
    },
}
