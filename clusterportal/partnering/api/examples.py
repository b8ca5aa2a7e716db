"""What the documentation shows; the organisation does not exist."""

_HOST = "https://portal.example"

SEARCH = {
    "uid": "6f5a1a0e-64f8-4c53-9d3e-6b1f2f3a9c11",
    "slug": "image-processing-for-weld-inspection",
    "url": f"{_HOST}/en/partner-search/image-processing-for-weld-inspection/",
    "api_url": f"{_HOST}/api/v1/partner-searches/image-processing-for-weld-inspection/",
    "kind": "request",
    "title": "Image processing for weld inspection",
    "languages": ["de", "en"],
    "actor": {"uid": "0d1f6a52-8a6f-4f0b-8d38-0a52d6a2b7f4", "slug": "example-ltd", "name": "Example Ltd"},
    "layer": {"slug": "applied-research", "position": 2, "name": "Applied research and transfer"},
    "areas": [{"slug": "automation-plant", "name": "Automation and plant engineering"}],
    "topics": [{"slug": "image-processing", "name": "Image processing"}],
    "deadline": "2027-01-31",
    "state": "open",
    "outcome": None,
    "is_example": True,
    "published_at": "2026-11-02T08:00:00Z",
    "updated_at": "2026-11-02T08:00:00Z",
}
DETAIL = SEARCH | {
    "text": "An institute is sought that finds faults in welds from camera images.",
    "follower_count": 4,
    "source": None,
    "expired_at": None,
    "closed_at": None,
    "outcome_note": None,
    "fits": [
        {
            "actor": {
                "uid": "7c1f1d7e-52cf-4c5b-8a53-2a3a8d6a0e0b",
                "slug": "example-institute",
                "name": "Example Institute",
            },
            "areas": [{"slug": "automation-plant", "name": "Automation and plant engineering"}],
            "topics": ["Image processing"],
            "service": None,
            "is_near": True,
            "complementarity": 0.5,
        }
    ],
    "fit_count": 1,
}
