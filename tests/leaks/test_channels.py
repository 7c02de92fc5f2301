"""What leaves otherwise than by a page: mails, calendars, papers, commands; and side channels."""

from __future__ import annotations

import contextlib
import io
import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import Q
from django.http import HttpResponse
from django.template import engines
from django.template.loader import render_to_string
from django.test import override_settings
from django.urls import path, reverse

from circles.deciding import votes
from circles.models import MajorityVote, Task
from circles.proposing import feedback_rounds
from circles.resulting import papers, yearly
from config.pages.search import asking
from config.pages.thread import sheets
from config.urls import urlpatterns as ours
from formats.models import Ballot, Vision
from formats.sittings import minutes_paper
from foundation.mail.models import OutgoingMail
from tests.circles.deciding import begin_other, fail_rounds, open_vote, people_of
from tests.circles.proposing import end_time
from tests.circles.results import finalised, prepared, presented, publish
from tests.leaks import walk
from tests.leaks.fields import MANY

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("ground"),
    pytest.mark.req("R114"),
    pytest.mark.req("R126"),
    pytest.mark.req("R127"),
]

INSIDE = {"author", "member", "chair of the circle", "office"}


@contextlib.contextmanager
def taken_back():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def seen_in(words: str, role: str, place: str) -> list[walk.Seen]:
    return [walk.Seen(plant, role, place) for plant in sorted(walk.plants_in(words))]


# Mails say more than pages: to a reviewer what became of their words, and where they come from.
ALSO_BY_MAIL = {
    ("author", "Meeting.short_notice_consent"),
    ("member", "Meeting.short_notice_consent"),
    ("other reviewer", "ReviewLink.email"),
    ("other reviewer", "Contribution.email"),
    ("other reviewer", "ContributionAnswer.reason"),
    ("other reviewer", "ReviewLink.seed and its token"),
}


def test_mails_say_private_words_to_the_room_alone(world):
    """Also those after a member has left, and those that end a round of feedback."""
    roles = {user.email: role for role, user in world.people.items()}
    roles |= {f"{walk.word(name)}@example.org": "other reviewer"
              for name in ("ReviewLink.email", "Contribution.email")}  # fmt: skip
    with taken_back():
        round_ = world.links["other reviewer"].round
        end_time(round_)
        feedback_rounds.close_round(round_, summary="Danke.", by=world.people["author"])
        found = []
        gone = {world.people[name].email for name in ("former member", MANY)}
        before = Q(to__in=gone, pk__lte=world.told_before) & ~Q(state=OutgoingMail.State.HELD)
        for mail in OutgoingMail.objects.exclude(before).exclude(state="cancelled"):
            role = roles.get(mail.to, f"somebody else ({mail.to})")
            if re.fullmatch(r"member \d", role):
                role = "member"
            words = f"{mail.subject}\n{mail.body}"
            plants = walk.plants_in(words, world.secrets)
            found += [walk.Seen(plant, role, f"{mail.kind} {mail.pk}") for plant in plants]
        told = {(each.role, each.plant) for each in found}
    wrong = [each for each in found if (each.role, each.plant) not in ALSO_BY_MAIL]
    assert walk.leaks(wrong) == []
    assert ("other reviewer", "ContributionAnswer.reason") in told
    assert ("member", "Announcement.text") in told


def test_calendars_of_ones_own_are_those_of_ones_own(world):
    """Nobody is logged in where calendars are read; a circle's meetings stand in none of them."""
    found = []
    for role, token in world.calendars().items():
        status, words = walk.read(world.clients["anonymous"], reverse("own_calendar", args=[token]))
        assert status == 200
        found += seen_in(words, role, "the calendar of their own")
    assert walk.leaks(found) == []


# Where words belong; everywhere else in the database are ids, states and digests.
TABLES_OF_WORDS = re.compile(
    r"(circles|formats|texts)_\w+|mail_outgoingmail|documents_storedfile|accounts_user"
    r"|account_emailaddress"
)


