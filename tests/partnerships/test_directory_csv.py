"""The directory as a table: exactly what the list shows, safe to open, ready to come back."""

import csv
import io

import pytest
from django.urls import reverse

from foundation.spreadsheets import safe, unsafe
from partnerships.directory import directory
from partnerships.models import Topic
from tests.partnerships.factories import both


@pytest.mark.parametrize(
    "cell", ["=cmd|' /C calc'!A0", "+49", "-1", "@SUM(A1)", "\tx", "\rx", "'=1"]
)
def test_formulas_become_text_and_come_back(cell):
    assert safe(cell) == f"'{cell}"
    assert unsafe(safe(cell)) == cell


@pytest.mark.parametrize("cell", ["", "'t Hof", "Müller", "a=b"])
def test_other_cells_stay_as_they_are(cell):
    assert unsafe(cell) == cell
    assert unsafe(safe(cell)) == cell


def table(client, delimiter=",", **query):
    text = client.get(reverse("actor_csv"), query).content.decode()
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=delimiter))


def test_the_table_holds_exactly_what_the_list_shows(client, bielefeld):
    biotech = directory.list_topic("biotech", name=both("Bio"), kind=Topic.Kind.INDUSTRY, by=None)
    for n in range(30):
        directory.list_actor(
            f"Werk {n:02}", kind="sme", sector="business", municipality=bielefeld, by=None,
            topics=[biotech] if n < 25 else [],
        )  # fmt: skip
    directory.list_actor("=Amt", kind="municipality", sector="administration", by=None)
    asked = {"industry": "biotech", "q": "werk"}
    shown = client.get(reverse("actor_list"), asked).context["page_obj"].paginator.count
    rows = table(client, **asked)
    assert len(rows) == shown == 25
    assert [list(row.values())[1] for row in rows] == [f"Werk {n:02}" for n in range(25)]
    assert [list(row.values())[1] for row in table(client, letters="A-E")] == ["'=Amt"]


def test_the_form_for_excel_has_a_mark_and_semicolons(client, bielefeld):
    directory.list_actor("Ärzte; Bund", kind="association", sector="civil_society", by=None)
    raw = client.get(reverse("actor_csv"), {"form": "excel"}).content
    assert raw.startswith(b"\xef\xbb\xbf")
    assert b'"\xc3\x84rzte; Bund"' in raw
    assert list(table(client, ";", form="excel")[0].values())[1] == "Ärzte; Bund"
