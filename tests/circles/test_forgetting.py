"""Nobody can link a ticket to its person any more, and no data stay behind."""

import datetime as dt

import pytest
from django.db import IntegrityError, models, transaction
from django.db.models.functions import Now
from django.urls import reverse

from circles import deadlines
from circles.applying import applications, confirmations, erasure, own_data, paper
from circles.drawing import declarations, freezing, minutes
from circles.models import Application, Call, Offer
from circles.seating import offers
from foundation.accounts.models import Role
from foundation.audit.models import Entry, Sighting
from foundation.documents import files, releases
from foundation.mail.models import OutgoingMail
from tests.circles.conftest import proof_of
from tests.circles.factories import (
    answers_yes,
    close_call,
    code_for,
    make_application,
    make_call,
    qualify,
)
from tests.conftest import login, make_user

pytestmark = pytest.mark.usefixtures("english", "drawn_ground")


# 11


def test_the_trail_never_names_an_applicant(otto):
    call = make_call(otto)
    application = make_application(call, confirmed=False)
    make_application(call, email=application.email, confirmed=False)
    application = confirmations.confirm(application, code_for(application))
    person = application.user
    applications.correct(
        application, name="Neu", phone="1", motivation="", support_needs="",
        answers=answers_yes(call), by=person,
    )  # fmt: skip
    confirmations.request_address(application, "neu@example.org", by=person)
    application.refresh_from_db()
    application = confirmations.confirm_address(application, code_for(application), by=person)
    people = {person.pk, application.user_id}
    erasure.erase(application, by=application.user)
    assert {entry.verb for entry in Entry.objects.all()} >= {
        "state.withdrawn",
        "application.erased",
    }
    assert not Entry.objects.filter(actor_id__in=people).exists()


def test_answering_an_offer_and_withdrawing_name_nobody(drawn):
    taken, declined = Offer.objects.filter(place__lte=2).order_by("place")
    offers.answer(taken, accept=True, by=taken.application.user)
    offers.answer(declined, accept=False, by=declined.application.user)
    reserve = drawn.draw.places.get(number=7).application
    applications.withdraw(reserve, by=reserve.user)
    people = drawn.draw.call.applications.values("user")
    assert not Entry.objects.filter(actor_id__in=people).exists()


def test_what_staff_does_keeps_its_name(otto):
    call = make_call(otto)
    made = applications.enter_on_paper(call, name="Paula", answers=answers_yes(call), by=otto)
    note = paper.withdraw
    assert note(made, reference="AZ 7", by=otto) is paper.Step.NOTED
    seen = made.endings.get().pk
    olga = make_user("Olga")
    assert note(made, reference="AZ 7", seen=seen, by=olga) is paper.Step.DONE
    entry = Entry.objects.get(verb="application.paper-withdrawal")
    assert (entry.actor_id, entry.details) == (olga.pk, {"reference": "AZ 7"})
    assert Entry.objects.get(verb="state.withdrawn").actor_id == olga.pk


# 14


def test_forms_that_gave_way_are_forgotten_too(otto):
    call = make_call(otto, draw_id="demo-forms", days=30)
    kept = make_application(call, email="clara@example.org", confirmed=False)
    sibling = make_application(call, email="clara@example.org", confirmed=False)
    confirmations.confirm(kept, code_for(kept))
    sibling.refresh_from_db()
    assert sibling.state == Application.State.UNCONFIRMED
    Call.objects.filter(pk=call.pk).update(clock_ahead=dt.timedelta(days=7, minutes=1))
    assert deadlines.forget_old_forms() == 1
    assert list(call.applications.all()) == [kept]
    mails = OutgoingMail.objects.filter(subject_id=str(sibling.pk))
    assert not mails.exclude(to="", body="").exists()


@pytest.fixture
def on_paper(otto):
    call = make_call(otto)
    return applications.enter_on_paper(
        call, name="Paula Papier", phone="0521", answers=answers_yes(call), by=otto
    )


def confirm_by_page(client, address, by) -> None:
    """A second person of the office sends back what the page shows them."""
    desk = login(client, by, fresh=True)
    assert desk.post(address, desk.get(address).context["form"].initial).status_code == 302


@pytest.fixture
def olga(db):
    return make_user("Olga", Role.OFFICE, factor=True)


@pytest.mark.req("R120")
def test_two_of_the_office_withdraw_for_somebody_on_paper_and_a_letter_tells_them(
    client, on_paper, otto, olga
):
    desk = login(client, otto, fresh=True)
    address = reverse("application_withdraw", args=[on_paper.call_id, on_paper.reference])
    assert desk.post(address, {"reference": "Brief von Paula!"}).status_code == 200
    for _ in range(2):  # the same person twice is one person
        assert desk.post(address, {"reference": "AZ 12/2026-7"}).status_code == 302
    confirm_by_page(client, address, otto)
    on_paper.refresh_from_db()
    assert on_paper.state == Application.State.SUBMITTED
    login(client, olga, fresh=True).post(address, {"reference": "AZ 12/2026-7"})
    on_paper.refresh_from_db()
    assert on_paper.state == Application.State.SUBMITTED, "Olga has not seen what Otto noted"
    with pytest.raises(IntegrityError, match="paper_ending_two_people"), transaction.atomic():
        on_paper.endings.update(confirmed_by=olga, confirmed_at=Now())
    confirm_by_page(client, address, otto)
    on_paper.refresh_from_db()
    assert on_paper.state == Application.State.WITHDRAWN
    letter = OutgoingMail.objects.get(kind="application_withdrawn")
    assert (letter.to, letter.state) == ("", "held")
    assert "/mein/" not in letter.body
    assert on_paper.call.contact in letter.body


