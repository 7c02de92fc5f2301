"""Who may do what: every row of rows/*.csv is a request, and every route has its rows.

The matrix is written by hand from what must hold, without wildcards.
"""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from django.db import connection, transaction
from django.urls import resolve, reverse

from foundation.accounts.models import Mandate, Role
from foundation.accounts.models.mandate import ROLES_WITH_SECOND_FACTOR
from tests.authorization.bodies import body_for
from tests.authorization.people import CAST
from tests.authorization.routes import lines, parameters
from tests.authorization.world import Ledger

pytestmark = pytest.mark.django_db


DOORS = {"account_login", "account_request_login_code", "admin:login"}


@dataclasses.dataclass(frozen=True)
class Row:
    """`state` names the object, `to` the route of a redirect, `shows` the canaries to be seen."""

    route: str
    method: str
    role: str
    state: str
    status: int
    to: str
    shows: frozenset[str]

    def __str__(self) -> str:
        return f"{self.method} {self.route} {self.role}, {self.state or 'no object'}"

    @property
    def is_refused(self) -> bool:
        return self.status in (403, 404, 405, 409) or self.to in DOORS


def _row(line: dict[str, str]) -> Row:
    shows = frozenset(line["shows"].split())
    return Row(**{**line, "status": int(line["status"]), "shows": shows})


MATRIX = [_row(line) for line in lines()]
READING = [row for row in MATRIX if row.method == "GET"]
WRITING = [row for row in MATRIX if row.method == "POST"]


def _address(world, row: Row) -> str:
    place = world.places[row.state]
    taken = {name: place[name] for name in PARAMETERS[row.route]}
    return reverse(row.route, kwargs=taken)


PARAMETERS = parameters()
# Django's admin brings its own routes; `test_the_admin_lets_in_administrators_only` opens them.
EXCLUDED = "admin:"
LISTED_ALL_THE_SAME = {"admin:index", "admin:login"}


def _send(world, row: Row, method: str = ""):
    client = world.client(row.role)
    address = _address(world, row)
    if row.method == "POST":
        return client.post(address, body_for(world, row.route, row.state))
    return getattr(client, (method or row.method).lower())(address)


def _target(response) -> str:
    """The name of the route that a redirect leads to."""
    if not 300 <= response.status_code < 400:
        return ""
    parts = urlsplit(response["Location"])
    assert parts.netloc in ("", "testserver"), "a redirect must stay on this host"
    return resolve(parts.path).view_name


def _seen(world, response) -> set[str]:
    """The canaries in head and body of an answer."""
    text = response.content.decode(errors="replace") + str(response.headers)
    return {name for name, sentence in world.canaries.items() if sentence in text}


def _by_route(rows: list[Row]) -> list[object]:
    """The rows of each route together: what is made for one test serves them all."""
    routes: dict[str, list[Row]] = {}
    for row in rows:
        routes.setdefault(row.route, []).append(row)
    return [pytest.param(together, id=route) for route, together in routes.items()]


@contextlib.contextmanager
def _undone(row: Row) -> Iterator[None]:
    """Take back what a writing row has done; what is read leaves nothing that could be seen."""
    if row.method == "GET":
        yield
        return
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _ask_each(rows: list[Row], ask: Callable[[Row, Ledger], None]) -> None:
    """Ask row by row, take back what each has written, and tell all that were answered wrongly."""
    wrong, ledger = [], Ledger()
    for row in rows:
        try:
            with _undone(row), connection.execute_wrapper(ledger.watch):
                ask(row, ledger)
        except Exception as error:  # noqa: BLE001 - whatever a view raises is a wrong answer
            error.add_note(f"Row: {row}")
            wrong.append(error)
            ledger = Ledger()
    if wrong:
        raise ExceptionGroup("wrong answers", wrong)


@pytest.mark.parametrize("rows", _by_route(READING))
def test_reading(world, rows):
    """Exact answer, no canary but those that the row names, nothing written."""

    def ask(row: Row, ledger: Ledger) -> None:
        response = _send(world, row)

        assert (response.status_code, _target(response)) == (row.status, row.to)
        assert _seen(world, response) == row.shows
        assert ledger.written() == set()

    _ask_each(rows, ask)


def _first_of_each_route(rows: list[Row]) -> list[Row]:
    return list({row.route: row for row in reversed(rows)}.values())[::-1]


@pytest.mark.parametrize(
    "rows",
    _by_route(
        [
            *_first_of_each_route([row for row in READING if row.is_refused]),
            *_first_of_each_route([row for row in READING if not row.is_refused]),
        ]
    ),
)
def test_head_answers_like_get(world, rows):
    def ask(row: Row, ledger: Ledger) -> None:
        response = _send(world, row, "HEAD")

        assert (response.status_code, _target(response)) == (row.status, row.to)
        assert response.content == b""
        assert ledger.written() == set()

    _ask_each(rows, ask)