def test_trail_work_and_sessions_hold_no_words(world):
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = [name for (name,) in cursor.fetchall() if not TABLES_OF_WORDS.fullmatch(name)]
        with_words = []
        for table in tables:
            cursor.execute(f'SELECT 1 FROM "{table}" AS t WHERE t::text ILIKE %s', ["%kanari%"])
            with_words += [table] if cursor.fetchone() else []
    assert {"audit_entry", "effects_effect", "django_session"} <= set(tables)
    assert with_words == []


def test_papers_and_commands_say_what_everybody_may_read(world):
    vision = Vision.objects.get(pk=world.order.vision_id)
    public = {
        "sheet of the thread": sheets.page_of(vision, "de"),
        "report of the year": yearly.page_of(world.order.vision.adopted_in.year),
        "thread": _said("thread", str(vision.thread)),
        "thread --json": _said("thread", str(vision.thread), "--json"),
        "decision": _said("decision", world.decided.number),
        "decision --json": _said("decision", world.decided.number, "--json"),
    }
    found = [each for place, words in public.items() for each in seen_in(words, "anyone", place)]
    assert walk.leaks(found) == []
    assert "kanari" in minutes_paper.page_of(world.held.minutes, internal=True)


def _said(*arguments: str) -> str:
    out = io.StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def test_a_published_result_takes_nothing_else_out_of_the_room(world):
    """The adopted version is for everybody; page, paper, thread, feed and sheets say no more."""
    with taken_back():
        circle = finalised(world.office, circle=world.circle)
        order = presented(circle.work_order, world.office)
        result = publish(prepared(world.office, order=order), world.office)
        html = render_to_string("print/result.html", papers.context_of(result))
        found = seen_in(html, "anyone", "the paper of the result")
        found += seen_in(
            sheets.page_of(order.vision, "de") + yearly.page_of(result.settled_at.year),
            "anyone", "sheet of the thread and report",
        )  # fmt: skip
        shown = {
            "result", "result_list", "result_feed", "thread", "thread_list", "transparency",
            "transparency_csv", "circle", "circle_list", "decision_public", "released_version",
            "work_order", "vision", "div", "meeting", "oparl_list", "div_feed", "home",
        }  # fmt: skip
        there = [each for each in walk.places(world) if each.route in shown]
        for role in ("anonymous", MANY):
            found += walk.crawl(world, role, there)[0]
    assert walk.leaks(found) == []


def test_search_finds_no_private_word(world):
    """All canaries begin alike: one search asks for them all, and a hit tells even unseen."""
    found, hits = [], {}
    for role, client in world.clients.items():
        found += seen_in(walk.read(client, f"{reverse('search')}?q=kanari")[1], role, "the search")
        reader = world.people.get(role, AnonymousUser())
        hits[role] = len(asking.find(reader, ["kanari"]).keys)
    assert walk.leaks(found) == []
    assert {role for role, number in hits.items() if number} <= INSIDE


@pytest.mark.parametrize("role", ["anonymous", MANY])
def test_a_room_that_is_closed_looks_like_one_that_is_not_there(world, role):
    """Status, head and words of the answer are the same, whether or not there is such a thing."""
    client, slug = world.clients[role], world.circle.slug
    different = []
    for place in walk.places(world):
        if f"/{slug}/raum/" in place.path:
            nowhere = place.path.replace(slug, "gibt-es-nicht")
            here, there = (_plain(*walk.read(client, each)) for each in (place.path, nowhere))
            if here.replace(slug, "gibt-es-nicht") != there:
                different.append(place.path)
    assert different == []


