"""What happens by itself when its time has come."""

import datetime as dt

from circles import deadlines
from circles.models import Application, Call
from tests.circles.factories import make_application, make_call


def test_a_form_without_its_code_is_forgotten_after_seven_days(otto):
    call = make_call(otto, draw_id="demo-forget", days=30)
    kept = make_application(call)
    make_application(call, confirmed=False)
    assert deadlines.forget_old_forms() == 0
    Call.objects.filter(pk=call.pk).update(clock_ahead=dt.timedelta(days=7, minutes=1))
    assert deadlines.forget_old_forms() == 1
    assert list(Application.objects.all()) == [kept]
