"""Settings come from the environment: each case is a fresh process, as an operator's shell would start it."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings

SHOW = """
import json
from clusterportal import settings
names = (
    "DATABASES", "IS_HTTPS", "SECRET_KEY", "SITE_URL", "DEFAULT_FROM_EMAIL", "CACHES", "SECOND_FACTOR", "DEBUG",
    "SECURE_HSTS_SECONDS", "SECURE_HSTS_INCLUDE_SUBDOMAINS", "SECURE_SSL_REDIRECT",
)
cookies = {name: getattr(settings, name) for name in dir(settings) if "_COOKIE_" in name}
print(json.dumps(cookies | {name: getattr(settings, name) for name in names}, default=str))
"""


@pytest.fixture
def load(tmp_path):
    """`load(NAME=value)` gives the settings of a shell with only these variables, or what went wrong."""

    def load_settings(**variables):
        bare = {"PATH": os.environ["PATH"], "PORTAL_DATA_DIR": str(tmp_path)}
        done = subprocess.run(
            [sys.executable, "-c", SHOW],
            cwd=settings.BASE_DIR,
            env=bare | variables,
            capture_output=True,
            text=True,
        )
        return json.loads(done.stdout) if done.returncode == 0 else done.stderr

    return load_settings


def test_secrets_come_from_files_too_and_what_the_database_address_says_stays(load, tmp_path):
    address = "postgres://me:secret@db.example/portal?sslmode=require&connect_timeout=1&options=-c%20statement_timeout=9000"
    named = {"DATABASE_URL": address, "SECRET_KEY": "of a vault"}
    for name, value in named.items():
        (tmp_path / name).write_text(f"{value}\n")
    found = load(**{f"{name}_FILE": str(tmp_path / name) for name in named})
    assert (found["SECRET_KEY"], found["DATABASES"]["default"]["PASSWORD"]) == ("of a vault", "secret")
    assert found["DATABASES"]["default"]["OPTIONS"] == {
        "sslmode": "require", "options": "-c statement_timeout=9000 -c pgtrigger.ignore={}", "connect_timeout": 1,
        "tcp_user_timeout": 10_000, "keepalives_idle": 10, "keepalives_interval": 5,
    }  # fmt: skip


def test_a_real_server_needs_a_key_and_is_told_how(load):
    assert "SECRET_KEY is missing. Set it to a long random value" in load(
        DATABASE_URL="postgres://me@db.example/portal"
    )


def test_the_embedded_portal_makes_its_key_once(load, tmp_path):
    first = load()["SECRET_KEY"]
    assert len(first) >= 50
    assert load()["SECRET_KEY"] == first
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("variables", "answer"),
    [
        ({}, False),
        ({"ALLOWED_HOSTS": "localhost,127.0.0.1"}, False),
        ({"ALLOWED_HOSTS": "portal.example"}, True),
        ({"ALLOWED_HOSTS": "portal.example", "DEBUG": "1"}, False),
        ({"ALLOWED_HOSTS": "portal.example", "HTTPS": "off"}, False),
    ],
)
def test_https_begins_with_a_public_name(load, variables, answer):
    assert load(**variables)["IS_HTTPS"] is answer


@pytest.mark.parametrize(
    ("variables", "address"),
    [
        ({}, "http://127.0.0.1:8000"),
        ({"SITE_URL": "https://register.example/"}, "https://register.example"),
        ({"ALLOWED_HOSTS": "localhost,portal.example,other.example"}, "https://portal.example"),
        ({"ALLOWED_HOSTS": ".portal.example"}, "https://portal.example"),
        ({"ALLOWED_HOSTS": "portal.example", "HTTPS": "off"}, "http://portal.example"),
        ({"ALLOWED_HOSTS": "*"}, "http://127.0.0.1:8000"),
    ],
)
def test_the_address_before_links_in_mails(load, variables, address):
    found = load(**variables)
    assert found["SITE_URL"] == address
    assert found["DEFAULT_FROM_EMAIL"] == f"noreply@{address.split('//')[1].split(':')[0]}"


def test_limits_count_where_all_workers_see_them_whatever_becomes_of_the_cache(load):
    bare, shared = load()["CACHES"], load(CACHE_URL="valkey://cache:6379/0")["CACHES"]
    assert list(bare) == ["default"] and list(shared) == ["default", "shared"]
    assert bare["default"]["BACKEND"].endswith(".DatabaseCache")
    assert shared["default"]["BACKEND"] == bare["default"]["BACKEND"]
    assert shared["shared"]["LOCATION"] == "redis://cache:6379/0"


def test_cookies_are_of_this_host_alone_with_https(load):
    """Names that browsers take over HTTPS only, from the very host; without HTTPS they would take none of them."""
    public, local = load(ALLOWED_HOSTS="portal.example.org"), load()
    cookies = {"SESSION": "sessionid", "CSRF": "csrftoken", "LANGUAGE": "django_language"}
    for kind, name in cookies.items():
        assert (public[f"{kind}_COOKIE_NAME"], local[f"{kind}_COOKIE_NAME"]) == (f"__Host-{name}", name)
        marks = [public[f"{kind}_COOKIE_{mark}"] for mark in ("SECURE", "HTTPONLY", "SAMESITE")]
        assert marks == [True, True, "Lax"]
    assert public["SECURE_HSTS_SECONDS"] >= 31_536_000 and public["SECURE_HSTS_INCLUDE_SUBDOMAINS"]
    assert public["SECURE_SSL_REDIRECT"] and not public["DEBUG"]


def test_a_public_portal_asks_its_staff_for_a_second_factor(load):
    assert load(ALLOWED_HOSTS="portal.example.org")["SECOND_FACTOR"] == "staff"
    assert load()["SECOND_FACTOR"] == "off"
    assert load(SECOND_FACTOR="everybody")["SECOND_FACTOR"] == "everybody"
    assert 'SECOND_FACTOR is "off", "staff" or "everybody".' in load(SECOND_FACTOR="yes")
