"""What happens by itself when its time has come."""

import datetime as dt

from django.db import connection

from circles import deadlines
from circles.applying import erasure
from circles.models import Application, Call, Recusal
from tests.circles.factories import make_application, make_call


def test_a_form_without_its_code_is_forgotten_after_seven_days(otto):
    call = make_call(otto, draw_id="demo-forget", days=30)
    kept = make_application(call)
    make_application(call, confirmed=False)
    assert deadlines.forget_old_forms() == 0
    Call.objects.filter(pk=call.pk).update(clock_ahead=dt.timedelta(days=7, minutes=1))
    assert deadlines.forget_old_forms() == 1
    assert list(Application.objects.all()) == [kept]


def test_what_fails_in_one_call_holds_up_no_other(otto, caplog):
    calls = [make_call(otto, draw_id=f"demo-forget-{n}", days=30) for n in range(2)]
    for call in calls:
        make_application(call, confirmed=False)
    Call.objects.update(clock_ahead=dt.timedelta(days=7, minutes=1))
    with connection.cursor() as cursor:  # a row that will not go, for whatever reason
        cursor.execute(
            "CREATE FUNCTION stay() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            f" IF OLD.call_id = {calls[0].pk} THEN RAISE 'stays' USING ERRCODE = 'check_violation';"
            " END IF; RETURN OLD; END $$;"
            "CREATE TRIGGER stay BEFORE DELETE ON circles_application"
            " FOR EACH ROW EXECUTE FUNCTION stay()"
        )
    assert deadlines.forget_old_forms() == 1
    assert [each.call for each in Application.objects.all()] == [calls[0]]
    assert "forget_unconfirmed failed for Call" in caplog.text


def test_a_form_with_an_old_declaration_of_bias_is_emptied(otto, rita):
    call = make_call(otto, draw_id="demo-forget", days=30)
    form = make_application(call, confirmed=False)
    with connection.cursor() as cursor:  # as it was possible once
        cursor.execute("ALTER TABLE circles_recusal DISABLE TRIGGER recusal_in_review")
        Recusal.objects.create(application=form, person=rita)
    Call.objects.update(clock_ahead=dt.timedelta(days=7, minutes=1))
    assert deadlines.forget_old_forms() == 1
    form.refresh_from_db()
    assert (form.name, form.email, erasure.GONE.count(form.state)) == ("", "", 1)
    assert deadlines.forget_old_forms() == 0
