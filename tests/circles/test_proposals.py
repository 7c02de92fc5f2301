"""A proposal is written together: sections, wordings, remarks, points, sources, versions."""

import hashlib
import itertools

import pytest
import rfc8785
from django.db import IntegrityError, transaction

from circles.models import Circle, Section, SectionRemark
from circles.proposing import comparison, overview, proposals, remarks, sections, versions
from circles.seating import acting, memberships, terms
from foundation.accounts import mandates
from foundation.accounts.models import Role
from foundation.audit.models import Entry
from foundation.texts.paragraphs import ParagraphChanged
from foundation.texts.redline import redline, redline_by_line
from tests.circles.factories import circle_at_work, make_circle, text
from tests.circles.proposing import make_proposal, seat, write
from tests.conftest import player

pytestmark = [pytest.mark.usefixtures("work_ground"), pytest.mark.req("R125")]


@pytest.fixture(scope="module")
def work_ground(ground):
    return circle_at_work(player("Otto"), members=3).pk


@pytest.fixture
def circle(work_ground):
    return Circle.objects.get(pk=work_ground)


@pytest.fixture
def proposal(circle):
    return make_proposal(circle)


def headings(proposal) -> list[str]:
    return [part.heading.get("de") for part in sections.parts_of(proposal)]


def test_a_circle_has_one_proposal_and_a_host_may_begin_it(circle, otto, olaf):
    with pytest.raises(acting.NotAMember):
        proposals.begin(circle, text("Meins"), by=olaf)
    made = proposals.begin(circle, text("Unseres"), by=otto)
    with pytest.raises(proposals.BegunAlready) as refusal:
        proposals.begin(circle, text("Noch eins"), by=seat(1))
    assert refusal.value.message == "Somebody has begun the proposal already. It is shown below."
    proposals.retitle(made, text("Anders"), by=seat(2))
    made.refresh_from_db()
    assert made.title.get("de") == "Anders"


def test_nobody_writes_before_the_circle_is_at_work(otto):
    with pytest.raises(acting.NotAtWork) as refusal:
        proposals.begin(make_circle(otto), text("Früh"), by=otto)
    assert refusal.value.message == "The circle is not at work. Its room can be read, not changed."


def test_members_write_and_the_office_only_arranges(proposal, otto):
    part = sections.parts_of(proposal)[0]
    with pytest.raises(acting.NotAMember) as refusal:
        sections.write(part.section, text("Vom Büro"), based_on=2, by=otto)
    assert refusal.value.message == (
        "You are not, or no longer, a member of this circle. Only members take part."
    )
    sections.add(proposal, text("Kosten"), by=otto)
    assert headings(proposal) == ["Licht", "Wege", "Kosten"]
    assert sections.parts_of(proposal)[2].author == "Office or chair"
    sections.rename(part.section, text("Helligkeit"), by=otto)
    assert headings(proposal) == ["Helligkeit", "Wege", "Kosten"]


def test_who_saves_second_reads_both_texts_and_nothing_is_overwritten(proposal):
    part = sections.parts_of(proposal)[0]
    write(proposal, part.slug, "Meiner zuerst.", by=seat(2))
    with pytest.raises(ParagraphChanged) as refusal:
        sections.write(part.section, text("Auch meiner."), based_on=2, by=seat(3))
    assert refusal.value.theirs.body.get("de") == "Meiner zuerst."
    assert sections.part_of(proposal, part.slug).body.get("de") == "Meiner zuerst."
    with pytest.raises(sections.NothingChanged):
        write(proposal, part.slug, "Meiner zuerst.", by=seat(3))


def test_each_wording_knows_its_seat_and_the_name_of_whoever_sits_there(proposal):
    part = sections.parts_of(proposal)[0]
    write(proposal, part.slug, "Der Text zu Licht und Schatten.", by=seat(2))
    history = sections.history_of(part.section)
    assert [each.author for each in history] == [
        "Seat 2, Science: Mitglied 2",
        "Seat 1, Administration: Mitglied 1",
        "Seat 1, Administration: Mitglied 1",
    ]
    assert [(p.kind, p.text) for p in history[0].pieces] == [
        ("kept", "Der Text zu "),
        ("gone", "Licht."),
        ("new", "Licht und Schatten."),
    ]


