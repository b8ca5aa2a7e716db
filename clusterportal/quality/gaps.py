"""What an actor lacks, for its own page: what, why it matters, and where to fill it in."""

from django.urls import reverse

from actors.domain.completeness import completeness, gaps

# The tab of the actor's page on which each gap is filled; all others are fields of the first tab.
_TABS = {"placements": "positions", "foci": "positions"}


def gaps_panel(actor) -> dict:
    """Context of `admin/quality/_gaps.html`; reads placements and foci of `actor`."""
    missing = [
        {
            "label": gap.label,
            "why": gap.why,
            "tab": _TABS.get(gap.code, "general"),
            "href": f"#{_TABS[gap.code]}" if gap.code in _TABS else f"#id_{gap.code}",
        }
        for gap in gaps(actor)
    ]
    return {
        "percent": completeness(actor),
        "missing": missing,
        "look_url": reverse("admin:quality_duplicatepair_look", args=[actor.pk]),
        "choose_url": reverse("admin:quality_duplicatepair_choose", args=[actor.pk]),
    }
