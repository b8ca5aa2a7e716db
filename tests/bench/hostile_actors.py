"""Actors as no template expects them: of any length, with endless compounds, right-to-left and East Asian names."""

import random

from actors.enums import PlacementBasis, RelationKind, SizeClass
from actors.models import Actor, ActorRelation, ApplicationFocus, LayerPlacement, Service
from applications.models import ApplicationArea
from layers.models import Layer

NAMES = [
    "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesellschaft mbH",
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
    "شركة البرمجيات المتقدمة",
    "מכון ויצמן למדע",
    "東京大学情報理工学系研究科",
    "한국과학기술원",
    "สถาบันเทคโนโลยี",
    "ООО «Ромашка»",
    "Αριστοτέλειο Πανεπιστήμιο",
    "Société & Cie <script>#let x = 1</script> \\ $ * _ ` @label",
    "🚀 Start-up 🚀",
    "A",
    "X" * 120,
    "10 / 4 – Agentur",
    "Łódź Çelik Ağ",
]
_WORDS = [
    "Steuerung",
    "Verfahren",
    "Sicherheitsanforderungen",
    "Fahrzeug",
    "Künstliche",
    "Intelligenz",
    "der",
    "für",
    "Bildverarbeitungssysteme",
    "und",
    "mit",
    "Forschungsgegenstand",
    "Medizintechnikhersteller",
    "im",
    "Zentrum,",
    "Anwendung.",
    "Daten;",
    "Kommunikationsinfrastruktur",
]
_MARKDOWN = (
    "## Überschrift\n\n- eins\n- zwei\n  - darunter\n\n1. erstens\n\n> Zitat\n\n`code` **fett** *kursiv* "
    "[Verweis](https://example.org/ein/sehr/langer/pfad?mit=abfrage)\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n"
    "```\nx = 1\n```\n\n"
    "#### Tief\n\n<b>roh</b>\n\n![Bild](x.png)\n\n---\n"
)


def create(number: int, *, seed: int = 1) -> list[Actor]:
    """So many published actors with placements, areas, services and relations; the same ones for the same seed."""
    dice = random.Random(seed)
    layers, areas = list(Layer.objects.all()), list(ApplicationArea.objects.active())
    actors = Actor.objects.bulk_create(_actor(dice, place) for place in range(number))
    placements, foci, services, relations = [], [], [], []
    for actor in actors:
        for layer in dice.sample(layers, dice.choice([0, 1, 1, 2, 5])):
            basis = dice.choice(PlacementBasis.values)
            placements.append(
                LayerPlacement(actor=actor, layer=layer, basis=basis, note_de=_text(dice, 25)[:200])
            )
        foci += [
            ApplicationFocus(actor=actor, area=area)
            for area in dice.sample(areas, min(dice.randint(0, 3), len(areas)))
        ]
        for _one in range(dice.choice([0, 0, 1, 3, 12])):
            title = _text(dice, 6)[:200] or "Leistung"
            services.append(Service(actor=actor, title_de=title, description_de=_text(dice, 60)))
        for other in dice.sample(actors, min(dice.choice([0, 0, 2, 9]), len(actors))):
            if other.pk > actor.pk:
                relations.append(
                    ActorRelation(
                        source=actor,
                        target=other,
                        kind=RelationKind.COOPERATION,
                        since=dice.choice([None, 2019]),
                    )
                )
    LayerPlacement.objects.bulk_create(placements)
    ApplicationFocus.objects.bulk_create(foci)
    Service.objects.bulk_create(services)
    ActorRelation.objects.bulk_create(relations, ignore_conflicts=True)
    return actors


def _actor(dice: random.Random, place: int) -> Actor:
    name = NAMES[place % len(NAMES)] if place % 3 == 0 else _text(dice, 8) or "Institut"
    text = _text(dice, dice.choice([0, 5, 80, 900]))
    return Actor(
        name=f"{name} {place}"[:300],
        short_name=_text(dice, 2)[:120] if dice.random() < 0.4 else "",
        slug=f"hostile-{place}",
        kind=dice.choice(["company", "research_institute", "other"]),
        size=dice.choice(["", *SizeClass.values]),
        founded=dice.choice([None, 1850, 2020]),
        summary_de=_text(dice, dice.choice([0, 10, 40]))[:300],
        description_de=text + ("\n\n" + _MARKDOWN if dice.random() < 0.5 else ""),
        website="https://example.org/" + "pfad/" * dice.choice([0, 1, 30]) if dice.random() < 0.7 else "",
        email="ein.sehr.langer.name@abteilung.unterabteilung.example.org" if dice.random() < 0.4 else "",
        street=_text(dice, 4)[:200],
        postcode="67663",
        city=dice.choice(["", "Kaiserslautern", "Hellschen-Heringsand-Unterschaar", "Leipzig"]),
        latitude=49.4,
        longitude=7.7,
        logo="logos/lost.png" if dice.random() < 0.1 else "",
        state="published",
        published_at="2026-01-01T00:00:00Z",
        source="https://example.org/" + "x" * dice.choice([3, 200]),
    )


def _text(dice: random.Random, most: int) -> str:
    words = [dice.choice(_WORDS) for _one in range(dice.randint(0, most))]
    if words and dice.random() < 0.2:
        words.insert(dice.randrange(len(words)), dice.choice(NAMES))
    return " ".join(words)