@pytest.mark.parametrize("rows", _by_route(WRITING))
def test_writing(world, rows):
    """Exact answer; what was refused has changed nothing, what was accepted has."""

    def ask(row: Row, ledger: Ledger) -> None:
        response = _send(world, row)

        assert (response.status_code, _target(response)) == (row.status, row.to)
        assert _seen(world, response) == row.shows
        changed = ledger.written() - COUNTED
        if row.is_refused or (response.status_code == 200 and row.route not in PAPERS):
            assert changed == set()
        elif row.route not in SESSION_ONLY:
            assert changed

    _ask_each(rows, ask)


PUBLIC = {
    "home", "search", "imprint", "privacy", "easy_language", "help", "contact", "robots", "health",
    "office_write",
    "accessibility", "barrier_reported", "verify", "set_language", "open_invitation",
    "draw_list", "circle_list", "actor_list", "partnership_list", "div", "account_login",
    "lottery_check", "lottery_check_copy", "actor_csv", "actor_similar", "account_deleted",
    "account_request_login_code", "account_logout", "account_inactive", "account_reset_password",
    "subscribe", "subscription_asked", "subscription_ended", "subscription_enter",
    "subscription_open", "thread_list", "transparency",
    "news_list", "partnerships_feed", "challenge_list", "municipality_list", "topic_list",
    "idea_list", "idea_send", "idea_enter", "loose_end_list",
    "vote", "vote_code", "vote_enter", "vote_leave",
    "div_calendar", "div_feed", "oparl_system",
    "event_list", "event_calendar", "event_feed", "forum_list", "learning_network_list",
    "learning_feed", "result_list", "result_feed",
    "account_reset_password_done", "account_reset_password_from_key",
    "account_reset_password_from_key_done",
}  # fmt: skip
# Tries and mails are counted even when a form is refused: that is what a limit is.
COUNTED = {"posting_allowance"}
# What these do stands in the session and in cookies.
SESSION_ONLY = {"account_logout", "set_language", "vote_code", "vote_leave", "apply_discard"}
# The answer is a paper whose codes stand nowhere else, so there is no page to lead to.
PAPERS = {"priority_cards"}


# The one click of a mail program carries no token of ours: its signed address is the proof.
ONE_CLICK = {"unsubscribe"}


@pytest.mark.parametrize(
    "row",
    _first_of_each_route(
        [row for row in WRITING if not row.is_refused and row.route not in ONE_CLICK]
    ),
    ids=str,
)
def test_a_form_without_its_token_is_refused(world, row):
    ledger = Ledger()
    client = world.client(row.role, enforce_csrf_checks=True)
    response = client.post(_address(world, row), body_for(world, row.route, row.state))

    assert response.status_code == 403
    assert ledger.written() == set()


def test_every_route_is_in_the_matrix_and_every_row_has_its_route():
    known = {name for name in PARAMETERS if not name.startswith(EXCLUDED)}
    assert {row.route for row in MATRIX} == known | LISTED_ALL_THE_SAME


def test_no_row_stands_twice():
    keys = [(row.route, row.method, row.role, row.state) for row in MATRIX]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("route", sorted({row.route for row in MATRIX}))
def test_every_route_is_asked_by_strangers_its_people_and_others(route):
    """Anonymous and two more; who may and who may not, unless everybody may."""
    rows = [row for row in MATRIX if row.route == route]
    assert "anonymous" in {row.role for row in rows}
    assert len({row.role for row in rows}) >= 3
    assert not all(row.is_refused for row in rows)
    if route not in PUBLIC:
        assert any(row.is_refused and row.status != 405 for row in rows)
    if PARAMETERS[route]:
        assert any(row.state.startswith("unknown") for row in rows)


def test_roles_and_canaries_of_the_matrix_exist(world):
    assert {row.role for row in MATRIX} == {*CAST, "anonymous", "link holder"}
    assert {name for row in MATRIX for name in row.shows} <= set(world.canaries)


@pytest.mark.parametrize("role", ["anonymous", "citizen", "office", "auditor", "chair"])
def test_the_admin_lets_in_administrators_only(world, role):
    names = [name for name in PARAMETERS if name.startswith(EXCLUDED) and not PARAMETERS[name]]
    client = world.client(role)
    answers = {name: client.get(reverse(name)) for name in names if name != "admin:jsi18n"}
    assert {name for name, answer in answers.items() if answer.status_code == 200} == set()


def test_every_role_knocks_at_the_doors(world):
    """A new role is held by somebody here, or nobody has thought about what it may do."""
    held = Mandate.objects.in_force().filter(user__in=[each.pk for each in world.people.values()])
    assert set(Role) - set(held.values_list("role", flat=True)) == set()


def test_a_role_needs_a_second_factor_unless_it_is_named_here():
    assert set(Role) - ROLES_WITH_SECOND_FACTOR == {
        Role.PARTNER, Role.PROJECT_TEAM, Role.DIV_MEMBER, Role.CIRCLE_MEMBER
    }  # fmt: skip
