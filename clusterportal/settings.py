"""Settings, all from the environment. README lists the variables."""

import os
import sys
from importlib.metadata import distribution
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from clusterportal.core.environment import Environment
from clusterportal.core.limits import COUNTED_IN_THE_DATABASE
from clusterportal.core.private_files import make_data_dir
from clusterportal.core.shared_cache import shared_cache_settings
from clusterportal.databases import REPLICA_ROUTERS, databases
from clusterportal.files import backed_up, storages_of

BASE_DIR = Path(__file__).resolve().parent.parent
env = Environment()

# ---------- what this installation is ----------
DEBUG = env.bool("DEBUG", default=False)
SITE_NAME = env("SITE_NAME", default="Clusterregister")
PORTAL_DATA_DIR = Path(env("PORTAL_DATA_DIR", default=str(BASE_DIR / ".portal"))).resolve()
IS_EMBEDDED = not env("DATABASE_URL", default="")

SECRET_KEY = env("SECRET_KEY", default="")
_key_file = PORTAL_DATA_DIR / "secret_key"
if not SECRET_KEY and _key_file.exists():
    SECRET_KEY = _key_file.read_text().strip()
if not SECRET_KEY and (DEBUG or IS_EMBEDDED or sys.argv[1:2] == ["up"]):
    # `up` and a portal with its own database need no ceremony: the key is made once and kept.
    from django.core.management.utils import get_random_secret_key

    make_data_dir(PORTAL_DATA_DIR)
    SECRET_KEY = get_random_secret_key()
    with os.fdopen(os.open(_key_file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as _file:
        _file.write(SECRET_KEY)
if not SECRET_KEY:
    raise ImproperlyConfigured(
        "SECRET_KEY is missing. Set it to a long random value that stays the same, for example the output of: "
        'python -c "import secrets; print(secrets.token_urlsafe(50))"'
    )

# Keys of before: they still open what was signed or encrypted with them.
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])

LOCAL_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=LOCAL_HOSTS)
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
IS_PUBLIC = not set(ALLOWED_HOSTS) <= set(LOCAL_HOSTS)
IS_HTTPS = env.bool("HTTPS", default=IS_PUBLIC and not DEBUG)
# Names that people may open: a pattern like ".portal.example" allows this one and what stands under it.
PUBLIC_NAMES = [host.removeprefix(".") for host in ALLOWED_HOSTS if host not in [*LOCAL_HOSTS, "*"]]

# ---------- rooms of the house, from the upper storeys to the lower ones ----------
ROOMS = """
    pages api workplace operation
    management atlas newsletters kpis labels newsroom partnering teamwork
    finance lifecycle matchmaking plans placing bulk partners imports review enquiries
    network quality intake
    actors layers applications clusters places history accounts core
""".split()  # noqa: SIM905 - a storey a line
MODEL_APPS = {"actors", "layers", "applications"}  # the Cluster Model stands at the top

INSTALLED_APPS = [
    *(room if room in MODEL_APPS else f"clusterportal.{room}" for room in ROOMS),
    "unfold",
    "unfold.contrib.filters",
    "unfold.contrib.forms",
    "unfold.contrib.import_export",
    "import_export",
    "pghistory",
    "pgtrigger",
    "procrastinate.contrib.django",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_htmx",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "clusterportal.core.apps.PortalStaticFilesConfig",
    "django.contrib.humanize",
]

MIDDLEWARE = [
    "clusterportal.pages.middleware.HealthForAll",
    "clusterportal.operation.middleware.Metrics",
    "clusterportal.api.middleware.KeysOverHttps",
    "django.middleware.security.SecurityMiddleware",
    "clusterportal.core.compression.PageCompression",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "clusterportal.api.middleware.ApiMiddleware",
    "clusterportal.pages.middleware.PublicPages",
    "clusterportal.pages.middleware.SaysEnglish",
    "clusterportal.core.content_security.ContentSecurity",
    "clusterportal.core.statement_times.LongStatements",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "clusterportal.accounts.session_times.SessionTimes",
    "clusterportal.history.middleware.HistoryMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "clusterportal.review.second_factor_duty.SecondFactorDuty",
    "clusterportal.history.middleware.ReadsFromReplica",
]

