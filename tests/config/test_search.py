"""The search finds everything that its reader may see: by words, beginnings and other spellings."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from circles.models import Application
from circles.resulting import results
from config.pages.search import asking
from formats.weighing import ideas, visions
from partnerships.directory import directory
from partnerships.models import Actor
from tests.circles.deciding import begin_other
from tests.circles.factories import make_application, make_call, make_circle
from tests.circles.results import adopted, office_order, prepared, published
from tests.conftest import login
from tests.formats.factories import (
    make_adopted_vision,
    make_meeting,
    make_vision,
    make_work_order,
    text,
)

pytestmark = pytest.mark.django_db
ENGLISH = {"accept-language": "en"}


def ask(client, q: str, **more):
    return client.get(reverse("search"), {"q": q, **more}, headers=ENGLISH)


def titles(page) -> list[str]:
    return [hit.title for group in page.context["groups"] for hit in group.hits]


def body(page) -> str:
    return page.content.decode()


def list_actors(*names: str, said: str = "") -> None:
    for name in names:
        directory.list_actor(
            name, kind=Actor.Kind.COMPANY, sector=Actor.Sector.BUSINESS,
            description=text(said), by=None,
        )  # fmt: skip


def test_the_page_without_a_question_is_one_field(client):
    page = client.get(reverse("search"), headers=ENGLISH)
    assert page.status_code == 200
    assert '<meta name="robots" content="noindex">' in body(page)
    assert "found" not in page.context
    assert '<a href="/suche/">Search</a>' in body(client.get("/", headers=ENGLISH))
    assert '<a href="/suche/">Suche</a>' in body(client.get("/"))


def test_hits_of_all_kinds_stand_in_groups_with_their_numbers(client, otto):
    order = make_work_order(otto, vision=make_adopted_vision(otto, title="Lampen für alle"))
    circle = make_circle(otto, name="Lampen am Weg", order=order)
    make_call(otto, circle=circle)
    published(otto, title=text("Lampen brennen", "Lamps are lit"))
    directory.list_topic("lampen", name=text("Lampenbau", "Making lamps"), by=None)
    list_actors("Lampenfabrik", said="Lampen seit 1900.")

    page = ask(client, "Lampen")
    found = {
        group.name: (group.number, [h.title for h in group.hits])
        for group in page.context["groups"]
    }
    assert found == {
        "vision": (1, ["Lampen für alle"]),
        "circle": (1, ["Lampen am Weg"]),
        "call": (1, [str(circle.calls.get().question)]),
        "result": (2, ["Lamps are lit", "Put up lamps"]),
        "session": (1, ["Draw by lot: innovation circle “Lampen am Weg” (session 2/2026)"]),
        "topic": (1, ["Making lamps"]),
        "actor": (1, ["Lampenfabrik"]),
    }
    assert page.context["number"] == 8
    assert '<h2 id="treffer">8 hits</h2>' in body(page)
    assert "<title>8 hits for “Lampen” – Search – Stadtbrücke</title>" in body(page)
    assert '<a href="/akteure/lampenfabrik/">Lampenfabrik</a>' in body(page)
    # German words on an English page say so.
    assert 'lang="de">Lampen seit 1900.</p>' in body(page)


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("Strasse", "Straßenbau Nord"),
        ("STRAẞE", "Strassenamt"),
        ("Mobilität", "Mobilitaetsverein"),
        ("mobilitaet", "Mobilitätsbüro"),
        ("Jarvi", "Järvikoski Oy"),
        ("kehrswende", "Verkehrswende e. V."),
        ("Häuser", "Haus der Räume"),
        ("wende verkehr", "Verkehrswende e. V."),
        ("привет", "ООО Привет"),
    ],
)
def test_umlauts_endings_and_parts_of_names_find_each_other(client, asked, name):
    list_actors(name, "Etwas anderes")
    assert titles(ask(client, asked)) == [name]


def test_an_abbreviation_is_found_with_and_without_its_dots(client, otto):
    make_meeting(otto, place="Saal des D.I.V.")
    for asked in ("D.I.V.", "DIV", "div Saal"):
        assert titles(ask(client, asked))[-1].startswith("Session "), asked


def test_a_name_that_comes_near_is_offered_when_nothing_has_the_words(client):
    list_actors("Universität Bielefeld", "Bäckerei")
    page = ask(client, "Bilefeld")
    assert titles(page) == ["Universität Bielefeld"]
    assert "Nothing has exactly these words. These names come near:" in body(page)
    assert "come near" not in body(ask(client, "Bielefeld"))


def test_words_that_say_nothing_are_passed_over_and_asked_for_alone(client):
    list_actors("Wasserwerk", said="Wasser in der Stadt")
    list_actors("IT Haus")
    assert titles(ask(client, "das Wasser für die Stadt")) == ["Wasserwerk"]
    assert titles(ask(client, "IT")) == ["IT Haus"]


def test_nothing_found_gives_advice(client):
    page = ask(client, "gibtesnicht")
    assert '<h2 id="treffer">0 hits</h2>' in body(page)
    assert "fewer words, or only the beginning of a long one" in body(page)


@pytest.mark.parametrize("asked", ["", " ", "x", "…", "a b c"])
def test_too_little_is_said_so(client, asked):
    page = ask(client, asked)
    assert page.status_code == 200
    assert "Please write at least one word of two letters or more." in body(page)
    assert "found" not in page.context


def test_too_much_is_said_so_and_kept(client):
    asked = "Wasser " * 1428 + "Ende"
    page = ask(client, asked)
    assert page.status_code == 200
    assert "Please shorten it to 300 characters; it has 10000 now." in body(page)
    assert f'value="{asked}"' in body(page)
    assert ask(client, "w" * 300).context["number"] == 0


def test_markup_stays_text_in_question_and_answer(client):
    list_actors("<b>Fett</b> GmbH", said="Vor <script>alert(1)</script> dem Wort Wasser")
    page = ask(client, '"><script>alert(2)</script> Wasser')
    assert page.status_code == 200
    page = ask(client, "Wasser <b>")
    assert titles(page) == ["<b>Fett</b> GmbH"]
    for one in (page, ask(client, '"><script>alert(2)</script>')):
        assert "<script>alert" not in body(one)
        assert "<b>Fett" not in body(one)
    assert "&lt;script&gt;alert(1)&lt;/script&gt; dem Wort Wasser" in body(page)


@pytest.mark.parametrize(
    "asked", ["%", "_ _", "100% (", "' OR 1=1 --", "a:* & !b | (c", "\\", "{union}"]
)
def test_signs_of_query_languages_are_signs(client, asked):
    list_actors("Wasserwerk")
    assert ask(client, f"{asked} Wasserwerk").status_code == 200
    assert titles(ask(client, f"Wasserwerk {asked}"))[:1] in ([], ["Wasserwerk"])


def test_right_to_left_is_found_and_keeps_its_direction(client):
    list_actors("جسر المدينة")
    page = ask(client, "المدينة")
    assert titles(page) == ["جسر المدينة"]
    assert '<h3 dir="auto">' in body(page)
    assert 'dir="auto"' in body(page).split('name="q"')[1][:120]


def test_twenty_a_page_and_the_kind_survives_paging(client):
    list_actors(*(f"Wasserwerk {n:02}" for n in range(23)))
    directory.list_topic("wasser", name=text("Wasser"), by=None)
    first = ask(client, "Wasser")
    assert len(titles(first)) == 20 and titles(first)[0] == "Wasser"
    assert '?q=Wasser&amp;page=2"' in body(first)
    chosen = ask(client, "Wasser", art="actor")
    assert '?q=Wasser&amp;art=actor&amp;page=2"' in body(chosen)
    second = ask(client, "Wasser", art="actor", page=2)
    assert len(titles(second)) == 3
    assert '<b class="sb-tap" aria-current="true">Actors (23)</b>' in body(second)
    assert 'href="?q=Wasser">All (24)</a>' in body(second)
    assert len({*titles(chosen), *titles(second)}) == 23
    assert len(titles(ask(client, "Wasser", art="unknown", page=99))) == 4
    assert "None of them is of the kind “Forums”." in body(ask(client, "Wasser", art="forum"))


def test_many_hits_are_cut_and_it_is_said(client, monkeypatch):
    monkeypatch.setattr(asking, "MOST", 2)
    list_actors("Wasser 1", "Wasser 2", "Wasser 3")
    page = ask(client, "Wasser")
    assert page.context["number"] == 2
    assert "There are more than these 2. One more word brings you closer." in body(page)


def test_the_search_asks_as_much_for_three_as_for_one(client, otto, django_assert_num_queries):
    list_actors("Wasser 1")
    make_vision(otto, title="Wasser für alle")
    with django_assert_num_queries(2):
        assert len(titles(ask(client, "Wasser"))) == 1
    list_actors("Wasser 2", "Wasser 3")
    directory.list_topic("wasser", name=text("Wasser"), by=None)
    make_adopted_vision(otto, title="Wasser im Park")
    with django_assert_num_queries(2):
        assert len(titles(ask(client, "Wasser"))) == 5
    login(client, otto)
    ask(client, "Wasser")
    with django_assert_num_queries(5):
        assert len(titles(ask(client, "Wasser"))) == 6


def test_drafts_are_for_those_who_read_them_elsewhere(client, clara, dora, otto):
    draft = make_vision(otto, title="Geheime Brunnen")
    for reader, expected in ((clara, []), (dora, ["Geheime Brunnen"]), (otto, ["Geheime Brunnen"])):
        login(client, reader)
        assert titles(ask(client, "Brunnen")) == expected
    assert "not public" in body(ask(client, "Brunnen"))
    yesterday = timezone.now() - dt.timedelta(days=1)
    visions.adopt(draft, make_meeting(otto, starts_at=yesterday), by=otto)
    client.logout()
    assert titles(ask(client, "Brunnen")) == ["Geheime Brunnen"]


def test_the_words_of_a_sender_are_the_offices_before_and_after_the_answer(client, otto):
    idea = ideas.send(title="Trampolin vor dem Rathaus", text="Für meine Tochter Ronja.")
    assert titles(ask(client, "Ronja")) == []
    login(client, otto)
    assert titles(ask(client, "Ronja")) == ["Trampolin vor dem Rathaus"]
    ideas.answer(
        idea, text("Gute Idee."), by=otto,
        public_title=text("Spielgeräte"), public_text=text("Geräte für Kinder"),
    )  # fmt: skip
    client.logout()
    assert titles(ask(client, "Ronja")) == titles(ask(client, "Trampolin")) == []
    assert titles(ask(client, "Kinder")) == ["Spielgeräte"]


def test_applications_and_trials_are_found_by_nobody(client, otto, rita):
    call = make_call(otto)
    made = make_application(call, name="Xaverine Quastenflosser", email="quasten@example.org")
    assert Application.objects.filter(pk=made.pk).exists()
    for reader in (otto, rita):
        login(client, reader)
        for asked in ("Quastenflosser", "Xaverine", "quasten", made.ticket):
            assert titles(ask(client, asked)) == []


def test_a_withheld_result_is_found_by_its_reason_only(client, otto):
    found = prepared(otto, order=office_order(otto), title=text("Verborgene Quelle"))
    results.withhold(found, text("Rechte Dritter stehen dagegen."), by=otto)
    assert titles(ask(client, "Verborgene")) == []
    assert titles(ask(client, "Rechte Dritter")) == [
        f"Result of work order {found.work_order.number}"
    ]


def test_what_a_circle_decided_is_found_by_all_and_what_it_discusses_by_nobody(client, otto):
    circle = adopted(otto)
    (decided,) = circle.decisions.filter(kind="proposal")
    begin_other(circle, otto, "Bänke am Weg")
    assert titles(ask(client, "Mehr Licht am Weg")) == [decided.title]
    for reader in (client, login(Client(), otto)):
        assert "Bänke am Weg" not in titles(ask(reader, "Bänke"))
