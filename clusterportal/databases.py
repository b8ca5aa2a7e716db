"""The databases: the embedded server or that of DATABASE_URL, and a replica of it for readers."""

from pathlib import Path
from typing import Any

from clusterportal.core.embedded import server_under
from clusterportal.core.environment import Environment

env = Environment()
# A server that vanishes says nothing: the next one is tried, and what waits for an answer is given up.
_PATIENCE = {
    "connect_timeout": 5,
    "tcp_user_timeout": 10_000,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
}
# pgtrigger asks this variable row by row; where it is missing, each question costs an exception, and 50,000
# actors take twice as long.
_VARIABLES = "-c pgtrigger.ignore={}"
REPLICA_ROUTERS = ["clusterportal.core.replica.Router"]


def databases(data_dir: Path) -> dict[str, dict[str, Any]]:
    """DATABASES of Django. What the addresses say (sslmode, options, target_session_attrs) stays."""
    if not env("DATABASE_URL", default=""):
        embedded = {
            "ENGINE": "clusterportal.core.postgres",
            "NAME": "postgres",
            "USER": "portal",
            "HOST": str(server_under(data_dir).socket_dir),
            "EMBEDDED_IN": data_dir,
        }
        return {"default": _kept_open(embedded)}
    found = {"default": _kept_open(env.db("DATABASE_URL"), **_PATIENCE)}
    if env("DATABASE_REPLICA_URL", default=""):
        replica = _kept_open(env.db("DATABASE_REPLICA_URL"), **_PATIENCE | {"connect_timeout": 2})
        found["replica"] = replica | {"TEST": {"MIRROR": "default"}}
    return found


def _kept_open(database: dict[str, Any], **patience: int) -> dict[str, Any]:
    options = patience | database.get("OPTIONS", {})
    options["options"] = f"{options.get('options', '')} {_VARIABLES}".strip()
    return database | {"CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": True, "OPTIONS": options}
