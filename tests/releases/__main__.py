"""`python -m tests.releases`: stores a backup of the registry of examples, and the OpenAPI document of this version.

Once for each release, beside the ones before: `test_upgrade.py` brings each backup to the present state, and
`test_compatibility.py` asks whether clients of each document go on.
"""

import json
import os
import tempfile
import tomllib
from pathlib import Path

HERE = Path(__file__).resolve().parent


def main() -> None:
    project = tomllib.loads((HERE.parents[1] / "pyproject.toml").read_text())["project"]
    release = HERE / f"{project['version']}.tar.gz"
    with tempfile.TemporaryDirectory(prefix="portal-") as data:
        Path(data).chmod(0o711)  # PostgreSQL runs as an account of its own
        os.environ.pop("DATABASE_URL", None)  # never into somebody's own database
        os.environ |= {"DJANGO_SETTINGS_MODULE": "tests.settings", "PORTAL_DATA_DIR": data}
        import django  # only now, because settings read the environment

        django.setup()
        from django.core.management import call_command
        from django.db import connection

        from clusterportal.api.schema import schema_in
        from clusterportal.core.embedded import server_under
        from tests.releases import registry

        call_command("migrate", verbosity=0)
        registry.fill()
        call_command("backup", release)
        release.chmod(0o644)  # examples, which anybody may read
        document = json.dumps(schema_in("en"), default=str, indent=1, ensure_ascii=False)
        (HERE / f"{project['version']}.openapi.json").write_text(f"{document}\n", encoding="utf-8")
        connection.close()
        server_under(Path(data)).release()


if __name__ == "__main__":
    main()