ROOT_URLCONF = "clusterportal.urls"
WSGI_APPLICATION = "clusterportal.wsgi.application"
AUTH_USER_MODEL = "accounts.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "clusterportal.pages.context_processors.portal",
            ],
        },
    },
]

# ---------- database: the embedded server unless DATABASE_URL names one ----------
DATABASES = databases(PORTAL_DATA_DIR)
DATABASE_ROUTERS = REPLICA_ROUTERS if "replica" in DATABASES else []
EMBEDDED_OPTIONS: tuple[str, ...] = ()  # of the server, like "shared_buffers=1GB"

# ---------- languages: German first ----------
_LANGUAGE_NAMES = {"de": _("German"), "en": _("English"), "ru": _("Russian")}
LANGUAGES = [(code, _LANGUAGE_NAMES.get(code, code)) for code in env.list("LANGUAGES", default=["de", "en"])]
LANGUAGE_CODE = LANGUAGES[0][0]
WHOLE_LANGUAGES = {"de", "en"}  # whose interface is complete; in others English words stand in and say so
LOCALE_PATHS = [BASE_DIR / "clusterportal" / "locale"]
FORMAT_MODULE_PATH = ["clusterportal.formats"]
TIME_ZONE = "Europe/Berlin"
USE_TZ = True

