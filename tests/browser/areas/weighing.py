"""Votes from all sides, ideas and their inbox, the wall, the steps of a work order."""

from __future__ import annotations

from django.urls import reverse

from formats.models import Drafting, Idea, Meeting, Poll, PriorityRound, PriorityTopic, WorkOrder
from formats.weighing import ideas, passes, priorities, work_orders
from foundation.accounts.models import User
from tests.browser.places import MAIN_FORM, Place, at, of
from tests.browser.scene import Scene
from tests.formats.factories import make_work_order, text
from tests.formats.voting import make_round

NO_PAGES = (
    "priority_open priority_close priority_withdraw priority_links priority_cards vote_enter"
    " vote_leave drafting_close drafting_hide snippet_take_back idea_enter idea_join"
    " idea_discard idea_fetch_back work_order_start"
)
CARD: list[str] = []


def prepare(people: dict[str, User]) -> None:
    office = people["otto"]
    meeting = Meeting.objects.filter(body__is_public=True).latest("starts_at")
    make_round(office, meeting=meeting, opened=False)
    make_round(office, meeting=meeting, way=Poll.Way.HANDS, budget=2, most=1)
    room = make_round(office, meeting=meeting, opened=False, electorate="room")
    CARD[:] = [card.code for card in passes.print_cards(room.poll, guests=1, by=office)]
    priorities.open_round(room, by=office)
    vision = PriorityTopic.objects.filter(vision__state="adopted")[0].vision
    order = make_work_order(office, vision=vision, addressee="office")
    work_orders.begin_office_project(order, title=text("Schattenkarte", "Map"), by=office)
    work_orders.start(order, by=office)
    done = make_work_order(office, vision=vision)
    work_orders.hand_over(done, text("Zu wenige", "Too few"), due_on=order.due_on, by=office)


def places() -> list[Place]:
    return [
        of("priority", _closed),
        of("priority:office", _closed, who="otto"),
        of("priority:open", _open),
        of("priority:prepared", _prepared, who="otto"),
        of("priority_create", _session, who="otto"),
        of("priority_create:wrong", _session, who="otto", sends=MAIN_FORM),
        of("priority_run", _open, who="otto"),
        of("priority_run:prepared", _prepared, who="otto"),
        of("priority_run:hands", _hands, who="otto"),
        of("priority_hands", _hands, who="dora"),
        of("priority_hands:wrong", _hands, who="dora", sends=MAIN_FORM),
        of("priority_vote", _open, who="dora"),
        of("priority_vote:wrong", _open, who="dora", sends=MAIN_FORM),
        Place("vote", lambda scene: reverse("vote_enter", args=CARD)),
        at("vote_code"),
        at("vote_code:wrong", sends=MAIN_FORM),
        of("topic_explain", _topic, who="otto"),
        of("topic_dissent", _topic, who="otto"),
        of("topic_answer", _topic, who="otto"),
        of("topic_answer:wrong", _waiting_topic, who="otto", sends=MAIN_FORM),
        at("idea_list"),
        of("idea", lambda s: [Idea.objects.released()[0].number]),
        at("idea_send"),
        at("idea_send:wrong", sends=MAIN_FORM),
        of("idea_status", lambda s: [ideas.signed_handle(_waiting())]),
        of("idea_status:answered", lambda s: [ideas.signed_handle(Idea.objects.released()[0])]),
        at("idea_confirm", status=409),
        at("idea_inbox", who="otto"),
        of("idea_answer", lambda s: [_waiting().pk], who="otto"),
        of("idea_answer:wrong", lambda s: [_waiting().pk], who="otto", sends=MAIN_FORM),
        of("idea_release", lambda s: [Idea.objects.released()[0].pk], who="otto"),
        of("drafting_create", _session, who="otto"),
        of("drafting", _wall),
        of("drafting:wrong", _wall, sends=MAIN_FORM),
        of("drafting_wall", _wall),
        of("drafting_sort", _wall, who="otto"),
        at("loose_end_list"),
        of("work_order:begun", _begun, who="otto"),
        of("work_order:handed_over", lambda s: [WorkOrder.objects.get(state="closed").number]),
        of("work_order_finalise", _begun, who="otto"),
        of("work_order_present", _begun, who="otto"),
        of("work_order_close", _begun, who="otto"),
        of("work_order_hand_over", _begun, who="otto"),
    ]


def _closed(scene: Scene) -> list[int]:
    return [PriorityRound.objects.filter(poll__state="closed").earliest("pk").pk]


def _open(scene: Scene) -> list[int]:
    return [PriorityRound.objects.get(poll__state="open", poll__method="score").pk]


def _prepared(scene: Scene) -> list[int]:
    return [PriorityRound.objects.get(poll__state="prepared").pk]


def _hands(scene: Scene) -> list[int]:
    return [PriorityRound.objects.get(poll__way="hands").pk]


def _topic(scene: Scene) -> list[int]:
    return [PriorityTopic.objects.exclude(answer="")[0].pk]


def _waiting_topic(scene: Scene) -> list[int]:
    return [PriorityTopic.objects.filter(answer="", round__poll__state="closed")[0].pk]


def _session(scene: Scene) -> list[int]:
    return [scene.open_call.meeting.year, scene.open_call.meeting.ordinal]


def _waiting() -> Idea:
    return Idea.objects.filter(state="received")[0]


def _wall(scene: Scene) -> list[str]:
    return [Drafting.objects.get().code]


def _begun(scene: Scene) -> list[str]:
    return [WorkOrder.objects.get(state="in_progress").number]
