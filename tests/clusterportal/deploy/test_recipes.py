"""Units of systemd, container file and compose file, as far as a machine without them can tell."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[3]
RECIPES = ROOT / "clusterportal" / "deploy"
UNITS = sorted([*RECIPES.glob("*.service"), *RECIPES.glob("*.timer")])
MOST_EXPOSED = 20  # tenths; systemd calls up to 4.9 \"OK\", and a service that hardens nothing has 9.6
needs_systemd = pytest.mark.skipif(
    shutil.which("systemd-analyze") is None,
    reason="there is no systemd-analyze here: apt-get install systemd",
)


@needs_systemd
def test_systemd_understands_the_units(tmp_path):
    for unit in UNITS:
        text = unit.read_text().replace("/opt/clusterportal/.venv/bin/python", sys.executable)
        (tmp_path / unit.name).write_text(text)
    units = [tmp_path / unit.name for unit in UNITS]
    said = subprocess.run(["systemd-analyze", "verify", "--man=no", *units], capture_output=True, text=True)
    assert [line for line in said.stderr.splitlines() if "clusterportal" in line] == []


@needs_systemd
@pytest.mark.parametrize(
    "unit", [unit for unit in UNITS if unit.suffix == ".service"], ids=lambda unit: unit.stem
)
def test_services_may_do_little(unit):
    asked = [
        "systemd-analyze",
        "security",
        "--offline=true",
        "--no-pager",
        f"--threshold={MOST_EXPOSED}",
        unit,
    ]
    said = subprocess.run(asked, capture_output=True, text=True)
    assert said.returncode == 0, said.stdout


def test_the_units_run_commands_that_there_are():
    """With options that they have."""
    starts = [line for unit in UNITS for line in re.findall(r"^ExecStart=(.*)$", unit.read_text(), re.M)]
    commands = {re.search(r"manage\.py (\w+)", line)[1] for line in starts}
    assert commands == {"up", "backup"}
    options = set(re.findall(r"--[a-z-]+", " ".join(starts)))
    assert options == {"--host", "--port", "--workers", "--no-demo"}
    source = (ROOT / "clusterportal/core/management/commands/up.py").read_text()
    assert [option for option in options if f'"{option}"' not in source] == []


# ---------- container ----------
def instructions() -> list[tuple[str, str]]:
    text = re.sub(r"^#.*\n", "", (RECIPES / "Containerfile").read_text(), flags=re.M).replace("\\\n", " ")
    return [tuple(line.split(None, 1)) for line in text.splitlines() if line.strip()]


def test_the_container_is_not_root_and_says_how_it_is():
    said = instructions()
    names = [name for name, _rest in said]
    assert names[0] == "FROM"
    assert set(names) <= {
        "FROM",
        "RUN",
        "WORKDIR",
        "COPY",
        "USER",
        "ENV",
        "VOLUME",
        "EXPOSE",
        "HEALTHCHECK",
        "STOPSIGNAL",
        "CMD",
    }
    assert names.index("USER") > max(number for number, name in enumerate(names) if name in ("RUN", "COPY"))
    given = dict(said)
    assert given["USER"] == "clusterportal"
    assert json.loads(given["CMD"])[:3] == ["python", "manage.py", "up"]
    check = json.loads(given["HEALTHCHECK"][given["HEALTHCHECK"].index("CMD") + 3 :])
    compile(check[2], "health check", "exec")
    assert "/health/" in check[2]


def test_the_container_takes_what_is_there_and_names_no_index():
    for name, rest in instructions():
        if name == "COPY":
            assert all((ROOT / source).exists() for source in rest.split()[:-1]), rest
        assert "index-url" not in rest
    hashed = (ROOT / ".ci/requirements-hashed.txt").read_text()
    assert "index-url" not in hashed
    left_out = (ROOT / ".dockerignore").read_text().split()
    assert {".git", ".portal", ".venv", "*.env", "*.pem"} <= set(left_out)


def test_the_compose_file_gives_no_more_rights_than_needed():
    services = yaml.safe_load((RECIPES / "compose.yaml").read_text())["services"]
    portal = services["portal"]
    assert (RECIPES / portal["build"]["context"]).resolve() == ROOT
    assert (ROOT / portal["build"]["dockerfile"]).samefile(RECIPES / "Containerfile")
    assert portal["ports"] == ["127.0.0.1:8000:8000"]
    assert (portal["read_only"], portal["cap_drop"]) == (True, ["ALL"])
    assert "ports" not in services["database"]
    assert {service["logging"]["options"]["max-size"] for service in services.values()} == {"10m"}
