"""The rest of a directory of 634 entries: organisations that do not exist, marked as such.

Deterministic: the same names in the same order each time. No contacts are invented for anybody.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from partnerships.directory import directory
from partnerships.directory.directory import Listing
from partnerships.models import Actor, Municipality, Topic

ENTRIES = 634
K, S = Actor.Kind, Actor.Sector
COINED = (
    "Aalkamp", "Bärenwinkel", "Cordanis", "Dünenfeld", "Eschwick", "Föhrental", "Gänsebrink",
    "Höllkamp", "Immenried", "Jöhlenbeck", "Kranzmoor", "Löwenklang", "Mühlanger", "Nörvik",
    "Ödenholt", "Pfühlbach", "Quermark", "Rüsternhof", "Süderlohn", "Tülpental", "Überwald",
    "Vossenkuhl", "Wüstenhain", "Xantenfeld", "Ysselgrund", "Zwölfeichen", "Äschenried",
    "Sprühwind", "Grünspecht", "Straßenhof",
)  # fmt: skip
FINNISH = (
    "Aamuranta", "Hämylä", "Kuusivaara", "Lehtosaari", "Mäntykallio", "Närelampi", "Pöllölä",
    "Revontuli", "Sarapuisto", "Tähtiharju", "Vesakko", "Ylämylly", "Äyräpelto", "Öljymäki",
    "Åsnäs", "Joutsenlahti",
)  # fmt: skip
GERMAN_FORMS = (
    ("{} Sensorik GmbH", K.SME, S.BUSINESS),
    ("Maschinenfabrik {} AG", K.COMPANY, S.BUSINESS),
    ("{}er Energiegenossenschaft eG", K.SME, S.BUSINESS),
    ("Hochschule {}", K.UNIVERSITY, S.SCIENCE),
    ("Institut für Stadttechnik {}", K.SCIENCE, S.SCIENCE),
    ("Handwerkskammer {}", K.CHAMBER, S.BUSINESS),
    ("Bildungszentrum {} für Pflege und Technik", K.TRAINING_CENTRE, S.SCIENCE),
    ("Stadtwerke {} GmbH", K.COMPANY, S.BUSINESS),
    ("Bürgerstiftung {}", K.FOUNDATION, S.CIVIL_SOCIETY),
    ("Förderverein Offene Werkstatt {} e. V.", K.ASSOCIATION, S.CIVIL_SOCIETY),
    ("Amt für Digitales {}", K.MUNICIPALITY, S.ADMINISTRATION),
    ("{} Robotik Ausgründung UG", K.SPIN_OFF, S.BUSINESS),
    ("Ratsausschuss Zukunft {}", K.OTHER, S.POLITICS),
    ("Wasserverband {}", K.ASSOCIATION, S.ADMINISTRATION),
    ("Programm Kluge Quartiere {}", K.PROGRAMME, S.ADMINISTRATION),
)
FINNISH_FORMS = (
    ("{} Anturit Oy", K.SME, S.BUSINESS),
    ("{}n ammattikorkeakoulu", K.UNIVERSITY, S.SCIENCE),
    ("{}n kaupunkikehitys", K.MUNICIPALITY, S.ADMINISTRATION),
    ("{}n yrittäjät ry", K.ASSOCIATION, S.BUSINESS),
    ("{}n kulttuurisäätiö", K.FOUNDATION, S.CIVIL_SOCIETY),
    ("{} Robotiikka Oy", K.SPIN_OFF, S.BUSINESS),
    ("{}n koulutuskeskus", K.TRAINING_CENTRE, S.SCIENCE),
    ("{}n kauppakamari", K.CHAMBER, S.BUSINESS),
    ("Tutkimuslaitos {}", K.SCIENCE, S.SCIENCE),
)
LONG = (
    "Gemeinnützige Gesellschaft zur Förderung der grenzüberschreitenden Zusammenarbeit von "
    "Feuerwehren, Wasserverbänden und Hochschulen im Überwaldau e. V."
)
# People from outside any city of the portal; they do not exist either.
EXPERTS = ("Dr. Fenja Grünmark", "Prof. Enno Abendrot", "Dr. Jale Moosbach")


def load_entries(size: int = ENTRIES) -> None:
    """Fill the directory up to `size` entries; whatever is there already counts."""
    missing = size - Actor.objects.standing().count()
    if missing <= 0:
        return
    taken = set(Actor.objects.values_list("name", flat=True))
    topics = list(Topic.objects.order_by("slug"))
    cities = {
        country: list(
            Municipality.objects.filter(country=country, is_fictional=True).order_by("slug")
        )
        for country in ("DE", "FI")
    }
    listings: list[Listing] = []
    for n, (name, kind, sector, country) in enumerate(_names()):
        if len(listings) == missing:
            break
        if name in taken:
            continue
        homes = cities.get(country, [])
        listings.append(
            Listing(
                name=name,
                kind=kind,
                sector=sector,
                # Every eighth belongs to no city of the portal.
                municipality=homes[n % len(homes)] if homes and n % 8 else None,
                topics=[topics[(n * 7 + step) % len(topics)] for step in range(1 + n % 3)],
                is_fictional=True,
            )
        )
    directory.list_actors(listings, by=None)


def _names() -> Iterator[tuple[str, str, str, str]]:
    """(name, kind, sector, country), without end and without repetition."""
    yield LONG, K.ASSOCIATION, S.CIVIL_SOCIETY, "DE"
    for expert in EXPERTS:
        yield expert, K.EXPERT, S.SCIENCE, ""
    for turn in count():
        # Two words are taken together once every single one has been used in every form.
        joint = f"-{COINED[(turn // len(COINED)) * 7 % len(COINED)]}" if turn >= len(COINED) else ""
        coined = f"{COINED[turn % len(COINED)]}{joint}"
        for form, kind, sector in GERMAN_FORMS:
            yield form.format(coined), kind, sector, "DE"
        if turn < len(FINNISH):
            for form, kind, sector in FINNISH_FORMS:
                yield form.format(FINNISH[turn]), kind, sector, "FI"
