"""How a circle meets, writes and asks its networks, in the browser; a chapter of its story."""

from __future__ import annotations

import datetime as dt

from django.test import Client
from django.utils import timezone

from circles.models import Circle, Contribution, FeedbackRound
from tests.browser.circle_seats import DAY, addressees, after, deliver, without
from tests.browser.visitor import Visitor
from tests.stories import circle as told
from tests.stories.circle import ADA, BEN, CEM, LAMPS, NAME, PATHS, SLUG

ROOM = "Into the room"
DECISIONS, PROPOSAL = "Decisions under way, for members", "Work on the proposed solution"
COUNT = "Close the round and count"
Members = dict[str, Client]


def invite(enter, inbox) -> dt.datetime:
    """All are invited to the constituting meeting, tomorrow."""
    tomorrow = timezone.localtime() + DAY
    office = enter("otto", ROOM, "Plan a meeting")
    office.send(
        "Plan the meeting", day=f"{tomorrow:%Y-%m-%d}", starts="18:00", ends="20:00",
        place="Neues Rathaus",
    )  # fmt: skip
    office.send("Add the item", title="Wie wir entscheiden")
    office.send("Invite all members")
    office.send("Let all 15 mails go", is_read=True)
    arrived = deliver(inbox, kind="meeting_invitation", body__contains=NAME)
    assert len(arrived) == 15 and told.address_of(ADA) in addressees(arrived)
    return tomorrow.replace(hour=17, minute=30)


def adopt_rules(enter, members, evening: dt.datetime):
    """Asked and answered online, adopted in the meeting, where Cem says his yes aloud."""
    ada = enter(ADA, DECISIONS, "Put rules of procedure to the circle")
    ada.send("Put these rules to the circle", quorum=8)
    ada.send("Say it", text="Warum acht von fünfzehn?")
    office = enter("otto", DECISIONS, "Rules of procedure")
    office.send("Answer", text="Es ist mehr als die Hälfte.")
    for step in ("first opinions", "second opinions", "voices"):
        office.send(f"On to: {step}")
    rules = Circle.objects.get(slug=SLUG).decisions.get()
    told.consent(rules, without(members, CEM))
    with after(evening):
        office = enter("otto", ROOM, "All meetings")
        office.page.locator("#alle").locator("xpath=../..").get_by_role("link").first.click()
        office.send("Open the meeting")
        for name in (ADA, BEN, CEM):
            office.send(f"{name} is here")
        office.follow("Write the result: Wie wir entscheiden")
        office.send("Save", result_de="Wir entscheiden im Konsent.")
        office.send("Close the meeting")
        # Cem says it in the room.
        office = enter("otto", DECISIONS, "Rules of procedure", "Write down a voice from the room")
        office.send("Write it down", term=CEM, kind="consent")
        office.send(COUNT)
    assert office.says("Consent reached. Nobody had a serious objection left.")
    assert enter("").says("Rules of procedure")


def write_together(enter):
    """Two write one section at once: both texts are shown, nothing is lost."""
    ada = enter(ADA, PROPOSAL)
    ada.send("Begin", title_de="Licht am Fluss")
    for heading in ("Licht", "Wege"):
        ada.follow("Add a section")
        ada.send("Add", heading_de=heading)
        ada.follow("Proposed solution")
    ada.follow("Write: Licht")
    ben = enter(BEN, PROPOSAL, "Write: Licht")
    ada.send("Save", body_de=LAMPS)
    ben.page.fill("[name=body_de]", "Licht am Wehr.")
    ben.page.get_by_role("button", name="Save", exact=True).click()
    ben.page.get_by_role("heading", name="Both texts side by side").wait_for()
    assert ben.says(LAMPS) and ben.says("Licht am Wehr.")
    ben.send("Save my text in place of theirs", body_de=f"{LAMPS}\n\nLicht am Wehr.")
    ada = enter(ADA, PROPOSAL, "Write: Wege")
    ada.send("Save", body_de=PATHS)
    ada = enter(ADA, PROPOSAL)
    for words in (LAMPS, "Licht am Wehr.", PATHS):
        assert ada.says(words)


