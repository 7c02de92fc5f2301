"""Joint projects, City Labs and milestones: stages, results, and who is tied to whom."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from foundation.languages import LocalizedText
from foundation.states import UndeclaredMove
from partnerships.cities import challenges
from partnerships.course import encounters, focuses, participation, phases
from partnerships.deeds import labs, milestones, projects
from partnerships.directory import directory
from partnerships.models import Actor, CityLab, Project
from partnerships.portrait import network
from tests.conftest import login
from tests.partnerships.factories import both

State, Lab = Project.State, CityLab.State
DAY = dt.date(2026, 3, 17)


@pytest.fixture
def meeting(partnership):
    return encounters.note(partnership, title=both("Digitale Konferenz"), on=DAY, by=None)


@pytest.fixture
def project(partnership, meeting):
    return projects.catch_idea(
        partnership, title=both("Pegelkarte", "Map of levels"), encounter=meeting, by=None
    )


def describe(project, **more):
    words = dict.fromkeys(("summary", "citizen_benefit", "result", "funding"), LocalizedText())
    projects.describe(project, **{"title": project.title, **words, "by": None, **more})


def actor(name, city, sector=Actor.Sector.SCIENCE, topics=()):
    return directory.list_actor(
        name, kind="company", sector=sector, municipality=city, topics=topics, by=None
    )


@pytest.mark.req("R39")
@pytest.mark.req("R48")
def test_an_idea_from_a_meeting_becomes_a_project_with_a_public_page(
    client, project, partnership, otto
):
    phases.publish_partnership(partnership, by=otto)
    url = reverse("project", args=[partnership.slug, project.slug])
    assert client.get(url).status_code == 404
    projects.publish(project, by=otto)
    text = client.get(url, headers={"accept-language": "en"}).content.decode()
    assert "Map of levels" in text
    assert "Digitale Konferenz" in text


@pytest.mark.req("R39")
def test_an_idea_is_written_down_from_the_page_of_the_meeting(client, partnership, meeting, otto):
    url = reverse("project_new", args=[partnership.slug]) + f"?treffen={meeting.pk}"
    form = login(client, otto).get(url).context["form"]
    assert form["encounter"].value() == str(meeting.pk)
    typed = {"title_de": "Pegelkarte", "title_en": "Map", "encounter": form["encounter"].value()}
    assert client.post(url, typed).status_code == 302
    assert Project.objects.get().encounter == meeting


@pytest.mark.req("R57")
@pytest.mark.req("R62")
@pytest.mark.req("R59")
def test_a_pilot_says_its_benefit_and_a_finished_project_its_result(project):
    projects.put(project, State.PLANNED, by=None)
    with pytest.raises(projects.BenefitMissing):
        projects.put(project, State.PILOT, by=None)
    describe(project, citizen_benefit=both("Niemand wird nass"))
    projects.put(project, State.PILOT, by=None)
    with pytest.raises(projects.ResultMissing):
        projects.put(project, State.DONE, by=None)
    with pytest.raises(projects.BenefitMissing):
        describe(project)
    describe(project, citizen_benefit=both("Niemand wird nass"), result=both("40 Pegel"))
    projects.put(project, State.DONE, by=None)
    with pytest.raises(UndeclaredMove):
        projects.put(project, State.RUNNING, by=None)
    with pytest.raises(IntegrityError, match="project_done_has_result"), transaction.atomic():
        Project.objects.filter(pk=project.pk).update(result=LocalizedText())


@pytest.mark.req("R55")
def test_everybody_reads_what_people_have_of_a_project(client, project, partnership, otto):
    phases.publish_partnership(partnership, by=otto)
    describe(project, citizen_benefit=both("Niemand wird nass", "Nobody gets wet"))
    projects.put(project, State.PLANNED, by=None)
    projects.put(project, State.PILOT, by=None)
    projects.publish(project, by=otto)
    url = reverse("project", args=[partnership.slug, project.slug])
    page = client.get(url, headers={"accept-language": "en"}).content.decode()
    assert "What people have of it" in page
    assert "Nobody gets wet" in page
    with pytest.raises(projects.BenefitMissing):
        describe(project)
    with pytest.raises(IntegrityError), transaction.atomic():
        Project.objects.filter(pk=project.pk).update(citizen_benefit=LocalizedText())


def test_stopping_needs_a_reason_and_dates_stand_in_order(project):
    with pytest.raises(projects.ProjectReasonMissing):
        projects.put(project, State.STOPPED, by=None)
    with pytest.raises(projects.EndBeforeStart):
        describe(project, starts_on=DAY, ends_on=DAY - dt.timedelta(days=1))
    projects.put(project, State.STOPPED, reason=both("Kein Geld"), by=None)
    assert project.state == "stopped"


@pytest.mark.req("R16")
def test_a_project_names_the_challenge_that_it_answers(client, project, partnership, otto):
    topic = directory.list_topic("wasser", name=both("Wasser"), by=None)
    challenge = challenges.list_challenge(title=both("Hochwasser"), topic=topic, by=None)
    describe(project, challenge=challenge, topic=topic)
    login(client, otto, fresh=True)
    page = client.get(reverse("project", args=[partnership.slug, project.slug]))
    assert "Hochwasser" in page.content.decode()


@pytest.mark.req("R12")
@pytest.mark.req("R13")
@pytest.mark.req("R65")
@pytest.mark.req("R66")
def test_leads_funding_and_ties_across_cities_and_sectors(
    client, project, partnership, sides, bielefeld, tampere, otto
):
    topic = directory.list_topic("wasser", name=both("Wasser"), by=None)
    describe(project, topic=topic, funding=both("Ministerium (Demo)"))
    home = actor("Werk Eins", bielefeld, Actor.Sector.BUSINESS)
    for each, side in ((home, sides[0]), (actor("Institut Zwei", tampere), sides[1])):
        projects.join(project, each, party=side, leads=True, by=None)
    phases.publish_partnership(partnership, by=otto)
    projects.publish(project, by=otto)
    (tie,) = network.ties_of_actor(home, otto)
    assert (tie.first.name, tie.topic, tie.second.name) == ("Werk Eins", "Wasser", "Institut Zwei")
    text = client.get(
        reverse("partnership", args=[partnership.slug]), headers={"accept-language": "en"}
    ).content.decode()
    assert "across sectors, across organisations, across cities" in text
    assert "Led by Werk Eins, Institut Zwei" in text
    assert "Funded by Ministerium (Demo)" in text
    own = client.get(reverse("project", args=[partnership.slug, project.slug])).content.decode()
    assert "<dd>Ministerium (Demo)</dd>" in own
    assert 'aria-label="Network of 2 actors' in text


@pytest.mark.req("R12")
def test_two_actors_on_the_same_topic_are_tied_without_a_project(
    partnership, sides, bielefeld, tampere, otto
):
    topic = directory.list_topic("wasser", name=both("Wasser"), by=None)
    focuses.propose(partnership, topic, by=None)
    home, away = actor("A", bielefeld, topics=[topic]), actor("B", tampere, topics=[topic])
    third = actor("C", bielefeld, topics=[topic])
    for each, side in ((home, sides[0]), (third, sides[0]), (away, sides[1])):
        participation.take_part(partnership, each, party=side, by=None)
    found = [(t.first.name, t.second.name) for t in network.ties_of_actor(away, otto)]
    assert found == [("A", "B"), ("C", "B")]
    assert [t.second.name for t in network.ties_of_actor(home, otto)] == ["B"]


def test_a_stranger_finds_no_tie_through_an_unpublished_partnership(
    partnership, sides, bielefeld, tampere, project, clara
):
    home = actor("A", bielefeld)
    projects.join(project, home, party=sides[0], by=None)
    projects.join(project, actor("B", tampere), party=sides[1], by=None)
    assert network.ties_of_actor(home, clara) == []


@pytest.mark.req("R12")
def test_an_entry_shows_its_network_and_projects_to_whom_may_see_them(
    client, partnership, sides, bielefeld, tampere, project, otto
):
    home, away = actor("Werk Eins", bielefeld), actor("Institut Zwei", tampere)
    for each, side in ((home, sides[0]), (away, sides[1])):
        projects.join(project, each, party=side, leads=each == home, by=None)
    phases.publish_partnership(partnership, by=otto)
    url = reverse("actor", args=[home.slug])
    language = {"accept-language": "en"}
    login(client, otto, fresh=True)
    seen = client.get(url, headers=language).content.decode()
    assert "Map of levels" in seen
    assert 'aria-label="Network of 2 actors' in seen
    assert reverse("actor", args=[away.slug]) in seen
    client.logout()
    unseen = client.get(url, headers=language).content.decode()
    assert "Map of levels" not in unseen
    assert "Institut Zwei" not in unseen
    assert "Takes part in no public project yet." in unseen
    projects.publish(project, by=otto)
    public = client.get(url, headers=language).content.decode()
    assert "Map of levels" in public
    assert "Institut Zwei" in public


@pytest.mark.req("R52")
def test_a_city_lab_has_places_topics_and_results(client, partnership, sides, otto):
    topic = directory.list_topic("wasser", name=both("Wasser"), by=None)
    lab = labs.describe(
        partnership, name=both("Hafenlabor"), topics=[topic], results=both("Drei Sensoren"), by=None
    )
    labs.put(lab, Lab.PLANNED, by=None)
    with pytest.raises(labs.LabWithoutSite):
        labs.put(lab, Lab.ACTIVE, by=None)
    labs.open_site(lab, sides[1], "Hiedanranta", by=None)
    labs.open_site(lab, sides[1], "Hiedanranta", by=None)
    labs.put(lab, Lab.ACTIVE, by=None)
    login(client, otto, fresh=True)
    text = client.get(reverse("lab", args=[partnership.slug, lab.slug])).content.decode()
    for words in ("Hiedanranta, Tampere", "Wasser", "Drei Sensoren"):
        assert words in text
    assert lab.sites.count() == 1


@pytest.mark.req("R37")
@pytest.mark.req("R58")
def test_milestones_follow_each_other_and_stand_on_the_line(
    client, partnership, meeting, project, otto
):
    first = milestones.mark(
        partnership, title=both("Analyse fertig"), on=DAY, is_reached=True, by=None
    )
    with pytest.raises(milestones.MilestoneBeforePredecessor):
        milestones.mark(
            partnership, title=both("X"), on=DAY - dt.timedelta(days=1), after=first, by=None
        )
    with pytest.raises(milestones.ReachedInTheFuture):
        milestones.mark(
            partnership, title=both("X"), on=dt.date(2999, 1, 1), is_reached=True, by=None
        )
    milestones.mark(
        partnership, title=both("Netz"), on=DAY, after=first, encounter=meeting, project=project,
        by=None,
    )  # fmt: skip
    login(client, otto, fresh=True)
    page = client.get(
        reverse("partnership", args=[partnership.slug]), headers={"accept-language": "en"}
    )
    text = page.content.decode()
    assert "grew out of: Analyse fertig" in text
    assert "grew out of: Digitale Konferenz" in text
    assert partnership.ends_on is None


def test_whoever_works_on_a_partnership_finds_the_way_to_change_a_milestone(
    client, partnership, project, otto, bruno, olaf
):
    kept = milestones.mark(partnership, title=both("Netz"), on=DAY, project=project, by=None)
    phases.publish_partnership(partnership, by=otto)
    projects.publish(project, by=otto)
    way = f'href="{reverse("milestone_edit", args=[partnership.slug, kept.pk])}"'
    pages = (
        reverse("partnership", args=[partnership.slug]),
        reverse("project", args=[partnership.slug, project.slug]),
    )
    for reader, finds in ((otto, True), (bruno, True), (olaf, False)):
        login(client, reader, fresh=True)
        assert [way in client.get(each).content.decode() for each in pages] == [finds, finds]


def test_while_a_partnership_rests_no_project_begins(partnership):
    type(partnership).objects.filter(pk=partnership.pk).update(suspended_at=dt.datetime.now(dt.UTC))
    with pytest.raises(IntegrityError, match="at-rest"), transaction.atomic():
        Project.objects.create(partnership=partnership, slug="x", title=both("X"))
