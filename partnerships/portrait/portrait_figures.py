"""What the drawings of a partnership's page need: overlap, goal lines, clock, timeline."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from foundation.look.figures import clock, europe, goals, history
from foundation.look.moments import day_text
from partnerships.models import Agreement, Encounter, Focus, Goal, Partnership
from partnerships.portrait.portrait import Portrait

Precision = Encounter.Precision
State = Encounter.State


def overlap_of(portrait: Portrait) -> dict[str, Any]:
    """Names of both cities, topics and strengths that they share, and what is their own."""
    language = (get_language() or "de").split("-")[0]
    first, second = (side.party.municipality for side in portrait.sides[:2])
    mine, theirs = first.strengths_in(language), second.strengths_in(language)
    adopted = [f for f in portrait.foci if f.status == Focus.Status.ADOPTED]
    topics = [str(focus) for focus in portrait.foci]
    return {
        "first": str(first),
        "second": str(second),
        "only_first": [word for word in mine if word not in theirs],
        "topics": topics,
        "plain": [word for word in mine if word in theirs and word not in topics],
        "only_second": [word for word in theirs if word not in mine],
        "note": _topics_note(len(portrait.foci), len(adopted)),
    }


def faces_of(portrait: Portrait, now: dt.datetime) -> list[dict[str, Any]]:
    """Per city: where it lies, how far its clocks are ahead of the first one's, its strengths."""
    language = (get_language() or "de").split("-")[0]
    cities = [side.party.municipality for side in portrait.sides]
    home = now.astimezone(ZoneInfo(cities[0].time_zone)).utcoffset() or dt.timedelta()
    faces = []
    for city in cities:
        offset = now.astimezone(ZoneInfo(city.time_zone)).utcoffset() or dt.timedelta()
        faces.append(
            {
                "city": city,
                "clocks": _clocks(round((offset - home).total_seconds() / 3600)),
                "strengths": ", ".join(city.strengths_in(language)),
            }
        )
    return faces


def _clocks(hours: int) -> str:
    if hours > 0:
        return ngettext("%(n)d hour ahead", "%(n)d hours ahead", hours) % {"n": hours}
    if hours < 0:
        return ngettext("%(n)d hour behind", "%(n)d hours behind", -hours) % {"n": -hours}
    return ""


def _topics_note(total: int, adopted: int) -> str:
    if not total:
        return _("No shared topic has been named yet.")
    if not adopted:
        return _("All topics are still under discussion; none has been adopted.")
    return _("%(adopted)d of %(total)d topics are adopted.") % {"adopted": adopted, "total": total}


def goal_lines(all_goals: Sequence[Goal], today: dt.date) -> list[goals.Goal]:
    """The goals that can be drawn: those with a baseline and a target.

    Over time where they were read by `deeds.goals.with_course`.
    """
    return [
        goals.Goal(
            title=str(goal.title),
            note=goal_note(goal),
            baseline=float(goal.baseline),
            target=float(goal.target),
            today=None if goal.latest is None else float(goal.latest),
            plan=_plan(goal, today),
            course=[
                goals.Point(dt.date.fromisoformat(row["on"]), float(row["value"]))
                for row in getattr(goal, "course", ())
            ],
            since=goal.baseline_on,
            due=goal.due_on,
        )
        for goal in all_goals
        if goal.baseline is not None and goal.target is not None
    ]


def goal_note(goal: Goal) -> str:
    """Indicator, target and date in one line; what is unknown is left out."""
    parts = [str(goal.indicator).rstrip(".") + "."] if goal.indicator else []
    if goal.target is not None and goal.due_on:
        value = f"{goal.target.normalize():f}"
        parts.append(
            _("Target: %(value)s %(unit)s by %(day)s.")
            % {"value": value, "unit": goal.unit, "day": day_text(goal.due_on)}
        )
    if goal.less_is_better:
        parts.append(_("Less is better."))
    return " ".join(parts)


def _plan(goal: Goal, today: dt.date) -> float | None:
    """Where a steady way from baseline to target would stand today; None without dates."""
    if not (goal.baseline_on and goal.due_on) or goal.baseline is None or goal.target is None:
        return None
    whole = (goal.due_on - goal.baseline_on).days
    gone = min(max((today - goal.baseline_on).days, 0), whole)
    way = float(goal.target - goal.baseline)
    # One decimal is enough where the way is short; whole numbers say it elsewhere.
    return round(float(goal.baseline) + way * gone / whole, 1 if abs(way) < 10 else None)


def rings_of(portrait: Portrait, today: dt.date, year: int) -> list[clock.Ring]:
    """One ring for each format with a rhythm: what became of the promises of `year`."""
    return [
        clock.Ring(str(form.name), _slots(portrait.encounters, form.pk, form.per_year, today, year))
        for form in portrait.formats
        if form.per_year
    ]


def years_of(portrait: Portrait, today: dt.date) -> list[int]:
    """The years that the clock can show, newest first: this one and those with a meeting."""
    known = {each.on.year for each in portrait.encounters if each.on}
    return sorted({today.year, *(year for year in known if year <= today.year + 1)}, reverse=True)