def test_things_of_one_room_are_not_found_through_another(world):
    """Whoever sits next door asks for them by their ids below their own circle's address."""
    next_door = [
        walk.Place(each.route, each.path.replace(world.circle.slug, world.other.slug))
        for each in walk.places(world)
        if f"/{world.circle.slug}/raum/" in each.path
    ]
    found, answered = walk.crawl(world, "member of the other circle", next_door)
    assert walk.leaks(found) == []
    assert [each.path for each in answered if re.search(r"/\d", each.path)] == []


STAMPS = re.compile(
    r"nonce-[\w+/=-]+|nonce=\"[^\"]*\"|value=\"[\w-]{20,}\"|csrftoken=[^;]+|expires=[^;]+"
    r"|\d\d:\d\d(:\d\d)?(\.\d+)?|/postausgang/\d+/"
)


def _plain(status: int, words: str) -> str:
    """An answer without what differs each time."""
    return f"{status} {STAMPS.sub('', words)}"


def _pages_about(world, vote, roles):
    """What each role reads wherever this vote could show."""
    n, slug = vote.decision.n, world.circle.slug
    addresses = [
        reverse("decision", args=[slug, n]), reverse("decision_public", args=[slug, n]),
        reverse("decision_list", args=[slug]), reverse("room", args=[slug]),
        reverse("circle", args=[slug]), reverse("my"), reverse("my_data"), reverse("desk"),
        reverse("outbox"),
    ]  # fmt: skip
    return {
        (role, address): _plain(*walk.read(world.clients[role], address))
        for role in roles
        for address in addresses
    }


def _differences(one, other):
    """(who, where, line) of whatever is not the same."""
    return [
        (role, address, line)
        for (role, address), words in one.items()
        for line in sorted(set(words.split("\n")) ^ set(other[role, address].split("\n")))
    ]


READERS = ("author", "member", "chair of the circle", "office", "anonymous", MANY)


@pytest.mark.parametrize("name", ["open_vote", "secret_vote"])
def test_before_the_count_no_page_tells_how_anybody_voted(world, name):
    vote = getattr(world, name)
    with taken_back():
        before = _pages_about(world, vote, READERS)
        votes.cast(vote, vote.NO, by=world.people["member 5"])
        assert _differences(_pages_about(world, vote, READERS), before) == []


def test_after_a_secret_vote_neither_pages_nor_the_database_tell_who_voted_how(world):
    """The same figures from other people: nobody reads a difference, not even the voters."""
    given = [MajorityVote.YES] * 3 + [MajorityVote.NO] * 4
    assert _differences(_counted(world, given), _counted(world, given[::-1])) == []


def _counted(world, given):
    with taken_back():
        seated = people_of(world.circle)
        decision = begin_other(world.circle, world.office)
        fail_rounds(decision, world.office, times=1)
        vote = open_vote(decision, world.office, is_secret=True)
        for person, choice in zip(seated, given, strict=True):
            votes.cast(vote, choice, by=person)
        votes.close(vote, by=world.office)
        left = Ballot.objects.filter(poll=vote.poll_id)
        assert set(left.values_list("voter", flat=True)) == {None}
        return _pages_about(world, vote, READERS)


def _leak(request):
    words = "{% for each in tasks %}{{ each.title }}{% endfor %}"
    page = engines["django"].from_string(words).render({"tasks": Task.objects.all()})
    return HttpResponse(page)


urlpatterns = [*ours, path("leck/", _leak, name="leak")]


def test_a_page_that_forgets_to_ask_who_reads_makes_the_walk_fail(world):
    """The negative control: field, role and place are named."""
    with override_settings(ROOT_URLCONF=__name__):
        there = [walk.Place("leak", "/leck/")]
        found = [seen for role in ("anonymous", "partner", "office")
                 for seen in walk.crawl(world, role, there)[0]]  # fmt: skip
    assert walk.leaks(found) == [
        "Task.title: anonymous reads it at /leck/",
        "Task.title: partner reads it at /leck/",
    ]
    assert {each.role for each in found} == {"anonymous", "partner", "office"}
