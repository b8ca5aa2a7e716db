"""Records of cluster management for the doors of the admin: of each kind one for every cluster."""

from tests.factories import make_action, make_plan


def management_records(clusters) -> dict[str, list]:
    """By app and model, as addresses of the admin begin."""
    plans = [make_plan(cluster) for cluster in clusters]
    return {"plans_actionplan": plans, "plans_action": [make_action(plan) for plan in plans]}
