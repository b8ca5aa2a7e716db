"""Which actor a name of a list means, how sure that is, and why."""

import pytest
from django.db import connection

from actors.models import ActorAlias, Identifier
from clusterportal.matching.domain.candidates import _CALLED_SO, _USED
from clusterportal.matching.domain.matching import match
from clusterportal.matching.domain.name_query import ask
from tests.factories import make_actor

pytestmark = pytest.mark.django_db
ITWM = "Fraunhofer-Institut für Techno- und Wirtschaftsmathematik ITWM"


@pytest.fixture
def itwm():
    return make_actor(
        ITWM,
        short_name="Fraunhofer ITWM",
        city="Kaiserslautern",
        postcode="67663",
        website="https://www.itwm.fraunhofer.de",
    )


def best(name: str, **stated):
    """(name of the best actor, whether it is the match, score); None where there is none."""
    found = match([ask(name, **stated)])[0]
    if not found:
        return None
    return found[0].actor.name, found[0].is_match, found[0].score


@pytest.mark.parametrize(
    ("name", "is_match", "score"),
    [
        (ITWM, True, 100),
        (f"{ITWM} e. V.", True, 100),
        ("FRAUNHOFER INSTITUT FUER TECHNO UND WIRTSCHAFTSMATHEMATIK ITWM", True, 100),
        ("Fraunhofer-Institut für Techno- und Wirtschafts Matematik ITWM", True, 98),
        ("Fraunhofer-Institut für Techno- und Wirtschaftmathematik ITWM", True, 99),
        ("Fraunhofer ITWM", True, 100),
        ("Fraunhofer ITWM, Kaiserslautern", True, 100),  # the word too many is its town
        ("Fraunhofer ITWM Optimierung", False, 80),  # a word too many costs, and does not exclude
        ("Institut für Techno- und Wirtschaftsmathematik", False, 80),
        ("itwm.fraunhofer.de", True, 90),
    ],
)
def test_a_name_is_known_in_many_spellings(itwm, name, is_match, score):
    found, is_sure, points = best(name)
    assert (found, is_sure) == (ITWM, is_match)
    assert points == pytest.approx(score, abs=5)


@pytest.mark.parametrize(
    "stated",
    [{"city": "Darmstadt"}, {"country": "Frankreich"}, {"website": "www.scai.de"}],
)
def test_another_place_or_website_is_no_match_and_still_shown(itwm, stated):
    found, is_sure, points = best(ITWM, **stated)
    assert (found, is_sure, points < 100) == (ITWM, False, "website" not in stated or points == 95)


def test_a_number_decides_whatever_the_name(itwm):
    Identifier.objects.create(actor=itwm, scheme="ror", value="019hjw009")
    right, other = [("ror", "https://ror.org/019hjw009")], [("ror", "https://ror.org/04hm8eb66")]
    assert best("Irgendwas", identifiers=right) == (ITWM, True, 100)
    assert best("", identifiers=right) == (ITWM, True, 100)
    assert best(ITWM, identifiers=other)[1:] == (False, 40)
    assert best(ITWM, identifiers=[("ror", "no number")]) == (ITWM, True, 100)
    Identifier.objects.create(actor=itwm, scheme="wikidata", value="Q1")
    assert best(ITWM, identifiers=[*right, ("wikidata", "Q2")])[1] is False


def test_two_of_one_name_are_told_apart_by_their_place(itwm):
    for city in ("Leipzig", "Trier"):
        make_actor("Institut für Werkstoffe", slug=f"werkstoffe-{city.lower()}", city=city)
    assert best("Institut für Werkstoffe")[1] is False
    assert best("Institut für Werkstoffe GmbH", city="Trier") == ("Institut für Werkstoffe", True, 100)


def test_a_word_that_others_have_is_no_slip(db):
    make_actor("University of Leeds", city="Leeds")
    assert best("University of Leads")[:2] == ("University of Leeds", True)
    make_actor("Leads Marketing", city="Trier")
    assert best("University of Leads")[:2] == ("University of Leeds", False)


@pytest.mark.parametrize(
    ("name", "is_match"),
    [
        ("Fraunhofer IWU Chemnitz", True),
        ("Fraunhofer IWM Chemnitz", False),
        ("fraunhofer iwm chemnitz", False),
        ("Fraunhoferr IWU Chemnitz", True),
        ("Labor du ISIT Chemnitz", False),
        ("Labor dr ISST Chemnitz", True),
    ],
)
def test_another_letter_in_an_acronym_is_another_institute(db, name, is_match):
    make_actor("Fraunhofer IWU Chemnitz", city="Chemnitz")
    make_actor("Labor der ISST Chemnitz", city="Chemnitz")
    assert best(name)[1] is is_match


def test_numbers_are_never_slips(db):
    make_actor("Berufsbildende Schule 12", city="Leipzig")
    assert best("Berufsbildende Schule 13")[1] is False
    assert best("Berufsbildende Schule 12") == ("Berufsbildende Schule 12", True, 100)


def test_an_acronym_alone_is_shared_by_many(db):
    actor = make_actor("Deutsches Forschungszentrum für Künstliche Intelligenz", short_name="DFKI")
    ActorAlias.objects.create(actor=actor, name="German Research Center for AI", kind="translated")
    assert best("DFKI")[1:] == (False, 100)
    assert best("DFKI GmbH", city="Leipzig")[1:] == (True, 100)
    assert best("German Research Center for AI")[1:] == (True, 100)


def test_kinds_filter_or_weigh(itwm):
    assert best(ITWM, kinds=["company"])[1:] == (False, 90)
    assert best(ITWM, kinds=["company"], is_strict=True) is None
    assert best(ITWM, kinds=["company", "research_institute"], is_strict=True)[1] is True


def test_features_explain_the_score(itwm):
    (found,) = match([ask(ITWM, city="Kaiserslautern", kinds=["company"], website="itwm.fraunhofer.de")])[0]
    assert found.features == {"name": 100, "place": True, "website": True, "type": False}
    assert [str(one.code) for one in found.reasons] == ["same_website", "same_city"]


@pytest.mark.parametrize(
    "name", ["", " ", "\0", "'", "' | !('", "\\", "GmbH", "und", "🙂", "(((", "x" * 5000]
)
def test_what_is_no_name_finds_nobody(itwm, name):
    assert match([ask(name)]) == [[]]


def test_candidates_are_read_from_indexes(itwm):
    """Planned as for a large registry: a small one is read whole."""
    statements = [
        (_USED, [["wirtschaftsmatematik"], 2000], "word_deletions"),
        (_CALLED_SO, {"numbers": [0], "queries": ["'itwm'"], "most": 400}, "names_words"),
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            "SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off; "
            "SET LOCAL enable_indexonlyscan = off"
        )
        for statement, values, index in statements:
            cursor.execute(f"EXPLAIN {statement}", values)
            plan = "\n".join(row for (row,) in cursor)
            assert index in plan and "Seq Scan on actors" not in plan, plan
