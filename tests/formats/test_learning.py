"""Networks and cohorts: who is shown, in which order things go, and what nobody asks."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from formats import printing
from formats.events import forums
from formats.forms import knowledge as knowledge_forms
from formats.forms import learning as learning_forms
from formats.learning import consultations, groups, knowledge, members, networks, sessions, sheets
from formats.models import Cohort, CohortMember, LearningNetwork, LearningSession
from foundation.documents import files
from foundation.documents.models import StoredFile
from foundation.errors import DomainError
from partnerships.models import Topic
from tests.conftest import login
from tests.formats.event_factories import in_days, open_event
from tests.formats.factories import text
from tests.formats.learning_factories import invite, join, make_actor, make_cohort, make_network

ENGLISH = {"accept-language": "en"}


def page(name: str, *args, client: Client | None = None) -> str:
    answer = (client or Client()).get(reverse(name, args=args), headers=ENGLISH)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.req("R67")
@pytest.mark.req("R94")
@pytest.mark.req("R167")
def test_a_network_has_a_host_an_umbrella_and_years(otto):
    forum = forums.found("Dach", title=text("Offene Wissenschaft"), by=otto, slug="dach")
    forums.publish(forum, by=otto)
    network = make_network(otto, forum=forum)
    for year in (2020, 2026):
        networks.start(networks.plan(network, year, by=otto), by=otto)
    networks.plan(network, 2027, by=otto)
    other = make_network(otto, slug="netz-2", forum=forum)

    words = page("learning_network", "netz")
    for expected in ("Haus der Ideen", "Offene Wissenschaft", "Cohort 2020", "Cohort 2026"):
        assert expected in words
    assert "Cohort 2027" not in words
    assert list(forum.networks.all()) == [network, other]
    umbrella = page("forum", "dach")
    for slug in ("netz", "netz-2"):
        assert reverse("learning_network", args=[slug]) in umbrella


@pytest.mark.req("R68")
@pytest.mark.req("R70")
def test_names_only_with_consent_and_the_mix_of_industries_as_a_figure(otto):
    cohort = make_cohort(otto)
    trade, craft = (
        Topic.objects.create(slug=name.lower(), name=text(name), sort_de=name, kind="industry")
        for name in ("Handel", "Handwerk")
    )
    join(cohort, "Ada", otto, industry=trade, function="Innovationsmanagerin", is_listed=True)
    join(cohort, "Ben", otto, industry=trade)
    join(cohort, "Cem", otto, industry=craft)
    join(cohort, "Gast", otto, is_guest=True, industry=craft)
    invite(cohort, "Dana", otto)

    words = page("cohort", "netz", 2026)
    assert "Innovationsmanagerin, Ada GmbH · Handel" in words
    assert "3 participants from companies and other organisations" in words
    assert "2 more people are not shown here." in words
    assert "Industries of the participants: Handel: 2, Handwerk: 1" in words
    assert not any(name in words for name in ("Ben", "Cem", "Dana"))


@pytest.mark.req("R71")
@pytest.mark.req("R81")
def test_knowledge_givers_are_no_participants_and_named_only_with_consent(otto):
    cohort = make_cohort(otto)
    house = make_actor("Hochschule")
    with pytest.raises(members.NameNotAgreed):
        members.name_giver(cohort, house, "researcher", name="Frau Muster", by=otto)
    members.name_giver(cohort, house, "researcher", function=text("Expertin"), by=otto)
    members.name_giver(cohort, make_actor("Werkstatt"), "practitioner", by=otto)

    words = page("cohort", "netz", 2026)
    assert "Innovation researcher · Expertin" in words
    assert "Practitioner" in words
    assert cohort.members.count() == 0
    with pytest.raises(IntegrityError), transaction.atomic():
        cohort.givers.update(name="Frau Muster")


@pytest.mark.req("R84")
def test_nobody_asks_how_innovative_an_organisation_is(otto):
    names = {field.name for field in CohortMember._meta.get_fields()}
    for form in (learning_forms.InviteForm(), knowledge_forms.JoinForm()):
        names |= set(form.fields)
    assert [name for name in names if "innovat" in name or "degree" in name] == []
    assert names & {"score", "rating", "maturity", "level", "criteria"} == set()
    assert "It does not matter how innovative it is" in page(
        "learning_network", make_cohort(otto).network.slug
    )


@pytest.mark.req("R69")
@pytest.mark.req("R72")
@pytest.mark.req("R76")
def test_the_programme_goes_from_kick_off_over_webinars_to_the_peer_phase(otto):
    cohort = make_cohort(otto)
    webinar = sessions.add(
        cohort, "webinar", title=text("Webinar"), mode="digital", by=otto,
        starts_at=in_days(9), ends_at=in_days(9, 16),
    )  # fmt: skip
    sessions.add(cohort, "exchange", title=text("Austausch"), by=otto)
    kinds = [each.kind for each in cohort.sessions.in_order()]
    assert kinds == ["kick_off", "webinar", "exchange", "peer_consultation"]

    with pytest.raises(sessions.OutOfOrder):
        sessions.add(
            cohort, "peer_consultation", title=text("Zu früh"), by=otto,
            starts_at=in_days(5), ends_at=in_days(5, 16),
        )  # fmt: skip
    with pytest.raises(sessions.EndsBeforeStart):
        sessions.change(webinar, starts_at=in_days(9, 16), ends_at=in_days(9), by=otto)
    assert cohort.sessions.count() == 4


@pytest.mark.req("R74")
def test_a_webinar_leads_to_registration_and_the_recording_stays_inside(otto):
    cohort = make_cohort(otto)
    event = open_event(otto, title="Webinar für alle", slug="webinar", kind="webinar")
    sessions.add(
        cohort, "webinar", title=text("Webinar"), event=event, by=otto,
        recording="https://film.example.org/1",
    )  # fmt: skip
    member = join(cohort, "Ada", otto)
    inside = page("cohort_room", "netz", 2026, client=login(Client(), member.user))
    outside = page("cohort", "netz", 2026)
    assert reverse("event", args=["webinar"]) in outside
    assert "Register, with material" in outside
    assert "film.example.org" in inside
    assert "film.example.org" not in outside


@pytest.mark.req("R79")
def test_joining_means_accepting_the_rules(otto, inbox, do_work):
    cohort = make_cohort(otto)
    member = invite(cohort, "Ada", otto)
    do_work()
    assert reverse("cohort_join", args=["netz", 2026]) in inbox[0].body
    ada = login(Client(), member.user)
    address = reverse("cohort_join", args=["netz", 2026])
    assert "Was hier gesagt wird, bleibt hier." in page("cohort_join", "netz", 2026, client=ada)
    refused = ada.post(address, {"organisation": "Ada AG"}, headers=ENGLISH)
    assert "Please accept the rules" in refused.content.decode()
    assert 'value="Ada AG"' in refused.content.decode()
    assert ada.get(reverse("cohort_room", args=["netz", 2026])).status_code == 404
    ada.post(address, {"organisation": "Ada AG", "accepts_rules": "on"})

    member.refresh_from_db()
    assert (member.state, member.organisation, member.listed_since) == ("joined", "Ada AG", None)
    with pytest.raises(IntegrityError), transaction.atomic():
        CohortMember.objects.filter(pk=member.pk).update(rules_accepted_at=None)


@pytest.mark.req("R92")
def test_guests_from_outside_the_usual_groups_are_invited(otto):
    cohort = make_cohort(otto)
    guest = join(cohort, "Gast", otto, is_guest=True)
    with pytest.raises(members.AlreadyInvited):
        invite(cohort, "Gast", otto)
    assert guest.is_guest
    assert page("cohort_room", "netz", 2026, client=login(Client(), guest.user))


@pytest.mark.req("R78")
def test_the_programme_is_a_pdf_made_once_for_the_same_words(otto, do_work):
    cohort = make_cohort(otto, title=text("Jahr der Öffnung"))
    do_work()
    assert sorted(cohort.sheets.values_list("language", flat=True)) == ["de", "en"]
    answer = Client().get(reverse("cohort_programme", args=["netz", 2026, "de"]))
    assert answer.content.startswith(b"%PDF-")
    assert b'pdfuaid:part="1"' in files.read(cohort.sheets.get(language="de").file)
    sheets.order(cohort)
    assert do_work() == 0
    sessions.add(cohort, "webinar", title=text("Neu"), by=otto)
    address = reverse("cohort_programme", args=["netz", 2026, "de"])
    assert Client().get(address).status_code == 404, "yesterday's words are not told as today's"
    do_work()
    assert Client().get(address).content != answer.content
    assert cohort.sheets.count() == 4


def test_an_archived_cohort_takes_nobody_in(otto):
    cohort = make_cohort(otto)
    networks.archive(cohort, by=otto)
    with pytest.raises(members.CohortClosed):
        invite(cohort, "Spät", otto)
    with pytest.raises(DomainError):
        networks.start(cohort, by=otto)
    with pytest.raises(networks.YearTaken):
        networks.plan(cohort.network, 2026, by=otto)


def test_nobody_joins_before_it_begins(otto):
    planned = networks.plan(make_network(otto), 2027, by=otto)
    member = invite(planned, "Ada", otto)
    with pytest.raises(members.NotBegun):
        members.join(member, accepts_rules=True, organisation="Ada AG", by=member.user)
    assert member.state == "invited"


def test_without_rules_nobody_starts(otto):
    network = networks.found(text("Ohne"), host=make_actor(), by=otto)
    with pytest.raises(networks.RulesMissing):
        networks.start(networks.plan(network, 2026, by=otto), by=otto)
    assert list(LearningNetwork.objects.visible_to(AnonymousUser())) == []
    assert Cohort.objects.get().state == "planned"


def test_three_cost_no_more_queries_than_one(otto):
    cohort = make_cohort(otto)
    member = join(cohort, "Ada", otto)
    office, ada = login(Client(), otto), login(Client(), member.user)
    pages = {
        "cohort": Client(), "cohort_members": office, "cohort_groups": office, "cohort_room": ada,
    }  # fmt: skip

    def queries() -> dict[str, int]:
        found = {}
        for name, client in pages.items():
            with CaptureQueriesContext(connection) as caught:
                page(name, "netz", 2026, client=client)
            found[name] = len(caught)
        return found

    def fill(n: int) -> None:
        topic = Topic.objects.create(slug=f"t{n}", name=text(f"T{n}"), sort_de=f"t{n}")
        other = join(cohort, f"Person{n}", otto, is_listed=True, needs=[topic])
        members.name_giver(cohort, make_actor(f"Haus {n}"), "researcher", by=otto)
        sessions.add(cohort, "webinar", title=text(f"Webinar {n}"), by=otto)
        knowledge.share(other, "idea", title=f"Idee {n}", openness="public", by=other.user)
        case = consultations.bring_case(member, title=f"F{n}", situation="So", by=member.user)
        assert case.phase == "planned"

    fill(1)
    groups.take_over(cohort, by=otto)
    queries()
    one = queries()
    for n in (2, 3):
        fill(n)
    groups.take_over(cohort, by=otto)
    assert LearningSession.objects.count() == 5
    assert queries() == one


@pytest.mark.req("R135")
def test_a_knowledge_giver_who_does_not_agree_any_more_is_named_nowhere(otto, do_work):
    cohort = make_cohort(otto)
    who = {"name": "Frida Fiktiv", "agreed": True, "by": otto}
    giver = members.name_giver(cohort, make_actor("Hochschule"), "researcher", **who)
    do_work()
    named = {sheet.file.pk for sheet in cohort.sheets.filter(digest__in=todays(cohort))}
    assert len(named) == 2
    public = reverse("cohort", args=["netz", 2026])
    assert "Frida Fiktiv" in Client().get(public).content.decode()

    address = reverse("cohort_giver_unname", args=["netz", 2026, giver.pk])
    assert login(Client(), otto).post(address).status_code == 302

    assert "Frida" not in Client().get(public).content.decode()
    purged = StoredFile.objects.filter(pk__in=named)
    assert all(each.purged_at is not None for each in purged)
    assert {sheet.digest for sheet in cohort.sheets.all()} <= set(todays(cohort))


def todays(cohort) -> list[str]:
    pages = [sheets.page_of(cohort, language) for language in ("de", "en")]
    return [printing.digest_of(page) for page in pages if page]
