"""Words of libraries that have no German of their own, say “du”, or name things otherwise than we do.

From here they stand in our catalogue, which goes before theirs."""

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
    _("Enter a valid URL."), _("Enter a valid email address."), _("Enter a valid email address or addresses."),
    _("Enter a whole number."), _("Save and add another"), _("Save and continue editing"), _("Save and view"),
    _("Please type your current password."), _("You must type the same password each time."),
    _("Your password has been changed."), _("Your password is now changed."), _("You have signed out."),
    _("Are you sure you want to sign out?"), _("Your account has no password set up."),
    _("Your account has no verified email address."), _("Be patient, you are sending too many requests."),
    _("You cannot remove your primary email address."), _("Your primary email address must be verified."),
    _("Enter the code displayed on your device."),
    _("You are about to generate a new set of recovery codes for your account."),
    _("You are about to deactivate authenticator app based authentication. Are you sure?"),
    _(
        "Forgotten your password? Enter your email address below, and we'll send you an email allowing you to reset it."
    ),
    _(
        "We have sent you an email. If you have not received it please check your spam folder. Otherwise contact us if "
        "you do not receive it in a few minutes."
    ),
    _(" By %(filter_title)s "), _("Select %s to change"), _("You may edit it again below."),
    _("The {name} “{obj}” was changed successfully. You may edit it again below."),
    _("The {name} “{obj}” was changed successfully. You may add another {name} below."),
    _("In case you forgot, your username is %(username)s."), _("Thank you for using %(site_name)s!\n%(site_domain)s"),
    _("Too many failed login attempts. Try again later."), _("You are already logged in as %(user_display)s."),
    _("Please Confirm Your Email Address"), _("You must type the same email each time."),
    _(
        "You're receiving this email because you or someone else has requested a password reset for your user account."
        "\nIt can be safely ignored if you did not request a password reset. Click the link below to reset your "
        "password."
    ),
    _(
        "The password reset link was invalid, possibly because it has already been used.  Please request a "
        '<a href="%(passwd_reset_url)s">new password reset</a>.'
    ),
    _("Can export actors"), _("Can import actors"), _("Can merge actors"), _("Can publish actors"),
    _("Can work with actors of all clusters"), _("Can see contacts without consent"),
    _("Can publish contributions"), _("Can send issues"),
]  # fmt: skip
