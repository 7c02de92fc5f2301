"""Rooms of trust: one rule says who reads a contribution, on every road that leads to it."""

from __future__ import annotations

import json

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from config import leaving
from formats.learning import knowledge, members, networks
from formats.models import KnowledgeItem, KnowledgeReply, Openness
from partnerships.models import Topic
from tests.conftest import login
from tests.formats.factories import text
from tests.formats.learning_factories import join, make_actor, make_cohort

ENGLISH = {"accept-language": "en"}
WORDS = "Unser Vertrieb glaubt nicht daran."


@pytest.fixture
def cohort(otto):
    return make_cohort(otto)


@pytest.fixture
def readers(otto, cohort, olaf):
    """Who knocks: the owner, a mate, another cohort, a stranger with login, office, nobody."""
    later = networks.plan(cohort.network, 2027, by=otto)
    networks.start(later, by=otto)
    return {
        "owner": join(cohort, "Ada", otto).user,
        "mate": join(cohort, "Ben", otto).user,
        "other cohort": join(later, "Cem", otto).user,
        "stranger": olaf,
        "office": otto,
        "nobody": AnonymousUser(),
    }


def client_of(user) -> Client:
    return login(Client(), user) if user.is_authenticated else Client()


def who_reads(item, readers) -> set[str]:
    """By every road: the page, the room, the export, the public page of the cohort."""
    address = reverse("knowledge_item", args=["netz", item.cohort.year, item.pk])
    found = {name for name, user in readers.items() if client_of(user).get(address).content}
    pages = {
        name
        for name, user in readers.items()
        if item.text in client_of(user).get(address).content.decode()
    }
    rule = {n for n, u in readers.items() if KnowledgeItem.objects.visible_to(u).filter(pk=item.pk)}
    assert pages == rule
    assert found == set(readers)
    return pages


@pytest.mark.req("R73")
@pytest.mark.req("R87")
@pytest.mark.req("R89")
@pytest.mark.req("R91")
@pytest.mark.parametrize(
    ("openness", "read_by"),
    [
        ("owner", {"owner"}),
        ("cohort", {"owner", "mate"}),
        ("network", {"owner", "mate", "other cohort"}),
        ("public", {"owner", "mate", "other cohort", "stranger", "office", "nobody"}),
    ],
)
def test_who_reads_what(cohort, readers, openness, read_by):
    owner = cohort.members.of(readers["owner"]).get()
    item = knowledge.share(
        owner, "question", title="Frage", text=WORDS, openness=openness, by=owner.user
    )
    assert who_reads(item, readers) == read_by
    public = Client().get(reverse("cohort", args=["netz", 2026]), headers=ENGLISH)
    feed = Client().get(reverse("learning_feed")).content.decode()
    for words in (public.content.decode(), feed):
        assert ("Frage" in words) == (openness == "public")


@pytest.mark.req("R89")
def test_an_approach_of_ones_own_stays_with_oneself_until_one_says_otherwise(cohort, readers):
    owner = cohort.members.of(readers["owner"]).get()
    ada = client_of(owner.user)
    address = reverse("knowledge_create", args=["netz", 2026])
    form = ada.get(address, {"art": "approach"}).context["form"]
    assert (form["kind"].value(), form["openness"].value()) == ("approach", "owner")
    item = knowledge.share(owner, "approach", title="Weg", text=WORDS, by=owner.user)
    assert item.openness == Openness.OWNER
    edit = reverse("knowledge_edit", args=["netz", 2026, item.pk])
    sent = {"kind": "approach", "title": "Weg", "text": WORDS, "openness": "public"}
    assert client_of(readers["mate"]).post(edit, sent).status_code == 404
    ada.post(edit, sent)
    item.refresh_from_db()
    assert item.openness == Openness.PUBLIC


@pytest.mark.req("R73")
def test_questions_are_discussed_and_the_discussion_stays_inside(cohort, readers):
    owner = cohort.members.of(readers["owner"]).get()
    item = knowledge.share(
        owner, "question", title="Frage", text=WORDS, openness="public", by=owner.user
    )
    address = reverse("knowledge_reply", args=["netz", 2026, item.pk])
    client_of(readers["mate"]).post(address, {"text": "Bei uns half ein Tandem."})
    assert client_of(readers["stranger"]).post(address, {"text": "Hallo"}).status_code == 404
    page = reverse("knowledge_item", args=["netz", 2026, item.pk])
    seen = {
        name: "Tandem" in client_of(user).get(page).content.decode()
        for name, user in readers.items()
    }
    inside = {"owner", "mate", "other cohort"}
    assert {name for name, yes in seen.items() if yes} == inside
    assert KnowledgeReply.objects.count() == 1
    with pytest.raises(knowledge.NothingWritten):
        knowledge.reply(item, owner, "  ", by=owner.user)


