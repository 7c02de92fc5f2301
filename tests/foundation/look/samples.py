"""Invented contents for the gallery: what the pages of the design show, without any domain.

Every page of gallery/ is rendered from these values in the tests.
"""

from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace

from django import forms
from django.core.paginator import Paginator
from django.template import Engine, RequestContext
from django.test import RequestFactory

from foundation.look.figures import clock, dice, europe, goals, history, seats, year

GALLERY = Path(__file__).parent / "gallery"
TEMPLATES = Path(__file__).parents[3] / "templates"
PAGES = ("home", "partnership", "circle", "draw", "call", "form", "desk", "live")


class Application(forms.Form):
    name = forms.CharField(label="Vor- und Nachname")
    mail = forms.EmailField(
        label="E-Mail-Adresse", help_text="Hierhin schicken wir Ihre Losnummer."
    )
    phone = forms.CharField(
        label="Telefon", required=False, help_text="Nur, wenn eine Mail zurückkommt."
    )
    tie = forms.ChoiceField(
        label="Was verbindet Sie mit Bielefeld?",
        widget=forms.RadioSelect,
        choices=[("home", "Ich wohne hier"), ("work", "Ich arbeite oder lerne hier")],
        error_messages={"required": "Wählen Sie eine Antwort."},
    )
    grown = forms.ChoiceField(
        label="Sind Sie mindestens 16 Jahre alt?",
        widget=forms.RadioSelect,
        choices=[("yes", "Ja"), ("no", "Nein")],
    )
    topics = forms.MultipleChoiceField(
        label="Themen",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        choices=[("1", "Energie"), ("2", "Verkehr")],
        help_text="Mehrere sind möglich.",
    )
    city = forms.ChoiceField(label="Stadt", choices=[("b", "Bielefeld"), ("t", "Tampere")])
    day = forms.DateField(label="Tag", widget=forms.DateInput(attrs={"type": "date"}))
    need = forms.CharField(
        label="Was brauchen Sie, um gut mitzumachen?",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    proof = forms.FileField(label="Datei", required=False)
    consent = forms.BooleanField(
        label="Meine Bewerbung nimmt am Los teil.",
        error_messages={
            "required": "Ohne Ihre Bestätigung kommt Ihre Bewerbung nicht in den Lostopf."
        },
    )
    hidden = forms.CharField(widget=forms.HiddenInput, required=False)


class Finder(forms.Form):
    ticket = forms.CharField(
        label="Ihre Losnummer", help_text="Acht Zeichen, zum Beispiel A649-5D1F"
    )
    state = forms.ChoiceField(label="Stand", choices=[("", "alle"), ("ok", "zugelassen")])


def filled_form():
    """An application with four mistakes: a broken address and three things left out."""
    return Application(
        {
            "name": "Clara Beispiel",
            "mail": "clara.beispiel@",
            "grown": "yes",
            "city": "b",
            "need": "Ruhe",
        }
    )


def groups():
    words = {
        1: "Verwaltung",
        2: "Wissenschaft",
        3: "Wirtschaft",
        4: "Politik",
        5: "Zivilgesellschaft",
    }
    return [
        seats.Group(
            "Fünf Sektoren",
            "Sektoren",
            "square",
            [seats.Place(n, words[n], "taken") for n in range(1, 6)],
        ),
        seats.Group(
            "Fünf Fachleute",
            "Fachleute",
            "hexagon",
            [
                seats.Place(
                    n, "wird gesucht" if n == 9 else "Fachperson", "free" if n == 9 else "taken"
                )
                for n in range(6, 11)
            ],
        ),
        seats.Group(
            "Fünf ausgelost",
            "Ausgelost",
            "circle",
            [seats.Place(n, f"Los {n}", "offered" if n == 15 else "taken") for n in range(11, 16)],
        ),
    ]


def berlin(*parts):
    return datetime(*parts, tzinfo=UTC)


def values(**more):
    """Every variable that a page of the gallery names."""
    slot = clock.Slot
    return {
        "site": {
            "city": "Bielefeld",
            "office": "Büro",
            "demo": True,
            "phone": "",
            "public_url": "http://x.example",
        },
        "navigation": [
            {"url": "/a/", "label": "Partnerschaften", "current": False},
            {"url": "/b/", "label": "Innovationszirkel", "current": True},
            {"url": "/c/", "label": "Auslosungen", "current": False},
            {"url": "/d/", "label": "Dokument prüfen", "current": False},
        ],
        "tools": [{"url": "/suche/", "label": "Suche"}],
        "trail": [{"url": "/b/", "label": "Innovationszirkel"}],
        "user": SimpleNamespace(is_authenticated=False),
        "csrf_token": "token",
        "opens": berlin(2026, 11, 12, 23),
        "closes": berlin(2026, 12, 13, 22, 59),
        "now": berlin(2026, 11, 23, 8),
        "before": berlin(2026, 11, 1, 8),
        "last_hour": berlin(2026, 12, 13, 19),
        "after": berlin(2026, 12, 20, 8),
        "today": date(2026, 11, 23),
        "sessions": [
            year.Session(date(2026, 3, 19), "19. 3.", True),
            year.Session(date(2026, 6, 11), "11. 6.", True),
            year.Session(date(2026, 9, 24), "24. 9.", True),
            year.Session(date(2026, 12, 17), "17. 12.", False),
        ],
        "spots": [
            europe.Spot("Bielefeld", 52.0302, 8.5325, "a"),
            europe.Spot("Tampere", 61.4978, 23.761, "b"),
            europe.Spot("Metropolregion Ruhr", 51.46, 7.0),
            europe.Spot("Sevilla", 37.39, -5.98, "b"),
        ],
        "arcs": [europe.Arc("Bielefeld", "Tampere", "rund 1.400 km")],
        "phases": [
            "Analyse",
            "Kontakt",
            "Themenfindung",
            "Zielbild",
            "Abkommen",
            "Aktionsplan",
            "Umsetzung",
            "Monitoring",
            "Auswertung",
        ],
        "a": ["Humanzentrierter Ansatz"],
        "both": [
            "Internet der Dinge",
            "Smart City",
            "Emissionsfreie Mobilität",
            "Datenstrategie",
            "Datensouveränität",
            "LoRaWAN",
        ],
        "plain": ["Maschinen- und Anlagenbau", "Digitalisierung", "Forschung"],
        "b": ["Smart City Tampere: Einsatz digitaler Technologien"],
        "goals": [
            goals.Goal(
                "Sensordaten, die beide öffnen", "Ziel: 40 bis Dezember 2027.", 0, 40, 14, 18
            ),
            goals.Goal(
                "Projekte mit Partnern aus beiden Städten", "Ziel: 5 bis Juni 2027.", 0, 5, 3, 2
            ),
            goals.Goal("Schneller antworten", "Weniger ist besser. Ziel: 5.", 21, 5, 11, 8),
            goals.Goal(
                "Über die Zeit gemessen",
                "Ziel: 40 bis Dezember 2027.",
                0,
                40,
                17,
                18,
                course=[
                    goals.Point(date(2026, 3, 1), 4),
                    goals.Point(date(2026, 7, 1), 13),
                    goals.Point(date(2026, 11, 1), 17),
                ],
                since=date(2026, 1, 1),
                due=date(2027, 12, 31),
            ),
            goals.Goal("Noch nicht gemessen", "Ziel: 3 bis 2028.", 0, 3),
        ],
        "rings": [
            clock.Ring(
                "Roundtable", [slot(2, "held"), slot(5, "held"), slot(9, "held"), slot(11, "ahead")]
            ),
            clock.Ring("Gegenseitige Besuche", [slot(4, "missed"), slot(6, "held")]),
            clock.Ring("Digitale Konferenz", [slot(3, "held")]),
        ],
        "entries": [
            history.Entry(
                "September 2020",
                "LoRaWAN-Roundtable",
                "month",
                date(2020, 9, 1),
                date(2020, 9, 30),
                "/e/",
            ),
            history.Entry("Zeit unbekannt", "Besuche nicht wie geplant gehalten", "not"),
            history.Entry("17. März 2022", "Digitale Konferenz", "day", date(2022, 3, 17)),
            history.Entry(
                "Juni 2022", "Smart Tampere Week", "month", date(2022, 6, 1), date(2022, 6, 30)
            ),
            history.Entry(
                "Sommer 2022",
                "Folgetreffen, geplant",
                "season",
                date(2022, 6, 21),
                date(2022, 9, 22),
                note="Nicht belegt.",
            ),
        ],
        "steps": [
            "Auftrag angenommen",
            "Bilder sammeln",
            "Entwürfe",
            "Rückmeldung",
            "Ergebnis im D.I.V.",
        ],
        "groups": groups(),
        "tickets": ["A649-5D1F", "A220-66C9", "C7D8-0343", "F246-E986", "D27A-37A7"],
        "digest": "486293877ee4b45032191ed29b0c7f889742c2bf4119273039c94e158531bfad",
        "throws": [3, 6, 1, 5, 2, 4, 4, 1, 6, 3, 5, 2, 1, 2, 4, 6, 5, 3, 4, 1],
        "live_throws": [
            3,
            6,
            1,
            5,
            2,
            4,
            4,
            1,
            6,
            3,
            5,
            2,
            1,
            2,
            dice.PENDING,
            dice.PENDING,
            *[dice.OPEN] * 4,
        ],
        "finder": Finder(),
        "form": filled_form(),
        "page": Paginator(range(200), 20).page(3),
        **more,
    }


def engine():
    return Engine(
        dirs=[TEMPLATES, GALLERY],
        libraries={
            "look": "foundation.look.templatetags.look",
            "figures": "foundation.look.templatetags.figures",
            "posting": "foundation.posting.templatetags.posting",
            "i18n": "django.templatetags.i18n",
            "static": "django.templatetags.static",
        },
    )


def render(page, **more):
    """The page of the gallery as HTML."""
    request = RequestFactory().get("/zirkel/?q=a&page=2")
    context = RequestContext(request, values(request=request, LANGUAGE_CODE="de", **more))
    return engine().get_template(f"{page}.html").render(context)
