"""One message to all members: on hold until it was read, one mail each, letters for the others."""

import pytest
from django.urls import reverse

from circles.models import Application, Nomination, Seat
from circles.seating import memberships, messages, nominations, offers
from foundation.accounts import mandates
from foundation.accounts.models import Role
from foundation.mail.models import OutgoingMail
from tests.circles.factories import make_circle
from tests.conftest import login, make_user

pytestmark = pytest.mark.usefixtures("english")
WORDS = {"subject": "Erstes Treffen", "text": "Wir treffen uns am Montag <um> sechs."}


def sit(circle, number, person, otto):
    made = nominations.nominate(
        circle.seats.get(number=number), name=person.name, email=person.email, body="Beirat",
        nominated_on="2026-01-02", reason="Kennt sich aus", match="Passt gut", by=otto,
    )  # fmt: skip
    nominations.accept(Nomination.objects.get(pk=made.pk), name_is_public=False, by=person)


@pytest.fixture
def circle(otto, clara, olaf):
    made = make_circle(otto)
    for number, person in ((6, clara), (7, olaf)):
        sit(made, number, person, otto)
    return made


@pytest.fixture
def viktor(circle):
    leader = make_user("Viktor", factor=True)
    mandates.grant(leader, Role.CHAIR, circle, by=None)
    return leader


def path(name, circle) -> str:
    return reverse(name, args=[circle.slug])


def told() -> list[tuple[str, str]]:
    return sorted(OutgoingMail.objects.filter(kind=messages.KIND).values_list("to", "state"))


@pytest.mark.parametrize("who", ["otto", "viktor"])
def test_written_read_and_let_go_to_each_alone(request, client, circle, clara, olaf, viktor, who):
    writer = login(client, request.getfixturevalue(who))
    page = writer.get(path("circle", circle)).content.decode()
    assert f'href="{path("circle_message", circle)}"' in page
    answer = writer.post(path("circle_message", circle), WORDS)
    assert answer["Location"] == path("circle_letters", circle)
    assert told() == sorted([(clara.email, "held"), (olaf.email, "held")])

    page = writer.get(path("circle_letters", circle))
    (bundle,) = page.context["bundles"]
    assert "am Montag &lt;um&gt; sechs." in page.content.decode()
    shown = {"mails": [mail.pk for mail in bundle.mails]}
    writer.post(path("circle_letters", circle), shown)
    assert {state for _to, state in told()} == {"held"}
    writer.post(path("circle_letters", circle), shown | {"is_read": "on"})
    assert told() == sorted([(clara.email, "queued"), (olaf.email, "queued")])
    for mail in OutgoingMail.objects.filter(kind=messages.KIND):
        assert mail.subject.endswith(": Erstes Treffen")
        assert "am Montag <um> sechs." in mail.body
        assert not {clara.email, olaf.email} & set(mail.body.split())


def test_members_and_strangers_find_no_way_to_write(client, circle, clara):
    page = login(client, clara).get(path("circle", circle)).content.decode()
    assert path("circle_message", circle) not in page


def test_it_is_thrown_away_as_a_whole(client, circle, otto):
    messages.write(circle, **WORDS, by=otto)
    login(client, otto).post(path("circle_letters_cancel", circle))
    assert {state for _to, state in told()} == {"cancelled"}


def test_whoever_has_left_gets_nothing_more(circle, clara, olaf, otto):
    messages.write(circle, **WORDS, by=otto)
    memberships.give_back(Seat.objects.get(circle=circle, holder=clara), by=clara)
    assert [mail.to for mail in messages.waiting(circle)] == [olaf.email]


def test_without_members_there_is_nobody_to_write_to(otto):
    with pytest.raises(messages.NobodyThere):
        messages.write(make_circle(otto), **WORDS, by=otto)


def test_whoever_applied_on_paper_gets_a_letter(drawn, otto):
    offer = drawn.draw.offers.select_related("seat__circle", "application__user").first()
    Application.objects.filter(pk=offer.application_id).update(postal_address="Weg 1", email="")
    person = offer.application.user
    person.email = "abcd@paper.invalid"
    person.save(update_fields=["email"])
    offers.answer(offer, accept=True, by=person)

    messages.write(offer.seat.circle, **WORDS, by=otto)

    letter = OutgoingMail.objects.get(kind=messages.KIND)
    assert (letter.to, letter.postal_address, letter.state) == ("", "Weg 1", "held")
    assert not messages.waiting(offer.seat.circle).exists()


@pytest.mark.parametrize("many", [1, 2])
def test_the_page_asks_eleven_questions_at_any_size(
    client, otto, clara, olaf, many, django_assert_max_num_queries
):
    circle = make_circle(otto)
    for number, person in ((6, clara), (7, olaf))[:many]:
        sit(circle, number, person, otto)
    messages.write(circle, **WORDS, by=otto)
    office = login(client, otto)

    with django_assert_max_num_queries(11):
        office.get(path("circle_letters", circle))
