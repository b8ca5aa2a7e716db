"""What the documentation shows; neither the organisation nor the events exist."""

_HOST = "https://portal.example"

_CONTRIBUTION = {
    "uid": "b6a1f5de-1f0c-4a57-9f64-2f8a4b0f7c11",
    "slug": "open-laboratory",
    "url": f"{_HOST}/en/news/open-laboratory/",
    "api_url": f"{_HOST}/api/v1/news/open-laboratory/",
    "kind": "news",
    "number": None,
    "languages": ["de", "en"],
    "title": "The laboratory for image processing is open to companies",
    "subtitle": None,
    "lead": "Small companies may use it free of charge.",
    "date": "2026-11-02",
    "year": 2026,
    "deadline": None,
    "source": None,
    "is_example": True,
    "image": None,
    "event": None,
    "actors": [{"uid": "0d1f6a52-8a6f-4f0b-8d38-0a52d6a2b7f4", "slug": "example-ltd", "name": "Example Ltd"}],
    "clusters": [{"slug": "it-cluster", "name": "IT cluster"}],
    "areas": [{"slug": "automation-plant", "name": "Automation and plant engineering"}],
    "published_at": "2026-11-02T08:00:00Z",
    "announced_at": "2026-11-02T08:00:00Z",
    "updated_at": "2026-11-02T08:00:00Z",
}
_EVENT = {
    "kind": "workshop",
    "starts_at": "2026-12-02T16:00:00Z",
    "ends_at": "2026-12-02T18:00:00Z",
    "is_all_day": False,
    "place": "Kaiserslautern",
    "online_url": None,
    "organiser": None,
    "organiser_words": "Example Ltd",
    "registration_url": None,
    "registration_from": None,
    "registration_until": "2026-11-27",
    "is_full": False,
    "has_waiting_list": False,
    "cancelled_at": None,
    "moved_from": None,
    "sequence": 0,
}


def example_of(kind: str, address: str, **members) -> dict:
    """The entry of a list whose pages and records lie at `address`."""
    slug = _CONTRIBUTION["slug"]
    return (
        _CONTRIBUTION
        | {
            "kind": kind,
            "url": f"{_HOST}/en/{address}/{slug}/",
            "api_url": f"{_HOST}/api/v1/{address}/{slug}/",
        }
        | members
    )


NEWS = example_of("news", "news")
EVENT = example_of("event", "events", event=_EVENT, date="2026-12-02")
STORY = example_of("success_story", "success-stories", number=12)
IN_DETAIL = {
    "body": "## Who may come\n\nCompanies with fewer than 50 people.",
    "links": [{"label": "How to apply", "url": "https://example.org/apply", "language": "en"}],
    "files": [],
    "created_at": "2026-11-01T08:00:00Z",
}
