"""Pages around a call: its plan, its trial, saved forms, look-alikes, tables of letters."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse
from django.utils import timezone

from circles.applying import applications
from circles.calling import trials
from circles.models import Application, Call
from circles.views.asked import trial_query
from formats.models import Meeting
from foundation.accounts.models import User
from tests.browser.places import MAIN_FORM, Place, of
from tests.circles.factories import make_application, make_call, make_circle, qualify, text
from tests.formats.factories import make_meeting

NO_PAGES = """
apply_save apply_keep apply_discard apply_resume trial_begin trial_close trial_remove
likeness_decide application_table_blank application_table_enter
"""
NAME = "demo-geprobt"
ALIKE = "demo-aehnlich"


def prepare(people: dict[str, User]) -> None:
    office = people["otto"]
    far = make_meeting(office, starts_at=timezone.now() + dt.timedelta(days=150))
    circle = make_circle(office, name="Geprobt", is_demo=True)
    draft = make_call(office, circle=circle, draw_id=NAME, meeting=far, opened=False)
    Call.objects.filter(pk=draft.pk).update(
        task=text("Der Vorschlag wird von allen gemeinsam geprüft.", "The proposal is checked.")
    )
    trial = trials.begin(draft, by=office)
    for _ in range(2):
        qualify(make_application(trial), office, people["rita"])
    alike = make_call(
        office, circle=make_circle(office, name="Ähnlich", is_demo=True), draw_id=ALIKE
    )
    for _ in range(2):
        make_application(alike, name="Ada Abendrot", phone="0521 471100")
    make_application(alike, name="Anna Abendrot", email="wir@example.org")
    make_application(alike, name="Arno Abendrot", email="wir@example.org", confirmed=False)


def places() -> list[Place]:
    return [
        of("call_plan", lambda scene: [_draft().circle.slug], who="otto"),
        _planned("call_plan:planned", 150),
        _planned("call_plan:near", 30),
        of("call:draft", lambda scene: [_draft().circle.slug], who="otto"),
        _rehearsed("call:trial", "call"),
        _rehearsed("apply:trial", "apply"),
        of("trial_desk", lambda scene: [_trial().pk], who="otto"),
        of("application_list:trial", lambda scene: [_trial().pk], who="otto"),
        of("likeness_list", lambda scene: [_alike().pk], who="rita"),
        of("likeness_list:nothing", lambda scene: [_draft().pk], who="otto"),
        of("application_second", _second),
        of("application_second:wrong", _second, sends=MAIN_FORM),
        of("application_table", lambda scene: [_alike().pk], who="otto"),
        of("application_table:wrong", lambda scene: [_alike().pk], who="otto", sends=MAIN_FORM),
    ]


def _planned(name: str, days: int) -> Place:
    def address(scene: object) -> str:
        far = Meeting.objects.filter(starts_at__gt=timezone.now() + dt.timedelta(days=140))
        session = far.first() if days > 100 else Meeting.objects.filter(
            starts_at__gt=timezone.now(), state__in=["scheduled", "invited"], is_public=True
        ).first()  # fmt: skip
        assert session is not None
        wish = f"meeting={session.pk}&open_days=28&review_days=10&objection_days=7&in_invitation=on"
        return f"{reverse('call_plan', args=[_draft().circle.slug])}?{wish}"

    return Place(name, address, "otto")


def _rehearsed(name: str, route: str) -> Place:
    def address(scene: object) -> str:
        trial = _trial()
        return reverse(route, args=[trial.circle.slug]) + trial_query(trial)

    return Place(name, address)


def _draft() -> Call:
    return Call.objects.select_related("circle").get(draw_id=NAME)


def _alike() -> Call:
    return Call.objects.get(draw_id=ALIKE)


def _trial() -> Call:
    return Call.every.select_related("circle").get(is_trial=True)


def _second(scene: object) -> list[str]:
    waiting = Application.objects.get(name="Arno Abendrot", state="unconfirmed")
    return [applications.signed_id(waiting)]
