"""What everybody sees of contributions, in which order, and which ones a person works with."""

from datetime import date, datetime, time, timedelta
from typing import Self

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.search import TrigramStrictWordSimilarity
from django.db.models import F, Func, OuterRef, Prefetch, Q, QuerySet, TextField, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce, Now
from django.utils import timezone

from actors.models import Actor, LayerPlacement
from actors.search.query import Question
from applications.models import ApplicationArea
from clusterportal.clusters.models import Cluster
from clusterportal.clusters.querysets import OfClustersQuerySet
from clusterportal.core.languages import column_names
from clusterportal.core.publication import is_published
from clusterportal.newsroom.enums import Kind

CANCELLED_STAYS = timedelta(days=90)
# Trigrams in common, as the search of actors asks for (`actors/search/sql/near_words.sql`).
LEAST_LIKENESS = 0.4
_NEWEST = (F("year").desc(nulls_last=True), F("date").desc(nulls_last=True), "-pk")


def named_actors(*columns: str) -> Prefetch:
    """The actors with a page, as `public_actors`, with these columns (none: all) and `layer_positions`."""
    known = Actor.objects.published().annotate(layer_positions=_positions_of("pk"))
    return Prefetch("actors", known.only(*columns), to_attr="public_actors")


class ContributionQuerySet(OfClustersQuerySet):
    cluster_path = "owner_cluster"

    def published(self) -> Self:
        """What everybody sees now: by its dates, also when the job that writes down what they bring is late."""
        return self.filter(
            is_published(),
            Q(publish_at=None) | Q(publish_at__lte=Now()),
            Q(expires_at=None) | Q(expires_at__gt=Now()),
        )

    def scheduled(self) -> Self:
        """What is published at a moment that is still to be written down."""
        return self.filter(is_published(), publish_at__isnull=False)

    def of_kind(self, *kinds: str) -> Self:
        return self.filter(kind__in=kinds)

    def concerning(self, *, cluster=None, actor=None, area=None) -> Self:
        """What names the given cluster, actor and area: each record once."""
        found = self
        for name, wanted in (("clusters", cluster), ("actors", actor), ("areas", area)):
            if wanted is not None:
                through = getattr(self.model, name).through.objects
                column = f"{wanted._meta.model_name}_id"
                found = found.filter(pk__in=through.filter(**{column: wanted.pk}).values("contribution_id"))
        return found

    def with_names(self) -> Self:
        """With all that it names: areas, `public_actors` and `public_clusters` are those that have a page."""
        return self.with_host().prefetch_related(
            Prefetch("areas", ApplicationArea.objects.active()),
            named_actors(),
            Prefetch("clusters", Cluster.objects.published(), to_attr="public_clusters"),
        )

    def with_host(self) -> Self:
        """With the organiser, the positions of its layers as `host_positions`, and the matchmaking event."""
        return self.select_related("organiser", "matchmaking_event").annotate(
            host_positions=_positions_of("organiser")
        )

    def with_parts(self) -> Self:
        """With everything that a page shows."""
        return self.with_names().prefetch_related("links", "files")

    def newest(self) -> Self:
        """Newest first; what happened on an unknown day comes last in its year."""
        return self.order_by(*_NEWEST)

    def upcoming(self, today: date) -> Self:
        """Events that are not over at the beginning of the day (in the portal's time zone), the next one first."""
        begin = _begin_of(today)
        is_ahead = Q(ends_at__gte=begin) | Q(ends_at=None, starts_at__gte=begin)
        return self.filter(is_ahead, kind=Kind.EVENT).order_by("starts_at", "pk")

    def announced_first(self) -> Self:
        """What readers were told of last comes first; what the job has still to write down counts from its moment."""
        return self.annotate(told_at=Coalesce("announced_at", "publish_at", "created_at")).order_by(
            "-told_at", "-pk"
        )

    def in_calendars(self) -> Self:
        """Events as calendars hold them, the latest first. A cancelled one stays for 90 days: all shall hear of it."""
        is_known = Q(cancelled_at=None) | Q(cancelled_at__gt=Now() - CANCELLED_STAYS)
        return self.filter(is_known, kind=Kind.EVENT).order_by("-starts_at", "-pk")

    def past(self, today: date) -> Self:
        """Events that were over at the beginning of the day, the last one first."""
        begin = _begin_of(today)
        is_over = Q(ends_at__lt=begin) | Q(ends_at=None, starts_at__lt=begin)
        return self.filter(is_over, kind=Kind.EVENT).order_by("-starts_at", "-pk")

    def between(self, first: date, end: date) -> Self:
        """Events that stand on one of the days from `first` up to the day before `end`, in their order."""
        begins, ends = _begin_of(first), _begin_of(end)
        is_on = Q(ends_at__gte=begins) | Q(ends_at=None, starts_at__gte=begins)
        return self.filter(is_on, kind=Kind.EVENT, starts_at__lt=ends).order_by("starts_at", "pk")

    def matching(self, text: str, *, in_headlines: bool = False) -> Self:
        """What holds the words of a question, by the spelling and the word forms of the directory's search."""
        asked, values = Question.of(text).sql()
        found = f"SELECT registry_contributions_with({asked}, %s)"
        return self.filter(pk__in=RawSQL(found, [*values, in_headlines]))

    def nearly_matching(self, text: str) -> Self:
        """What may be meant by a question with typing errors, for when nothing matches.

        Its words are spelt nearly as those in use in the registry, or as words of the headlines. Nothing where a phrase
        is asked for or something excluded: who does that means it.
        """
        question = Question.of(text)
        if question.phrases or question.unwanted or not question.words:
            return self.none()
        asked, values = question.sql(misspelt=True)
        found = f"SELECT registry_contributions_with({asked}, false)"
        is_alike = Q()
        for number, word in enumerate(question.words.split()):
            spelt = _spelling(Value(word))
            likeness = TrigramStrictWordSimilarity(spelt, _spelling(_headlines()))  # type: ignore[arg-type]
            self = self.alias(**{f"likeness_{number}": likeness})
            is_alike &= Q(**{f"likeness_{number}__gte": LEAST_LIKENESS})
        return self.filter(Q(pk__in=RawSQL(found, values)) | is_alike)

    def best_first(self, text: str) -> Self:
        """What answers the question best comes first: by its headline, then its lead; of equals the newest."""
        asked, values = Question.of(text).sql()
        answers = Func(F("document__vector"), RawSQL(f"(SELECT {asked})", values), function="ts_rank")
        return self.order_by(answers.desc(), *_NEWEST)

    def older_than(self, one) -> Self:
        """Those that come after `one` in the order of `newest`, the next one first."""
        return self._beside(one, "lt").order_by("-year", "-day", "-pk")

    def newer_than(self, one) -> Self:
        return self._beside(one, "gt").order_by("year", "day", "pk")

    def _beside(self, one, beyond: str) -> Self:
        """An unknown day counts as the first of all, so that it comes last in its year."""
        day = one.date or date.min
        is_beside = Q(**{f"year__{beyond}": one.year})
        is_beside |= Q(**{"year": one.year, f"day__{beyond}": day})
        is_beside |= Q(**{"year": one.year, "day": day, f"pk__{beyond}": one.pk})
        return self.annotate(day=Coalesce("date", Value(date.min))).filter(is_beside)

    def written_by(self, user) -> Self:
        """What the person may write down at once: editors have no say in what is published."""
        reached = self.curated_by(user)
        if user.has_perm("newsroom.publish_contribution"):
            return reached
        return reached.exclude(is_published())

    def visible_to(self, user) -> Self:
        """Whose pictures and files a person of the staff may see before everybody does."""
        return self.curated_by(user)


