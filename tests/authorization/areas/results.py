"""Results prepared, published and withheld; a circle that adopted its proposal; a year's report."""

from django.utils import timezone

from circles.models import Decision, Result, YearReport
from circles.resulting import results
from formats.models import Meeting
from formats.weighing import work_orders
from foundation.accounts import mandates
from foundation.accounts.models import Role
from foundation.documents import files
from foundation.documents.models import Release
from tests.authorization import canaries
from tests.authorization.cities import PDF, listed
from tests.circles.factories import circle_at_work, make_work_order, text
from tests.circles.results import (
    DAY,
    add_measure,
    adopt,
    office_order,
    prepared,
    published,
    second_office,
)


def places(world):
    office = world.people["office"]
    return _circle(world, office) | _results(world, office)


def _circle(world, office):
    order = make_work_order(office, vision=world.circles.vision)
    circle = circle_at_work(office, members=8, name="Beschlossen", order=order)
    adopt(circle, office)
    mandates.grant(world.people["circle chair"], Role.CHAIR, circle, by=None)
    done = circle_at_work(office, members=0, name="Am Ende")
    work_orders.close(done.work_order, text("Der Rat hat anders entschieden."), by=office)
    return {"circle that adopted": {"slug": circle.slug}, "circle at its end": {"slug": done.slug}}


def _results(world, office):
    vision, secret = world.circles.vision, text(canaries.RESULT)
    draft, withheld = (
        prepared(office, order=office_order(office, vision=vision), summary=secret)
        for _ in range(2)
    )
    add_measure(draft, by=second_office())
    results.withhold(withheld, text("Rechte Dritter"), by=office)
    public = published(office, order=office_order(office, vision=vision))
    number = public.work_order.number
    listed(public, f"ERG-{number}", "result", Release.Stage.FINAL)
    year = timezone.localdate().year
    YearReport.objects.create(
        year=year,
        digest="0" * 64,
        file=files.store(PDF, name="jahr.pdf", media_type="application/pdf"),
    )
    return {
        "prepared result": {"number": draft.work_order.number, "n": 1},
        "withheld result": {"number": withheld.work_order.number},
        "published result": {"number": number, "n": 1},
        "order without result": {"number": office_order(office, vision=vision).number},
        "reported year": {"year": year},
    }


def _day(days):
    return f"{timezone.localdate() + days * DAY:%Y-%m-%d}"


def _finalising(world, place):
    slug = world.places["circle that adopted"]["slug"]
    decision = Decision.objects.get(circle__slug=slug, kind=Decision.Kind.PROPOSAL)
    ahead = Meeting.objects.filter(starts_at__gt=timezone.now(), state="scheduled", is_public=True)
    return {"decision": decision.pk, "result_de": "Fertig", "meeting": ahead[0].pk}


def _seen(place):
    found = Result.objects.filter(work_order__number=place["number"]).first()
    return results.digest(found) if found else ""


MEASURE = {
    "title_de": "Bänke", "responsible": "Bauamt", "due_on": _day(30), "state": "planned",
}  # fmt: skip
PLAIN = {
    "result_withhold": {"reason_de": "Rechte Dritter"},
    "result_send_back": {"sent_back": "Kürzer"},
    "result_answer": {"text_de": "Bänke stehen.", "is_final": "on"},
    "measure_new": MEASURE,
    "measure_edit": MEASURE,
    "measure_move": {"state": "done", "due_on": _day(30)},
}
DEPENDENT = {
    "circle_finalise": _finalising,
    "result_prepare": lambda world, place: {
        "title_de": "Bänke", "summary_de": "Sie stehen.", "seen": _seen(place),
    },
    "result_publish": lambda world, place: {"answer_due_on": _day(60), "seen": _seen(place)},
}  # fmt: skip
