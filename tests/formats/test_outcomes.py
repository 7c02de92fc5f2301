"""From topics to what came of them: projects, labs, ideas, meetings; delegations and contacts."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from formats.events import events, forums, outcomes
from formats.models import Contact, Event, Outcome
from partnerships.deeds import labs
from partnerships.directory import directory
from partnerships.models import CityLab, Focus, Project, Topic
from tests.conftest import login
from tests.formats.event_factories import announced
from tests.formats.factories import text

ENGLISH = {"accept-language": "en"}


def page_of(name: str, slug: str, client: Client | None = None) -> str:
    address = reverse(name, args=[slug])
    return (client or Client()).get(address, headers=ENGLISH).content.decode()


def raised(event, otto, title: str = "Offene Pegel"):
    return outcomes.raise_topic(event, text(title, f"{title} (en)"), by=otto)


@pytest.mark.parametrize(
    ("kind", "model", "state"),
    [("joint_project", Project, "planned"), ("project_idea", Project, "idea"),
     ("city_lab", CityLab, "idea")],
)  # fmt: skip
def test_a_topic_becomes_something_in_its_partnership(otto, pair, kind, model, state):
    event = announced(otto, partnership=pair)
    outcome = outcomes.make(raised(event, otto), kind, event=event, by=otto)

    made = model.objects.get()
    assert (made.partnership, made.state) == (pair, state)
    assert outcome.project == made if model is Project else outcome.lab == made
    if model is Project:
        assert made.encounter.subject_id == str(event.pk)


def test_the_page_says_what_came_of_it_and_links_only_what_is_public(otto, pair):
    event = announced(otto, partnership=pair, starts_on=dt.date(2020, 9, 1))
    events.hold(event, by=otto)
    assert "Nothing has been noted yet." in page_of("event", event.slug)
    outcome = outcomes.make(raised(event, otto), "city_lab", event=event, by=otto)

    link = reverse("lab", args=[pair.slug, outcome.lab.slug])
    page = page_of("event", event.slug)
    assert "Offene Pegel (en)" in page
    assert link not in page
    labs.publish(outcome.lab, by=otto)
    assert link in page_of("event", event.slug)


def test_what_is_only_raised_or_dropped_stays_inside(client, otto):
    event = announced(otto)
    raised(event, otto, "Noch offen")
    dropped = raised(event, otto, "Verworfen")
    with pytest.raises(outcomes.ReasonMissing):
        outcomes.drop(dropped, text(""), by=otto)
    outcomes.drop(dropped, text("Kein Geld"), by=otto)

    page, inside = page_of("event", event.slug), page_of("event_results", event.slug,
                                                         login(client, otto))  # fmt: skip
    for words in ("Noch offen (en)", "Verworfen (en)"):
        assert words not in page
        assert words in inside
    outcomes.take_up(dropped, by=otto)
    assert dropped.state == "raised"


def test_a_joint_project_needs_two_cities(client, otto):
    event = announced(otto)
    outcome = raised(event, otto)

    page = login(client, otto).post(
        reverse("outcome_make", args=[event.slug, outcome.pk]),
        {"kind": "joint_project", "text_de": "Bitte behalten"},
        headers=ENGLISH,
    )

    assert "belongs to no partnership" in page.context["form"].non_field_errors()[0]
    assert "Bitte behalten" in page.content.decode()
    outcome.refresh_from_db()
    assert outcome.state == "raised"


@pytest.mark.req("R154")
def test_the_next_meeting_is_planned_with_its_predecessor(otto):
    event = announced(otto)
    outcome = outcomes.make(
        raised(event, otto, "Vernetzung"), "next_meeting", event=event, by=otto,
        text=text("Gemeinsam mit einer Stiftung", "Together with a foundation"),
    )  # fmt: skip

    following = outcome.next_event
    assert (following.predecessor, following.state) == (event, Event.State.PLANNED)
    page = page_of("event", event.slug)
    assert "Together with a foundation" in page
    assert following.slug not in page
    events.publish(following, by=otto)
    assert reverse("event", args=[following.slug]) in page_of("event", event.slug)


@pytest.mark.req("R142")
def test_an_idea_of_two_events_is_handed_to_the_programme(otto):
    forum = forums.found("Ruhr-Konferenz", title=text("Innovation"), number=17, by=otto)
    forums.publish(forum, by=otto)
    first = announced(otto, title="Roundtable", forum=forum)
    second = announced(otto, title="Treffen", forum=forum)
    idea = outcomes.raise_topic(first, text("Tagung"), more_events=[second], by=otto)
    outcomes.make(idea, "project_idea", event=first, handed_to="Ruhr-Konferenz", by=otto)

    for name, slug in (("event", first.slug), ("event", second.slug), ("forum", forum.slug)):
        page = page_of(name, slug)
        assert "Tagung" in page
        assert "Handed to: Ruhr-Konferenz." in page


@pytest.mark.req("R29")
@pytest.mark.req("R38")
@pytest.mark.req("R136")
def test_participants_by_delegation_each_on_site_or_remote(otto, pair):
    event = announced(otto, access="invited", invited=40, partnership=pair)
    house = directory.list_actor("Uni Fiktiv", kind="university", sector="science", by=None)
    outcomes.bring(event, actor=house, sector="other", delegation="Tampere", presence="remote",
                   is_key_actor=True, by=otto)  # fmt: skip
    outcomes.bring(event, function=text("Fachleute der Verwaltung"), sector="administration",
                   delegation="Bielefeld", number=3, presence="on_site", by=otto)  # fmt: skip

    page = page_of("event", event.slug)

    assert "<dt>Tampere</dt>" in page
    assert 'Uni Fiktiv <span class="sb-muted">(Science, joined online, key actor)' in page
    assert "3 × Fachleute der Verwaltung" in page
    assert "40 people invited" in page
    assert "by invitation" in page


@pytest.mark.req("R28")
@pytest.mark.req("R153")
def test_contacts_are_public_the_next_step_is_not(client, otto):
    event = announced(otto, kind="delegation_trip")
    office = login(client, otto)
    add = reverse("event_contact_create", args=[event.slug])
    step = {"name": "Spin-off Fiktiv", "kind": "spin_off", "follow_up": "Einladen"}

    refused = office.post(add, step, headers=ENGLISH)
    assert refused.context["form"].non_field_errors() == [
        "A next step needs somebody who takes it, and a day."
    ]
    office.post(add, {**step, "owner": "Innovationsbüro", "due_on": "2031-05-01"})

    page = page_of("event", event.slug)
    assert "Spin-off Fiktiv" in page
    assert "Einladen" not in page
    assert "Innovationsbüro" not in page
    contact = Contact.objects.get()
    office.post(reverse("event_contact_done", args=[event.slug, contact.pk]))
    contact.refresh_from_db()
    assert contact.done_at is not None
    with pytest.raises(IntegrityError), transaction.atomic():
        Contact.objects.filter(pk=contact.pk).update(owner="")


@pytest.mark.req("R147")
@pytest.mark.req("R149")
def test_a_trip_has_goals_in_both_directions(otto):
    event = announced(otto, kind="delegation_trip", learns=text("Gründung", "Start-up culture"),
                      shows=text("Die Region", "The region"))  # fmt: skip
    page = page_of("event", event.slug)
    assert "Delegation trip" in page
    assert "<dt>Learn</dt><dd>Start-up culture</dd>" in page
    assert "<dt>Show</dt><dd>The region</dd>" in page


@pytest.mark.req("R90")
@pytest.mark.req("R133")
@pytest.mark.req("R134")
@pytest.mark.req("R139")
@pytest.mark.req("R140")
def test_a_forum_with_number_claim_showcase_and_regions(client, otto, pair):
    office = login(client, otto)
    region = pair.parties.first().municipality
    topic = Topic.objects.create(slug="markt", name=text("Markt", "Market"), sort_de="markt")
    answer = office.post(reverse("forum_create"), {
        "programme": "Ruhr-Konferenz", "number": "17", "title_de": "Innovation",
        "claim_de": "Weltweit vernetzt", "alternative_title_de": "International vernetzt",
        "regions": [region.pk], "topics": [topic.pk],
    })  # fmt: skip
    assert client.__class__().get(answer["Location"]).status_code == 404
    slug = answer["Location"].rstrip("/").rpartition("/")[2]
    office.post(reverse("forum_publish", args=[slug]))
    for kind in ("showcase", "example", "assessment", "limits", "strategy"):
        office.post(reverse("contribution_create", args=[slug]),
                    {"kind": kind, "title_de": f"Beitrag {kind}", "topics": topic.pk})  # fmt: skip

    page = page_of("forum", slug)

    for words in ("Forum 17", "Weltweit vernetzt", "International vernetzt", "Bielefeld", "Market",
                  "Innovation project", "Concrete example", "Assessment", "Limits",
                  "Way to put it into practice", "Beitrag limits"):  # fmt: skip
        assert words in page, words
    row = forums.Forum.objects.get().topic_rows.get()
    assert row.standing == Focus.Status.EXPLORING


@pytest.mark.req("R167")
def test_an_umbrella_forum_contains_others(otto):
    wide = forums.found("Stifterverband", title=text("Offene Wissenschaft"), by=otto)
    inner = forums.found("Stifterverband", title=text("Lernnetze"), number=1, part_of=wide, by=otto)
    for each in (wide, inner):
        forums.publish(each, by=otto)

    assert f'href="{reverse("forum", args=[wide.slug])}">Offene Wissenschaft' in page_of(
        "forum", inner.slug
    )


@pytest.mark.parametrize("many", [1, 3])
def test_the_forum_asks_as_many_questions_for_three_as_for_one(
    client, otto, pair, many, django_assert_num_queries
):
    forum = forums.found("Ruhr-Konferenz", title=text("Innovation"), number=17, by=otto)
    forums.publish(forum, by=otto)
    for n in range(many):
        event = announced(otto, title=f"T{n}", forum=forum, partnership=pair)
        outcomes.make(raised(event, otto), "recommendation", event=event, by=otto)
        forums.contribute(forum, "showcase", title=text(f"P{n}"), by=otto)
    assert Outcome.objects.count() == many

    with django_assert_num_queries(12):
        client.get(reverse("forum", args=[forum.slug]))
