"""A small region for atlases."""

from io import BytesIO

from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image

from actors.models import ActorRelation, ContactPerson, Service
from tests.factories import make_actor, make_area, make_chain, make_cluster


def make_region():
    """Two areas, a cluster and five public actors (one with a logo, one in another script), and one that is a draft."""
    make_chain()
    health, cars = make_area(), make_area("automotive-transport")
    cluster = make_cluster()
    common = {"clusters": [cluster], "latitude": 49.44, "longitude": 7.77}
    institute = make_actor(
        "Institut für Bildverarbeitungssysteme",
        layers=[1, 2],
        areas=[health],
        city="Kaiserslautern",
        **common,
    )
    institute.summary_de = "Macht Bilder lesbar."
    institute.description_de = "## Aufgabe\n\nEs *forscht*.\n\n- eins\n- zwei\n\n|a|b|\n|-|-|\n|1|2|"
    institute.save()
    institute.logo.save("logo.png", ContentFile(_picture()))
    company = make_actor("Auto GmbH", layers=[5], areas=[cars], kind="company", **common)
    Service.objects.create(actor=company, title_de="Prüfung", description_de="Von Fahrzeugen.")
    ActorRelation.objects.create(source=institute, target=company, kind="spin_off", since=2011)
    for name, consent in (("Erika Öffentlich", timezone.localdate()), ("Karl Geheim", None)):
        ContactPerson.objects.create(actor=company, name=name, consent_on=consent)
    make_actor("شركة البرمجيات", slug="arabic", country="AE", layers=[3], areas=[cars], **common)
    make_actor("東京 Lab", slug="tokyo", country="JP", **common)
    make_actor("Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft", **common)
    make_actor("Entwurf AG", state="draft", layers=[1], areas=[health], **common)
    return cluster, institute, company


def _picture() -> bytes:
    packed = BytesIO()
    Image.new("RGB", (300, 120), "navy").save(packed, "PNG")
    return packed.getvalue()
