"""Open data: objects, fields and types of OParl 1.1, our own figures apart."""

from __future__ import annotations

import datetime as dt
from urllib.parse import urlsplit

import pytest
from django.urls import reverse

from formats.models import Minutes
from formats.sittings import agenda, meetings, papers
from foundation.documents.rendering import render_pdf
from tests.conftest import do_due_work, player
from tests.formats.factories import make_meeting, text
from tests.formats.oparl_schema import FIELDS
from tests.formats.rooms import five
from tests.formats.test_minutes import approved

KINDS = ("body", "organization", "membership", "meeting", "agendaitem", "paper", "file", "person")


def get(client, address):
    answer = client.get(urlsplit(address).path + "?" + urlsplit(address).query)
    assert answer.status_code == 200, address
    return answer.json()


def faults(thing) -> list[str]:
    """What of `thing` and of the objects inside it does not follow the schema."""
    name = thing["type"].removeprefix("https://schema.oparl.org/1.1/")
    required, types = FIELDS[name]
    kind_of = {field: kind for kind, fields in types.items() for field in fields.split()}
    found = [f"{name}.{field} is missing" for field in required.split() if field not in thing]
    for field, value in thing.items():
        if field.startswith("stadtbruecke:"):
            continue
        if field not in kind_of:
            found.append(f"{name}.{field} is no field")
        elif not _fits(value, kind_of[field]):
            found.append(f"{name}.{field} is no {kind_of[field]}: {value!r}")
        inner = value if isinstance(value, list) else [value]
        found += [
            fault for each in inner if isinstance(each, dict) and "type" in each
            for fault in faults(each)
        ]  # fmt: skip
    return found


def _fits(value, kind: str) -> bool:
    if kind == "moment":
        return dt.datetime.fromisoformat(value).tzinfo is not None
    if kind == "day":
        return dt.date.fromisoformat(value).isoformat() == value
    if kind == "url":
        return urlsplit(value).scheme in {"http", "https"} and bool(urlsplit(value).netloc)
    python = {"string": str, "boolean": bool, "integer": int, "array": list, "object": dict}
    return type(value) is python[kind]


@pytest.fixture(scope="module")
def full_ground(ground):
    """Everything that there can be: members, papers, votes, minutes, a cancelled session."""
    otto = player("Otto")
    found = approved(otto, five(otto), do_due_work)
    item = agenda.add_item(make_meeting(otto), text("Radwege", "Cycle paths"), by=otto)
    paper = render_pdf("<p>Karte</p>", title="Karte", language="de")
    papers.attach(item, name="Karte", data=paper, is_public=True, by=otto)
    meetings.cancel(make_meeting(otto), by=otto)
    return found.pk


@pytest.fixture
def full(full_ground):
    return Minutes.objects.get(pk=full_ground)


def test_every_object_follows_the_schema_and_is_found_under_its_id(client, full):
    system = get(client, reverse("oparl_system"))
    assert faults(system) == []
    assert system["oparlVersion"] == "https://schema.oparl.org/1.1/"
    seen = {}
    for kind in KINDS:
        for thing in get(client, reverse("oparl_list", args=[kind]))["data"]:
            seen.setdefault(kind, 0)
            seen[kind] += 1
            assert faults(thing) == []
            assert get(client, thing["id"]) == thing
    assert seen == {
        "body": 1, "organization": 1, "membership": 5, "meeting": 4, "agendaitem": 3, "paper": 1,
        "file": 1,
    }  # fmt: skip


def test_every_link_inside_leads_somewhere(client, full):
    city = get(client, reverse("oparl_object", args=["body", "stadt"]))
    for field in ("organization", "person", "meeting", "paper", "agendaItem", "file", "membership"):
        get(client, city[field])
    (meeting,) = [
        thing for thing in get(client, city["meeting"])["data"] if "resultsProtocol" in thing
    ]
    for address in (
        meeting["organization"][0], meeting["location"]["id"], meeting["resultsProtocol"]["id"],
        meeting["agendaItem"][0]["meeting"],
    ):  # fmt: skip
        get(client, address)
    pdf = client.get(urlsplit(meeting["resultsProtocol"]["accessUrl"]).path)
    assert pdf.content.startswith(b"%PDF-")


def test_states_are_those_that_oparl_recommends(client, full):
    things = get(client, reverse("oparl_list", args=["meeting"]))["data"]
    states = {(thing["meetingState"], thing["cancelled"]) for thing in things}
    assert states == {
        ("durchgeführt", False), ("eingeladen", False), ("terminiert", False), ("terminiert", True),
    }  # fmt: skip


def test_wording_and_figures_stand_at_the_item(client, full):
    things = get(client, reverse("oparl_list", args=["agendaitem"]))["data"]
    (item,) = [thing for thing in things if "resolutionText" in thing]
    assert item["resolutionText"] == "Das D.I.V. empfiehlt Radwege."
    (figures,) = item["stadtbruecke:votes"]
    assert (figures["yes"], figures["no"], figures["present"]) == (3, 2, 5)
    assert figures["number"] == f"{full.meeting.reference}/01"
