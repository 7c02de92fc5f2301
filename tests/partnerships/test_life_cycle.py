"""More than two parties, formality over time, silence, lessons, first contacts."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from foundation import states
from foundation.languages import LocalizedText
from foundation.mail.models import OutgoingMail
from partnerships.course import dormancy, encounters, formality, lessons, openings, phases
from partnerships.course.formality import Category
from partnerships.directory import directory
from partnerships.models import Action, Encounter, FormalityStep, Municipality, Partnership
from tests.conftest import login
from tests.partnerships.factories import agree_by_all, both

Formality = Partnership.Formality


@pytest.fixture
def ruhr(db):
    return directory.list_municipality(
        "ruhr", name=both("Metropolregion Ruhr"), country="DE", kind=Municipality.Kind.REGION,
        by=None,
    )  # fmt: skip


@pytest.mark.req("R2")
@pytest.mark.req("R44")
def test_cities_and_regions_two_or_more(client, otto, bielefeld, tampere, ruhr):
    login(client, otto)
    typed = {
        "first": bielefeld.pk, "second": ruhr.pk, "further": [tampere.pk],
        "relation": "innovation", "choice_reason_de": "Weil", "choice_reason_en": "Because",
    }  # fmt: skip
    answer = client.post(reverse("partnership_new"), typed)
    made = Partnership.objects.get()
    assert (answer.status_code, answer.url) == (302, reverse("partnership", args=[made.slug]))
    assert [str(each) for each in made.parties.all()] == [
        "Bielefeld", "Metropolregion Ruhr", "Tampere",
    ]  # fmt: skip
    again = client.post(reverse("partnership_new"), {**typed, "further": [ruhr.pk]})
    assert "same city twice" in again.content.decode() or "zweimal" in again.content.decode()
    assert Partnership.objects.count() == 1


def test_a_further_city_joins_until_the_text_is_agreed(draft, ruhr, otto, bruno, paula):
    partnership = draft.partnership
    phases.add_party(partnership, ruhr, by=otto)
    with pytest.raises(phases.PartyTwice, match="takes part already"):
        phases.add_party(partnership, ruhr, by=otto)
    partnership.parties.get(municipality=ruhr).delete()
    agree_by_all(draft, bruno, paula)
    with pytest.raises(phases.PartiesFixed):
        phases.add_party(partnership, ruhr, by=otto)


@pytest.mark.req("R2")
def test_formality_is_tracked_with_basis_and_day(partnership, otto):
    today = timezone.localdate()
    later, earlier = today - dt.timedelta(days=10), today - dt.timedelta(days=400)
    formality.note_formality(
        partnership, Formality.LETTER_OF_INTENT, basis=both("SB-2026-001"), since=later, by=otto
    )
    formality.note_formality(
        partnership, Formality.NOTED, basis=both("Protokoll"), since=earlier, by=otto
    )
    partnership.refresh_from_db()
    assert partnership.formality == "letter_of_intent", "what was noted late is no step back"
    assert [step.formality for step in partnership.formality_steps.all()] == [
        "noted", "letter_of_intent",
    ]  # fmt: skip
    with pytest.raises(formality.BasisMissing):
        formality.note_formality(partnership, Formality.NOTED, basis=LocalizedText(), by=otto)
    with pytest.raises(formality.NotYet):
        formality.note_formality(
            partnership, Formality.CONTRACT, basis=both("V"), since=today + dt.timedelta(2), by=None
        )
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        FormalityStep.objects.update(formality="contract")


@pytest.mark.req("R22")
@pytest.mark.parametrize(
    ("relation", "degree", "ends", "category"),
    [
        ("innovation", "none", False, Category.CONTACT),
        ("innovation", "letter_of_intent", False, Category.FRIENDSHIP),
        ("innovation", "contract", True, Category.PROJECT),
        ("twinning", "contract", False, Category.PARTNERSHIP),
        ("twinning", "contract", True, Category.FRIENDSHIP),
        ("twinning", "noted", False, Category.CONTACT),
        ("project", "letter_of_intent", False, Category.PROJECT),
        ("contact", "contract", False, Category.CONTACT),
    ],
)
def test_the_four_usual_categories(relation, degree, ends, category):
    ends_on = dt.date(2030, 1, 1) if ends else None
    made = Partnership(relation=relation, formality=degree, ends_on=ends_on)
    assert formality.category_of(made) == category


def test_a_partnership_falls_silent_and_is_told_once(partnership, bruno, paula, settings):
    settings.DORMANT_AFTER_MONTHS = 12
    today = timezone.localdate()
    limit = dormancy.months_before(today, 12)
    encounters.note(
        partnership, title=both("Alt"), on=limit - dt.timedelta(days=1), by=None,
        state=Encounter.State.HELD,
    )  # fmt: skip
    assert dormancy.silent_since(partnership) is None, "analysis is no silence"
    states.advance(partnership, "contact", by=None, field="phase")
    assert dormancy.silent_since(partnership) == limit - dt.timedelta(days=1)
    for _hour in range(2):
        dormancy.remind_dormant()
    mails = OutgoingMail.objects.filter(kind="partnership_dormant")
    assert sorted(mail.to for mail in mails) == sorted(
        [bruno.email, paula.email, settings.OFFICE_EMAIL]
    )
    encounters.note(partnership, title=both("Neu"), on=limit, by=None, state=Encounter.State.HELD)
    assert dormancy.silent_since(partnership) is None


def test_months_before_keeps_within_short_months():
    assert dormancy.months_before(dt.date(2024, 2, 29), 12) == dt.date(2023, 2, 28)
    assert dormancy.months_before(dt.date(2026, 1, 31), 2) == dt.date(2025, 11, 30)


@pytest.mark.req("R25")
def test_lessons_stay_with_their_phase(client, partnership, bruno):
    login(client, bruno)
    address = reverse("lesson_new", args=[partnership.slug])
    client.post(address, {"text_de": "Früh besuchen", "text_en": "Visit early"})
    lesson = partnership.lessons.get()
    assert (lesson.in_phase, lesson.text.get("en")) == ("analysis", "Visit early")
    assert lessons.note_lesson(partnership, both("Zwei"), by=None).in_phase == "analysis"


@pytest.mark.req("R151")
def test_a_contact_from_an_event_starts_a_partnership(otto, bielefeld, tampere, ruhr):
    lead = openings.note_opening(
        bielefeld, tampere, origin="Konferenz im März", subject_key=("formats.event", "7"), by=otto
    )
    made = openings.take_up(lead, by=otto)
    assert (made.phase, str(made.choice_reason)) == ("analysis", "Konferenz im März")
    assert lead.partnership == made
    assert phases.next_gate(made).is_open
    other = openings.note_opening(bielefeld, ruhr, origin="Reise", by=otto)
    with pytest.raises(openings.ReasonMissing):
        openings.let_go(other, reason=" ", by=otto)
    openings.let_go(other, reason="Kein Thema", by=otto)
    with pytest.raises(phases.PartyTwice):
        openings.note_opening(ruhr, ruhr, origin="x", by=otto)


def test_the_list_of_contacts_costs_the_same(
    client, otto, bielefeld, tampere, ruhr, django_assert_max_num_queries
):
    login(client, otto)

    def costs():
        with django_assert_max_num_queries(20) as seen:
            client.get(reverse("opening_list"))
        return len(seen)

    openings.note_opening(bielefeld, tampere, origin="a", by=otto)
    one = costs()
    for _n in range(2):
        openings.note_opening(bielefeld, ruhr, origin="b", by=otto)
    assert costs() == one


@pytest.mark.req("R20")
def test_one_candidate_only_needs_a_reason(bielefeld, tampere):
    made = phases.open_partnership([bielefeld, tampere], choice_reason=both("Weil"), by=None)
    assert list(phases.next_gate(made).lacking) == [
        "Compare at least two candidate cities, or say why only this one was looked at."
    ]


@pytest.mark.req("R20")
def test_the_action_plan_needs_owner_date_and_indicator(partnership):
    for phase in ("contact", "topics", "target_picture", "agreement", "action_plan"):
        states.advance(partnership, phase, by=None, field="phase")
    plain = Action.objects.create(
        partnership=partnership, title=both("Katalog"), owner=both("Geoinformation")
    )
    assert list(phases.next_gate(partnership).lacking) == [
        "Put at least one action on the plan, with an owner, a date and an indicator."
    ]
    Action.objects.filter(pk=plain.pk).update(
        indicator=both("Datensätze"), due_on=dt.date(2030, 1, 1)
    )
    assert phases.next_gate(partnership).is_open
