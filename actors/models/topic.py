"""What actors work on: topics, other words for them, and which one is broader than which."""

import pgtrigger
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from actors.models.actor import Actor
from actors.models.base import ActorPart, feeds_search, renaming_feeds_search
from actors.querysets import TopicLinkQuerySet, TopicQuerySet
from clusterportal.core.functions import gathered_column, gathers
from clusterportal.core.languages import column_names, translated
from clusterportal.history.models import Permanent, Recorded, is_news_of_all
from clusterportal.history.tracking import tracked
from clusterportal.terms.models import Synonym, once_a_term

CIRCLE = _("A topic cannot be broader than one that is broader than itself.")


@tracked
class Topic(Permanent):
    """A subject that actors focus on."""

    slug = models.SlugField(_("address"), unique=True, max_length=120)
    name = translated(models.CharField(_("name"), max_length=160), required=True)
    key = gathered_column()
    broader = models.ManyToManyField(
        "self",
        through="TopicLink",
        through_fields=("topic", "broader"),
        symmetrical=False,
        blank=True,
        related_name="narrower",
        verbose_name=_("broader topics"),
    )

    objects = TopicQuerySet.as_manager()

    class Meta(Permanent.Meta):
        ordering = ["key", "pk"]
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        indexes = [GinIndex(OpClass("key", "gin_trgm_ops"), name="topic_trigrams")]
        triggers = [
            *Permanent.Meta.triggers,
            is_news_of_all("slug", *column_names("name")),
            gathers("key", *column_names("name")),
            renaming_feeds_search(
                "SELECT actor_id FROM actors_actortopic WHERE topic_id = NEW.id", *column_names("name")
            ),
        ]

    def __str__(self) -> str:
        return self.name


@tracked
class TopicSynonym(Synonym):
    """Another word for a topic: the actors that work on it are found by it as well."""

    term_field = "topic"

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="synonyms", verbose_name=_("topic"))

    class Meta(Synonym.Meta):
        constraints = once_a_term("topic", table="topicsynonym")
        triggers = [
            *Synonym.Meta.triggers,
            *feeds_search("SELECT actor_id FROM changed JOIN actors_actortopic USING (topic_id)"),
        ]


class RefuseCircle(pgtrigger.Trigger):
    """No topic is broader than itself, by however many steps. Two who link topics at once wait for each other."""

    name = "refuse_circle"
    operation = pgtrigger.Insert | pgtrigger.Update
    when = pgtrigger.Before
    func = """PERFORM pg_advisory_xact_lock(hashtext('actors_topiclink'));
IF EXISTS (
    WITH RECURSIVE above (id) AS (
        SELECT NEW.broader_id
        UNION
        SELECT link.broader_id FROM actors_topiclink link JOIN above ON link.topic_id = above.id
            WHERE link.id IS DISTINCT FROM NEW.id
    ) SELECT FROM above WHERE id = NEW.topic_id
) THEN
    RAISE EXCEPTION 'a topic would be broader than itself'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'topic_broader_without_a_circle';
END IF;
RETURN NEW;"""


@tracked
class TopicLink(Recorded):
    """One topic is broader than another, as SKOS has it: a topic may have several broader ones."""

    topic = models.ForeignKey(
        Topic, models.CASCADE, related_name="broader_links", verbose_name=_("narrower topic")
    )
    broader = models.ForeignKey(
        Topic, models.CASCADE, related_name="narrower_links", verbose_name=_("broader topic")
    )

    objects = TopicLinkQuerySet.as_manager()

    class Meta(Recorded.Meta):
        ordering = ["broader__key", "pk"]
        verbose_name = _("broader topic")
        verbose_name_plural = _("broader topics")
        constraints = [
            models.UniqueConstraint(
                fields=["topic", "broader"],
                name="topic_broader_once",
                violation_error_message=_("This topic stands there already."),
            )
        ]
        triggers = [*Recorded.Meta.triggers, RefuseCircle()]

    def __str__(self) -> str:
        return f"{self.topic} → {self.broader}"

    def clean(self):
        if self.topic_id and self.broader_id and self.topic_id in TopicLink.objects.above(self.broader_id):
            raise ValidationError({"broader": CIRCLE})


@tracked
class ActorTopic(ActorPart):
    """An actor works on a topic."""

    actor = models.ForeignKey(Actor, models.CASCADE, related_name="actor_topics", verbose_name=_("actor"))
    topic = models.ForeignKey(Topic, models.CASCADE, related_name="actor_topics", verbose_name=_("topic"))

    class Meta(ActorPart.Meta):
        ordering = ["topic__key"]
        verbose_name = _("topic of an actor")
        verbose_name_plural = _("topics of actors")
        constraints = [models.UniqueConstraint(fields=["actor", "topic"], name="topic_once_an_actor")]
        triggers = [*ActorPart.Meta.triggers, *feeds_search()]

    def __str__(self) -> str:
        return f"{self.actor}: {self.topic}"