class WithdrawnEventQuerySet(QuerySet):
    def in_calendars(self) -> Self:
        """What left within the last 90 days, the latest first."""
        return self.filter(withdrawn_at__gt=Now() - CANCELLED_STAYS).order_by("-starts_at", "-pk")

    def forgotten(self) -> Self:
        """What no calendar shows any more."""
        return self.filter(withdrawn_at__lte=Now() - CANCELLED_STAYS)


class PartQuerySet(QuerySet):
    """Parts of a contribution, named by `contribution`."""

    def curated_by(self, user) -> Self:
        return self.filter(contribution__in=self._contributions().curated_by(user).values("pk"))

    def written_by(self, user) -> Self:
        return self.filter(contribution__in=self._contributions().written_by(user).values("pk"))

    def _contributions(self) -> ContributionQuerySet:
        model = self.model._meta.get_field("contribution").related_model
        return ContributionQuerySet(model)


def _positions_of(actor: str) -> ArraySubquery:
    placed = LayerPlacement.objects.filter(actor=OuterRef(actor)).order_by("layer__position")
    return ArraySubquery(placed.values("layer__position"))


def _spelling(text) -> Func:
    """As the search writes every text: without accents, in small letters."""
    return Func(text, function="registry_spelling", output_field=TextField())


def _headlines() -> Func:
    return Func(Value(" "), *column_names("title"), function="concat_ws", output_field=TextField())


def _begin_of(day: date) -> datetime:
    """In the portal's time zone."""
    return timezone.make_aware(datetime.combine(day, time.min))
