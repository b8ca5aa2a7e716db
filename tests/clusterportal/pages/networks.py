"""What the tests of the network page share."""

from django.urls import reverse

from actors.models import ActorRelation


def relate(source, target, kind="cooperation", **fields):
    return ActorRelation.objects.create(source=source, target=target, kind=kind, **fields)


def get_network(client, query=""):
    return client.get(f"{reverse('pages:network')}{query}")


def pairs(response) -> list[tuple[str, str, str]]:
    return [(str(one.source), one.kind, str(one.target)) for one in response.context["page"]]
