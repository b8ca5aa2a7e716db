"""What can be done to many actors, a step each: counted before, written in a few statements however many they are."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from actors.models import Actor, LayerPlacement, Membership
from clusterportal.core.labels import field_label

INSERTED_AT_ONCE = 2000  # rows
Keys = Collection[int]


class BulkStep(Protocol):
    """`found` names the actors among the keys on which there is something to do; `write` does it to them."""

    @property
    def label(self) -> str: ...

    @property
    def idle(self) -> str:
        """Why nothing is done to the others."""
        ...

    def found(self, actors: Keys) -> set[int]: ...

    def write(self, actors: Keys) -> None: ...


def _of(model: type[models.Model], actors: Keys) -> models.QuerySet:
    return model._default_manager.filter(actor__pk__any_of=list(actors))


def _owners(records: models.QuerySet) -> set[int]:
    return set(records.order_by().values_list("actor_id", flat=True))


@dataclass(frozen=True)
class Add:
    """Gives actors a part that names `record` in its field `name`; `key` are further fields that make it another."""

    model: type[models.Model]
    name: str
    record: models.Model
    key: tuple[tuple[str, object], ...] = ()
    values: tuple[tuple[str, object], ...] = ()

    @property
    def label(self) -> str:
        names = {"part": field_label(self.model._meta.get_field(self.name)), "record": self.record}
        return _("%(part)s “%(record)s” added") % names

    @property
    def idle(self) -> str:
        return _("have it already")

    def found(self, actors: Keys) -> set[int]:
        standing = _of(self.model, actors).filter(**{self.name: self.record}, **dict(self.key))
        return set(actors) - _owners(standing)

    def write(self, actors: Keys) -> None:
        fields = {self.name: self.record, **dict(self.key), **dict(self.values)}
        rows = (self.model(actor_id=pk, **fields) for pk in actors)
        # Somebody may have added one meanwhile: it is there, which is all that was wanted.
        self.model._default_manager.bulk_create(rows, batch_size=INSERTED_AT_ONCE, ignore_conflicts=True)


@dataclass(frozen=True)
class Drop:
    """Takes the parts away that name `record`, of every kind unless `key` says which."""

    model: type[models.Model]
    name: str
    record: models.Model
    key: tuple[tuple[str, object], ...] = ()

    @property
    def label(self) -> str:
        names = {"part": field_label(self.model._meta.get_field(self.name)), "record": self.record}
        return _("%(part)s “%(record)s” taken away") % names

    @property
    def idle(self) -> str:
        return _("do not have it")

    def _rows(self, actors: Keys) -> models.QuerySet:
        return _of(self.model, actors).filter(**{self.name: self.record}, **dict(self.key))

    def found(self, actors: Keys) -> set[int]:
        return _owners(self._rows(actors))

    def write(self, actors: Keys) -> None:
        self._rows(actors).delete()


@dataclass(frozen=True)
class Leave(Drop):
    """Takes memberships away; `own`: an actor with none in these clusters any more would be out of reach, so it stays.

    `own` is None for people who reach all actors.
    """

    own: frozenset[int] | None = None

    @property
    def idle(self) -> str:
        if self.own is None:
            return super().idle
        return _("do not have it, or would be out of your reach without it")

    def found(self, actors: Keys) -> set[int]:
        leaving = super().found(actors)
        if self.own is None:
            return leaving
        rows = self._rows(leaving).values("pk")
        return leaving & _owners(_of(Membership, leaving).filter(cluster__in=self.own).exclude(pk__in=rows))


@dataclass(frozen=True)
class SetBasis:
    """Gives placements that are there another ground."""

    layer: models.Model
    basis: str
    basis_label: str | Promise

    @property
    def label(self) -> str:
        return _("Ground on layer “%(layer)s” is now “%(basis)s”") % {
            "layer": self.layer,
            "basis": self.basis_label,
        }

    @property
    def idle(self) -> str:
        return _("have it already or did not stand there")

    def _rows(self, actors: Keys) -> models.QuerySet:
        return _of(LayerPlacement, actors).filter(layer=self.layer).exclude(basis=self.basis)

    def found(self, actors: Keys) -> set[int]:
        return _owners(self._rows(actors))

    def write(self, actors: Keys) -> None:
        self._rows(actors).update(basis=self.basis)


@dataclass(frozen=True)
class SetMain:
    """Makes a layer the main one of those who stand on it; None: none is.

    `is_added`: a later step places those there, as on their main layer, who do not stand there.
    """

    layer: models.Model | None
    is_added: bool = False

    @property
    def label(self) -> str:
        if self.layer is None:
            return _("No main layer any more")
        return _("Main layer is now “%(layer)s”") % {"layer": self.layer}

    @property
    def idle(self) -> str:
        return _("had none") if self.layer is None else _("have it already or do not stand there")

    def found(self, actors: Keys) -> set[int]:
        placements = _of(LayerPlacement, actors)
        if self.layer is None:
            return _owners(placements.filter(is_primary=True))
        if self.is_added:
            return set(actors) - _owners(placements.filter(layer=self.layer, is_primary=True))
        return _owners(placements.filter(layer=self.layer, is_primary=False))

    def write(self, actors: Keys) -> None:
        _of(LayerPlacement, actors).filter(is_primary=True).update(is_primary=False)
        if self.layer is not None:
            _of(LayerPlacement, actors).filter(layer=self.layer).update(is_primary=True)


@dataclass(frozen=True)
class SetField:
    """Writes a value into a column of the actor itself.

    `shown`: the value as people read it; a text of somebody's own is not repeated in the history of acts.
    """

    column: str
    value: str
    shown: str | Promise = ""

    @property
    def label(self) -> str:
        name = field_label(Actor._meta.get_field(self.column))
        if not self.value:
            return _("%(field)s emptied") % {"field": name}
        if not self.shown:
            return _("%(field)s set") % {"field": name}
        return _("%(field)s is now “%(value)s”") % {"field": name, "value": self.shown}

    @property
    def idle(self) -> str:
        return _("have it already") if self.value else _("are empty there")

    def found(self, actors: Keys) -> set[int]:
        others = Actor.objects.with_keys(actors).exclude(**{self.column: self.value})
        return set(others.values_list("pk", flat=True))

    def write(self, actors: Keys) -> None:
        Actor.objects.with_keys(actors).update(**{self.column: self.value})
