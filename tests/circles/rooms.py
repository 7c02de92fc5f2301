"""A room with everything in it, as much as one wants."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from circles.gathering import announcements, date_polls, gatherings, room_files, tasks
from circles.models import Circle, Contribution, ProposalVersion, Section, SectionRemark
from circles.proposing import review_links, versions
from circles.seating import memberships
from tests.circles.deciding import adopt_rules, begin_other, hold_round, to_voices
from tests.circles.proposing import make_proposal, open_round, say, seat

DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)
PDF = b"%PDF-1.7\nWort\n%%EOF\n"


def fill_room(circle: Circle, by, *, many: int) -> None:
    """Meetings, dates, tasks, files, announcements, decisions; a proposal whose feedback waits."""
    start = timezone.now() + 9 * DAY
    seats = list(memberships.members_of(circle))
    for n in range(many):
        when = start + n * DAY
        room_files.add(circle, name=f"Plan {n}", data=PDF, by=seat(1))
        tasks.add(circle, title=f"Wege zählen {n}", owner=seats[n % 3], due_on=when.date(), by=by)
        announcements.announce(circle, title=f"Wort {n}", text="An alle.", by=by)
        date_polls.ask(circle, title="Wann?", place="x", options=[(when, when + HOUR)], by=by)
        gatherings.plan(circle, starts_at=when, ends_at=when + HOUR, place="Raum 3", by=by)
    adopt_rules(circle, by)
    for n in range(many):
        to_voices(begin_other(circle, by, f"Sache {n}"), by)
        hold_round(begin_other(circle, by, f"Fertig {n}"), by)
    proposal = make_proposal(circle, headings=[f"Teil {n}" for n in range(many)])
    link = review_links.make(open_round(versions.keep(proposal, by=seat(1))), label="x", by=seat(1))
    say(link, words="Anders wäre es besser.")
    wish = Contribution.objects.get()
    section = Section.objects.first()
    term = seats[0]
    SectionRemark.objects.bulk_create(
        SectionRemark(section=section, member=term, text=f"Anmerkung {n}") for n in range(20 * many)
    )
    for n in range(6 * many - 1):
        wish.pk, wish.text = None, f"Weil {n}."
        wish.save(force_insert=True)
    first = ProposalVersion.objects.get()
    ProposalVersion.objects.bulk_create(
        ProposalVersion(proposal=proposal, n=n, content=first.content, sha256=first.sha256,
                        kept_as=term)
        for n in range(2, 3 * many + 1)
    )  # fmt: skip
