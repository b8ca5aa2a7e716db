"""Who may do what with partners and their keys."""


def can_manage(user) -> bool:
    """Who admits partners and makes or revokes their keys: administrators."""
    return user.is_active and user.has_perm("partners.change_partner")
