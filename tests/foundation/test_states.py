"""A state moves through one door only."""

import pytest
from django.db import IntegrityError, connection, transaction

from foundation import states
from foundation.audit import trail
from foundation.mail.models import OutgoingMail


@pytest.fixture
def mail(db):
    return OutgoingMail.objects.create(
        key="k",
        kind="account",
        to="clara@example.org",
        language="de",
        subject="s",
        body="b",
        subject_type="accounts.user",
        subject_id="1",
    )


def test_advance_writes_and_records(mail, otto):
    states.advance(mail, "queued", by=otto)
    mail.refresh_from_db()
    assert mail.state == "queued"
    entry = trail.history_of(mail).get()
    assert (entry.verb, entry.actor_id, entry.details) == (
        "state.queued",
        otto.pk,
        {"previous": "held"},
    )


def test_an_undeclared_move_is_refused(mail, otto):
    with pytest.raises(states.UndeclaredMove):
        states.advance(mail, "sent", by=otto)


def test_the_slower_one_is_told(mail, otto):
    other = OutgoingMail.objects.get(pk=mail.pk)
    states.advance(other, "queued", by=otto)
    with pytest.raises(states.SomebodyWasFaster):
        states.advance(mail, "cancelled", by=otto)


def test_a_stale_save_cannot_bring_an_old_state_back(mail, otto):
    stale = OutgoingMail.objects.get(pk=mail.pk)
    states.advance(mail, "queued", by=otto)
    with pytest.raises(IntegrityError, match="state-guard"), transaction.atomic():
        stale.save()


def test_a_row_starts_in_its_first_state(db):
    with pytest.raises(IntegrityError, match="state-guard"), transaction.atomic():
        OutgoingMail.objects.create(
            key="k2",
            kind="x",
            language="de",
            subject="s",
            body="b",
            state="queued",
            subject_type="a",
            subject_id="1",
        )


def test_the_guard_is_closed_again_after_an_advance(mail, otto):
    states.advance(mail, "queued", by=otto)
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('stadtbruecke.advance', true)")
        assert cursor.fetchone() == ("off",)
