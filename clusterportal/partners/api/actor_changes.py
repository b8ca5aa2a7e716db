"""The changes of one actor: its public history, as far as the feed goes back. It names fields and holds no values."""

from django.http import HttpResponsePermanentRedirect
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.response import Response

from actors.api.lookup import Moved, find
from actors.models import Actor
from clusterportal.core.api.problems import CONTENT_TYPE, PROBLEM_SCHEMA
from clusterportal.core.api.serializers import PublicSerializer
from clusterportal.partners.api.changes import EntrySerializer
from clusterportal.partners.api.documentation import BUSY
from clusterportal.partners.api.state import FeedView, current_state
from clusterportal.partners.domain.entries import as_told
from clusterportal.partners.enums import FeedObject
from clusterportal.partners.models import FeedEntry

MOST_ENTRIES = 1000  # entries; who changes oftener is followed by the feed


class ActorChangesSerializer(PublicSerializer):
    changes = EntrySerializer(many=True, read_only=True)


class ActorChangesView(FeedView):
    """What has changed in one actor, the newest first."""

    about = _("What has changed in one actor within the last 400 days, the newest first")

    @extend_schema(
        operation_id="actors_changes",
        responses={
            200: ActorChangesSerializer,
            301: OpenApiResponse(description=_("The actor has another address today.")),
            (410, CONTENT_TYPE): OpenApiResponse(PROBLEM_SCHEMA, _("The actor was public once.")),
            **BUSY,
        },
    )
    def get(self, request, slug):
        now = current_state()
        found = find(Actor.objects.published().only("uid"), slug)
        if isinstance(found, Moved):
            return HttpResponsePermanentRedirect(self.addresses.of("api:actor-changes-detail", found.slug))
        entries = FeedEntry.objects.filter(
            object=FeedObject.ACTOR, uid=found.uid, position__gt=0, position__lte=now.position
        )
        newest = entries.order_by("-position")[:MOST_ENTRIES]
        told = [as_told(one, now.epoch, self.addresses) for one in newest]
        return Response({"changes": told}, headers={"Cache-Control": "no-cache"})
