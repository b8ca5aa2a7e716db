"""Everything started and well: databases, shared cache and files, two web hosts, and something to show."""

import io
import os
import shutil
import time
from pathlib import Path

from tests.scale.machines import PASSWORD, Postgres, Shared, WebHost, environment_of
from tests.scale.network import Network
from tests.scale.people import NAME

WEB = ("a", "b")
WITNESS, ACTORS = "institut-technik-0", 40  # the slug of the one that is looked at


def prepared(network: Network, programs: Path, folder: Path) -> tuple[Postgres, Postgres, dict[str, WebHost]]:
    """Everything started and well, with an administrator, some actors and one picture."""
    (folder / "shared").mkdir()
    shared = Shared(network, folder / "shared")
    primary, replica = (Postgres(network, host, programs, folder) for host in ("db1", "db2"))
    primary.make()
    primary.start()
    primary.ask("CREATE DATABASE portal", dbname="postgres")
    shared.wait()
    both = f"{primary.address}:5432,{replica.address}:5432"
    environment = {
        "DATABASE_URL": f"postgres://portal@{both}/portal?target_session_attrs=read-write",
        "DATABASE_REPLICA_URL": f"postgres://portal@{replica.address}/portal",
        "CACHE_URL": shared.cache_url,
        "FILES_URL": shared.files_url,
        "SECRET_KEY": PASSWORD,
        "ALLOWED_HOSTS": ",".join([NAME, *(network.hosts[host] for host in WEB)]),
        "SITE_URL": f"http://{network.hosts['a']}:8000",
        "HTTPS": "off",
        "SECOND_FACTOR": "off",
        "API_LIMIT_ANONYMOUS": "0,0",
        "DJANGO_SUPERUSER_PASSWORD": PASSWORD,
    }
    hosts = {host: WebHost(network, host, folder, environment) for host in WEB}
    begun = time.monotonic()
    hosts["a"].start()
    hosts["a"].wait()
    shutil.copytree(folder / "a" / "static", folder / "b" / "static")  # collecting them takes longest of all
    hosts["a"].manage(
        "createsuperuser", "--noinput", "--username", "admin", "--email", "admin@portal.example"
    )
    fill(environment | {"PORTAL_DATA_DIR": str(folder / "people")})
    replica.follow(primary)
    replica.start()
    hosts["b"].start()
    hosts["b"].wait()
    print(f"started in {time.monotonic() - begun:.0f} s", flush=True)
    return primary, replica, hosts


def fill(environment: dict[str, str]) -> None:
    """Public actors, one with a logo, from a third host that shares nothing but database and files."""
    os.environ.update(environment_of(environment), DJANGO_SETTINGS_MODULE="clusterportal.settings")
    import django

    django.setup()
    from django.core.files.base import ContentFile
    from django.db import connections
    from PIL import Image

    from tests.factories import make_actor

    packed = io.BytesIO()
    Image.new("RGB", (300, 150), "navy").save(packed, "PNG")
    actor, *_others = [make_actor(f"Institut Technik {number}", layers=[1, 2]) for number in range(ACTORS)]
    actor.logo.save("logo.png", ContentFile(packed.getvalue()))
    connections.close_all()
