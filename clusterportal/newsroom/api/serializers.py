"""Contributions as the API and the feed of changes show them."""

from rest_framework import serializers

from actors.api.serializers import ActorReferenceSerializer
from clusterportal.core.api.serializers import (
    FileField,
    MomentField,
    NamedSerializer,
    PublicSerializer,
    TextField,
    optional,
)
from clusterportal.core.languages import LANGUAGE_CODES
from clusterportal.newsroom.enums import EventKind, Kind
from clusterportal.newsroom.models import PAGES


class PageField(serializers.URLField):
    """The absolute address of the page, by the kind of the contribution."""

    def __init__(self, **kwargs):
        super().__init__(read_only=True, source="*", **kwargs)

    def to_representation(self, contribution) -> str:  # type: ignore[override]  # a record, not a text
        return self.context["addresses"].of(PAGES[Kind(contribution.kind)], contribution.slug)


_ENDPOINTS = {Kind.EVENT: "api:event-detail", Kind.SUCCESS_STORY: "api:success-story-detail"}


class ApiAddressField(serializers.URLField):
    """The absolute address of the record in the API, by the kind of the contribution."""

    def __init__(self, **kwargs):
        super().__init__(read_only=True, source="*", **kwargs)

    def to_representation(self, contribution) -> str:  # type: ignore[override]  # a record, not a text
        name = _ENDPOINTS.get(Kind(contribution.kind), "api:news-detail")
        return self.context["addresses"].of(name, contribution.slug)


class StoredFileField(serializers.URLField):
    """The absolute address under which a file of a contribution can be taken along."""

    def __init__(self, **kwargs):
        super().__init__(read_only=True, source="pk", **kwargs)

    def to_representation(self, key) -> str:
        return self.context["addresses"].of("contribution-file", str(key))


class ImageSerializer(PublicSerializer):
    url = FileField(source="image")
    credit = serializers.CharField(source="image_credit", read_only=True)
    caption = TextField(source="image_caption")
    alt = TextField(source="image_alt")
    is_decorative = serializers.BooleanField(source="image_is_decorative", read_only=True)


class LinkSerializer(PublicSerializer):
    label = TextField()  # type: ignore[assignment]  # REST framework takes the fields out of the class
    url = serializers.URLField(read_only=True)
    language = optional()


class FileSerializer(PublicSerializer):
    label = TextField()  # type: ignore[assignment]  # REST framework takes the fields out of the class
    url = StoredFileField()
    name = serializers.CharField(read_only=True)
    media_type = serializers.CharField(read_only=True)
    size = serializers.IntegerField(read_only=True, help_text="Bytes.")
    language = optional()
    pages = optional(serializers.IntegerField)


class OccasionSerializer(PublicSerializer):
    """What an event has beyond other contributions."""

    kind = serializers.ChoiceField(EventKind.choices, source="event_kind", read_only=True)
    starts_at = MomentField()
    ends_at = MomentField(allow_null=True)
    is_all_day = serializers.BooleanField(read_only=True)
    place = optional()
    online_url = optional(serializers.URLField)
    organiser = ActorReferenceSerializer(source="public_organiser", read_only=True, allow_null=True)
    organiser_words = optional()
    registration_url = optional(serializers.URLField)
    registration_from = optional(serializers.DateField)
    registration_until = optional(serializers.DateField)
    is_full = serializers.BooleanField(read_only=True)
    has_waiting_list = serializers.BooleanField(
        read_only=True, help_text="When it is full, people may still register and wait for a place."
    )
    cancelled_at = MomentField(allow_null=True)
    moved_from = MomentField(allow_null=True)
    sequence = serializers.IntegerField(read_only=True)


class ContributionSerializer(PublicSerializer):
    """A news item, success story, publication, call or event. A language without a headline is not there."""

    uid = serializers.UUIDField(read_only=True)
    slug = serializers.SlugField(read_only=True)
    url = PageField()
    api_url = ApiAddressField()
    kind = serializers.ChoiceField(Kind.choices, read_only=True)
    number = optional(serializers.IntegerField)
    languages = serializers.ListField(child=serializers.ChoiceField(LANGUAGE_CODES), read_only=True)
    title = TextField()
    subtitle = TextField()
    lead = TextField()
    date = optional(serializers.DateField)
    year = optional(serializers.IntegerField)
    deadline = optional(serializers.DateField)
    source = optional()
    is_example = serializers.BooleanField(read_only=True)
    image = ImageSerializer(source="pictured", read_only=True, allow_null=True)
    event = OccasionSerializer(source="occasion", read_only=True, allow_null=True)
    actors = ActorReferenceSerializer(source="public_actors", many=True, read_only=True)
    clusters = NamedSerializer(source="public_clusters", many=True, read_only=True)
    areas = NamedSerializer(many=True, read_only=True)
    published_at = MomentField(allow_null=True)
    announced_at = MomentField(allow_null=True)
    updated_at = MomentField()


class ContributionDetailSerializer(ContributionSerializer):
    body = TextField(help_text="Markdown.")
    links = LinkSerializer(many=True, read_only=True)
    files = FileSerializer(many=True, read_only=True)
    created_at = MomentField()
