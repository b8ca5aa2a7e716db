"""Topics and relations as tables."""

from uuid import UUID

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext as _
from import_export import widgets

from actors.columns.values import neat, text_of
from actors.domain.relations import objection_to_relation
from actors.enums import MUTUAL_RELATIONS, ONCE_A_PAIR, IdentifierScheme
from actors.models import Actor, ActorRelation, Topic
from actors.validators import clean_identifier
from clusterportal.history.resources import NamedResource, RecordedResource
from clusterportal.tables.model_fields import fields_in_tables


class TopicResource(NamedResource):
    class Meta:
        model = Topic
        fields = fields_in_tables(Topic)


class RelationResource(RecordedResource):
    """Relations between actors that are there, seen from either end where a kind holds both ways."""

    key = ("source", "target", "kind")
    needed = (("source",), ("target",), ("kind",))

    class Meta:
        model = ActorRelation
        fields = fields_in_tables(ActorRelation)

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        ends = ActorWidget(Actor.objects.visible_to(self.by) if self.by else Actor.objects.all())
        self.fields["source"].widget = self.fields["target"].widget = ends

    def read_records(self, records) -> None:
        self.recorded = {_pair(one.source_id, one.target_id, one.kind): one for one in records}

    def get_instance(self, instance_loader, row):
        source, target, kind = (self.meaning(row, column) for column in self.key)
        relation = self.recorded.get(_pair(source, target, kind))
        if relation is None or relation.source_id == source:
            return relation
        if kind not in MUTUAL_RELATIONS:
            return None  # a new one the other way round, which the model refuses
        row["source"], row["target"] = row["target"], row["source"]
        return relation

    def title_of(self, row: dict) -> str:
        return f"{row.get('source') or '?'} → {row.get('target') or '?'}"

    def subjects(self, instance, row: dict) -> list:
        return [_pair(instance.source_id, instance.target_id, instance.kind)]

    def validate_instance(self, instance, import_validation_errors=None, validate_unique=True):
        super().validate_instance(instance, import_validation_errors, validate_unique)
        if objection := objection_to_relation(self.by, instance.source, instance.target):
            raise ValidationError({NON_FIELD_ERRORS: objection})


class ActorWidget(widgets.Widget):
    """One of `actors` by its address or permanent id, present or former, or by an identifier as `scheme:value`."""

    def __init__(self, actors):
        super().__init__()
        self.actors, self.found = actors, {}  # what cells say -> key, each asked for once
        self.names: dict[int, str] = {}

    def clean(self, value, row=None, **kwargs) -> int:
        """The key of the actor; raises ValueError with a reason for people."""
        try:
            text = neat(text_of(value))
        except ValidationError as error:
            raise ValueError(" ".join(error.messages)) from error
        if text not in self.found:
            self.found[text] = self._find(text)
        if self.found[text] is None:
            raise ValueError(
                _("No actor has the address, permanent id or identifier “%(text)s”.") % {"text": text}
            )
        return self.found[text]

    def _find(self, text: str) -> int | None:
        ways: list[dict[str, object]] = [{"slug": text}, {"former_slugs__slug": text}]
        scheme, _colon, number = text.partition(":")
        if uid := _uid(text):
            ways = [{"uid": uid}, {"former_uids__uid": uid}]
        elif scheme in IdentifierScheme.values and number:
            ways = [{"identifiers__scheme": scheme, "identifiers__value": _identifier(scheme, number)}]
        for way in ways:
            if found := self.actors.filter(**way).values_list("pk", "name").first():
                self.names[found[0]] = found[1]
                return found[0]
        return None

    def render(self, value, obj=None, **kwargs) -> str:
        if value and value not in self.names:
            self.names[value] = Actor.objects.values_list("name", flat=True).get(pk=value)
        return self.names.get(value, "")

    def is_same(self, value, current) -> bool:
        return value == current


def _pair(source: int, target: int, kind: str) -> tuple:
    """Two actors and the kind of their relation: in one order where the kind stands once between two."""
    ends = (source, target)
    is_either_way = kind in ONCE_A_PAIR and None not in ends
    return (*(sorted(ends) if is_either_way else ends), kind)


def _uid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _identifier(scheme: str, value: str) -> str:
    try:
        return clean_identifier(scheme, value)
    except ValidationError:
        return value
