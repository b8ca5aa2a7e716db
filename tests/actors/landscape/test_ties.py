"""Relations as arrays: whom they join, counted and narrowed like actors."""

import numpy as np
import pytest

from actors.facets.index_loading import current_index
from actors.landscape.ties import Ties
from actors.models import ActorRelation
from tests.factories import make_actor

pytestmark = pytest.mark.django_db


def test_ties_are_the_public_relations():
    hub, one, two = (make_actor(name) for name in ("Mitte", "Eins", "Zwei"))
    draft = make_actor("Entwurf", state="draft")
    pairs = [(hub, one, "parent"), (one, hub, "supply"), (two, hub, "parent"), (hub, draft, "parent")]
    first, second, third, _hidden = (
        ActorRelation.objects.create(source=source, target=target, kind=kind)
        for source, target, kind in pairs
    )
    index = current_index()
    ties = Ties.of(index)
    joined = {
        key: set(index.keys[ends].tolist()) for key, ends in zip(ties.keys.tolist(), ties.ends, strict=True)
    }
    assert joined == {first.pk: {hub.pk, one.pk}, second.pk: {hub.pk, one.pk}, third.pk: {hub.pk, two.pk}}
    degrees = dict(zip(index.keys.tolist(), ties.degrees(len(index.keys)).tolist(), strict=True))
    assert degrees == {hub.pk: 3, one.pk: 2, two.pk: 1}
    assert ties.touching(index.among([two.pk])).keys.tolist() == [third.pk]
    assert sorted(ties.among([first.pk, 0]).keys.tolist()) == [first.pk]
    assert len(ties.touching(index.among([]))) == 0


def test_without_relations_there_is_nothing_to_choose_from():
    make_actor("Alleine")
    index = current_index()
    assert (len(Ties.of(index)), Ties.of(index).degrees(len(index.keys)).tolist()) == (0, [0])
    assert Ties.of(index).touching(np.ones(1, bool)).ends.shape == (0, 2)
