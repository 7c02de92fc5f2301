"""Ideas: without an account, every one answered, an address used once and forgotten."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from formats.forms.priority import PriorityForm
from formats.models import Idea
from formats.weighing import ideas, priorities, visions
from formats.weighing.priorities import Proposed
from foundation.accounts import mandates
from foundation.accounts.models import Role
from foundation.mail.models import OutgoingMail
from foundation.posting import human
from foundation.posting.limits import TooOften
from tests.conftest import login, make_user
from tests.formats.factories import make_adopted_vision, make_meeting, text
from tests.formats.voting import make_round

ENGLISH = {"accept-language": "en"}


def form(**changed):
    return {
        "title": "Bänke im Schatten",
        "text": "Alte Leute ruhen sich aus.",
        "stamp": human.new_stamp(age=60),
        **changed,
    }


def confirmed_idea(**fields) -> Idea:
    """An idea whose sender has confirmed the address."""
    idea = ideas.send(title="Bänke", text="Im Schatten", email="ida@example.org", **fields)
    mail = OutgoingMail.objects.filter(kind="idea_confirm", key=f"idea-confirm-{idea.pk}").get()
    return ideas.confirm_address(re.search(r"/adresse/([\w-]+)/", mail.body)[1])


def shown(words: str) -> dict:
    """What everybody reads of an answered idea."""
    return {"public_title": text(words), "public_text": text(words)}


@pytest.mark.req("R97")
def test_an_idea_arrives_without_account_name_or_address(client, db):
    answer = client.post(reverse("idea_send"), form(), headers=ENGLISH)

    idea = Idea.objects.get()
    year = timezone.localdate().year
    assert (idea.number, idea.email, idea.state) == (f"ID-{year}-001", "", "received")
    page = client.get(answer["Location"], headers=ENGLISH).content.decode()
    assert "Thank you, your idea has arrived" in page
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"nickname": "bot"}, "A hidden field was filled in"),
        ({"stamp": ""}, "That was very quick."),
        ({"text": " "}, "Please describe your idea in a few words."),
    ],
)
def test_a_program_or_an_empty_idea_gets_a_sentence_and_keeps_its_words(
    client, db, changed, sentence
):
    page = client.post(reverse("idea_send"), form(**changed), headers=ENGLISH)

    assert page.status_code == 200
    assert sentence in page.content.decode() and "Bänke im Schatten" in page.content.decode()
    assert not Idea.objects.exists()


def test_an_address_is_confirmed_by_a_button_used_for_the_answer_and_forgotten(
    client, otto, do_work, inbox
):
    client.post(reverse("idea_send"), form(email="Ida@Example.org"), headers=ENGLISH)
    do_work()
    link = re.search(r"http\S+/ideen/adresse/\S+", inbox[0].body)[0]
    opened = client.get(link.removeprefix("http://localhost:8000"), follow=True)
    assert Idea.objects.get().email_confirmed_at is None  # opening a link confirms nothing
    assert opened.status_code == 200
    client.post(reverse("idea_confirm"))
    idea = Idea.objects.get()

    ideas.answer(idea, text("Das machen wir.", "We do it."), by=otto)
    do_work()

    assert [mail.to for mail in inbox] == [["ida@example.org"]] * 2
    assert "We do it." in inbox[1].body
    idea.refresh_from_db()
    assert (idea.email, idea.state) == ("", "answered")
    assert not OutgoingMail.objects.exclude(to="").exists()


def test_an_unconfirmed_address_gets_no_answer(otto, do_work, inbox):
    idea = ideas.send(title="Bänke", text="Schatten", email="ida@example.org")
    ideas.answer(idea, text("Danke"), by=otto)
    do_work()

    assert [mail.subject.startswith("Ihre Idee") for mail in inbox] == [True]
    idea.refresh_from_db()
    assert idea.email == "ida@example.org"  # until the link is used or two days are over


def test_a_link_that_is_used_late_still_brings_the_answer(otto, do_work, inbox):
    idea = ideas.send(title="Bänke", text="Schatten", email="ida@example.org", language="en")
    ideas.answer(idea, text("Danke", "Thanks a lot"), by=otto)
    mail = OutgoingMail.objects.get(kind="idea_confirm")
    token = re.search(r"/adresse/([\w-]+)/", mail.body)[1]

    ideas.confirm_address(token)
    do_work()

    assert "Thanks a lot" in inbox[-1].body
    with pytest.raises(ideas.LinkOver):
        ideas.confirm_address(token)


@pytest.mark.req("R97")
def test_an_answered_idea_is_public_in_its_public_words_only(client, otto):
    vision = make_adopted_vision(otto, title="Kühle Stadt")
    idea = ideas.send(title="Karls Bank", text="Mein Nachbar Karl sitzt dort.")
    path = reverse("idea", args=[idea.number])
    assert client.get(path).status_code == 404

    login(Client(), otto).post(
        reverse("idea_answer", args=[idea.pk]),
        {
            "answer_de": "Ja.",
            "vision": vision.pk,
            "public_text_de": "Bänke im Schatten.",
            "public_title_de": "Mehr Bänke",
        },
    )

    page = client.get(path).content.decode()
    assert "Bänke im Schatten." in page and reverse("vision", args=[vision.slug]) in page
    assert "Karl" not in page and "Karls" not in page
    assert "Mehr Bänke" in client.get(reverse("idea_list")).content.decode()
    assert path in client.get(reverse("vision", args=[vision.slug])).content.decode()


def test_an_answer_without_public_words_stays_between_office_and_sender(client, otto):
    idea = ideas.send(title="Bänke", text="Text")
    ideas.answer(idea, text("Das gibt es schon."), by=otto)

    assert client.get(reverse("idea", args=[idea.number])).status_code == 404
    page = client.get(reverse("idea_status", args=[ideas.signed_handle(idea)])).content.decode()
    assert "Das gibt es schon." in page
    ideas.release(idea, text("Bänke"), text("Bänke"), by=otto)
    assert client.get(reverse("idea", args=[idea.number])).status_code == 200


@pytest.mark.parametrize("half", ["public_title", "public_text"])
def test_public_words_are_title_and_text_or_neither(otto, half):
    idea = ideas.send(title="Bänke", text="Text")
    with pytest.raises(ideas.WordsMissing, match="or neither"):
        ideas.answer(idea, text("Ja."), **{half: text("Bänke")}, by=otto)
    ideas.answer(idea, text("Ja."), by=otto)
    with pytest.raises(IntegrityError, match="idea_released_with_answer"), transaction.atomic():
        Idea.objects.filter(pk=idea.pk).update(released_at=timezone.now(), **{half: text("B")})


def test_the_chair_weighs_ideas_in_public_words_only(client, otto):
    meeting, chair = make_meeting(otto), make_user("Vera", factor=True)
    mandates.grant(chair, Role.CHAIR, meeting.body, by=None)
    waiting, secret, public = (
        ideas.send(title=f"{name} bei Karl", text="Text") for name in ("Neu", "Still", "Bank")
    )
    ideas.answer(secret, text("Ja."), by=otto)
    ideas.answer(public, text("Ja."), **shown("Mehr Bänke"), by=otto)
    desk = login(Client(), chair)
    page = desk.get(reverse("priority_create", args=[meeting.year, meeting.ordinal]))
    assert "Mehr Bänke" in page.content.decode() and "Karl" not in page.content.decode()
    assert list(page.context["form"].fields["ideas"].queryset) == [public]
    for each in (waiting, secret):
        topics = [Proposed(text("Licht")), Proposed(text("Bank"), idea=each)]
        with pytest.raises(priorities.RoundRefused) as refused:
            make_round(otto, meeting=meeting, topics=topics)
        assert refused.value.code == "idea-not-public"
    form = PriorityForm(meeting.body, {
        "title_de": "Was?", "question_de": "Womit?", "ideas": [public.pk], "others": "Licht",
        "electorate": "members", "way": "ballot", "method": "dots", "budget": 5, "most": 3,
    })  # fmt: skip
    assert form.is_valid()
    assert [str(topic.title) for topic in form.values()["topics"]] == ["Mehr Bänke", "Licht"]


def test_a_draft_vision_is_not_linked_in_public(client, otto):
    vision = make_adopted_vision(otto, title="Kühle Stadt")
    idea = ideas.send(title="Bänke", text="Text")
    ideas.answer(idea, text("Ja."), vision=vision, **shown("Bänke"), by=otto)
    visions.set_aside(vision, reason=text("Kein Geld"), by=otto)
    visions.take_up_again(vision, by=otto)

    for name, key in (("idea", idea.number), ("idea_status", ideas.signed_handle(idea))):
        assert "Kühle Stadt" not in client.get(reverse(name, args=[key])).content.decode()


def test_two_like_ideas_are_joined_by_a_person_and_share_the_answer(otto, do_work, inbox):
    first, second = ideas.send(title="Bänke", text="A"), confirmed_idea()

    ideas.join(second, first, by=otto)
    ideas.answer(first, text("Ja, bald."), by=otto)
    do_work()

    assert "Ja, bald." in inbox[-1].body
    second.refresh_from_db()
    assert (second.state, second.merged_into, second.email) == ("merged", first, "")


def test_ideas_are_not_joined_in_circles(otto):
    first, second, third = (ideas.send(title=title, text="A") for title in "ABC")
    ideas.join(second, first, by=otto)

    for one, into in ((third, second), (first, third), (third, third)):
        with pytest.raises(ideas.NotJoinable):
            ideas.join(one, into, by=otto)
    ideas.fetch_back(second, by=otto)
    assert second.state == "received"


def test_the_database_knows_no_answer_without_words(otto):
    idea = ideas.send(title="Bänke", text="A")

    with pytest.raises(IntegrityError, match="idea_answered_with_words"), transaction.atomic():
        ideas.states.advance(idea, Idea.State.ANSWERED, by=otto, settled_at=timezone.now())


def test_words_and_addresses_go_when_the_privacy_page_says_so(otto):
    now = timezone.now()
    unconfirmed = ideas.send(title="Neu", text="A", email="neu@example.org")
    thrown, answered, public, fresh = (ideas.send(title=name, text="B") for name in "TAPF")
    ideas.discard(thrown, by=otto)
    ideas.answer(answered, text("Ja"), by=otto)
    ideas.answer(public, text("Ja"), **shown("Öffentlich"), by=otto)
    ideas.answer(fresh, text("Ja"), by=otto)
    Idea.objects.filter(pk=unconfirmed.pk).update(received_at=now - dt.timedelta(hours=49))
    Idea.objects.filter(pk=thrown.pk).update(settled_at=now - dt.timedelta(days=31))
    old = [answered.pk, public.pk]
    Idea.objects.filter(pk__in=old).update(settled_at=now - dt.timedelta(days=181))

    assert ideas.forget_overdue() == 3

    kept = {idea.pk: (idea.title, idea.text, idea.email) for idea in Idea.objects.all()}
    assert kept == {
        unconfirmed.pk: ("Neu", "A", ""),
        thrown.pk: ("", "", ""),
        answered.pk: ("", "", ""),
        public.pk: ("", "", ""),
        fresh.pk: ("F", "B", ""),
    }


def test_one_address_is_not_flooded_and_one_network_is_not_locked_out(db):
    for _n in range(5):
        ideas.send(title="A", text="B", email="ida@example.org")
    with pytest.raises(TooOften):
        ideas.send(title="A", text="B", email="Ida@example.org")

    assert ideas.send(title="A", text="B", email="bo@example.org").pk
    assert ideas.send(title="A", text="B").pk


@pytest.mark.parametrize("many", [1, 3])
@pytest.mark.parametrize("name", ["idea_list", "idea_inbox"])
def test_lists_ask_as_much_for_three_as_for_one(otto, many, name, django_assert_num_queries):
    vision = make_adopted_vision(otto)
    for n in range(many):
        idea = ideas.send(title=f"Idee {n}", text="A")
        ideas.answer(idea, text("Ja"), vision=vision, **shown("B"), by=otto)
        ideas.send(title=f"Wartet {n}", text="A")
    client = login(Client(), otto)
    client.get(reverse(name))
    expected = {"idea_list": 6, "idea_inbox": 6}[name]

    with django_assert_num_queries(expected):
        client.get(reverse(name))
