"""What an actor lacks, for its own page: what, why it matters, and where to fill it in."""

from django.urls import reverse

from actors.domain.completeness import completeness, missing_fields

# The tab of the actor's page on which each field is filled; all others are fields of the first tab.
_TABS = {"placements": "positions", "foci": "positions"}


def missing_fields_panel(actor) -> dict:
    """Context of `admin/quality/_missing_fields.html`; reads placements and foci of `actor`."""
    missing = [
        {
            "label": field.label,
            "why": field.why,
            "tab": _TABS.get(field.code, "general"),
            "href": f"#{_TABS[field.code]}" if field.code in _TABS else f"#id_{field.code}",
        }
        for field in missing_fields(actor)
    ]
    return {
        "percent": completeness(actor),
        "missing": missing,
        "look_url": reverse("admin:quality_duplicatepair_look", args=[actor.pk]),
        "choose_url": reverse("admin:quality_duplicatepair_choose", args=[actor.pk]),
    }