def test_letters_of_people_on_paper_send_nobody_to_a_login(on_paper):
    letter = OutgoingMail.objects.filter(kind="application_received").latest("pk")
    assert "/mein/" not in letter.body
    assert on_paper.reference in letter.body


def test_the_office_erases_for_somebody_on_paper(client, on_paper, otto, olga):
    desk = login(client, otto, fresh=True)
    person, ticket = on_paper.user, on_paper.ticket
    address = reverse("application_erase", args=[on_paper.call_id, on_paper.reference])
    assert desk.post(address, {"reference": "AZ 12/2026-8"}).status_code == 302
    confirm_by_page(client, address, olga)
    on_paper.refresh_from_db()
    person.refresh_from_db()
    assert (on_paper.name, on_paper.phone, on_paper.nonce, on_paper.user) == ("", "", "", None)
    assert (on_paper.ticket, person.name) == (ticket, "")


def test_the_office_does_not_act_for_somebody_who_can_do_so(client, otto):
    application = make_application(make_call(otto))
    with pytest.raises(paper.NotOnPaper):
        paper.erase(application, reference="AZ 1", by=otto)
    desk = login(client, otto, fresh=True)
    address = reverse("application_erase", args=[application.call_id, application.reference])
    assert desk.post(address, {"reference": "AZ 1"}).status_code == 403


# 15


def test_the_public_minutes_name_nobody_and_the_internal_ones_do(client, drawn, otto, olaf):
    names = ("Vera Vorsitz", "Otto Amtmann", "Ina Zeugin", "Vier")
    told = minutes.minutes_context(drawn.draw, drawn, internal=False)
    html = {
        internal: minutes.render_to_string("print/draw_minutes.html", told | {"internal": internal})
        for internal in (False, True)
    }
    assert [name in html[False] for name in names] == [False] * 4
    assert [name in html[True] for name in names] == [True] * 4
    assert "4 Personen" in html[False]
    public = minutes.issue(drawn.draw_id)
    internal = releases.latest(drawn.draw, minutes.INTERNAL_KIND)
    assert (public.number, internal.number) == ("LOS-demo-test", "LOSI-demo-test")
    shown = client.get(reverse("draw_minutes", args=["demo-test"]))
    assert shown.content == files.read(public.file)
    address = reverse("draw_minutes_internal", args=[drawn.draw.call_id])
    assert login(client, olaf).get(address).status_code == 403
    assert login(client, otto, fresh=True).get(address).content == files.read(internal.file)


# 20


def test_own_data_tell_as_what_somebody_looked(otto, rita):
    application = make_application(make_call(otto))
    Sighting.objects.create(
        viewer_id=rita.pk, subject_type="circles.application", subject_id=str(application.pk),
        purpose="application-review",
    )  # fmt: skip
    seen = own_data.of(application.user)["applications"][0]["looked_at"]
    assert [each["as"] for each in seen] == [["Reviewer"]]


# Of an erased application: what says nothing about the person, and what the draw needs.
KEPT = {"reference", "state", "language", "way", "ticket"}
# What the portal made of the person's words to find and to check; it says nothing more.
INTERNAL = {"name_key", "phone_key", "email_key", "looked_for", "code_digest"}


def text_fields() -> set[str]:
    words = (models.CharField, models.TextField)
    return {field.name for field in Application._meta.fields if isinstance(field, words)}


def test_erasing_empties_every_text_that_is_not_named_here(otto):
    application = make_application(make_call(otto))
    told = text_fields() - KEPT - {"nonce", "identity"}
    Application.objects.filter(pk=application.pk).update(**dict.fromkeys(told, "1"))
    application.refresh_from_db()
    erasure.erase(application, by=application.user)
    left = Application.objects.filter(pk=application.pk).values(*text_fields()).get()
    assert {name for name, text in left.items() if text} == KEPT


def test_own_data_tell_every_text_that_is_not_named_here(otto):
    application = make_application(make_call(otto))
    (told,) = own_data.of(application.user)["applications"]
    assert text_fields() - set(told) == INTERNAL


def test_people_on_paper_get_the_fingerprint_as_a_letter(otto, rita, leo, vera):
    call = make_call(otto, seats=1)
    qualify(make_application(call), otto, rita)
    on_paper = applications.enter_on_paper(
        call, name="Paula", phone="1", answers=answers_yes(call), by=otto
    )
    qualify(on_paper, otto, rita)
    draw = freezing.freeze(close_call(call), all_typed=True, by=leo, proof=proof_of(leo))
    made = declarations.propose(draw, drand_at=None, by=leo, proof=proof_of(leo))
    declarations.confirm(made, by=vera, proof=proof_of(vera))
    letter = OutgoingMail.objects.get(kind="draw_declared", subject_id=str(on_paper.pk))
    assert (letter.to, letter.state) == ("", "held")
    assert made.sha256 in letter.body


def test_the_circle_names_as_many_places_as_the_call_has(client, otto):
    call = make_call(otto, seats=3)
    page = client.get(reverse("circle", args=[call.circle.slug])).content.decode()
    assert "3 Plätze werden ausgelost" in page
