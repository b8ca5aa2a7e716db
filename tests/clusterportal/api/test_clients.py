"""Clients made from the OpenAPI document, as partners make them, ask the portal itself."""

import importlib
import json
import shutil
import subprocess
import sys
from types import ModuleType

import httpx
import pytest

from clusterportal.api.schema import schema_in
from clusterportal.wsgi import application
from tests.factories import make_actor, make_area, make_cluster

NAME = "portal_client"
TOOLS = ("openapi-typescript", "tsc", "node")
PROGRAM = """
import type { paths } from "./api";

type Actors = paths["/api/v1/actors"]["get"]["responses"][200]["content"]["application/json"];
type Actor = paths["/api/v1/actors/{slug}"]["get"]["responses"][200]["content"]["application/json"];

async function read<T>(path: string): Promise<T> {
  const answer = await fetch(process.argv[2] + path);
  if (!answer.ok) throw new Error(await answer.text());
  return (await answer.json()) as T;
}
const page = await read<Actors>("/api/v1/actors?layer=applied-research&page_size=1");
const [first] = page.results;
if (!first) throw new Error("nobody");
const whole = await read<Actor>(`/api/v1/actors/${first.slug}`);
const kind: string = whole.kind;
console.log(JSON.stringify([page.count, whole.name, kind, whole.layers.map((one) => one.position)]));
"""
STRICT = {"strict": True, "noUncheckedIndexedAccess": True, "target": "es2022", "module": "esnext"}


@pytest.fixture(scope="module")
def document(tmp_path_factory):
    file = tmp_path_factory.mktemp("client") / "openapi.json"
    file.write_text(json.dumps(schema_in("en"), default=str))
    return file


@pytest.fixture(scope="module")
def made(document) -> ModuleType:
    """The client that openapi-python-client makes."""
    folder, settings = document.parent, document.parent / "settings.yaml"
    settings.write_text("post_hooks: []\n")
    done = subprocess.run(
        [sys.executable, "-m", "openapi_python_client", "generate", "--path", str(document), "--meta", "none",
         "--output-path", str(folder / NAME), "--config", str(settings)],
        capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    sys.path.insert(0, str(folder))
    yield importlib.import_module(NAME)
    sys.path.remove(str(folder))


@pytest.fixture
def registry(chain):
    cluster = make_cluster("mitte")
    make_actor("Alpha", layers=[2, 1], areas=[make_area()], clusters=[cluster], website="https://a.example")
    make_actor("Beta", kind="company", layers=[5])


@pytest.fixture
def client(made, one_connection):
    transport = httpx.WSGITransport(app=application)
    return made.Client(base_url="http://testserver", httpx_args={"transport": transport})


def call(tag: str, operation: str, **asked):
    return importlib.import_module(f"{NAME}.api.{tag}.{operation}").sync(**asked)


def test_a_python_client_reads_the_registry(client, made, registry):
    page = call("actors", "actors_list", client=client, layer=["applied-research"], page_size=10)
    assert [(one.name, one.kind, one.layers[0].position) for one in page.results] == [
        ("Alpha", "research_institute", 1)
    ]
    include = [made.models.ActorsListIncludeItem(name) for name in ("layers", "memberships")]
    plain, full = (
        call("actors", "actors_list", client=client, page_size=1, **asked).results[0]
        for asked in ({}, {"include": include})
    )
    assert [one.cluster.slug for one in full.memberships] == ["mitte"]
    assert (full.layers[0].basis, bool(plain.memberships), bool(plain.layers[0].basis)) == (
        "topic",
        False,
        False,
    )
    whole = call("actors", "actors_retrieve", client=client, slug="alpha")
    assert (whole.name, whole.website, [one.slug for one in whole.clusters]) == (
        "Alpha",
        "https://a.example",
        ["mitte"],
    )
    matrix = call("model", "matrix_retrieve", client=client)
    assert (matrix.total, len(matrix.layers)) == (2, 5)
    assert len(call("model", "layers_list", client=client).results) == 5
    changes = call("partners", "changes_retrieve", client=client)
    assert {one.object_ for one in changes.changes} >= {"actor", "layer", "cluster"}
    assert call("actors", "actors_list_csv", client=client).startswith("uid,")


def test_a_python_client_reads_problems_and_values_that_it_does_not_know(client, made, registry):
    problem = call("actors", "actors_retrieve", client=client, slug="nobody")
    assert (problem.status, problem.title) == (404, "Nicht gefunden")
    whole = call("actors", "actors_retrieve", client=client, slug="beta")
    assert type(whole).from_dict(whole.to_dict() | {"kind": "cooperative"}).kind == "cooperative"


@pytest.mark.skipif(not all(map(shutil.which, TOOLS)), reason=f"needs {', '.join(TOOLS)} of npm on the path")
def test_a_typescript_client_compiles_strictly_and_reads(document, live_server, chain, transactional_db):
    make_actor("Alpha", layers=[2])
    folder = document.parent
    (folder / "use.ts").write_text(PROGRAM)
    (folder / "package.json").write_text('{"type": "module"}')
    (folder / "node.d.ts").write_text("declare const process: { argv: [string, string, string] };")
    (folder / "tsconfig.json").write_text(
        json.dumps({"compilerOptions": STRICT, "files": ["use.ts", "node.d.ts"]})
    )
    for command in (
        ["openapi-typescript", str(document), "-o", "api.ts"],
        ["tsc", "-p", "."],
        ["node", "use.js", live_server.url],
    ):
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    assert json.loads(done.stdout) == [1, "Alpha", "research_institute", [2]]
