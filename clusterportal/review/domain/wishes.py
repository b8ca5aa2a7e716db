"""Topics that proposers wish for become real: one that is there already, or a new one."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from actors.models import ActorTopic, Topic
from clusterportal.core.languages import LANGUAGE_CODES
from clusterportal.core.slugs import slug_of, unused
from clusterportal.history.acts import act
from clusterportal.review.domain.actor_columns import record_of
from clusterportal.review.domain.moves import ReviewError
from clusterportal.review.models import Proposal
from clusterportal.review.rules import can_review
from clusterportal.terms.domain.similar_terms import NearTerms, SimilarTerm


@dataclass(frozen=True)
class Wish:
    """A word for a topic, with the topics that it may mean, the surest first."""

    word: str
    near: list[SimilarTerm]


def wishes_of(proposal: Proposal) -> list[Wish]:
    if not proposal.wanted_topics:
        return []
    terms = NearTerms(Topic)
    return [Wish(word, terms.of([word])) for word in proposal.wanted_topics]


def can_fulfil(user, proposal: Proposal) -> bool:
    """Who decides about the proposal, as long as there is something that can have the topic."""
    return can_review(user, proposal) and (proposal.is_open or bool(proposal.actor_id))


@transaction.atomic
def fulfil(*, proposal: Proposal, word: str, by, slug: str = "") -> Topic:
    """The wish for `word` comes true by the topic under `slug`, or without one by a new topic of that name.

    As long as the proposal is open, the topic stands among its changes and is assigned with them; afterwards the actor
    gets it at once. Raises PermissionDenied, and ReviewError when the wish or the topic is gone.
    """
    proposal = _locked(proposal, word, by=by)
    with act("review", by=by):
        topic = _chosen(slug) if slug else _made(word, proposal.language, by=by)
        if proposal.is_open:
            _propose(proposal, topic)
        else:
            ActorTopic.objects.get_or_create(actor=proposal.actor, topic=topic)
        _grant(proposal, word)
    return topic


@transaction.atomic
def leave(*, proposal: Proposal, word: str, by) -> None:
    """The wish is not fulfilled and not asked again. Raises PermissionDenied, ReviewError."""
    _grant(_locked(proposal, word, by=by), word)


def _locked(proposal: Proposal, word: str, *, by) -> Proposal:
    current = Proposal.objects.select_for_update(of=("self",)).select_related("actor").get(pk=proposal.pk)
    if not can_fulfil(by, current):
        raise PermissionDenied(_("You may not decide about this proposal."))
    if word not in current.wanted_topics:
        raise ReviewError(_("Somebody has decided about this topic already."))
    return current


def _chosen(slug: str) -> Topic:
    topic = Topic.objects.filter(slug=slug).first()
    if topic is None:
        raise ReviewError(_("This topic is no longer there."))
    return topic


def _made(word: str, language: str, *, by) -> Topic:
    """The first language has to have a name; the proposer's own gets it as well."""
    if not by.has_perm("actors.add_topic"):
        raise PermissionDenied
    names = {f"name_{code}": word for code in {LANGUAGE_CODES[0], language} & {*LANGUAGE_CODES}}
    made = slug_of(word) or Topic._meta.model_name or ""
    taken = set(Topic.objects.filter(slug__startswith=made).values_list("slug", flat=True))
    topic = Topic(slug=unused(made, taken), **names)
    topic.full_clean()
    topic.save()
    return topic


def _propose(proposal: Proposal, topic: Topic) -> None:
    if "topics" not in proposal.record:
        today = record_of(proposal.actor)["topics"] if proposal.actor else []
        proposal.base["topics"], proposal.record["topics"] = today, list(today)
    named = [item["topic"] for item in proposal.record["topics"]]
    if topic.slug not in named:
        proposal.record["topics"] = [*proposal.record["topics"], {"topic": topic.slug}]


def _grant(proposal: Proposal, word: str) -> None:
    proposal.wanted_topics = [one for one in proposal.wanted_topics if one != word]
    proposal.save(update_fields=["wanted_topics", "record", "base"])
