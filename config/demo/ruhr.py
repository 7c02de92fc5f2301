"""Forum 17 of the Ruhr conference as its page tells it: events, ideas, partners, no invention."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from config.demo import master
from config.demo.event_seeds import dates_of, kind_of, topics_of
from formats.events import events, forums, outcomes, programmes
from formats.models import Event, Forum
from foundation.accounts.models import User
from foundation.languages import LocalizedText
from partnerships.directory import directory
from partnerships.models import Actor, Focus, Municipality, Topic

T = LocalizedText.of
AS_OF = T("de", "Staatssekretär (Stand 2019)", en="State secretary (as of 2019)")
CO = T("de", "Professorin (Stand 2019)", en="Professor (as of 2019)")
# Who the 40 key actors came from; how many of each is not on record.
INVITED = (
    ("administration", "Kommunen", "Municipalities"),
    ("science", "Wissenschaft", "Science"),
    ("business", "Unternehmen", "Companies"),
    ("civil_society", "Stiftungen", "Foundations"),
    ("civil_society", "Verbände", "Associations"),
)
GOVERNANCE = "tf17-governance"
ENGLISH = {
    "tf17-roundtable": "Roundtable at Zollverein",
    "tf17-followup": "Follow-up meeting with scientists",
    "tf17-telaviv": "Innovation conference in Tel Aviv",
}
MARKETING = (
    "Wie werden Innovationen aus dem Ruhrgebiet international vermarktet?",
    "How are innovations from the Ruhr marketed internationally?",
)


def load_forum(office: User) -> Forum:
    """The forum with its four events, two ideas, and the partners that the page lists."""
    (fields,) = [f for key, f in master.of("Forum") if key == "tf17"]
    forum = forums.found(
        "Ruhr-Konferenz", slug="ruhr-konferenz-17", number=fields["number"], by=office,
        title=T("de", fields["title"], en="Innovation"),
        claim=T("de", fields["claim"], en="The Ruhr as an innovation region with ties worldwide"),
        alternative_title=T("de", fields["alt_title"],
                            en="The Ruhr as a metropolitan region with international ties"),
        partners_told=fields["directory_hits"],
        source=T("de", "Quelle: Seite des Themenforums. Von den Regionen nennt sie nur Tel Aviv.",
                 en="Source: page of the forum. Of the regions it names Tel Aviv only."),
    )  # fmt: skip
    for role, function in (("moderator", AS_OF), ("co_moderator", CO)):
        programmes.involve(forum, role, function=function, by=office)
    names = [f["name"] for _key, f in master.of("DirectoryEntry") if f["forum"] == "tf17"]
    topics = {f["topic"]: f["status"] for _key, f in master.of("ForumTopic")}
    forums.gather(
        forum,
        partners=Actor.objects.filter(name__in=names),
        regions=[_tel_aviv(office)],
        topics={
            each: Focus.Status(topics[each.slug])
            for each in Topic.objects.filter(slug__in=topics)
        },
        by=office,
    )  # fmt: skip
    forums.publish(forum, by=office)
    made = _load_events(forum, office)
    _load_people(made, office)
    _load_ideas(forum, made, office)
    return forum


def _load_events(forum: Forum, office: User) -> dict[str, Event]:
    made: dict[str, Event] = {}
    for key, fields in master.of("Event"):
        if fields.get("forum") != "tf17":
            continue
        made[key] = events.plan(
            kind=kind_of(fields), title=_title(key, fields), slug=key, by=office,
            forum=forum, ordinal=fields.get("ordinal"), invited=fields.get("invited"),
            attendance=fields.get("attendance"), mode="on_site" if "venue" in fields else "",
            attendance_is_about=fields.get("attendance_approx", False),
            access=Event.Access.INVITED, predecessor=made.get(fields.get("predecessor", "")),
            topics=topics_of(fields, "topics", "industries"),
            learns=_german(fields.get("goal_learn"), "Israeli culture of innovation"),
            shows=_german(fields.get("goal_showcase"), "What the Ruhr has to offer"),
            note=_note(key),
            **dates_of(fields),
        )  # fmt: skip
        if "venue" in fields:
            city = Municipality.objects.get(slug="tel-aviv" if key == "tf17-telaviv" else "ruhr")
            events.put_places(made[key], [(fields["venue"], city, "")], by=office)
        events.publish(made[key], by=office)
        if key != GOVERNANCE:
            events.hold(made[key], by=office)
    return made


def _load_people(made: dict[str, Event], office: User) -> None:
    table, trip = made["tf17-roundtable"], made["tf17-telaviv"]
    for n in (1, 2):
        programmes.add_session(
            table, title=T("de", f"Workshop {n}", en=f"Workshop {n}"), kind="workshop",
            questions=T("de", MARKETING[0], en=MARKETING[1]), by=office,
        )  # fmt: skip
    for event, role, function in (
        (table, "moderator", AS_OF), (table, "co_moderator", CO), (trip, "initiator", AS_OF),
    ):  # fmt: skip
        programmes.involve(event, role, function=function, by=office)
    for sector, german, english in INVITED:
        outcomes.bring(table, sector=sector, function=T("de", german, en=english),
                       is_key_actor=True, presence="on_site", by=office)  # fmt: skip
    for name in ("Ruhr-Universität Bochum", "Wuppertal Institut"):
        house = Actor.objects.get(name=name)
        outcomes.bring(made["tf17-followup"], sector=house.sector, actor=house, presence="on_site",
                       by=office)  # fmt: skip
    outcomes.meet(trip, name="Israelische Universitäts-Spin-offs", kind="spin_off", by=office)


def _load_ideas(forum: Forum, made: dict[str, Event], office: User) -> None:
    for key, fields in master.of("ProjectIdea"):
        if fields["forum"] != "tf17":
            continue
        first, *more = [made[name] for name in fields["from_events"]]
        idea = outcomes.raise_topic(first, T("de", fields["title"]), more_events=more, by=office)
        if key == "tf17-idea":
            outcomes.make(idea, "project_idea", event=first, handed_to="Ruhr-Konferenz", by=office)
            continue
        outcomes.make(
            idea, "next_meeting", event=first, by=office,
            text=T("de", "Geplant gemeinsam mit der Bertelsmann-Stiftung.",
                   en="Planned together with the Bertelsmann-Stiftung."),
        )  # fmt: skip
        if idea.next_event is not None:
            host = Actor.objects.get(name="Bertelsmann-Stiftung")
            programmes.involve(idea.next_event, "co_host", actor=host, by=office)
            events.publish(idea.next_event, by=office)


def _tel_aviv(office: User) -> Municipality:
    """The one region beyond the Ruhr that the page names: where the trip went."""
    return directory.list_municipality(
        "tel-aviv", name=T("de", "Tel Aviv", en="Tel Aviv"), country="IL", by=office,
        time_zone="Asia/Jerusalem", place=(Decimal("32.08530"), Decimal("34.78180")),
    )  # fmt: skip


def _title(key: str, fields: dict[str, Any]) -> LocalizedText:
    if fields.get("title_lang") == "en":
        return T("en", fields["title"])
    return T("de", fields["title"], en=ENGLISH[key])


def _german(text: str | None, english: str) -> LocalizedText:
    return T("de", text, en=english) if text else LocalizedText()


def _note(key: str) -> LocalizedText:
    if key == "tf17-telaviv":
        return T(
            "de",
            "Die Quelle nennt sie die zweite Veranstaltung des Forums, datiert sie aber vor dem "
            "Roundtable von 2019. Beides steht hier wie dort.",
            en="The source calls it the second event of the forum, but dates it before the "
            "roundtable of 2019. Both stand here as they stand there.",
        )
    if key == GOVERNANCE:
        return T(
            "de", "Ob sie stattfand, ist nicht belegt.", en="Whether it was held is not on record."
        )
    return LocalizedText()
