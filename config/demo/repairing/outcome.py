"""What came of thread 1: presented, published by two people, three measures, and an answer."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from circles.models import Circle, Decision, Measure, Result
from circles.resulting import answers, finalising, measures, results
from circles.resulting.results import Words
from circles.seating import circles
from config.demo import sessions
from config.demo.past import days_ago
from config.demo.sessions import OPENING, Told
from formats.models import AgendaItem, Meeting
from formats.weighing import work_orders
from foundation.accounts.models import User
from foundation.accounts.proof import Proof
from foundation.languages import LocalizedText

T = LocalizedText.of
State = Measure.State
THIRD_SESSION = (
    OPENING,
    Told(
        AgendaItem.Kind.RESULT,
        (
            ("vera", "Der Zirkel stellt seinen Vorschlag „Bielefeld repariert“ vor (Demo)."),
            ("selin.muster", "Dankt für das Telefon: Viele suchen nicht im Internet (Demo)."),
        ),
        "Demo: Das D.I.V. begrüßt den Vorschlag „Bielefeld repariert“ und empfiehlt dem "
        "Digitalisierungsbüro, ihn umzusetzen.",
        (5, 0, 1),
        result=T(
            "de",
            "Das D.I.V. empfiehlt, den Vorschlag umzusetzen.",
            en="The D.I.V. recommends that the proposal be put into practice.",
        ),
    ),
    Told(
        AgendaItem.Kind.RESOLUTIONS,
        (("mira.fach", "Schlägt vor, mit der Mobilität am Abend weiterzumachen (Demo)."),),
        "Demo: Das D.I.V. empfiehlt, Mobilität am Abend zum nächsten Aktionsfeld zu machen.",
        (5, 0, 1),
        result=T(
            "de",
            "Mobilität am Abend wird Aktionsfeld (Demo).",
            en="Mobility in the evening becomes a field of action (demo).",
        ),
    ),
)
RESULT = Words(
    title=T("de", "Bielefeld repariert", en="Bielefeld repairs"),
    summary=T(
        "de",
        "Eine Karte zeigt, wer was repariert; das Bürgertelefon liest aus ihr vor. Viermal im Jahr "
        "öffnen die Werkstätten gemeinsam, jedes Mal in einem anderen Viertel.",
        en="A map shows who repairs what; the citizens' telephone reads from it. Four times a year "
        "the workshops open together, each time in another quarter.",
    ),
    text=T(
        "de",
        "Das Büro dankt fünfzehn Menschen, die sich vorher nicht kannten. (Demo)",
        en="The office thanks fifteen people who did not know each other before. (demo)",
    ),
    press_text=T(
        "de",
        "Muster: Ein Innovationszirkel hat vorgeschlagen, wie kaputte Dinge wieder ganz werden.",
        en="Sample: an innovation circle has proposed how broken things get mended.",
    ),
)


def present(circle: Circle, decision: Decision, session: Meeting, office: User) -> None:
    """The order ends with what was adopted, and the D.I.V. sees it."""
    with days_ago(446):
        finalising.finalise(circle, decision, RESULT.summary, session, by=office)
    with days_ago(440):
        work_orders.present(_reread(circle).work_order, session, by=office)
    sessions.tell(session, THIRD_SESSION, office)


def publish(circle: Circle, people: dict[str, User]) -> None:
    """One of the office prepares, another publishes; the office owes an answer in half a year."""
    first, second = people["nora"], people["otto"]
    with days_ago(436):
        result = results.prepare(_reread(circle).work_order, RESULT, is_demo=True, by=first)
        _add(
            result,
            ("Karte „Bielefeld repariert“", "Map “Bielefeld repairs”"),
            ("Mit Bürgertelefon und Liste in jeder Bücherei.",
             "With the citizens' telephone and a list in every library."),
            "Digitalisierungsbüro", 180, State.PLANNED, None, first,
        )  # fmt: skip
        _add(
            result,
            ("Offene Tage der Werkstätten", "Open days of the workshops"),
            ("Viermal im Jahr, jedes Mal in einem anderen Viertel.",
             "Four times a year, each time in another quarter."),
            "Amt für Quartiere (Demo)", 620, State.ADOPTED, None, first,
        )  # fmt: skip
        _add(
            result,
            ("Bonus für Reparaturen", "Bonus for repairs"),
            ("Bis zu 40 Euro je Haushalt, ein Jahr lang.",
             "Up to 40 euros a household, for a year."),
            "Kämmerei (Demo)", 120, State.REJECTED,
            T("de",
              "Im Haushalt ist dafür kein Geld; das Land zahlt seit Kurzem selbst einen Bonus.",
              en="The budget has no money for it; the state has begun to pay a bonus itself."),
            first,
        )  # fmt: skip
    with days_ago(430):
        result.refresh_from_db()
        results.publish(
            result,
            answer_due_on=timezone.localdate() + dt.timedelta(days=182),
            seen=results.digest(result),
            by=second,
            proof=Proof(user_id=second.pk, factor="totp", at=timezone.now()),
        )


def follow_up(circle: Circle, people: dict[str, User]) -> None:
    """Steps of the measures, one answer in time, the next one owed; the circle has ended."""
    office = people["otto"]
    result = Result.objects.get(work_order=circle.work_order_id)
    with days_ago(390):
        _move(result, 1, State.IN_PROGRESS, office,
              ("34 Werkstätten haben zugesagt.", "34 workshops have agreed."))  # fmt: skip
    with days_ago(340):
        _move(result, 2, State.IN_PROGRESS, office,
              ("Der erste offene Tag war gut besucht.",
               "The first open day was well attended."))  # fmt: skip
    with days_ago(270):
        _move(result, 1, State.DONE, office,
              ("Die Karte steht im Netz, das Telefon ist besetzt.",
               "The map is on the web, the telephone is staffed."))  # fmt: skip
    with days_ago(250):
        answers.give(
            result,
            T(
                "de",
                "Die Karte steht im Netz: 41 Werkstätten, im ersten Monat 230 Anrufe beim "
                "Bürgertelefon. Zwei offene Tage haben stattgefunden. Einen Bonus zahlt die Stadt "
                "nicht; den des Landes nennt die Karte.",
                en="The map is on the web: 41 workshops, and 230 calls to the citizens' telephone "
                "in the first month. Two open days have taken place. The city pays no bonus; the "
                "map names that of the state.",
            ),
            next_due_on=timezone.localdate() + dt.timedelta(days=370),
            by=office,
        )
    # Members of a circle are forgotten half a year after its end.
    with days_ago(120):
        circles.end(_reread(circle), by=office)
    with days_ago(60):
        _move(result, 2, State.IN_PROGRESS, office,
              ("Fünf Viertel waren dabei; zwei fehlen noch.",
               "Five quarters took part; two are still to come."))  # fmt: skip


def _add(
    result: Result,
    title: tuple[str, str],
    description: tuple[str, str],
    responsible: str,
    days: int,
    state: str,
    note: LocalizedText | None,
    by: User,
) -> None:
    measures.add(
        result,
        title=T("de", title[0], en=title[1]),
        description=T("de", description[0], en=description[1]),
        responsible=responsible,
        due_on=timezone.localdate() + dt.timedelta(days=days),
        state=state,
        note=note,
        by=by,
    )


def _move(result: Result, n: int, state: str, by: User, words: tuple[str, str]) -> None:
    measure = Measure.objects.get(result=result, n=n)
    note = T("de", words[0], en=words[1])
    measures.move(measure, state=state, due_on=measure.due_on, note=note, by=by)


def _reread(circle: Circle) -> Circle:
    return Circle.objects.select_related("work_order").get(pk=circle.pk)
