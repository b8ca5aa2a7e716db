"""Every kind of page: what visitors open, what people with an account open, and the admin."""

from collections.abc import Iterator

from django.urls import get_resolver, resolve, reverse
from django.utils.translation import override

from clusterportal.newsletters.domain.reader_links import CHOICE, UNSUBSCRIBE
from clusterportal.newsroom.domain.preview import PREVIEW
from clusterportal.newsroom.models import Contribution
from clusterportal.review.domain.proposer_links import status_token
from tests.accessibility.checking import Page
from tests.clusterportal.admin_doors import DOORS
from tests.clusterportal.admin_world import HERE, PATTERNS, THERE, World

PUBLIC = [
    "/de/", "/en/", "/de/akteure/", "/en/actors/?layer=applied-research&area=health-medtech", "/de/akteure/?q=zzzz",
    "/de/akteure/?layer=integration-services&area=biotechnology", "/en/actors/?q=who+does+3D+printing+in+Saxony",
    "/de/akteure/?view=map", "/de/akteure/fraunhofer-itwm/", "/en/actors/fraunhofer-itwm/", "/de/ebenen/",
    "/de/ebenen/applied-research/", "/de/anwendungsfelder/", "/de/anwendungsfelder/health-medtech/", "/de/matrix/",
    "/en/matrix/?cluster=it-cluster-kaiserslautern", "/de/netzwerk/", "/de/netzwerk/?actor=dfki", "/de/cluster/",
    "/de/cluster/it-cluster-kaiserslautern/", "/de/clustermodell/", "/de/impressum/", "/de/datenschutz/",
    "/de/barrierefreiheit/", "/en/accessibility/", "/api/v1/docs/", "/de/vorschlagen/",
    "/en/actors/fraunhofer-itwm/propose/", "/de/akteure/fraunhofer-itwm/beanspruchen/", "/de/konto/login/",
    "/en/actors/fraunhofer-itwm/enquiry/",
    "/en/compare/?actor=fraunhofer-itwm&actor=dfki&actor=empolis&actor=rptu&actor=nobody", "/de/vergleich/?actor=dfki",
    "/en/shortlist/?actor=dfki&actor=fraunhofer-itwm&actor=nobody", "/de/abgleich/", "/de/schnittstelle/",
    "/de/cluster/it-cluster-kaiserslautern/monitor/", "/en/clusters/it-cluster-kaiserslautern/monitor/",
    "/en/clusters/it-cluster-kaiserslautern/action-plan/", "/de/cluster/it-cluster-kaiserslautern/matchmaking/",
    "/en/clusters/it-cluster-kaiserslautern/financing/", "/en/embed/actors/?layer=basic-research",
    "/de/einbetten/matrix/", "/de/einbetten/akteure/dfki/",
    "/en/partner-search/?area=media-creative", "/de/partnersuche/versuchsanlagen-fuer-bioenergie/",
    "/en/partner-search/versuchsanlagen-fuer-bioenergie/interest/", "/de/aktuelles/", "/en/success-stories/",
    "/de/erfolgsgeschichten/beegfs-vom-institut-ins-rechenzentrum/", "/en/events/", "/de/termine/beispiel-matchmaking/",
    "/en/newsletter/", "/de/kompetenzatlas/", "/en/join/", "/de/mitmachen/aufnahme/", "/de/glossar/",
    "/en/easy-language/",
]  # fmt: skip
# The library has one template of these for all lists, so one page of each is enough; exports are files.
ALIKE = ("_history", "_delete", "_export")
ONE_OF_EACH = {"actors_actor_history", "actors_actor_delete"}
NO_PAGES = {  # files, and answers to scripts
    "imports_importrun_invalid", "imports_importrun_report", "labels_criteriaassessment_report", "teamwork_note_file",
    "actors_actor_coordinates", "actors_actor_likely", "labels_criteriaassessment_proof", "privacy:download",
}  # fmt: skip
PLAIN = {  # opened by their names alone, and by whom
    "": ["pages:enquiry", "pages:enquiry-sent", "pages:proposal-sent", "pages:newsletter-sent",
         "pages:newsletter-archive", "pages:follow-sent", "pages:talks-sent", "account_reset_password",
         "account_reset_password_done", "account_signup"],
    "representative": ["account_reauthenticate", "account_change_password", "mfa_index", "mfa_activate_totp",
                       "account_sessions", "pages:my-entries", "account_logout"],
    "administrator": ["admin:password_change", "operation:overview", "operation:security", "privacy:consents",
                      "privacy:record"],
}  # fmt: skip
NOT_PAGES = {  # files, feeds, pictures, answers to programs, and addresses that lead on
    "account_email", "actor-id", "actors:actor-export", "actors:actor-image", "actors:actor-pdf",
    "clusters:cluster-image", "contribution-file", "embed-script", "health", "markdown-preview", "media",
    "mfa_download_recovery_codes", "oembed", "operation:again", "operation:all-again", "pages:actor-qr",
    "pages:actor-vcard", "pages:atlas-file", "pages:atlas-own", "pages:contribution-pdf",
    "pages:directory-feed", "pages:event-calendar", "pages:event-feed", "pages:event-json",
    "pages:events-calendar", "pages:image", "pages:mail-choice", "pages:news-feed", "pages:news-json",
    "pages:newsletter-data", "pages:own-data", "pages:partner-search-feed", "pages:story-feed", "pages:story-json",
    "pages:talks-calendar", "privacy:download", "robots", "root", "scheme-id", "set_language", "sitemap",
    "sitemap-section",
}  # fmt: skip
# Steps behind a link in a mail or within signing in: a sentence and a button in the frame of pages that are looked at.
SAME_LOOK = {
    "account_confirm_email", "account_confirm_login_code", "account_email_verification_sent",
    "account_inactive", "account_reset_password_from_key", "account_reset_password_from_key_done",
    "account_set_password", "clusters:register", "mfa_authenticate", "mfa_deactivate_totp",
    "mfa_generate_recovery_codes", "mfa_reauthenticate", "mfa_view_recovery_codes", "pages:atlas-progress",
    "pages:enquiry-confirm", "pages:follow-confirm", "pages:follow-stop", "pages:newsletter-confirm",
    "pages:newsletter-issue", "pages:proposal-confirm", "pages:rework-contribution",
    "pages:suggestions-decline", "pages:talks-agenda", "pages:talks-confirm", "pages:talks-vouch",
    "pages:verify",
}  # fmt: skip


