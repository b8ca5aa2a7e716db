"""Who may see enquiries: who answers for the actors that they are about."""

from actors.rules import is_staff


def can_see_enquiries(user) -> bool:
    return is_staff(user) and user.has_perm("enquiries.view_enquiry")
