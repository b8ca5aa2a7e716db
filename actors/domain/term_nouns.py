"""Terms that actors are assigned to and that can be merged: topics and application areas."""

from dataclasses import dataclass

from django.db import models

from actors.enums import TermNoun
from actors.models import ActorTopic, ApplicationFocus, TermMerge, Topic
from applications.models import ApplicationArea
from clusterportal.history.former_addresses import key_once_at


@dataclass(frozen=True)
class Noun:
    model: type[models.Model]
    assignment: type[models.Model]  # what says that an actor has the term
    field: str  # of the assignment, for the term


_NOUNS = {
    TermNoun.TOPIC: Noun(Topic, ActorTopic, "topic"),
    TermNoun.AREA: Noun(ApplicationArea, ApplicationFocus, "area"),
}


def noun_of(code: str) -> Noun:
    return _NOUNS[TermNoun(code)]


def address_today(code: str, slug: str) -> str:
    """The address of the term that was at `slug` before, or of what it became part of; else `slug` itself."""
    model = noun_of(code).model
    if model._default_manager.filter(slug=slug).exists():  # taken into use once more
        return slug
    kept = TermMerge.objects.kept_for(code, {slug}).get(slug)
    if kept is None and (once := key_once_at(model, slug)):
        kept = TermMerge.objects.kept_of(code, once)
    found = model._default_manager.filter(pk=kept).values_list("slug", flat=True).first()
    return found or slug
