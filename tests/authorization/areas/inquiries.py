"""A question to an applicant, to somebody on paper, and an application to stay out of."""

from circles.applying import applications
from circles.reviewing import inquiries
from tests.circles.factories import answers_yes, make_application

QUESTION = "Wohnen Sie noch dort?"


def places(world):
    call = world.circles.call
    office = world.people["office"]
    asked = make_application(call, name="Ada", email=world.people["outsider"].email)
    paper = applications.enter_on_paper(
        call, name="Paul Papier", phone="2", answers=answers_yes(call), by=office
    )
    free = make_application(call, name="Fred", email="fred@example.org")
    for application in (asked, paper):
        inquiries.ask(application, QUESTION, by=office)
    named = {"call_id": call.pk}
    return {
        "asked application": {**named, "reference": asked.reference},
        "asked on paper": {**named, "reference": paper.reference},
        "application in review": {**named, "reference": free.reference},
    }


PLAIN: dict[str, dict[str, object]] = {
    "application_ask": {"question": QUESTION},
    "application_answer": {"answer": "Ja."},
    "my_answer": {"answer": "Ja."},
}
DEPENDENT: dict[str, object] = {}
