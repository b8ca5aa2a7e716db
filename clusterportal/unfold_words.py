"""Words of the admin's libraries that lack German of their own: named here, they stand in our catalogue."""

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
    _("After you've created a user, you’ll be able to edit more user options."),
    _(
        "Raw passwords are not stored, so there is no way to see this user’s password, but you can change the password "
        'using <a href="{}" class="text-primary-600 dark:text-primary-500">this form</a>.'
    ),
    _("Enter the same password as before, for verification."),
    _("Can export actors"), _("Can import actors"), _("Can merge actors"), _("Can publish actors"),
    _("Can work with actors of all clusters"), _("Can see contacts without consent"),
]  # fmt: skip