def all_pages(world: World) -> list[Page]:
    return [
        *(Page(address) for address in PUBLIC),
        *(Page(reverse(name), person) for person, names in PLAIN.items() for name in names),
        *(Page(reverse(name, args=[key]), person) for name, key, person in _of_records(world)),
        Page("/admin/?overview=1", "administrator"),
        *(Page(world.addresses(name)[_open_at(name)], "administrator") for name in admin_kinds()),
    ]


def _open_at(name: str) -> int:
    """The place whose record an administrator may open: a table is only seen by whoever brought it."""
    return HERE if "a" in DOORS[name].partition(" ")[0] else THERE


def _of_records(world: World) -> list[tuple[str, str, str]]:
    """Names of addresses, what they name, and who opens them."""
    slug, reader = (
        world.records["actors_actor"][HERE].slug,
        str(world.records["newsletters_subscription"][HERE].uid),
    )
    search = world.records["partnering_partnersearch"][HERE].slug
    story = Contribution.objects.filter(kind="news", state="published").values_list("slug", flat=True)[0]
    return [
        *(
            (name, slug, "representative")
            for name in ("pages:edit-entry", "pages:contribute", "pages:post-search")
        ),
        ("pages:revise-search", search, "representative"),
        ("pages:partner-search-follow", "versuchsanlagen-fuer-bioenergie", ""),
        ("pages:news-detail", story, ""),
        ("pages:newsletter-choice", CHOICE.token(reader), ""),
        ("pages:newsletter-unsubscribe", UNSUBSCRIBE.token(reader), ""),
        ("pages:proposal-status", status_token(world.records["review_proposal"][HERE]), ""),
        (
            "pages:contribution-preview",
            PREVIEW.token(str(world.records["newsroom_contribution"][HERE].uid)),
            "",
        ),
    ]


OF_RECORDS = {
    "pages:edit-entry", "pages:contribute", "pages:post-search", "pages:revise-search",
    "pages:partner-search-follow", "pages:news-detail", "pages:newsletter-choice",
    "pages:newsletter-unsubscribe", "pages:proposal-status", "pages:contribution-preview",
}  # fmt: skip


def admin_kinds() -> list[str]:
    """Names of what an administrator may open: lists and forms; pages of other rooms stand in PLAIN."""
    return [
        name
        for name in sorted(PATTERNS.keys() & DOORS.keys() - NO_PAGES)
        if "a" in DOORS[name] and ":" not in name and (not name.endswith(ALIKE) or name in ONE_OF_EACH)
    ]


def kinds() -> set[str]:
    """Every kind of page that is looked at, by the name of its address."""
    plain = {name for names in PLAIN.values() for name in names}
    return (
        {kind_of(address) for address in PUBLIC}
        | plain
        | OF_RECORDS
        | {f"admin:{one}" for one in ("index", *admin_kinds())}
    )


def kind_of(address: str) -> str:
    """The name of an address in whatever language."""
    with override(address[1:3] if address[3] == "/" else None):
        return resolve(address.partition("?")[0]).view_name


def names_of_portal(resolver=None, before: str = "") -> Iterator[str]:
    """The names of all addresses but those of the admin and the API, which have lists of their own."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if hasattr(pattern, "url_patterns"):
            if pattern.namespace not in ("admin", "api"):
                yield from names_of_portal(
                    pattern, before + f"{pattern.namespace}:" * bool(pattern.namespace)
                )
        elif pattern.name:
            yield before + pattern.name
