"""Who fits what is sought and offered, why, and who is told of it."""

from datetime import timedelta

from django.utils import timezone

from actors.models import Service
from clusterportal.partnering.domain.fitting import fits_of
from clusterportal.partnering.domain.suggesting import suggestions_of
from clusterportal.partnering.domain.weekly_mails import plan_mails
from clusterportal.partnering.enums import MailKind
from clusterportal.partnering.models import MailChoice, PartnerSearch, SearchMail
from clusterportal.review.models import Representation
from tests.clusterportal.partnering.conftest import make_search, path_in
from tests.factories import make_actor, make_area, make_person


def said_of(search) -> list[tuple]:
    fits = fits_of(PartnerSearch.objects.filter(pk=search.pk).for_list())[search.pk]
    return [
        (str(one.actor), one.positions, one.offer, one.is_near, round(one.complementarity, 2))
        for one in fits.shown
    ]


def test_a_request_is_answered_by_who_stands_on_the_layer_in_the_area(search, seeker, area, topic):
    search.topics.add(topic)
    other_area = make_area("logistics")
    make_actor("Alpha", layers=[2], areas=[area])
    by_topic = make_actor("Beta", layers=[2, 3], areas=[area, other_area])
    by_topic.topics.add(topic)
    by_service = make_actor("Gamma", layers=[2], areas=[area], city="Kaiserslautern")
    Service.objects.create(actor=by_service, title_de="Sichtprüfung von Blech")
    for number in range(6):  # a word that all use is no reason
        Service.objects.create(actor=make_actor(f"Viele {number}", layers=[5]), title_de="Institut gesucht")
    make_actor("Falsche Ebene", layers=[3], areas=[area])
    make_actor("Falsches Feld", layers=[2], areas=[other_area])
    make_actor("Entwurf", layers=[2], areas=[area], state="draft")
    assert said_of(search) == [
        ("Beta", [2, 3], "Bildverarbeitung", False, 0.33),
        ("Gamma", [2], "Sichtprüfung von Blech", True, 1.0),
        ("Alpha", [2], "", False, 1.0),
    ]


def test_an_offer_completes_who_works_in_the_area_on_other_links(seeker, area):
    offer = make_search(seeker, areas=[area], kind="offer", position=3, days=None)
    make_actor("Anwender", layers=[5], areas=[area])
    make_actor("Selbst auf drei", layers=[3, 4], areas=[area])
    make_actor("Ohne Ebene", areas=[area])
    assert said_of(offer) == [("Anwender", [5], "", False, 1.0)]


def test_without_an_area_nobody_is_proposed(seeker, area):
    make_actor("Alpha", layers=[2], areas=[area])
    assert said_of(make_search(seeker)) == []


def test_however_many_they_are_the_number_of_questions_is_the_same(seeker, area, django_assert_num_queries):
    for number in range(7):
        make_actor(f"Institut {number}", layers=[2], areas=[area])
    one = list(PartnerSearch.objects.filter(pk=make_search(seeker, areas=[area]).pk).for_list())
    many = list(
        PartnerSearch.objects.filter(
            pk__in=[make_search(seeker, areas=[area]).pk for _n in range(3)]
        ).for_list()
    )
    for searches in (one, many):
        with django_assert_num_queries(8):
            found = fits_of(searches)
        assert {(len(fits.shown), fits.count) for fits in found.values()} == {(5, 7)}


def test_on_its_profile_an_actor_finds_what_it_fits_with_the_reason(search, seeker, area):
    institute = make_actor("Alpha", layers=[2], areas=[area], city="Kaiserslautern")
    make_search(seeker, areas=[area], days=-1)  # over
    [one], count = suggestions_of(institute)
    assert (one.search, one.reason, count) == (search, "Ebene 2, Automatisierung, Kaiserslautern", 1)
    assert suggestions_of(seeker) == ([], 0)


def test_what_names_no_area_of_an_actor_is_not_read(search, django_assert_num_queries):
    elsewhere = make_actor("Beta", layers=[2], areas=[make_area("logistics")])
    with django_assert_num_queries(2):  # its areas, and what names one of them
        assert suggestions_of(elsewhere) == ([], 0)


def test_representatives_are_told_once_a_week_unless_they_decline(search, seeker, area, mails, client):
    institute = make_actor("Alpha", layers=[2], areas=[area])
    ada = make_person("representative", email="ada@alpha.example", language="de")
    ben = make_person("representative", email="ben@alpha.example", language="en")
    for person in (ada, ben):
        Representation.objects.create(user=person, actor=institute)
    assert [plan_mails(), plan_mails()] == [2, 0]
    german, english = sorted(mails(), key=lambda mail: mail["To"])
    assert german["Subject"].strip() == "Ein Gesuch oder Angebot, das zu Ihnen passen könnte"
    assert "Warum: Ebene 2, Automatisierung" in german.get_content()
    assert "https://portal.example/de/partnersuche/sichtpruefung-1/" in german.get_content()
    assert "/en/partner-search/sichtpruefung-1/" in english.get_content()

    way = path_in(german, "vorschlaege")
    assert client.get(way).status_code == 200
    assert not MailChoice.objects.filter(declined_at__isnull=False).exists()  # a scanner changes nothing
    assert german["List-Unsubscribe"].strip() == f"<https://portal.example{way}>"
    assert [client.post(path).status_code for path in (way[:-3] + "/", way)] == [200, 200]
    make_search(seeker, areas=[area])
    MailChoice.objects.update(told_until=timezone.now() - timedelta(days=8))
    PartnerSearch.objects.filter(pk=search.pk).update(published_at=timezone.now() - timedelta(days=9))
    assert plan_mails() == 1
    [again] = mails()
    assert (again["To"], "sichtpruefung-2" in again.get_content()) == ("ben@alpha.example", True)
    assert "sichtpruefung-1" not in again.get_content()
    assert SearchMail.objects.filter(kind=MailKind.SUGGESTIONS).count() == 3
