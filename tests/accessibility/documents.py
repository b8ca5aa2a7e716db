"""The PDFs that the portal makes, read by the checks of `tests/pdf_structure.py`."""

from collections import Counter
from collections.abc import Iterator

from django.test import Client
from django.utils.translation import override

from clusterportal.atlas.domain import content
from clusterportal.atlas.domain.atlas_document import make
from clusterportal.atlas.filters import chosen
from tests.accessibility.checking import Fault
from tests.clusterportal.admin_world import HERE, World
from tests.pdf_structure import structure_of

ADDRESSES = [
    "/de/akteure/fraunhofer-itwm/profil.pdf", "/en/actors/fraunhofer-itwm/profile.pdf",
    "/de/dokumente/beegfs-vom-institut-ins-rechenzentrum.pdf",
]  # fmt: skip


def faults_of_documents(world: World, counts: Counter) -> list[Fault]:
    """What is wrong in them; `counts` learns how many there are."""
    return [
        Fault("document", address, "", fault)
        for address, pdf in _documents(world, counts)
        for fault in structure_of(pdf).faults
    ]


def _documents(world: World, counts: Counter) -> Iterator[tuple[str, bytes]]:
    reader = Client()
    reader.force_login(world.people["a"])
    for address in (*ADDRESSES, world.addresses("labels_criteriaassessment_report")[HERE]):
        counts["documents"] += 1
        yield address, reader.get(address).content
    found = chosen("")
    for language in ("de", "en"):
        counts["documents"] += 1
        with override(language):
            atlas, _report = make(content.atlas(found.selection, found.taxonomy, scope=found.scope))
        yield f"atlas ({language})", atlas.pdf
