"""What the documentation of the endpoints shows; cut to one entry of each."""

_HOST = "https://portal.example"
_DFKI = {
    "uid": "8f0f7b6e-0d4e-4f0c-9a55-2a1a3c1f6d10",
    "slug": "dfki",
    "name": "Deutsches Forschungszentrum für Künstliche Intelligenz",
    "url": f"{_HOST}/en/actors/dfki/",
    "api_url": f"{_HOST}/api/v1/actors/dfki/",
}
NETWORK = {
    "choice": {
        "cluster": {"slug": "it-cluster-kaiserslautern", "name": "IT-Cluster Kaiserslautern"},
        "as_of": "2026-11-26",
        "kinds": ["cooperation", "research"],
        "projects": True,
        "directed": False,
        "border": "inside",
    },
    "description": "Relations (Cooperation, Research cooperation) and projects among the members of "
    "IT-Cluster Kaiserslautern, as of 26 November 2026; only what is public; directions do not count; "
    "parallel ties count once.",
    "nodes": [{**_DFKI, "kind": "research_institute", "main_layer": "applied-research"}],
    "ties": [
        {
            "source": "dfki",
            "target": "fraunhofer-iese",
            "kinds": ["research"],
            "records": [
                {
                    "kind": "research",
                    "relation": "0c2f6a3e-95b1-4f61-bb0d-5d3f0f7a5c11",
                    "project": None,
                    "since": "2001-01-01",
                    "until": None,
                }
            ],
        }
    ],
    "measures": [
        {
            "code": "network_density",
            "label": "Network density",
            "unit": "%",
            "value": 5.4,
            "reason": None,
            "as_of": "2026-11-26",
            "method_url": f"{_HOST}/en/clusters/it-cluster-kaiserslautern/monitor/#m-network_density",
            "actors": 29,
        }
    ],
}
PROJECT = {
    "slug": "example-project",
    "title": "Example project",
    "description": None,
    "status": "running",
    "starts_on": "2026-01-01",
    "ends_on": "2029-01-01",
    "partners": [{"actor": _DFKI, "role": "coordinator"}],
    "areas": [{"slug": "health-medtech", "name": "Health and medical technology"}],
    "layers": [{"slug": "applied-research", "position": 2, "name": "Applied research and transfer"}],
    "funder": "Example funder",
    "programme": "Example programme",
    "amount": "1500000.00",
    "currency": "EUR",
    "result": None,
    "evidence": None,
    "is_example": True,
    "updated_at": "2026-11-26T08:00:00Z",
}