def test_a_member_who_left_is_a_seat_without_name_and_their_words_stay(proposal, circle):
    person = seat(2)
    part = sections.parts_of(proposal)[0]
    write(proposal, part.slug, "Von der zweiten.", by=person)
    memberships.give_back(circle.seats.get(number=2), by=person)
    terms.forget(person)
    found = sections.part_of(proposal, part.slug)
    assert (found.author, found.body.get("de")) == ("Seat 2, Science", "Von der zweiten.")
    with pytest.raises(acting.NotAMember):
        write(proposal, part.slug, "Noch etwas.", by=person)
    # Neither the text nor the trail knows the account.
    assert part.section.paragraph.revisions.filter(written_by__isnull=False).count() == 0
    about = Entry.objects.filter(verb__startswith="proposal.")
    assert about.count() == 6
    assert not about.filter(actor_id=person.pk).exists()


def test_a_section_moves_goes_and_comes_back_with_its_words(proposal):
    first, second = sections.parts_of(proposal)
    sections.move(second.section, step=-1, by=seat(2))
    assert headings(proposal) == ["Wege", "Licht"]
    sections.move(second.section, step=-1, by=seat(2))
    assert headings(proposal) == ["Wege", "Licht"]
    sections.take_out(second.section, by=seat(2))
    assert headings(proposal) == ["Licht"]
    with pytest.raises(sections.SectionGone) as refusal:
        sections.write(second.section, text("Zu spät"), based_on=2, by=seat(3))
    assert refusal.value.message == "This section was taken out meanwhile. Bring it back first."
    _standing, (away,) = sections.outline_of(proposal)
    sections.put_back(away.section, by=seat(3))
    assert headings(proposal) == ["Licht", "Wege"]
    assert sections.part_of(proposal, second.slug).body.get("de") == "Der Text zu Wege."
    assert first.slug == "abschnitt-1"


def test_the_database_lets_no_two_sections_stand_in_one_place(proposal):
    with pytest.raises(IntegrityError), transaction.atomic():
        Section.objects.filter(proposal=proposal).update(position=7)
        transaction.get_connection().check_constraints()


def test_remarks_points_and_sources_know_their_member(proposal):
    part = sections.parts_of(proposal)[0]
    remark = remarks.remark(part.section, "Stimmt das?", by=seat(2))
    with pytest.raises(IntegrityError), transaction.atomic():
        SectionRemark.objects.filter(pk=remark.pk).update(text="Anders")
    assert [part.remarks for part in sections.parts_of(proposal)] == [1, 0]
    point = remarks.raise_point(proposal, "Wer zahlt?", section=part.section, by=seat(2))
    remarks.settle(point, "Die Stadt.", by=seat(3))
    with pytest.raises(remarks.SettledAlready):
        remarks.settle(point, "Der Bund.", by=seat(1))
    assert [(p.is_settled, p.word) for p in remarks.points_of(proposal)] == [(True, "Die Stadt.")]
    remarks.reopen(point, by=seat(1))
    assert [(p.is_settled, p.word) for p in remarks.points_of(proposal)] == [(False, None)]
    assert [each.word for each in remarks.settlements_of(point)] == ["Die Stadt."]
    with pytest.raises(remarks.SettledAlready):
        remarks.reopen(point, by=seat(1))
    remarks.add_source(proposal, title="Bericht", address="", note="S. 3", by=seat(1))
    remarks.remove_source(proposal.sources.get(), by=seat(2))
    assert proposal.sources.filter(removed_at=None).count() == 0


def test_a_version_is_canonical_json_with_its_digest_and_never_changes(proposal):
    remarks.add_source(proposal, title="Bericht", address="https://example.org/", note="",
                       by=seat(1))  # fmt: skip
    version = versions.keep(proposal, note="Für die Netze", by=seat(1))
    expected = {
        "title": {"de": "Abends gut nach Hause"},
        "sections": [
            {"number": n, "slug": f"abschnitt-{n}", "heading": {"de": name},
             "body": {"de": f"Der Text zu {name}."}, "revision": 2}
            for n, name in enumerate(("Licht", "Wege"), start=1)
        ],
        "sources": [{"title": "Bericht", "address": "https://example.org/", "note": ""}],
    }  # fmt: skip
    assert bytes(version.content) == rfc8785.dumps(expected)
    assert version.sha256 == hashlib.sha256(rfc8785.dumps(expected)).hexdigest()
    assert (version.n, version.kept_by, version.kept_as.seat.number) == (1, None, 1)
    with pytest.raises(versions.NothingToKeep) as refusal:
        versions.keep(proposal, by=seat(2))
    assert refusal.value.message == "Version 1 says exactly this. Nothing has changed since."
    with pytest.raises(IntegrityError), transaction.atomic():
        type(version).objects.filter(pk=version.pk).update(note="Anders")


