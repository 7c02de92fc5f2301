"""What comes of a partnership: steps, projects, labs, milestones, contacts, news, in two states."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from foundation.documents import files
from partnerships.course import encounters, participation
from partnerships.deeds import actions, ambassadors, goals, labs, milestones, news, projects
from partnerships.models import Flyer, Partnership
from tests.authorization import canaries
from tests.partnerships.factories import both

DAY = dt.date(2026, 3, 17)


def words(name: str, text: str = "Ein neuer Satz") -> dict[str, str]:
    return {f"{name}_de": text, f"{name}_en": text}


def places(world) -> dict[str, dict[str, object]]:
    """Each part on a private, on a public, and of another city's partnership."""
    found = {}
    for name, slug, shown in (
        ("private", "eins", False),
        ("public", "zwei", True),
        ("foreign", "fremd", False),
    ):
        for kind, place in _parts(world, slug, shown).items():
            if name == "foreign":
                found[f"{kind} of another partnership"] = {**place, "slug": "eins"}
            else:
                found[f"{name} {kind}"] = place
    made = Partnership.objects.get(slug="zwei")
    stored = files.store(b"%PDF-1.7 flyer", name="zwei-de.pdf", media_type="application/pdf")
    Flyer.objects.create(partnership=made, language="de", digest="0" * 64, file=stored)
    return found | {
        "private flyer": {"slug": "eins", "language": "de"},
        "public flyer": {"slug": "zwei", "language": "de"},
        "public flyer to be made": {"slug": "zwei", "language": "en"},
        "flyer in no language": {"slug": "zwei", "language": "sv"},
    }


def _parts(world, slug: str, shown: bool) -> dict[str, dict[str, object]]:
    made = Partnership.objects.get(slug=slug)
    party = made.parties.first()
    goal = goals.set_goal(made, title=both("Zweites Ziel"), unit=both("Tage"), by=None)
    row = goals.measure(goal, Decimal(3), on=DAY, by=None)
    step = actions.plan(
        made,
        title=both("Katalog schreiben"),
        owner=both("Amt"),
        person_name=canaries.CONTACT,
        is_public=shown,
        by=None,
    )
    project = projects.catch_idea(made, title=both("Pegelkarte"), slug=f"p-{slug}", by=None)
    lab = labs.describe(made, name=both("Labor"), slug=f"l-{slug}", by=None)
    labs.open_site(lab, party, "Altes Werk", by=None)
    item = news.write(
        made, title=both("Neues"), body=both("Text"), place="Bielefeld", on=DAY,
        source="Stadt", slug=f"n-{slug}", by=None,
    )  # fmt: skip
    if shown:
        projects.publish(project, by=None)
        labs.publish(lab, by=None)
        news.publish(item, by=None)
    planned = encounters.note(made, title=both("Besuch"), by=None)
    contact = participation.name_contact(
        made, party=party, function=both("Amt"), person_name=canaries.CONTACT,
        email="amt@example.org", by=None,
    )  # fmt: skip
    stone = milestones.mark(made, title=both("Auftakt"), on=DAY, by=None)
    sent = ambassadors.appoint(
        made, party=party, role=both("Botschaft"), person_name=canaries.CONTACT, by=None
    )
    here = {"slug": slug}
    return {
        "measured goal": {**here, "position": goal.position, "pk": row.pk},
        "step": {**here, "pk": step.pk},
        "project": {**here, "project": project.slug},
        "lab": {**here, "lab": lab.slug},
        "news": {**here, "item": item.slug},
        "meeting": {**here, "pk": planned.pk},
        "contact": {**here, "pk": contact.pk},
        "milestone": {**here, "pk": stone.pk},
        "ambassador": {**here, "pk": sent.pk},
    }


def _party(place) -> int:
    found = Partnership.objects.filter(slug=place["slug"]).first()
    return found.parties.first().pk if found else 1


def _site(world, place):
    return {"party": _party(place), "place": "Neues Werk"}


def _join(world, place):
    return {"actor": world.cities.actor.pk, "party": _party(place)}


def _contact(world, place):
    return {**words("role"), **words("function"), "party": _party(place)}


def _introduction(world, place):
    other = world.cities.topic.actors.first() or world.cities.actor
    second = type(other).objects.exclude(pk=world.cities.actor.pk).first()
    return {"first": world.cities.actor.pk, "second": second.pk, "on": "2026-03-17"}


NEWS = {
    **words("title"), **words("body"), "place": "Tampere", "on": "2026-03-17", "source": "Stadt",
}  # fmt: skip
PLAIN = {
    "goal_correct": {"value": "4", "on": "2026-03-17"},
    "action_new": {**words("title"), **words("owner")},
    "action_edit": {**words("title"), **words("owner")},
    "action_put": {"state": "ongoing"},
    "project_new": words("title"),
    "project_edit": {**words("title"), "mode": "act"},
    "project_put": {"state": "planned"},
    "lab_new": words("name"),
    "lab_edit": words("name"),
    "lab_put": {"state": "planned"},
    "milestone_new": {**words("title"), "on": "2027-01-01"},
    "milestone_edit": {**words("title"), "on": "2027-01-01"},
    "encounter_settle": {"state": "held"},
    "contact_edit": words("function"),
    "contact_write": {"name": "Eva", "email": "eva@example.org", "message": "Guten Tag"},
    "statement_new": {
        "role": "Bürgermeisterin", "language": "de", "original": "Gut so",
        "translation_language": "en", "source": "Zeitung",
    },
    "news_new": NEWS,
    "news_edit": NEWS,
}  # fmt: skip
DEPENDENT = {
    "lab_site": _site,
    "project_join": _join,
    "ambassador_new": _contact,
    "introduction_new": _introduction,
}
