"""Who may state a relation: whoever works with one of its ends, and publishes what everybody will see."""

from django.utils.translation import gettext as _

from actors.models import Actor
from actors.rules import can_publish, reaches


def objection_to_relation(user, source: Actor, target: Actor) -> str:
    """Why `user` may not state or change a relation between the two; empty when they may."""
    if not (reaches(user, source) or reaches(user, target)):
        return _("At least one end must be an actor of your clusters.")
    if source.is_published and target.is_published and not can_publish(user):
        return _(
            "Both actors are published: state the relation on the page of one of them, it goes to review."
        )
    return ""
