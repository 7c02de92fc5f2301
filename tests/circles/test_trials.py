"""A call is rehearsed in quarantine: nothing of it is ever real, and one click removes it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from circles import deadlines
from circles.applying import standing
from circles.calling import trials
from circles.drawing import freezing
from circles.models import Application, Call, Circle, Draft, Draw, Likeness, Review
from circles.reviewing import reviews
from circles.views.asked import trial_query
from formats.sittings import agenda
from foundation.documents.models import StoredFile
from foundation.mail.models import OutgoingMail
from tests.circles.conftest import proof_of
from tests.circles.factories import code_for, make_application, make_call, qualify
from tests.circles.test_applications import send
from tests.conftest import login

ENGLISH = {"accept-language": "en"}


@pytest.fixture
def draft(otto):
    return make_call(otto, opened=False)


@pytest.fixture
def trial(draft, otto):
    return trials.begin(draft, by=otto)


def test_a_trial_copies_the_call_and_leaves_it_in_preparation(draft, trial):
    draft.refresh_from_db()

    assert (draft.state, trial.state) == (Call.State.DRAFT, Call.State.OPEN)
    assert trial.task == draft.task
    assert list(trial.criteria.values_list("code", flat=True)) == ["wohnort", "mindestalter"]
    assert trial.draw_id.startswith("probe-")


@pytest.mark.req("R120")
def test_whoever_does_not_ask_for_trials_never_meets_one(draft, trial):
    assert list(Call.objects.all()) == [draft]
    assert list(draft.circle.calls.all()) == [draft]
    assert list(Circle.objects.get().calls.filter(state="open")) == []
    assert not OutgoingMail.objects.filter(kind="announcement_call").exists()
    assert agenda.item_of(trial) is None


@pytest.mark.req("R120")
def test_the_database_keeps_a_trial_apart(trial, draft, otto, leo):
    application = make_application(trial)
    qualify(application, otto, leo)

    with pytest.raises(IntegrityError, match="no-trial"), transaction.atomic():
        Draw.objects.create(
            call=trial, frozen_at=timezone.now(), frozen_by=leo, seats=1, received=1, withdrawn=0,
            qualified=1, rejected=0, pool_txt=b"x", pool_sha256="0" * 64, rejected_sha256="",
        )  # fmt: skip
    with pytest.raises(IntegrityError, match="stays"), transaction.atomic():
        Call.every.filter(pk=trial.pk).update(is_trial=False)
    with pytest.raises(IntegrityError, match="stays"), transaction.atomic():
        Application.objects.filter(pk=application.pk).update(call=draft)
    with pytest.raises(IntegrityError, match="no-trial"), transaction.atomic():
        agenda.add_item(trial.meeting, trial.question, trial, by=otto)
    with pytest.raises(IntegrityError, match="call_trial_by_name"), transaction.atomic():
        Call.objects.filter(pk=draft.pk).update(draw_id="probe-echt")
    with pytest.raises(Call.DoesNotExist):
        freezing.freeze(trial, all_typed=True, by=leo, proof=proof_of(leo))


def test_a_stranger_rehearses_with_the_link_only(client, trial):
    slug, query = trial.circle.slug, trial_query(trial)

    assert client.get(reverse("call", args=[slug])).status_code == 404
    page = client.get(reverse("call", args=[slug]) + query, headers=ENGLISH).content.decode()
    assert "This is a rehearsal" in page
    assert f"{reverse('apply', args=[slug])}{query}" in page
    assert client.get(reverse("call", args=[slug]) + query[:-1] + "x").status_code == 404

    sent = send(client, trial, query=query)
    application = Application.objects.get()
    code = client.post(sent["Location"], {"code": code_for(application)}, follow=True)

    application.refresh_from_db()
    assert (application.call, application.state) == (trial, "submitted")
    assert (
        "This is a rehearsal"
        in client.get(
            reverse("my_application", args=[application.reference]), headers=ENGLISH
        ).content.decode()
    )
    assert code.status_code == 200
    assert standing.of(application).title == "received"


def test_every_mail_of_a_trial_says_so(trial):
    make_application(trial, language="en")

    mails = OutgoingMail.objects.all()
    assert mails.count() == 2
    assert all(mail.subject.startswith("[Trial] ") for mail in mails)
    assert all("This is a rehearsal: nothing in this mail is real" in mail.body for mail in mails)


def test_review_and_draw_are_rehearsed_to_the_end(client, trial, otto, rita):
    people = [make_application(trial) for _ in range(7)]
    for application in people[:6]:
        qualify(application, otto, rita)
    office = login(client, otto)

    office.post(reverse("trial_close", args=[trial.pk]))
    page = office.get(reverse("trial_desk", args=[trial.pk]))
    listed = office.get(reverse("application_list", args=[trial.pk]))

    trial.refresh_from_db()
    assert trial.closes_at <= timezone.now()
    assert len(page.context["seated"]) == 5
    assert len(page.context["reserve"]) == 1
    assert {each.pk for each in [*page.context["seated"], *page.context["reserve"]]} == {
        each.pk for each in people[:6]
    }
    assert [each.pk for each in trials.rehearsed_draw(trial)] == [
        each.pk for each in page.context["seated"] + page.context["reserve"]
    ]
    assert listed.status_code == 200
    assert not Draw.objects.exists()


def test_one_click_removes_everything(client, trial, draft, otto, rita, do_work):
    first = make_application(trial, name="Clara Probe")
    make_application(trial, name="Clara Probe")
    make_application(trial, confirmed=False)
    criterion = trial.criteria.first()
    reviews.review(first, unmet={criterion: "wohnt woanders"}, by=rita)
    do_work()
    assert Likeness.objects.count() == 1
    Draft.objects.create(call=trial, token_digest="x", saved_at=timezone.now())

    login(client, otto).post(reverse("trial_remove", args=[trial.pk]))

    assert list(Call.every.all()) == [draft]
    left = (Application, Review, Likeness, Draft)
    assert [model.objects.count() for model in left] == [0, 0, 0, 0]
    assert set(OutgoingMail.objects.values_list("body", "to")) == {("", "")}
    assert not StoredFile.objects.filter(purged_at=None, media_type="application/pdf").exists()


def test_findings_of_real_calls_stay_for_ever(otto, rita):
    application = make_application(make_call(otto))
    finding = reviews.review(application, unmet={}, by=rita)

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        finding.delete()


def test_a_forgotten_trial_removes_itself(trial):
    make_application(trial)
    Call.every.filter(pk=trial.pk).update(
        opens_at=timezone.now() - trials.LASTS, closes_at=timezone.now() - dt.timedelta(days=1)
    )

    assert deadlines.forget_old_forms() == 1
    assert not Call.every.filter(is_trial=True).exists()


def test_one_trial_at_a_time_and_only_of_a_draft(draft, trial, otto):
    with pytest.raises(trials.NoTrial, match="A trial of this call is running"):
        trials.begin(draft, by=otto)
    trials.remove(trial, by=otto)
    with pytest.raises(trials.NoTrial, match="removed already"):
        trials.remove(trial, by=otto)
    with pytest.raises(trials.NoTrial, match="Only a call in preparation"):
        trials.begin(make_call(otto), by=otto)
