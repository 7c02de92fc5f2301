"""The pages of a proposal in its room: for members and hosts, and nothing typed is lost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from circles.models import Circle, Contribution, FeedbackRound, Proposal, SectionRemark
from circles.models import ProposalVersion as Version
from circles.proposing import remarks, sections, versions
from foundation import states
from tests.circles.factories import circle_at_work, text
from tests.circles.proposing import make_link, make_proposal, open_round, say, seat, write
from tests.conftest import login, player

pytestmark = [pytest.mark.usefixtures("work_ground"), pytest.mark.req("R125")]


@pytest.fixture(scope="module")
def work_ground(ground):
    return make_proposal(circle_at_work(player("Otto"), members=3)).pk


@pytest.fixture
def proposal(work_ground):
    return Proposal.objects.select_related("circle").get(pk=work_ground)


@pytest.fixture
def member(client):
    return login(client, seat(1))


def address(proposal, name="proposal", *args):
    return reverse(name, args=[proposal.circle.slug, *args])


def test_members_and_hosts_read_it_and_to_all_others_it_is_not_there(client, proposal, olaf):
    page = address(proposal)
    assert reverse("account_login") in client.get(page)["Location"]
    assert login(client, olaf).get(page).status_code == 404
    for person in (seat(2), player("Otto"), player("Vera")):
        shown = login(client, person, fresh=True).get(page)
        assert (shown.status_code, "Der Text zu Licht." in shown.content.decode()) == (200, True)


def test_two_people_save_one_section_and_both_texts_are_shown(member, proposal):
    part = sections.parts_of(proposal)[0]
    page = address(proposal, "section_write", part.slug)
    assert 'name="based_on" value="2"' in member.get(page).content.decode()
    write(proposal, part.slug, "Schneller gewesen.", by=seat(2))
    mine = {"body_de": "Meine\nWorte.", "body_en": "", "based_on": "2"}
    conflict = member.post(page, mine)
    shown = conflict.content.decode()
    assert conflict.status_code == 200
    assert "Beide Texte nebeneinander" in shown
    assert "<p>Schneller gewesen.</p>" in shown
    assert ">\nMeine\nWorte.</textarea>" in shown
    assert 'name="based_on" value="3"' in shown
    # On from theirs: what I had written stays beside the form.
    taken = member.post(page, mine | {"based_on": "3", "take": "theirs"}).content.decode()
    assert ">\nSchneller gewesen.</textarea>" in taken
    assert "<p>Meine<br>Worte.</p>" in taken
    # Or knowingly in place of theirs.
    saved = member.post(page, mine | {"based_on": "3"})
    assert saved["Location"] == address(proposal, "section", part.slug)
    assert sections.part_of(proposal, part.slug).body.get("de") == "Meine\nWorte."


@pytest.mark.parametrize(
    ("typed", "refused"),
    [
        ("x" * 50_000, True),
        ("<b>fett</b> & <script>alert(1)</script>", False),
        ("שלום \u202eabc", False),
    ],
)
def test_long_texts_mark_up_and_right_to_left_lose_nothing(member, proposal, typed, refused):
    part = sections.parts_of(proposal)[0]
    page = address(proposal, "section_write", part.slug)
    answer = member.post(page, {"body_de": typed, "based_on": str(part.revision.n)})
    if refused:
        shown = answer.content.decode()
        assert "20000" in shown and "50000" in shown
        assert typed in shown
        assert "maxlength" not in shown.partition("<form")[2].partition("based_on")[0]
    else:
        assert answer.status_code == 302
        assert sections.part_of(proposal, part.slug).body.get("de") == typed
        assert "<script>alert" not in member.get(address(proposal)).content.decode()


def test_a_double_click_is_one_remark(member, proposal):
    part = sections.parts_of(proposal)[0]
    page = address(proposal, "section", part.slug)
    data = {"text": "Zweimal geklickt.", "idempotency_key": "k" * 32}
    for _turn in range(2):
        assert member.post(page, data).status_code == 302
    assert SectionRemark.objects.count() == 1
    assert "Zweimal geklickt." in member.get(page).content.decode()


def test_the_outline_is_arranged_by_buttons(member, proposal):
    first = sections.parts_of(proposal)[0].slug
    place = address(proposal, "section_place", first)
    for to, expected in (("down", ["Wege", "Licht"]), ("up", ["Licht", "Wege"]),
                         ("out", ["Wege"]), ("back", ["Wege", "Licht"])):  # fmt: skip
        member.post(place, {"to": to})
        assert [part.heading.get("de") for part in sections.parts_of(proposal)] == expected
    assert member.post(place, {"to": "elsewhere"}).status_code == 404


def test_points_and_sources_go_their_way(member, proposal):
    member.post(address(proposal, "point_raise"), {"question": "Wer zahlt?", "section": ""})
    (point,) = proposal.points.all()
    empty = member.post(address(proposal, "point", point.pk), {"word": ""})
    assert empty.status_code == 200
    member.post(address(proposal, "point", point.pk), {"word": "Die Stadt."})
    assert "Die Stadt." in member.get(address(proposal)).content.decode()
    member.post(address(proposal, "point_reopen", point.pk))
    assert not remarks.points_of(proposal)[0].is_settled
    member.post(
        address(proposal, "source_add"), {"title": "Bericht", "address": "https://example.org/a"}
    )
    source = proposal.sources.get()
    member.post(address(proposal, "source_remove", source.pk))
    assert member.post(address(proposal, "source_remove", source.pk)).status_code == 404


def test_a_released_version_is_read_by_everybody_and_says_what_it_is(client, proposal, otto):
    version = versions.keep(proposal, by=seat(1))
    public = address(proposal, "released_version", 1)
    assert client.get(public).status_code == 404
    login(client, seat(1))
    assert client.post(address(proposal, "version_release", 1)).status_code == 403
    login(client, otto, fresh=True)
    unsure = client.post(address(proposal, "version_release", 1), {})
    assert unsure.status_code == 200
    client.post(address(proposal, "version_release", 1), {"agreed": "on"})
    client.logout()
    shown = client.get(public).content.decode()
    assert "Der Text zu Licht." in shown
    assert version.sha256[:8] in shown
    assert "Vorbereitender Arbeitsstand" in shown
    assert "Mitglied 1" not in shown
    circle_page = client.get(reverse("circle", args=[proposal.circle.slug])).content.decode()
    assert public in circle_page
    assert address(proposal) not in circle_page


def test_versions_are_kept_and_compared(member, proposal):
    assert member.get(address(proposal, "proposal_versions")).status_code == 200
    member.post(address(proposal, "version_keep"), {"note": "Erste"})
    write(proposal, "abschnitt-1", "Der neue Text zu Licht.", by=seat(2))
    member.post(address(proposal, "version_keep"), {"note": "Zweite"})
    shown = member.get(address(proposal, "proposal_versions")).content.decode()
    assert "neue <" in shown.partition("<ins>")[2]
    chosen = member.get(address(proposal, "proposal_versions") + "?von=2&bis=2")
    assert "<ins>" not in chosen.content.decode()
    assert member.get(address(proposal, "proposal_versions") + "?von=9&bis=x").status_code == 200
    same = member.post(address(proposal, "version_keep"), {"note": ""})
    assert same.status_code == 200
    assert Version.objects.count() == 2


def crowd(proposal) -> None:
    """200 comments, 60 suggestions, 30 versions."""
    parts = [part.section for part in sections.parts_of(proposal)]
    term = proposal.circle.seats.get(number=1).terms.get()
    SectionRemark.objects.bulk_create(
        SectionRemark(section=parts[n % 2], member=term, text=f"Anmerkung {n}") for n in range(200)
    )
    for turn in range(30):
        write(proposal, "abschnitt-1", f"Wortlaut {turn}", by=seat(1 + turn % 3))
        version = versions.keep(proposal, by=seat(1))
    link = make_link(open_round(version))
    Contribution.objects.bulk_create(
        Contribution(link=link, section=parts[n % 2], is_suggestion=True, words=f"Besser {n}",
                     on_behalf_of="Rat")
        for n in range(60)
    )  # fmt: skip


def test_a_busy_proposal_asks_twelve_questions_at_most(
    member, proposal, django_assert_max_num_queries
):
    crowd(proposal)
    with django_assert_max_num_queries(12):
        shown = member.get(address(proposal)).content.decode()
    assert "60" in shown
    (round_,) = FeedbackRound.objects.all()
    with django_assert_max_num_queries(12):
        member.get(address(proposal, "feedback_round", round_.pk))
    with django_assert_max_num_queries(12):
        member.get(address(proposal, "section", "abschnitt-1"))
    with django_assert_max_num_queries(12):
        member.get(address(proposal, "proposal_versions"))


def questions(client, page) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(page).status_code == 200
    return len(asked)


def test_three_of_everything_ask_as_often_as_one(member, proposal):
    def more():
        section = sections.add(proposal, text("Noch einer"), by=seat(2))
        part = sections.part_of(proposal, section.paragraph.slug)
        sections.write(section, text("Worte"), based_on=part.revision.n, by=seat(2))
        remarks.remark(section, "Gut", by=seat(3))
        point = remarks.raise_point(proposal, "Wann?", section=section, by=seat(3))
        remarks.settle(point, "Bald", by=seat(2))
        remarks.add_source(proposal, title="Q", address="", note="", by=seat(1))
        version = versions.keep(proposal, by=seat(3))
        say(make_link(open_round(version)))

    more()
    pages = [address(proposal), address(proposal, "proposal_versions"),
             address(proposal, "feedback_round", FeedbackRound.objects.get().pk)]  # fmt: skip
    # Comparing begins with the second version.
    write(proposal, "abschnitt-1", "Anders", by=seat(2))
    versions.keep(proposal, by=seat(3))
    once = [questions(member, page) for page in pages]
    for _turn in range(2):
        more()
    assert [questions(member, page) for page in pages] == once


def test_a_circle_that_ended_is_read_and_no_longer_written(member, proposal):
    circle = Circle.objects.get(pk=proposal.circle_id)
    states.advance(circle, Circle.State.FINISHED, by=None, ended_at=timezone.now())
    shown = member.get(address(proposal)).content.decode()
    assert address(proposal, "section_write", "abschnitt-1") not in shown
    late = member.post(
        address(proposal, "section_write", "abschnitt-1"),
        {"body_de": "Zu spät", "based_on": "2"},
    )
    assert late.status_code == 200
    assert "Zu spät</textarea>" in late.content.decode()