@pytest.mark.req("R80")
@pytest.mark.req("R83")
def test_ideas_are_derived_tried_and_go_no_further_than_their_source(cohort, readers):
    owner, mate = (cohort.members.of(readers[name]).get() for name in ("owner", "mate"))
    idea = knowledge.share(
        owner, "idea", title="Tandem", text=WORDS, openness="cohort", trial="proposed",
        by=owner.user,
    )  # fmt: skip
    made = knowledge.derive(idea, mate, by=mate.user)
    assert (made.derived_from, made.openness, made.trial) == (idea, "owner", "proposed")
    with pytest.raises(knowledge.GoesTooFar):
        knowledge.change(made, openness="public", by=mate.user)
    knowledge.change(made, openness="cohort", trial="result", by=mate.user)
    assert made.trial == "result"
    with pytest.raises(IntegrityError), transaction.atomic():
        KnowledgeItem.objects.filter(pk=made.pk).update(kind="report")


@pytest.mark.req("R82")
@pytest.mark.req("R88")
@pytest.mark.req("R93")
def test_what_knowledge_givers_restrict_never_leaves(otto, cohort, readers):
    giver = members.name_giver(cohort, make_actor("Hochschule"), "researcher", by=otto)
    topic = Topic.objects.create(slug="co", name=text("Co-Creation"), sort_de="co")
    held = knowledge.give_input(
        giver, title="Vortrag", text=WORDS, openness="cohort", topic=topic, is_restricted=True,
        terms="nur im Jahrgang", by=otto,
    )  # fmt: skip
    free = knowledge.give_input(giver, title="Folien", text="Frei", openness="public", by=otto)
    mate = cohort.members.of(readers["mate"]).get()
    report = knowledge.share(
        mate, "report", title="Bericht", text="Erfahrung", openness="cohort", by=mate.user
    )
    assert who_reads(held, readers) == {"owner", "mate", "office"}
    answer = client_of(mate.user).get(reverse("cohort_export", args=["netz", 2026]))
    titles = [each["title"] for each in json.loads(answer.content)["items"]]
    assert titles == [report.title, free.title]
    with pytest.raises(knowledge.StaysInside):
        knowledge.change(held, openness="public", by=otto)
    with pytest.raises(knowledge.NotForPassingOn):
        knowledge.derive(held, mate, by=mate.user)
    with pytest.raises(IntegrityError), transaction.atomic():
        KnowledgeItem.objects.filter(pk=held.pk).update(openness="public")
    words = client_of(mate.user).get(reverse("knowledge_item", args=["netz", 2026, held.pk]))
    for expected in ("Hochschule", "nur im Jahrgang", "Co-Creation"):
        assert expected in words.content.decode()


@pytest.mark.req("R93")
def test_what_is_withdrawn_is_gone_on_every_road(otto, cohort, readers):
    giver = members.name_giver(cohort, make_actor("Hochschule"), "researcher", by=otto)
    item = knowledge.give_input(giver, title="Folien", text=WORDS, openness="public", by=otto)
    page = reverse("knowledge_item", args=["netz", 2026, item.pk])
    assert Client().get(page).status_code == 200
    client_of(otto).post(reverse("knowledge_withdraw", args=["netz", 2026, item.pk]))
    assert Client().get(page).status_code == 404
    assert client_of(readers["mate"]).get(page).status_code == 404
    assert KnowledgeItem.objects.get().text == ""


def test_my_page_leads_to_the_room_and_my_data_tell_my_words_only(otto, cohort, readers):
    owner, mate = (cohort.members.of(readers[name]).get() for name in ("owner", "mate"))
    item = knowledge.share(
        owner, "question", title="Frage", text=WORDS, openness="cohort", by=owner.user
    )
    knowledge.reply(item, mate, "Mit einem Tandem.", by=mate.user)
    room = reverse("cohort_room", args=["netz", 2026])
    assert room in client_of(owner.user).get(reverse("my")).content.decode()
    (mine,) = client_of(owner.user).get(reverse("my_data")).json()["learning"]
    assert [each["text"] for each in mine["contributions"]] == [WORDS]
    assert mine["answers"] == []
    (theirs,) = client_of(mate.user).get(reverse("my_data")).json()["learning"]
    assert (theirs["contributions"], theirs["answers"]) == ([], ["Mit einem Tandem."])


def test_leaving_takes_what_is_private_and_the_account_goes(otto, cohort, readers):
    owner = cohort.members.of(readers["owner"]).get()
    for openness in ("owner", "cohort"):
        knowledge.share(owner, "idea", title=openness, openness=openness, by=owner.user)
    client_of(owner.user).post(reverse("cohort_leave", args=["netz", 2026]))
    assert [each.title for each in KnowledgeItem.objects.all()] == ["cohort"]
    room = client_of(owner.user).get(reverse("cohort_room", args=["netz", 2026]))
    assert room.status_code == 404
    assert leaving.obstacles(owner.user) == []


