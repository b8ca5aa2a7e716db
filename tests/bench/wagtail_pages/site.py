# ruff: noqa: E402 - the settings must stand before the models
"""The site, as Wagtail's documentation sets up its API: granian tests.bench.wagtail_pages.site:application.

    python -m tests.bench.wagtail_pages.site FROM

fills it from the SQLite file that Datasette serves. WAGTAIL_DB is its own.
"""

import os
import sqlite3
import sys

import django
from django.conf import settings

settings.configure(
    SECRET_KEY="of the benchmark",
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": os.environ["WAGTAIL_DB"]}},
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    USE_TZ=True,
    STATIC_URL="/static/",
    WAGTAIL_SITE_NAME="Peer",
    WAGTAILADMIN_BASE_URL="http://127.0.0.1",
    WAGTAILAPI_LIMIT_MAX=50,
    WAGTAILSEARCH_BACKENDS={"default": {"BACKEND": "wagtail.search.backends.database", "AUTO_UPDATE": False}},
    INSTALLED_APPS=[
        "tests.bench.wagtail_pages", "wagtail.api.v2", "wagtail.users", "wagtail.admin", "wagtail.documents",
        "wagtail.images", "wagtail.search", "wagtail", "taggit", "rest_framework", "django.contrib.auth",
        "django.contrib.contenttypes", "django.contrib.sessions",
    ],
)  # fmt: skip
django.setup()

from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.db import connection, transaction
from django.urls import path
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.views import PagesAPIViewSet
from wagtail.models import Page, Site

from tests.bench.wagtail_pages.models import SHOWN, ActorPage

router = WagtailAPIRouter("api")
router.register_endpoint("pages", PagesAPIViewSet)
urlpatterns = [path("api/v2/", router.urls)]
application = get_wsgi_application()


def fill(source: str) -> None:
    """All actors of the other file as pages below the home page; in bulk, which Wagtail itself has no way for."""
    call_command("migrate", verbosity=0)
    home = Site.objects.get().root_page
    kind = ContentType.objects.get_for_model(ActorPage)
    columns = ", ".join(name if name != "summary" else "summary_de" for name in SHOWN)
    rows = (
        sqlite3.connect(source).execute(f"SELECT slug, name, {columns} FROM actors ORDER BY name").fetchall()
    )
    pages = [
        Page(
            path=Page._get_path(home.path, home.depth + 1, number), depth=home.depth + 1, title=name[:255],
            draft_title=name[:255], slug=slug[:255], url_path=f"{home.url_path}{slug}/", content_type=kind,
            locale=home.locale,
        )
        for number, (slug, name, *_rest) in enumerate(rows, 1)
    ]  # fmt: skip
    marks = ", ".join(["%s"] * (len(SHOWN) + 1))
    with transaction.atomic(), connection.cursor() as cursor:
        keys = [page.pk for page in Page.objects.bulk_create(pages, batch_size=500)]
        cursor.executemany(
            f"INSERT INTO {ActorPage._meta.db_table} (page_ptr_id, {', '.join(SHOWN)}) VALUES ({marks})",
            [(key, *row[2:]) for key, row in zip(keys, rows, strict=True)],
        )
        home.numchild = len(pages)
        home.save()


if __name__ == "__main__":
    fill(sys.argv[1])