def keep_and_release(enter):
    ada = enter(ADA, PROPOSAL, "Keep a version")
    ada.send("Keep this version", note="Für unsere Netze")
    assert not enter("").says("Proposed solution, version 1")
    enter("otto", PROPOSAL, "Version 1", "Release for everybody").send("Release", agreed=True)
    assert enter("", "Proposed solution, version 1").says(LAMPS)


def ask_networks(enter, members, inbox) -> FeedbackRound:
    """Fifteen members make two links each; two reviewers type, the others send the same form."""
    last = timezone.localdate() + 14 * DAY
    ada = enter(ADA, PROPOSAL, "Version 1", "Ask your networks about this version")
    ada.send("Open the round", question="Fehlt etwas?", day=f"{last:%Y-%m-%d}", time="23:59")
    ada.follow("My links for people I know")
    ada.send("Make the link", label="Nachbarin", email="nachbarin@example.org")
    ada.send("Make the link", label="Chor")
    copied = ada.page.locator(".sb-code--long").last.inner_text()
    round_ = FeedbackRound.objects.get(version__proposal__circle__slug=SLUG)
    told.make_links(round_, without(members, ADA), each=2)
    assert round_.links.count() == told.REVIEWERS

    (mail,) = deliver(inbox, kind="feedback_link", to="nachbarin@example.org")
    neighbour = reviewer(enter, told.door_in(mail, "rueckmeldung"))
    neighbour.send(
        "Send to the circle", words=f"{LAMPS} Und Bänke.", text="Zum Ausruhen.",
        on_behalf_of="Für mich", email="nachbarin@example.org", sector="civil society",
    )  # fmt: skip
    assert neighbour.says("Thank you. The circle reads what you wrote.")
    choir = reviewer(enter, "/" + copied.split("/", 3)[3])
    choir.send("Send to the circle", words="Kein Licht.", on_behalf_of="Für den Chor")
    assert choir.says("with a suggested text") and not choir.says("Bänke")
    others = round_.links.filter(contributions=None).order_by("pk")
    told.reviewers_speak(others, suggesting=told.SUGGESTIONS - 2)
    return round_


def reviewer(enter, door: str) -> Visitor:
    return enter("", "Comment or suggest a change: Licht", start=door)


def answer_one_by_one(enter, round_: FeedbackRound, members):
    """Ben takes one up and declines one with a reason; others answer the rest."""
    ben = enter(BEN, PROPOSAL, "About version 1")
    assert ben.says("30 contributions") and ben.says("6 suggestions wait")
    first, second, *rest = Contribution.objects.filter(link__round=round_).order_by("pk")
    ben.follow(f"Accept, in part, or decline {first.pk}")
    ben.send("Answer", outcome="accepted")
    assert ben.says("Zum Ausruhen.")
    ben.send("Save")
    ben = enter(BEN, PROPOSAL, "About version 1")
    assert ben.says("It became wording")
    ben.follow(f"Accept, in part, or decline {second.pk}")
    ben.page.get_by_label("declined", exact=True).check()
    ben.page.get_by_role("button", name="Answer", exact=True).click()
    ben.page.locator(".sb-errors").wait_for()
    ben.send("Answer", outcome="declined", reason="Der Weg bleibt sonst dunkel.")
    assert ben.says("4 suggestions wait")
    told.end_time(round_)
    ben.page.reload()
    assert ben.says("Answer every suggestion; then the round can be closed.")
    slug = SLUG
    for said in (each for each in rest if each.is_suggestion):
        told.post(
            members[ADA], "contribution_answer", (slug, round_.pk, said.pk),
            outcome="partly", reason="Zwei Bänke.",
        )  # fmt: skip


def close_the_round(enter, round_: FeedbackRound, inbox):
    """Everybody reads figures and words, no names; the neighbour hears of her suggestion once."""
    ada = enter(ADA, PROPOSAL, "About version 1", "Close the round")
    ada.send("Close the round", summary=told.SUMMARY)
    stranger = enter("")
    for words in (
        told.SUMMARY, "Suggestions accepted 1", "Suggestions accepted in part 4",
        "Suggestions declined 1", "Comments 24",
    ):  # fmt: skip
        assert stranger.says(words), words
    assert not stranger.says("Chor")
    (mail,) = deliver(inbox, kind="feedback_closed", to="nachbarin@example.org")
    assert told.SUMMARY in mail.body
    enter(ADA, PROPOSAL, "Keep a version").send("Keep this version", note="Nach den Netzen")