# ---------- static files and media ----------
STATIC_URL = "/static/"
# The map's script comes with django-leaflet; as an app it would ask for GDAL, which nobody here needs.
_LEAFLET = Path(str(distribution("django-leaflet").locate_file("leaflet/static/leaflet")))
STATICFILES_DIRS = [BASE_DIR / "static", ("leaflet", _LEAFLET)]
STATIC_ROOT = PORTAL_DATA_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = PORTAL_DATA_DIR / "media"
_files_url = env("FILES_URL", default="")
BACKED_UP = backed_up(_files_url, PORTAL_DATA_DIR)
STORAGES = storages_of(_files_url) | {
    "staticfiles": {"BACKEND": "clusterportal.core.storage.PortalStaticFilesStorage"}
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = False
# A folder with further faces for PDF files, such as Noto Sans CJK: Typst brings none for East Asian scripts along.
PDF_FONTS = env("PDF_FONTS", default="")

# ---------- mail, cache ----------
# Before every link in a mail. `up` tells its children where it answers, where nobody says it and no name is public.
SITE_URL = env("SITE_URL", default="").rstrip("/")
if not SITE_URL:
    SITE_URL = (
        f"http{'s' if IS_HTTPS else ''}://{PUBLIC_NAMES[0]}" if PUBLIC_NAMES else "http://127.0.0.1:8000"
    )
DEFAULT_FROM_EMAIL = env("MAIL_FROM", default=f"noreply@{urlsplit(SITE_URL).hostname}")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# Where enquiries go that concern no cluster, and what the footer names; else the administrators' own addresses.
OPERATOR_EMAIL = env("OPERATOR_EMAIL", default="")
NEWSLETTER_FROM = env("NEWSLETTER_FROM", default="")  # else newsletter@ and the host of MAIL_FROM
NEWSLETTER_MAILBOX = env("NEWSLETTER_MAILBOX", default="")  # a Maildir of what comes back there
NEWSLETTER_RATE = env.int("NEWSLETTER_RATE", default=300)  # mails a minute
NEWSLETTER_NETWORK_DAYS = env.int("NEWSLETTER_NETWORK_DAYS", default=0)  # 0: networks are not noted
EMAIL_CONFIG = env.email("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = (
    EMAIL_CONFIG.get("EMAIL_TIMEOUT") or 30
)  # seconds; a mail server that says nothing holds up all jobs
# Whom to ask whether an entry is still right: a function `(actor) -> list[Recipient]`.
QUALITY_RECIPIENTS = "clusterportal.review.domain.representatives.recipients_of"
# Limits of sign-in count in a table, so that all workers count as one and no broken cache lifts them. The shared
# cache holds kept answers alone: what can be made anew.
CACHES: dict[str, dict] = {"default": COUNTED_IN_THE_DATABASE}
if CACHE_URL := env("CACHE_URL", default=""):
    CACHES["shared"] = shared_cache_settings(CACHE_URL, env.cache_url_config)
ANSWER_CACHE_MB = env.int("ANSWER_CACHE_MB", default=32)  # of public answers kept by each worker; 0: none
READ_AHEAD = True  # each worker reads the facet index before it takes a request

# ---------- security ----------
# Fields of one form: an actor's page shows at most 25 rows of each part, about 1,500 fields in all; the rest is
# for rows that a person adds. Django's own limit of 1,000 would refuse the page and lose what was typed.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
VIRUS_SCANNER = env("VIRUS_SCANNER", default="")  # clamd, as host:port or the path of its socket
SECURE_CONTENT_TYPE_NOSNIFF = True
CSRF_FAILURE_VIEW = "clusterportal.pages.views.errors.csrf_failed"
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"  # tile servers ask for a referrer
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = IS_HTTPS
# Browsers take cookies of these names over HTTPS only, and from this very host.
_host = "__Host-" if IS_HTTPS else ""
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"{_host}sessionid", f"{_host}csrftoken"
LANGUAGE_COOKIE_NAME = f"{_host}django_language"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = IS_HTTPS
X_FRAME_OPTIONS = "DENY"

ACCOUNT_EMAIL_SUBJECT_PREFIX = f"{SITE_NAME}: "
MFA_TOTP_ISSUER = SITE_NAME
# Who must have a second factor: "off" nobody, "staff" whoever works in the admin, "everybody" representatives too.
SECOND_FACTOR = env.str("SECOND_FACTOR", default="staff" if IS_PUBLIC else "off")
if SECOND_FACTOR not in ("off", "staff", "everybody"):
    raise ImproperlyConfigured('SECOND_FACTOR is "off", "staff" or "everybody".')
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("PROXY_COUNT", default=0)  # proxies that add to X-Forwarded-For

# ---------- API ----------
from clusterportal.api_access import API_COUNTS_EVERY, API_LIMITS, REST_FRAMEWORK, document_of  # noqa: E402, F401

# Webhooks to receivers on this machine, over http too: for tests and trials, never on a public portal.
WEBHOOKS_TO_LOOPBACK = env.bool("WEBHOOKS_TO_LOOPBACK", default=False)
DATA_LICENCE = env("DATA_LICENCE", default="CC-BY-4.0")  # of what the API gives; `core/licence.py`
SPECTACULAR_SETTINGS = document_of(SITE_NAME)

from clusterportal.content_security import ADMIN as ADMIN_CONTENT_SECURITY  # noqa: E402, F401
from clusterportal.content_security import PUBLIC as CONTENT_SECURITY_POLICY  # noqa: E402, F401
from clusterportal.roles import ROLES  # noqa: E402, F401 - what each role may do, read by accounts
from clusterportal.sign_in import *  # noqa: E402, F403 - passwords, sessions, second factor
from clusterportal.unfold import UNFOLD  # noqa: E402, F401 - the look of the admin, read by django-unfold

# ---------- history: events name their actor by context, and cannot be rewritten ----------
PGHISTORY_MIDDLEWARE_METHODS = ("POST", "PUT", "PATCH", "DELETE")
PGHISTORY_INSTALL_CONTEXT_FUNC_ON_MIGRATE = True

from clusterportal.observing import (  # noqa: E402, F401 - log, measurements, backups
    LOGGING,
    METRICS_NETWORKS,
    METRICS_TOKEN,
    PROCRASTINATE_ON_APP_READY,
    PROCRASTINATE_WORKER_DEFAULTS,
    SLOW_QUERY_MS,
)

BACKUP_DAYS = env.int("BACKUP_DAYS", default=7 if IS_PUBLIC else 0)  # how old the last one may be; 0: any
