"""Twins found in the database, and what people said about them."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from actors.models import Actor, ActorAlias, ActorRelation, Identifier
from clusterportal.quality.domain.candidates import MOST_SHARING
from clusterportal.quality.domain.duplicates import PairCounts, dismiss, find_duplicates, look_for, reopen
from clusterportal.quality.models import DuplicatePair
from tests.factories import make_actor, make_cluster, make_person

pytestmark = pytest.mark.django_db


def found() -> list[tuple[str, str, int]]:
    find_duplicates()
    return list(DuplicatePair.objects.values_list("first__name", "second__name", "score"))


def test_umlauts_and_legal_forms_do_not_hide_twins():
    make_actor("Müller & Söhne GmbH", city="Leipzig")
    make_actor("Mueller und Soehne", city="Leipzig")
    make_actor("Ganz anders AG", city="Leipzig")
    assert found() == [("Müller & Söhne GmbH", "Mueller und Soehne", 65)]


@pytest.mark.parametrize(
    "spelt",
    ["Gesellschaft mbH", "G.m.b.H.", "Gesellschaft mit beschränkter Haftung", "GmbH i. L.", "mbH & Co. KG"],
)
def test_spelt_out_legal_forms_do_not_hide_twins(spelt, admin_user):
    same = {"city": "Kaiserslautern", "postcode": "67655", "street": "Weg 1", "phone": "+496318001"}
    one = make_actor("Dr. Sehmisch & Partner GmbH", **same)
    make_actor(f"Dr. Sehmisch & Partner {spelt}", slug="twin", **same)
    assert [pair[2] for pair in found()] == [100]  # the name, the street and the telephone
    assert look_for(actor=one, by=admin_user) == 1


def test_the_same_reach_makes_a_pair_of_different_names():
    same = {"city": "Leipzig", "postcode": "04109", "street": "Weg 1", "phone": "+493411210"}
    make_actor("Alpha Werke", website="https://a.example", **same)
    make_actor("Zuse Zentrum", website="https://www.a.example/de", **same)
    make_actor("Im selben Haus", city="Leipzig", postcode="04109", street="Weg 1")
    assert found() == [("Alpha Werke", "Zuse Zentrum", 75)]


def test_a_telephone_of_many_says_nothing():
    for number in range(MOST_SHARING + 1):
        make_actor(f"Lehrstuhl {chr(65 + number) * 8}", phone="+493411210", postcode="04109", street="Weg 1")
    assert found() == []


def test_a_typing_error_in_the_same_place_is_found_and_elsewhere_not():
    make_actor("Wipotec Wägetechnik", city="Leipzig")
    make_actor("Wipotek Wägetechnik", city="Leipzig")
    make_actor("Wipotec Waegetechnig", city="Hamburg")
    assert [pair[:2] for pair in found()] == [("Wipotec Wägetechnik", "Wipotek Wägetechnik")]


def test_places_that_are_spelt_differently_but_close_are_one_place():
    make_actor("Stadtarchiv Mitte", city="Halle", latitude=51.482, longitude=11.97)
    make_actor("Stadt-Archiv Mitte", city="Halle (Saale)", latitude=51.4835, longitude=11.9715)
    assert found() == [("Stadtarchiv Mitte", "Stadt-Archiv Mitte", 65)]


def test_aliases_are_names():
    make_actor("Fraunhofer ITWM", city="Kaiserslautern")
    other = make_actor("Wirtschaftsmathematik KL", city="Kaiserslautern")
    ActorAlias.objects.create(actor=other, name="Fraunhofer-ITWM")
    assert found() == [("Fraunhofer ITWM", "Wirtschaftsmathematik KL", 65)]


def test_an_identifier_in_another_spelling_or_scheme_is_the_same():
    one, other = make_actor("Alpha Werke", city=""), make_actor("Beta Zentrum", city="")
    Identifier.objects.create(actor=one, scheme="register", value="Amtsgericht Leipzig HRB 12")
    Identifier.objects.create(actor=other, scheme="register", value="Leipzig HRB12")
    assert found() == [("Alpha Werke", "Beta Zentrum", 50)]


def test_a_website_of_many_says_nothing():
    for number in range(MOST_SHARING):
        make_actor(f"Lehrstuhl {chr(65 + number) * 8}", website=f"https://www.uni.example/{number}", city="")
    make_actor("Institut Technik", website="https://uni.example/x")
    make_actor("Institut Technik e. V.", slug="ift-2", website="https://uni.example/y", city="Halle")
    assert found() == []
    Actor.objects.exclude(name__startswith="Institut").update(website="")
    assert found() == [("Institut Technik", "Institut Technik e. V.", 65)]


def test_parents_and_different_numbers_are_no_twins():
    one, other = make_actor("Institut Technik"), make_actor("Institut Technik e. V.", slug="ift-2")
    relation = ActorRelation.objects.create(source=one, target=other, kind="parent")
    assert found() == []
    relation.delete()
    assert len(found()) == 1
    Identifier.objects.create(actor=one, scheme="wikidata", value="Q1")
    Identifier.objects.create(actor=other, scheme="wikidata", value="Q2")
    assert found() == []


def test_told_apart_is_remembered_and_what_vanished_goes(admin_user):
    make_actor("Institut Technik")
    other = make_actor("Institut Technik e. V.", slug="ift-2")
    assert find_duplicates() == PairCounts(waiting=1, vanished=0)
    pair = DuplicatePair.objects.get()
    dismiss(pair=pair, by=admin_user, note="zwei Häuser")
    assert find_duplicates() == PairCounts(waiting=0, vanished=0)
    pair.refresh_from_db()
    assert (pair.state, pair.decided_by, pair.note) == ("dismissed", admin_user, "zwei Häuser")
    reopen(pair=pair, by=admin_user)
    Actor.objects.filter(pk=other.pk).update(name="Ganz anders", city="Hamburg")
    assert find_duplicates() == PairCounts(waiting=0, vanished=1)
    assert not DuplicatePair.objects.exists()


def test_looking_for_one_actor_leaves_the_others_alone(admin_user):
    one = make_actor("Institut Technik")
    make_actor("Institut Technik e. V.", slug="ift-2")
    make_actor("Wipotec Werk")
    make_actor("Wipotec Werk GmbH")
    assert look_for(actor=one, by=admin_user) == 1
    assert DuplicatePair.objects.get().first == one
    with pytest.raises(PermissionDenied):
        look_for(actor=one, by=make_person("viewer"))


def test_only_those_who_work_with_both_decide():
    cluster = make_cluster("one")
    one, other = make_actor("A", clusters=[cluster]), make_actor("B")
    pair = DuplicatePair.objects.create(first=one, second=other, score=50)
    with pytest.raises(PermissionDenied):
        dismiss(pair=pair, by=make_person("manager", clusters=[cluster]))


def test_more_twins_are_no_more_questions(admin_user):
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            find_duplicates()
        return len(asked)

    make_actor("Institut Technik")
    make_actor("Institut Technik e. V.", slug="ift-2")
    few = queries()
    for number in range(3, 9):
        make_actor("Institut Technik e. V.", slug=f"ift-{number}")
    assert queries() == few


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"first": "B", "second": "A"}, "pair_in_order"),
        ({"score": 101}, "pair_score_percent"),
        ({"state": "odd", "decided_at": "2026-01-01T00:00Z"}, "pair_state"),
        ({"state": "dismissed"}, "pair_decided_has_a_date"),
    ],
)
def test_the_database_refuses_pairs_that_make_no_sense(fields, constraint):
    actors = {name: make_actor(name) for name in "AB"}
    pair = {"first": "A", "second": "B", "score": 50} | fields
    pair |= {side: actors[pair[side]] for side in ("first", "second")}
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        DuplicatePair.objects.create(**pair)


def test_the_command_says_how_many_wait(capsys):
    make_actor("Institut Technik")
    make_actor("Institut Technik e. V.", slug="ift-2")
    call_command("find_duplicates")
    assert capsys.readouterr().out == "waiting: 1\nvanished: 0\n"
