"""Words of the admin's library, which has no German of its own: named here, they stand in our catalogue."""

from django.utils.translation import gettext_noop as _

WORDS = [
    _("Welcome back to"), _("Return to site"), _("Light"), _("Dark"), _("System"), _("Type to search"),
    _("Select action"), _("Select action to run"), _("Run"), _("Select record"), _("Select all rows"),
    _("Select value"), _("Apply Filters"), _("Reset filters"), _("Clear all filters"), _("True"), _("False"),
    _("No results found"), _("This page yielded into no results. Create a new item or reset your filters."),
    _("Go back"), _("More actions"), _("All applications"), _("General"), _("Expand row"), _("Recent searches"),
    _("No recent searches"), _("No results matching your query"), _("Loading more results..."),
    _("Search apps and models..."), _("Filter navigation items"), _("No data"), _("Show all"), _("Hide counts"),
    _("Show counts"), _("Toggle sorting"), _("Remove from sorting"), _("Choose file to upload"), _("Current file"),
    _("Image preview"), _("Click to download"), _("Record picture"), _("Toggle password visibility"),
    _("This item will be deleted."), _("Click to cancel"), _("Add new item"), _("Date"), _("Date from"), _("Date to"),
    _("Value"), _("Unknown"), _("Forgotten your password or username?"),
    _("You have been successfully logged out from the administration"), _("Select all"),
]  # fmt: skip
