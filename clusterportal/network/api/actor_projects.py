"""The cooperation projects of an actor, as a part of its public record."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef

from actors.api.nested import many_of, one_at
from clusterportal.core.languages import column_names
from clusterportal.network.models import ProjectPartner


def projects_of_actor() -> ArraySubquery:
    """Of the actor `OuterRef("pk")`, the latest first; examples are nobody's."""
    partnerships = ProjectPartner.objects.public().filter(actor=OuterRef("pk"), project__is_example=False)
    return many_of(
        partnerships.order_by(F("project__starts_on").desc(nulls_last=True), "project__slug"),
        "role",
        project=one_at("project", "slug", *column_names("title"), "starts_on", "ends_on"),
        cluster=one_at("project__cluster", "uid", "slug", *column_names("name")),
    )
