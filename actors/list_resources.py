"""Topics and relations as tables."""

from actors.models import Topic
from clusterportal.history.resources import NamedResource
from clusterportal.tables.admin import columns_of


class TopicResource(NamedResource):
    class Meta:
        model = Topic
        fields = columns_of(Topic)
