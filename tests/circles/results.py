"""Small makers for results: each walks the doors of the domain, from decision to publication."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from circles.deciding import decisions
from circles.models import Circle, Decision, Measure, Result
from circles.resulting import finalising, measures, results
from circles.resulting.results import Words
from formats.models import WorkOrder
from formats.weighing import work_orders
from foundation.accounts.models import Role, User
from tests.circles.deciding import adopt_rules, hold_round, keep_version
from tests.circles.factories import circle_at_work, make_meeting, make_work_order, text
from tests.conftest import make_user
from tests.partnerships.factories import proof_of

DAY = dt.timedelta(days=1)


def second_office(name: str = "Olga") -> User:
    """Another person of the office, with a second factor."""
    known = User.objects.filter(email=f"{name.lower()}@example.org").first()
    return known or make_user(name, Role.OFFICE, factor=True)


def adopt(circle: Circle, otto: User, *, is_adopted: bool = True) -> Decision:
    """The circle decides about a version of its proposal, by consent, after its rules."""
    if not circle.decisions.exists():
        adopt_rules(circle, otto)
    decision = decisions.begin(
        circle,
        title="Mehr Licht am Weg",
        wording="Der Zirkel schlägt zwölf Leuchten vor.",
        version=keep_version(circle),
        by=otto,
    )
    if is_adopted:
        hold_round(decision, otto)
    return decision


def adopted(otto: User) -> Circle:
    """A circle of nine that adopted a proposal: that of the module's ground, or a new one."""
    ready = Circle.objects.filter(
        decisions__kind="proposal", decisions__state="adopted", work_order__state="assigned"
    )
    circle = ready.first()
    if circle is None:
        circle = circle_at_work(otto, members=9)
        adopt(circle, otto)
    return circle


def finalised(otto: User, *, circle: Circle | None = None) -> Circle:
    """A circle whose order ended with an adopted proposal."""
    circle = circle or adopted(otto)
    decision = circle.decisions.filter(kind="proposal", state="adopted").first()
    meeting = make_meeting(otto)
    finalising.finalise(
        circle, decision or adopt(circle, otto), text("Zwölf Leuchten."), meeting, by=otto
    )
    circle.refresh_from_db()
    return circle


def presented(order: WorkOrder, otto: User) -> WorkOrder:
    """The D.I.V. saw it yesterday."""
    order.refresh_from_db()
    work_orders.present(order, make_meeting(otto, starts_at=timezone.now() - DAY), by=otto)
    return order


def office_order(otto: User, **fields) -> WorkOrder:
    """An order of the office that was finalised and presented."""
    order = make_work_order(otto, addressee="office", **fields)
    work_orders.begin_office_project(order, title=text("Bänke", "Benches"), by=otto)
    work_orders.start(order, by=otto)
    work_orders.finalise(order, text("Bänke stehen."), make_meeting(otto), by=otto)
    return presented(order, otto)


def words(**changed) -> Words:
    plain = {
        "title": text("Zwölf Leuchten", "Twelve lamps"),
        "summary": text("Der Weg wird heller.", "The path gets brighter."),
        "text": text("Das Büro dankt."),
    }
    return Words(**{**plain, **changed})


def prepared(otto: User, *, order: WorkOrder | None = None, **changed) -> Result:
    """Prepared by Olga, so that Otto may publish it."""
    return results.prepare(order or office_order(otto), words(**changed), by=second_office())


def add_measure(result: Result, *, by: User, state: str = "planned", **fields) -> Measure:
    values = {
        "title": text("Leuchten aufstellen", "Put up lamps"),
        "description": text("Zwölf Stück"),
        "responsible": "Amt für Verkehr",
        "due_on": timezone.localdate() + 90 * DAY,
        **fields,
    }
    return measures.add(result, **values, state=state, by=by)


def publish(result: Result, otto: User, *, due: int = 60, **changed) -> Result:
    """Otto publishes; in `due` days the office answers."""
    result.refresh_from_db()
    values = {
        "answer_due_on": timezone.localdate() + due * DAY,
        "seen": results.digest(result),
        "proof": proof_of(otto),
        **changed,
    }
    results.publish(result, by=otto, **values)
    result.refresh_from_db()
    return result


def published(otto: User, *, order: WorkOrder | None = None, due: int = 60, **changed) -> Result:
    """A public result with one planned measure."""
    result = prepared(otto, order=order, **changed)
    add_measure(result, by=second_office())
    return publish(result, otto, due=due)