@pytest.mark.req("R80")
@pytest.mark.req("R93")
def test_words_go_no_further_however_often_they_are_derived(otto, cohort, readers):
    owner, mate = (cohort.members.of(readers[name]).get() for name in ("owner", "mate"))
    third = join(cohort, "Dana", otto)
    root = knowledge.share(
        owner, "idea", title="Tandem", text=WORDS, openness="cohort", by=owner.user
    )
    copy = knowledge.derive(root, mate, by=mate.user)
    knowledge.change(copy, openness="cohort", by=mate.user)
    own = knowledge.derive(copy, mate, by=mate.user)
    again = knowledge.derive(copy, third, by=third.user)
    for each, member in ((own, mate), (again, third)):
        with pytest.raises(knowledge.GoesTooFar):
            knowledge.change(each, openness="public", by=member.user)
        with pytest.raises(IntegrityError, match="words-go-no-further"), transaction.atomic():
            KnowledgeItem.objects.filter(pk=each.pk).update(openness="public")
    with pytest.raises(IntegrityError, match="words-go-no-further"), transaction.atomic():
        KnowledgeItem.objects.filter(pk=again.pk).update(derived_from=None)
    knowledge.change(root, openness="public", by=owner.user)
    knowledge.change(own, openness="public", by=mate.user)
    with pytest.raises(knowledge.GoesTooFar):
        knowledge.change(again, openness="public", by=third.user)


@pytest.mark.req("R93")
def test_what_is_held_back_or_withdrawn_takes_its_copies_along(otto, cohort, readers):
    owner, mate = (cohort.members.of(readers[name]).get() for name in ("owner", "mate"))
    root = knowledge.share(
        owner, "idea", title="Tandem", text=WORDS, openness="public", by=owner.user
    )
    copy = knowledge.derive(root, mate, by=mate.user)
    knowledge.change(copy, openness="public", by=mate.user)
    grown = knowledge.derive(copy, mate, by=mate.user)
    knowledge.change(grown, text="Etwas Eigenes", openness="public", by=mate.user)

    knowledge.change(root, openness="cohort", by=owner.user)
    for each in (copy, grown):
        each.refresh_from_db()
        assert each.openness == "cohort"
    knowledge.change(root, is_restricted=True, by=owner.user)
    copy.refresh_from_db()
    assert copy.openness == "owner"
    with pytest.raises(knowledge.NotForPassingOn):
        knowledge.derive(copy, owner, by=mate.user)
    knowledge.change(root, is_restricted=False, by=owner.user)
    knowledge.change(copy, openness="cohort", by=mate.user)
    knowledge.reply(copy, mate, "Gute Idee", by=mate.user)

    knowledge.withdraw(root, by=owner.user)
    copy.refresh_from_db()
    grown.refresh_from_db()
    assert (copy.text, copy.withdrawn_at is not None, copy.replies.count()) == ("", True, 0)
    assert (grown.text, grown.openness) == ("Etwas Eigenes", "owner")
    with pytest.raises(knowledge.GoesTooFar):
        knowledge.change(grown, openness="cohort", by=mate.user)


@pytest.mark.req("R89")
def test_whoever_left_is_named_nowhere_and_their_copied_words_end(otto, cohort, readers):
    owner, mate = (cohort.members.of(readers[name]).get() for name in ("owner", "mate"))
    shared = knowledge.share(
        owner, "question", title="Frage", text="Wie fangen wir an?", openness="cohort",
        by=owner.user,
    )  # fmt: skip
    knowledge.reply(shared, owner, "Noch ein Wort", by=owner.user)
    kept = knowledge.share(
        owner, "idea", title="Tandem", text=WORDS, openness="cohort", by=owner.user
    )
    copy = knowledge.derive(kept, mate, by=mate.user)
    knowledge.change(kept, openness="owner", by=owner.user)
    room = client_of(mate.user)
    addresses = [
        reverse("cohort_room", args=["netz", 2026]),
        reverse("knowledge_item", args=["netz", 2026, shared.pk]),
    ]
    assert all("Ada," in room.get(page).content.decode() for page in addresses)

    members.leave(owner, by=owner.user)

    for page in addresses:
        words = room.get(page, headers=ENGLISH).content.decode()
        assert "Ada<" not in words
        assert "Ada," not in words
        assert "former member" in words
    guests = client_of(otto).get(reverse("cohort_members", args=["netz", 2026])).content.decode()
    assert "<h3>Ada</h3>" not in guests
    kept.refresh_from_db()
    copy.refresh_from_db()
    assert (kept.title, kept.text, copy.text) == ("", "", "")
