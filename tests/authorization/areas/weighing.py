"""Votes before, during and after; a card, ideas in the inbox and answered, a wall, work orders."""

import re

from django.utils import timezone

from formats.forms import ballot
from formats.models import Idea, Meeting, Poll, PriorityRound, VotingPass
from formats.weighing import ballots, draftings, ideas, passes, work_orders
from foundation.mail.models import OutgoingMail
from foundation.posting import human
from tests.formats.factories import make_meeting, make_work_order, text
from tests.formats.voting import make_round

PUBLIC = "Bänke im Schatten für alle"


def places(world):
    office = world.people["office"]
    return _rounds(office) | _ideas(office) | _walls(office) | _orders(world, office)


def _rounds(office):
    prepared, running = make_round(office, opened=False), make_round(office)
    closed, hands = make_round(office), make_round(office, way=Poll.Way.HANDS, budget=3, most=1)
    ballots.close(closed.poll, by=office)
    inside = make_round(office, meeting=make_meeting(office, is_public=False))
    room = make_round(office, opened=False, electorate=PriorityRound.Electorate.ROOM)
    (card,) = passes.print_cards(room.poll, guests=1, by=office)
    ballots.open_vote(room.poll, by=office)
    voting_pass = VotingPass.objects.get()
    assert voting_pass.token_digest == passes.digest_of(card.code)
    return {
        "prepared round": {"pk": prepared.pk},
        "open round": {"pk": running.pk},
        "closed round": {"pk": closed.pk},
        "round by hands": {"pk": hands.pk},
        "round of a closed session": {"pk": inside.pk},
        "weighed topic": {"pk": closed.topics.first().pk},
        "topic under vote": {"pk": running.topics.first().pk},
        "topic of a closed session": {"pk": inside.topics.first().pk},
        "voting card": {"token": card.code},
    }


def _ideas(office):
    waiting = ideas.send(title="Neue Idee", text="Mehr Licht", email="idee@example.org")
    mail = OutgoingMail.objects.filter(kind="idea_confirm").latest("pk")
    answered, hidden, thrown = (
        ideas.send(title=title, text="Text") for title in ("Bänke", "Versteckt", "Werbung")
    )
    words = {"public_title": text("Bänke"), "public_text": text(PUBLIC)}
    ideas.answer(answered, text("Ja."), **words, by=office)
    ideas.answer(hidden, text("Nein."), by=office)
    ideas.discard(thrown, by=office)
    named = {
        "waiting idea": waiting, "answered idea": answered, "hidden idea": hidden,
        "discarded idea": thrown,
    }  # fmt: skip
    return {
        state: {"pk": each.pk, "number": each.number, "signed": ideas.signed_handle(each)}
        for state, each in named.items()
    } | {"asked address": {"token": re.search(r"/adresse/([\w-]+)/", mail.body)[1]}}


def _walls(office):
    wall = draftings.begin(make_meeting(office), text("Was fehlt?"), by=office)
    snippet = draftings.write(wall, "Bänke", device="gerät")
    return {"wall": {"code": wall.code, "pk": snippet.pk}}


def _orders(world, office):
    vision = world.circles.vision
    found = {}
    for state, steps in (("assigned", 0), ("begun", 1), ("finalised", 2), ("presented", 3)):
        order = make_work_order(office, vision=vision, addressee="office")
        work_orders.begin_office_project(order, title=text("Projekt"), by=office)
        if steps >= 1:
            work_orders.start(order, by=office)
        if steps >= 2:
            work_orders.finalise(order, text("Fertig"), make_meeting(office), by=office)
        if steps >= 3:
            work_orders.present(order, _past_meeting(), by=office)
        found[f"{state} order"] = {"number": order.number}
    return found


def _past_meeting() -> Meeting:
    return Meeting.objects.filter(body__is_public=True, starts_at__lt=timezone.now()).exclude(
        state="cancelled"
    )[0]


def tokens():
    """What the link holder has in the session: a card, and the link that confirms an address."""
    mail = OutgoingMail.objects.filter(kind="idea_confirm").latest("pk")
    return {
        "voting_pass": VotingPass.objects.get().token_digest,
        "drafting_device": "gerät",
        "idea_token": re.search(r"/adresse/([\w-]+)/", mail.body)[1],
    }


def _ballot(world, place):
    found = PriorityRound.objects.filter(pk=place["pk"]).first() if "pk" in place else None
    poll = found.poll if found else VotingPass.objects.get().voter.poll
    return {ballot._name(option): 1 for option in poll.options.all()}


def _hands(world, place):
    poll = PriorityRound.objects.filter(pk=place["pk"]).first()
    options = poll.poll.options.all() if poll else []
    return {"present": 3, **{ballot._name(option): 1 for option in options}}


def _other_idea(world, place):
    return {"into": Idea.objects.filter(state="answered").first().pk}


def _meeting_ahead(world, place):
    ahead = Meeting.objects.filter(
        body__is_public=True, starts_at__gt=timezone.now(), state="scheduled"
    ).first()
    return {"result_de": "Fertig", "meeting": ahead.pk}


PLAIN: dict[str, dict[str, object]] = {
    "priority_create": {
        "title_de": "Was zuerst?", "question_de": "Womit beginnen?", "others": "Bäume\nLicht",
        "electorate": "members", "way": "ballot", "method": "dots", "budget": 5, "most": 3,
    },
    "topic_explain": {"reason_de": "Es hilft"},
    "topic_dissent": {"for_whom": "Amt", "words": "Zu teuer"},
    "topic_answer": {"outcome": "later", "answer_reason_de": "Nächstes Jahr"},
    "idea_answer": {"answer_de": "Danke"},
    "idea_release": {"public_title_de": "Bänke", "public_text_de": "In anderen Worten"},
    "drafting_hide": {"act": "off"},
    "drafting_create": {"question_de": "Was fehlt?"},
    "drafting": {"text": "Bänke"},
    "work_order_close": {"closing_note_de": "Erledigt"},
    "work_order_hand_over": {"closing_note_de": "Das Büro", "due_on": "2031-01-01"},
}  # fmt: skip
DEPENDENT: dict[str, object] = {
    "vote": lambda world, place: _ballot(world, {}),
    "vote_code": lambda world, place: {"code": world.places["voting card"]["token"]},
    "priority_vote": _ballot,
    "priority_hands": _hands,
    "idea_send": lambda world, place: {
        "title": "Idee", "text": "Mehr Licht", "stamp": human.new_stamp(age=60),
    },
    "drafting_sort": lambda world, place: {f"heading_{place.get('pk', 0)}": "Schatten"},
    "idea_join": _other_idea,
    "work_order_finalise": _meeting_ahead,
    "work_order_present": lambda world, place: {"meeting": _past_meeting().pk},
}  # fmt: skip
