"""What comes of the invented partnership: steps, a project, a City Lab, voices, news, a visit.

The real pair gets only the City Labs that its sources speak of, as an idea.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from config.demo import waves
from foundation.accounts.models import User
from foundation.languages import LocalizedText
from partnerships.course import encounters, participation
from partnerships.deeds import (
    actions,
    ambassadors,
    goals,
    labs,
    milestones,
    news,
    photos,
    projects,
    statements,
)
from partnerships.models import (
    Action,
    Actor,
    CityLab,
    Encounter,
    ExchangeFormat,
    Partnership,
    Party,
    Project,
)

T = LocalizedText.of


def load_deeds(office: User) -> None:
    """Load both once; a partnership that has a City Lab is left alone."""
    for slug, load in (("bielefeld-tampere", _load_real), ("lindenau-jaervikoski", _load_invented)):
        pair = Partnership.objects.filter(slug=slug, labs=None).first()
        if pair is not None:
            with transaction.atomic():
                load(pair, office)


def _load_real(pair: Partnership, office: User) -> None:
    lab = labs.describe(
        pair,
        name=T("de", "Gemeinsame City Labs (Forschungsräume)", en="Joint City Labs"),
        by=office,
    )
    labs.publish(lab, by=office)


def _load_invented(pair: Partnership, office: User) -> None:
    a, b = pair.parties.order_by("position")
    today = timezone.localdate()
    meeting = pair.encounters.filter(state=Encounter.State.HELD).order_by("on").last()
    visit = encounters.note(
        pair,
        title=T("de", "Gegenbesuch (Demo)", en="Return visit (demo)"),
        on=today - dt.timedelta(days=120),
        setting=Encounter.Setting.ON_SITE,
        host=b,
        by=office,
    )
    instead = encounters.note(
        pair,
        title=T("de", "Videotreffen statt Gegenbesuch (Demo)", en="Video meeting (demo)"),
        on=today - dt.timedelta(days=118),
        setting=Encounter.Setting.DIGITAL,
        mode=ExchangeFormat.Mode.LEARN,
        state=Encounter.State.HELD,
        by=office,
    )
    encounters.settle(
        visit,
        Encounter.State.REPLACED,
        reason=T("de", "Streik im Luftverkehr", en="Air traffic strike"),
        replaced_by=instead,
        by=office,
    )
    goal = pair.goals.get()
    goals.measure(goal, Decimal(17), on=today - dt.timedelta(days=5), by=office)
    _plan(pair, a, b, meeting, office)
    project = _make_project(pair, a, b, meeting, office)
    _open_lab(pair, a, b, office)
    _mark_way(pair, meeting, project, office)
    _let_speak(pair, a, b, office)


def _plan(pair: Partnership, a: Party, b: Party, meeting: Encounter | None, office: User) -> None:
    today, goal = timezone.localdate(), pair.goals.get()
    first = actions.plan(
        pair,
        title=T("de", "Pegel in ein Format bringen", en="Bring gauges into one format"),
        owner=T("de", "Wasserwirtschaft (Demo)", en="Water management (demo)"),
        indicator=T("de", "Pegel im Format", en="Gauges in the format"),
        side=a,
        goal=goal,
        due_on=today - dt.timedelta(days=30),
        is_public=True,
        by=office,
    )
    actions.put(first, Action.State.COMPLETED, on=today - dt.timedelta(days=33), by=office)
    actions.plan(
        pair,
        title=T("de", "Protokoll des Roundtables senden", en="Send the minutes of the roundtable"),
        owner=T("de", "Geschäftsstelle (Demo)", en="Office (demo)"),
        side=b,
        encounter=meeting,
        due_on=today - dt.timedelta(days=8),
        is_public=True,
        by=office,
    )
    actions.plan(
        pair,
        title=T("de", "Karte in Schulen zeigen", en="Show the map in schools"),
        owner=T("de", "Bildungsbüro (Demo)", en="Education office (demo)"),
        indicator=T("de", "Schulen", en="Schools"),
        due_on=today + dt.timedelta(days=90),
        is_public=True,
        by=office,
    )


def _make_project(
    pair: Partnership, a: Party, b: Party, meeting: Encounter | None, office: User
) -> Project:
    focus = pair.foci.select_related("topic").first()
    title = T("de", "Pegelkarte für alle (Demo)", en="Water levels for all (demo)")
    project = projects.catch_idea(pair, title=title, encounter=meeting, by=office)
    projects.describe(
        project,
        title=title,
        summary=T(
            "de",
            "Beide Städte zeigen ihre Pegel auf einer Karte.",
            en="Both cities show their water levels on one map.",
        ),
        citizen_benefit=T(
            "de",
            "Wer am Wasser wohnt, sieht früher, wann es steigt.",
            en="Whoever lives by the water sees earlier when it rises.",
        ),
        result=T(
            "de",
            "17 von 40 Pegeln stehen auf der Karte.",
            en="17 of 40 gauges are on the map.",
        ),
        funding=T("de", "Förderprogramm Wasser (erfunden)", en="Water programme (invented)"),
        topic=focus.topic if focus else None,
        encounter=meeting,
        starts_on=timezone.localdate() - dt.timedelta(days=50),
        by=office,
    )
    for party in (a, b):
        for place in pair.participations.filter(party=party):
            projects.join(project, place.actor, party=party, leads=True, by=office)
    helper = Actor.objects.filter(municipality=b.municipality, is_fictional=True).last()
    if helper is not None and not project.places.filter(actor=helper).exists():
        projects.join(project, helper, party=b, by=office)
    projects.put(project, Project.State.PLANNED, by=office)
    projects.put(project, Project.State.PILOT, by=office)
    projects.publish(project, by=office)
    return project


def _open_lab(pair: Partnership, a: Party, b: Party, office: User) -> None:
    lab = labs.describe(
        pair,
        name=T("de", "Uferlabor (Demo)", en="Shore lab (demo)"),
        purpose=T(
            "de",
            "Am Ufer beider Städte werden Sensoren im Alltag erprobt.",
            en="Sensors are tried out in everyday life on both shores.",
        ),
        topics=[focus.topic for focus in pair.foci.select_related("topic")],
        by=office,
    )
    labs.open_site(lab, a, "Alte Werft", by=office)
    labs.open_site(lab, b, "Vanha satama", by=office)
    labs.put(lab, CityLab.State.PLANNED, by=office)
    labs.put(lab, CityLab.State.ACTIVE, by=office)
    labs.publish(lab, by=office)


def _mark_way(pair: Partnership, meeting: Encounter | None, project: Project, office: User) -> None:
    today = timezone.localdate()
    first = milestones.mark(
        pair,
        title=T("de", "Analyse abgeschlossen (Demo)", en="Analysis finished (demo)"),
        on=today - dt.timedelta(days=280),
        is_reached=True,
        by=office,
    )
    milestones.mark(
        pair,
        title=T("de", "Pilot beginnt (Demo)", en="Pilot begins (demo)"),
        on=today - dt.timedelta(days=50),
        is_reached=True,
        after=first,
        encounter=meeting,
        project=project,
        by=office,
    )


def _let_speak(pair: Partnership, a: Party, b: Party, office: User) -> None:
    today = timezone.localdate()
    statements.quote(
        pair,
        role="Stadtdirektorin, erfunden (Demo)",
        original="We both live by the water. Now we read it together.",
        language="en",
        translation="Wir leben beide am Wasser. Jetzt lesen wir es gemeinsam.",
        translation_language="de",
        said_on=today - dt.timedelta(days=118),
        source="Videotreffen (Demo)",
        party=b,
        by=office,
    )
    ambassadors.appoint(
        pair,
        party=a,
        role=T("de", "Innovationsbotschaft (Demo)", en="Innovation ambassador (demo)"),
        by=office,
    )
    for party in (a, b):
        participation.name_contact(
            pair,
            party=party,
            function=T("de", "Ansprechstelle Partnerschaft", en="Contact point"),
            office="Stadtbüro (Demo)",
            email="partnerschaft@example.org",
            by=office,
        )
    item = news.write(
        pair,
        title=T("de", "Erste Pegel auf der Karte (Demo)", en="First gauges on the map (demo)"),
        body=T(
            "de",
            "Die ersten 17 Pegel beider Städte sind auf der gemeinsamen Karte zu sehen.",
            en="The first 17 gauges of both cities can be seen on the shared map.",
        ),
        place="Lindenau am See",
        on=today - dt.timedelta(days=5),
        source="Stadt Lindenau am See (erfunden)",
        by=office,
    )
    news.publish(item, by=office)
    photos.bring(
        item,
        waves.painted(),
        alt=T(
            "de",
            "Gezeichnete Wellen in Blau und Orange, ein Muster ohne Vorbild (Demo)",
            en="Drawn waves in blue and orange, a sample without a model (demo)",
        ),
        credit="gezeichnet vom Portal (Demo)",
        by=office,
    )
