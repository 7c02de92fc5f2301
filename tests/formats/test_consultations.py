"""Peer consultation: roles, six phases with their times, notes for one person, a look back once."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from formats.learning import check_backs, consultations, groups, members
from formats.models import Advice, CohortMember, Consultation, ConsultationSeat
from foundation.effects.models import Effect
from foundation.errors import DomainError
from foundation.mail.models import OutgoingMail
from tests.conftest import login
from tests.formats.learning_factories import join, make_cohort, play, seated_case

ENGLISH = {"accept-language": "en"}
Phase = Consultation.Phase


@pytest.fixture
def seated(otto):
    return seated_case(make_cohort(otto), otto)


def page_for(member, case) -> str:
    client = login(Client(), member.user)
    address = reverse("consultation", args=["netz", 2026, case.pk])
    return client.get(address, headers=ENGLISH).content.decode()


@pytest.mark.req("R72")
@pytest.mark.req("R77")
def test_a_case_belongs_to_one_member_and_nobody_helps_in_their_own(seated):
    case, people = seated
    giver = people[0]
    assert case.case_giver.organisation == "Ada GmbH"
    with pytest.raises(consultations.SeatTaken):
        consultations.cast(
            case, moderator=giver, note_taker=people[1], advisers=people[2:], by=giver.user
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        ConsultationSeat.objects.create(consultation=case, member=giver)
    with pytest.raises(IntegrityError), transaction.atomic():
        case.seats.filter(member=people[3]).update(role="moderator")
    assert case.seats.count() == 5


@pytest.mark.req("R76")
def test_the_phases_follow_each_other_with_their_times(seated):
    case, people = seated
    moderator = people[1].user
    assert [consultations.MINUTES[p] for p in (Phase.STORY, Phase.ADVICE)] == [10, 10]
    seen = []
    while case.phase != "done":
        if case.phase == "key_question":
            with pytest.raises(consultations.QuestionMissing):
                consultations.go_on(case, by=moderator)
            consultations.ask(case, "Was zuerst?", by=people[0].user)
        consultations.go_on(case, by=moderator)
        ends_at = consultations.ends_at(case)
        seen.append((case.phase, ends_at and (ends_at - case.phase_began_at).seconds // 60))
    assert seen == [
        ("casting", 5), ("story", 10), ("key_question", 5), ("method", 5), ("advice", 10),
        ("closing", 5), ("done", None),
    ]  # fmt: skip
    with pytest.raises(DomainError):
        consultations.go_on(case, by=moderator)


def test_without_its_roles_a_consultation_does_not_begin(seated):
    case, people = seated
    case.seats.filter(role="note_taker").delete()
    consultations.go_on(case, by=people[1].user)
    with pytest.raises(consultations.RolesMissing):
        consultations.go_on(case, by=people[1].user)
    assert case.phase == "casting"


def test_a_second_click_does_not_skip_a_phase(seated):
    case, people = seated
    client = login(Client(), people[1].user)
    address = reverse("consultation_next", args=["netz", 2026, case.pk])
    for _click in range(2):
        client.post(address, {"from": "planned"})
    case.refresh_from_db()
    assert case.phase == "casting"
    assert login(Client(), people[4].user).post(address, {"from": "casting"}).status_code == 403


def test_the_notes_are_for_the_case_giver(seated):
    case, people = seated
    giver, moderator, note_taker, adviser = people[:4]
    play(case, people, "closing")
    assert [each.text for each in Advice.objects.all()] == ["Fangen Sie klein an."]
    seen = [person for person in people if "Fangen Sie klein an." in page_for(person, case)]
    assert seen == [giver, note_taker]
    with pytest.raises(consultations.NotInThisPhase):
        consultations.note(case, "Zu spät", by=note_taker.user)
    write = reverse("consultation_write", args=["netz", 2026, case.pk])
    assert login(Client(), adviser.user).post(write, {"text": "Ich"}).status_code == 403
    assert moderator.user != giver.user


@pytest.mark.req("R76")
@pytest.mark.req("R87")
def test_only_the_case_giver_releases_and_only_what_helped(seated, otto):
    case, people = seated
    with pytest.raises(consultations.NotFinished):
        consultations.release(case, "public", by=people[0].user)
    outsider = join(case.cohort, "Zoe", otto)
    play(case, people, "closing")
    Advice.objects.create(consultation=case, text="Das half nicht.")
    play(case, people, "done")
    Advice.objects.filter(text="Das half nicht.").update(helps=False)
    address = reverse("consultation", args=["netz", 2026, case.pk])
    release = reverse("consultation_release", args=["netz", 2026, case.pk])
    assert Client().get(address).status_code == 404
    assert login(Client(), outsider.user).get(address).status_code == 404
    assert login(Client(), otto).get(address).status_code == 404
    for person in people[1:]:
        client = login(Client(), person.user)
        assert client.post(release, {"openness": "public"}).status_code == 403
    login(Client(), people[0].user).post(release, {"openness": "public"})
    words = Client().get(address, headers=ENGLISH).content.decode()
    assert "Fangen Sie klein an." in words
    for kept in ("Das half nicht.", "Alle arbeiten für sich.", "Ben", "Ada"):
        assert kept not in words
    with pytest.raises(IntegrityError), transaction.atomic():
        Consultation.objects.filter(pk=case.pk).update(phase="closing", done_at=None)


def test_after_eight_weeks_the_case_giver_is_asked_exactly_once(seated, do_work):
    case, people = seated
    play(case, people, "done")
    check_backs.order(case)
    (effect,) = Effect.objects.filter(kind=check_backs.EFFECT)
    assert effect.due_at - case.done_at == dt.timedelta(weeks=8)
    do_work()
    assert not OutgoingMail.objects.filter(kind="learning_check_back").exists()
    Effect.objects.filter(pk=effect.pk).update(due_at=case.done_at)
    do_work()
    check_backs.ask(case.pk)
    (mail,) = OutgoingMail.objects.filter(kind="learning_check_back")
    assert mail.to == people[0].user.email
    client = login(Client(), people[0].user)
    client.post(reverse("consultation_write", args=["netz", 2026, case.pk]), {"words": "Läuft"})
    case.refresh_from_db()
    assert case.check_back == "Läuft"
    assert "Läuft" in page_for(people[3], case)


def test_whoever_left_is_not_asked(seated, do_work):
    case, people = seated
    play(case, people, "done")
    members.leave(people[0], by=people[0].user)
    check_backs.ask(case.pk)
    assert not OutgoingMail.objects.filter(kind="learning_check_back").exists()


def test_thirteen_people_make_two_groups_that_hands_can_change(otto):
    cohort = make_cohort(otto)
    for number in range(13):
        join(cohort, f"Person{number}", otto)
    office = login(Client(), otto)
    office.post(reverse("cohort_groups_make", args=["netz", 2026]))
    first, second = cohort.groups.all()
    assert [group.members.count() for group in (first, second)] == [7, 6]
    moved = first.members.first()
    office.post(
        reverse("cohort_groups", args=["netz", 2026]), {"member": moved.pk, "group": second.pk}
    )
    assert [group.members.count() for group in (first, second)] == [6, 7]
    mate = second.members.exclude(pk=moved.pk).first()
    case = consultations.bring_case(mate, title="Fall", situation="So", by=mate.user)
    helpers = {row.member_id for row in case.seats.all()}
    assert helpers == set(second.members.exclude(pk=mate.pk).values_list("pk", flat=True))
    for member in list(first.members.all())[:2]:
        groups.move(member, second, by=otto)
    with pytest.raises(groups.GroupFull):
        groups.move(first.members.first(), second, by=otto)


def test_ten_people_are_told_why_it_does_not_fit(otto):
    cohort = make_cohort(otto)
    for number in range(10):
        join(cohort, f"Person{number}", otto)
    page = login(Client(), otto).get(reverse("cohort_groups", args=["netz", 2026]), headers=ENGLISH)
    assert "10 people cannot make groups of six to nine." in page.content.decode()
    assert CohortMember.objects.filter(group=None).count() == 10


@pytest.mark.req("R87")
@pytest.mark.parametrize("end", ["leave", "forget"])
def test_a_case_that_was_not_released_goes_with_its_giver(seated, end):
    case, people = seated
    giver = people[0]
    shown = consultations.bring_case(giver, title="Gezeigt", situation="Kurz", by=giver.user)
    play(case, people, "done")
    Consultation.objects.filter(pk=shown.pk).update(key_question="Was?")
    consultations.cast(
        shown, moderator=people[1], note_taker=people[2], advisers=people[3:], by=giver.user
    )
    play(shown, people, "done")
    consultations.release(shown, "cohort", by=giver.user)

    if end == "leave":
        members.leave(giver, by=giver.user)
    else:
        members.forget(giver.user)

    assert [each.title for each in Consultation.objects.all()] == ["Gezeigt"]
    assert not Advice.objects.filter(consultation=case.pk).exists()
    check_backs.ask(case.pk)
    page = page_for(people[1], shown)
    assert "Gezeigt" in page
    assert "Ada," not in page
    assert "former member" in page


@pytest.mark.parametrize(("role", "phase"), [(1, "story"), (2, "advice")])
def test_a_consultation_goes_on_when_somebody_with_a_role_has_left(seated, role, phase):
    case, people = seated
    play(case, people, phase)
    with pytest.raises(consultations.NotInThisPhase):
        consultations.cast(
            case, moderator=people[3], note_taker=people[2], advisers=people[4:], by=people[0].user
        )
    members.leave(people[role], by=None)

    giver = login(Client(), people[0].user)
    cast = reverse("consultation_cast", args=["netz", 2026, case.pk])
    assert cast in page_for(people[0], case)
    left = [each.pk for each in people[3:]]
    rest = [each.pk for each in people[1:3] if each != people[role]]
    new = rest + left
    sent = {"moderator": new[0], "note_taker": new[1], "advisers": new[2:]}
    assert giver.post(cast, sent).status_code == 302
    case = Consultation.objects.get(pk=case.pk)
    assert [seat.member_id for seat in case.helpers] == new
    on = reverse("consultation_next", args=["netz", 2026, case.pk])
    assert giver.post(on, {"from": case.phase}).status_code == 403
    lead = CohortMember.objects.get(pk=new[0])
    assert login(Client(), lead.user).post(on, {"from": case.phase}).status_code == 302
    assert Consultation.objects.get(pk=case.pk).phase != phase


def test_while_nobody_moderates_everybody_in_it_goes_on(seated):
    case, people = seated
    play(case, people, "story")
    members.leave(people[1], by=None)
    on = reverse("consultation_next", args=["netz", 2026, case.pk])
    assert login(Client(), people[3].user).post(on, {"from": "story"}).status_code == 302
    assert Consultation.objects.get(pk=case.pk).phase == "key_question"