def fates_of(portrait: Portrait, year: int) -> list[tuple[str, int]]:
    """What became of the meetings of `year` in words, with their numbers."""
    counts: dict[str, int] = {}
    for each in portrait.encounters:
        if each.on and each.on.year == year:
            label = str(State(each.state).label)
            counts[label] = counts.get(label, 0) + 1
    return sorted(counts.items())


def _slots(
    encounters: Sequence[Encounter], format_id: int, promised: int, today: dt.date, year: int
) -> list[clock.Slot]:
    slots = [
        clock.Slot(each.on.month, _fate(each, today))
        for each in encounters
        if each.exchange_format_id == format_id and each.on and each.on.year == year
    ]
    # Promises without a date yet: they can still be kept in what remains of the year.
    taken = {slot.month for slot in slots}
    free = [month for month in range(12, 0, -1) if month not in taken]
    for month in free[: max(promised - len(slots), 0)]:
        slots.append(
            clock.Slot(month, "ahead" if (year, month) >= (today.year, today.month) else "missed")
        )
    return sorted(slots, key=lambda slot: slot.month)


def _fate(encounter: Encounter, today: dt.date) -> str:
    if encounter.state == State.HELD:
        return "held"
    if encounter.state == State.PLANNED and encounter.on and encounter.on >= today:
        return "ahead"
    return "missed"


def entry_of(encounter: Encounter, host: str = "") -> history.Entry:
    """A meeting on the line, as exact as its source is; `host` is the city that was visited."""
    return history.Entry(
        when=when_text(encounter),
        what=str(encounter.title),
        precision=_precision(encounter),
        start=_first_day(encounter),
        end=_last_day(encounter),
        url=encounter.page,
        note=_remarks(encounter, host),
    )


def _remarks(encounter: Encounter, host: str) -> str:
    words = [
        _("Visit to %(city)s.") % {"city": host} if host else "",
        _state_note(encounter),
        str(encounter.note),
    ]
    remarks = " ".join(filter(None, words))
    return f"– {remarks}" if remarks else ""


def when_text(encounter: Encounter) -> str:
    """The time of a meeting in words, no more exact than known."""
    if encounter.on is None:
        return _("time unknown")
    if encounter.precision == Precision.DAY:
        return day_text(encounter.on)
    if encounter.precision == Precision.MONTH:
        return date_format(encounter.on, "F Y")
    return f"{_season(encounter.on.month)} {encounter.on.year}"


def _season(month: int) -> str:
    names = (_("Winter"), _("Spring"), _("Summer"), _("Autumn"))
    return names[month % 12 // 3]


def _precision(encounter: Encounter) -> str:
    if encounter.state in {State.CANCELLED, State.REPLACED} or encounter.on is None:
        return "not"
    return str(encounter.precision)


def _first_day(encounter: Encounter) -> dt.date | None:
    on = encounter.on
    if on is None or encounter.precision == Precision.DAY:
        return on
    if encounter.precision == Precision.MONTH:
        return on.replace(day=1)
    start = on.month % 12 // 3 * 3
    return dt.date(on.year, max(start, 1), 1)


def _last_day(encounter: Encounter) -> dt.date | None:
    first = _first_day(encounter)
    if first is None or encounter.precision == Precision.DAY:
        return None
    month = first.month if encounter.precision == Precision.MONTH else min(first.month + 2, 12)
    return dt.date(first.year, month, calendar.monthrange(first.year, month)[1])


def _state_note(encounter: Encounter) -> str:
    if encounter.state == State.CANCELLED:
        return _("Did not take place: %(reason)s") % {"reason": encounter.reason}
    if encounter.state == State.REPLACED:
        return _("Replaced: %(reason)s") % {"reason": encounter.reason}
    if encounter.state == State.PLANNED:
        return _("Planned.")
    return ""


def map_of(partnerships: Sequence[Partnership]) -> dict[str, Any]:
    """Spots and arcs for the map of partnerships; cities without a place are left out.

    Dotted are those without a concluded agreement. One query, if parties are prefetched.
    """
    concluded = set(
        Agreement.objects.filter(
            partnership__in=partnerships, state=Agreement.State.CONCLUDED
        ).values_list("partnership_id", flat=True)
    )
    spots: dict[str, europe.Spot] = {}
    arcs = []
    for partnership in partnerships:
        cities = [party.municipality for party in partnership.parties.all()]
        placed = [city for city in cities if city.latitude is not None]
        for side, city in zip("ab", placed, strict=False):
            spots.setdefault(
                str(city),
                europe.Spot(str(city), float(city.latitude or 0), float(city.longitude or 0), side),
            )
        if len(placed) >= 2:
            planned = partnership.pk not in concluded
            arcs.append(europe.Arc(str(placed[0]), str(placed[1]), planned=planned))
    return {"spots": list(spots.values()), "arcs": arcs}


_PHASES = list(Partnership.Phase)


def phase_number(partnership: Partnership) -> int:
    """The place of the phase, counted from 1."""
    return _PHASES.index(Partnership.Phase(partnership.phase)) + 1


def phase_labels() -> list[str]:
    """All nine phases in words."""
    return [str(phase.label) for phase in Partnership.Phase]