def test_nothing_is_kept_of_an_empty_proposal(circle):
    made = proposals.begin(circle, text("Leer"), by=seat(1))
    sections.add(made, text("Noch leer"), by=seat(1))
    with pytest.raises(versions.NothingToKeep) as refusal:
        versions.keep(made, by=seat(1))
    assert refusal.value.message == "There are no words yet that could be kept."


def test_the_host_releases_a_version_for_good(proposal, otto):
    version = versions.keep(proposal, by=seat(1))
    with pytest.raises(versions.NotReleasable) as refusal:
        versions.release(version, by=seat(1))
    assert refusal.value.code == "host-releases"
    versions.release(version, by=otto)
    with pytest.raises(versions.NotReleasable):
        versions.release(version, by=otto)
    with pytest.raises(IntegrityError, match="version-stays-released"), transaction.atomic():
        type(version).objects.filter(pk=version.pk).update(released_at=None)


def test_a_chair_of_this_circle_hosts_it_too(proposal, circle):
    bruno = player("Bruno")
    version = versions.keep(proposal, by=seat(1))
    with pytest.raises(versions.NotReleasable):
        versions.release(version, by=bruno)
    mandates.grant(bruno, Role.CHAIR, circle, by=None)
    versions.release(version, by=player("Bruno"))
    assert version.released_at


def test_two_versions_are_compared_section_by_section(proposal):
    first = versions.keep(proposal, by=seat(1))
    light, ways = sections.parts_of(proposal)
    write(proposal, light.slug, "Der Text zu hellem Licht.", by=seat(2))
    sections.take_out(ways.section, by=seat(2))
    cost = sections.add(proposal, text("Kosten"), by=seat(3))
    second = versions.keep(proposal, by=seat(2))
    changes = comparison.compare(first, second)
    assert [(c.kind, c.passage.slug) for c in changes] == [
        ("changed", light.slug),
        ("new", cost.paragraph.slug),
        ("gone", ways.slug),
    ]
    assert [(p.kind, p.text) for p in changes[0].body] == [
        ("kept", "Der Text zu "),
        ("new", "hellem "),
        ("kept", "Licht."),
    ]
    assert comparison.compare(second, second) == []


def test_a_section_that_only_moved_is_said_to_have_moved(proposal):
    first = versions.keep(proposal, by=seat(1))
    sections.move(sections.parts_of(proposal)[0].section, step=1, by=seat(1))
    second = versions.keep(proposal, by=seat(1))
    assert {c.kind for c in comparison.compare(first, second)} == {"moved"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("", ""),
        ("eins\nzwei\ndrei\n", "eins\nzwo\ndrei\n"),
        ("eins\nzwei", "eins\nneu\nzwei und mehr\n"),
        ("a b c\n" * 40, "a c\n" * 39),
    ],
)
def test_a_redline_by_lines_gives_both_texts_again(old, new):
    pieces = redline_by_line(old, new)
    assert "".join(p.text for p in pieces if p.kind != "new") == old
    assert "".join(p.text for p in pieces if p.kind != "gone") == new
    kinds = [p.kind for p in pieces]
    assert all(a != b for a, b in itertools.pairwise(kinds))
    assert bool(pieces) == bool(redline(old, new))


def test_the_front_page_of_the_room_gets_a_few_figures(proposal, circle, django_assert_num_queries):
    versions.keep(proposal, by=seat(1))
    remarks.raise_point(proposal, "Wer zahlt?", by=seat(2))
    settled = remarks.raise_point(proposal, "Wann?", by=seat(2))
    remarks.settle(settled, "Bald.", by=seat(3))
    with django_assert_num_queries(1):
        found = overview.of_room(circle)
    assert (found.section_count, found.point_count, found.newest) == (2, 1, 1)
    assert (found.waiting_count, found.round_pk) == (0, None)
