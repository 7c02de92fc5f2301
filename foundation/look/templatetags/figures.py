"""`{% load figures %}`: drawings with their words, sentences and lists.

The drawing comes from foundation.look.figures, the words from the reader's language.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.dates import MONTHS, MONTHS_3
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.look import goal_rows, moments
from foundation.look.figures import (
    bars,
    bridge,
    clock,
    dice,
    europe,
    goals,
    history,
    overlap,
    pool,
    ruler,
    seats,
    votes,
    year,
)
from foundation.look.numbers import figure_text

register = template.Library()
Context = dict[str, Any]


def _drawing(svg: str) -> SafeString:
    return mark_safe(svg)  # noqa: S308 - drawn by our own pen, which escapes every word


@register.inclusion_tag("components/deadline.html")
def deadline(
    opens: datetime, closes: datetime, now: datetime | None = None, unit: str = ""
) -> Context:
    """{% deadline call.opens_at call.closes_at %}: days left as a big number, and a ruler.

    `unit` replaces the words below the number ("days left to apply").
    """
    now = now or timezone.now()
    start, end, today = moments.local(opens), moments.local(closes), moments.local(now)
    left, words = _time_left(start, end, today, unit)
    sentence = _("From %(start)s to %(end)s; today is %(today)s.") % {
        "start": moments.day_text(start.date()),
        "end": moments.moment_text(closes),
        "today": moments.day_text(today.date()),
    }
    svg = ruler.ruler(
        start.date(),
        end.date(),
        today.date(),
        start=moments.short_day_text(start.date()),
        end=f"{moments.short_day_text(end.date())}, {moments.clock_text(end)}",
        now=_("today"),
        label=sentence,
    )
    return {
        "left": left,
        "words": words,
        "closed_at": closes if now >= closes else None,
        "opens_at": opens if now < opens else None,
        "svg": _drawing(svg),
    }


def _time_left(start: datetime, end: datetime, now: datetime, unit: str) -> tuple[int | None, str]:
    """The big number and the words below it; no number when it is closed or opens today."""
    if now >= end:
        return None, _("closed")
    if now < start:
        days = (start.date() - now.date()).days
        words = ngettext("day until it opens", "days until it opens", days)
        return (days, words) if days else (None, _("opens today"))
    days = (end.date() - now.date()).days
    hours = int((end - now).total_seconds() // 3600)
    if days <= 1 and hours < 36:
        return max(hours, 1), ngettext("hour left", "hours left", max(hours, 1))
    return days, unit or ngettext("day left", "days left", days)


@register.simple_tag
def bar_chart(group: bars.Group, words: str) -> SafeString:
    """{% bar_chart mix.group mix.words %}: one group of bars; the words say the same."""
    return _drawing(bars.draw(group, words))


@register.inclusion_tag("components/seat_plan.html")
def seat_plan(groups: Sequence[seats.Group], prefix: str = "sp") -> Context:
    """{% seat_plan groups %}: the table of fifteen with its list; groups of figures.seats.Group."""
    total = sum(len(group.places) for group in groups)
    taken, offered = seats.count(groups, "taken"), seats.count(groups, "offered")
    free = seats.count(groups, "free")
    sentence = _(
        "Seat plan as a circle of %(total)s places in three groups: %(taken)s taken, "
        "%(offered)s offered, %(free)s free. The list names every place."
    ) % {"total": total, "taken": taken, "offered": offered, "free": free}
    below = _("of %(total)s taken") % {"total": total}
    words = {"taken": _("taken"), "offered": _("offered"), "free": _("free")}
    signs = {"taken": "done", "offered": "half", "free": "free"}
    return {
        "svg": _drawing(seats.plan(groups, str(taken), below, sentence, prefix)),
        "groups": [
            {
                "title": group.title,
                "sign": _drawing(seats.card_sign(group.shape, "taken")),
                "places": [
                    {
                        "number": place.number,
                        "text": place.text,
                        "word": words[place.state],
                        "sign": signs[place.state],
                    }
                    for place in group.places
                ],
            }
            for group in groups
        ],
    }


@register.simple_tag
def seat_strip(groups: Sequence[seats.Group]) -> SafeString:
    """{% seat_strip groups %}: all places in one line, for lists."""
    total, taken = sum(len(group.places) for group in groups), seats.count(groups, "taken")
    sentence = _("%(taken)s of %(total)s places taken") % {"taken": taken, "total": total}
    return _drawing(seats.strip(groups, sentence))


@register.simple_tag
def seat_sign(number: int | None, shape: str, state: str) -> SafeString:
    """{% seat_sign 11 "circle" "taken" %}: one place, for seat cards and legends."""
    return _drawing(seats.card_sign(shape, state, number))


@register.inclusion_tag("components/phase_bridge.html")
def phase_bridge(phases: Sequence[str], current: int, note: str = "") -> Context:
    """{% phase_bridge labels 4 %}: `current` counts from 1; one more than the labels = all done."""
    done = current > len(phases)
    name = phases[min(current, len(phases)) - 1]
    title = (
        _("All %(total)s phases are done") % {"total": len(phases)}
        if done
        else _("Phase %(number)s of %(total)s: %(name)s")
        % {"number": current, "total": len(phases), "name": name}
    )
    return {
        "svg": _drawing(bridge.bridge(len(phases), current)),
        "title": title,
        "phases": [
            {"name": phase, "done": index < current, "here": index == current}
            for index, phase in enumerate(phases, start=1)
        ],
        "note": note or _("you are here"),
    }


@register.inclusion_tag("components/progress.html")
def progress(steps: Sequence[str], current: int) -> Context:
    """{% progress steps 2 %}: short stepper; `current` counts from 1."""
    return {
        "steps": [
            {"name": step, "done": index < current, "here": index == current}
            for index, step in enumerate(steps, start=1)
        ]
    }


@register.inclusion_tag("components/overlap.html")
def city_overlap(
    first: str,
    second: str,
    only_first: Sequence[str],
    both: Sequence[str],
    only_second: Sequence[str],
    plain: Sequence[str] = (),
    caption: str = "",
) -> Context:
    """{% city_overlap "Bielefeld" "Tampere" a both b plain %}; `plain`: strengths, not topics."""
    return {
        "svg": _drawing(overlap.ELLIPSES),
        "only_first": _("Only %(city)s") % {"city": first},
        "only_second": _("Only %(city)s") % {"city": second},
        "first_items": only_first,
        "both_items": both,
        "plain_items": plain,
        "second_items": only_second,
        "caption": caption,
    }


@register.simple_tag
def partner_map(
    spots: Sequence[europe.Spot], arcs: Sequence[europe.Arc] = (), label: str = ""
) -> SafeString:
    """{% partner_map spots arcs label %}: Europe, a bridge a partnership; the list is yours."""
    pairs = ", ".join(f"{arc.start} – {arc.end}" for arc in arcs)
    sentence = label or _("Map of northern and central Europe. Bridges connect: %(pairs)s.") % {
        "pairs": pairs
    }
    return _drawing(europe.draw(spots, arcs, sentence))


@register.simple_tag
def dice_row(throws: Sequence[dice.Throw]) -> SafeString:
    """{% dice_row throws %}: each 1–6, "pending" (one person entered it) or "open"."""
    known = [str(throw) for throw in throws if isinstance(throw, int)]
    pending = sum(throw == dice.PENDING for throw in throws)
    waiting = sum(throw == dice.OPEN for throw in throws)
    parts = []
    if known:
        parts.append(_("Confirmed throws: %(throws)s.") % {"throws": " ".join(known)})
    if pending:
        parts.append(
            ngettext(
                "%(n)s throw waits for the second entry.",
                "%(n)s throws wait for the second entry.",
                pending,
            )
            % {"n": pending}
        )
    if waiting:
        parts.append(
            ngettext("%(n)s throw is open.", "%(n)s throws are open.", waiting) % {"n": waiting}
        )
    return _drawing(dice.row(throws, " ".join(parts) or _("No throws yet.")))


@register.inclusion_tag("components/goal_charts.html")
def goal_charts(all_goals: Sequence[goals.Goal]) -> Context:
    """{% goal_charts goals %}: a line or curve a goal, legend and the figures as a table."""
    rows = goal_rows.rows_of(all_goals)
    for row in rows:
        row["svg"] = _drawing(row["svg"])
    return {"rows": rows, "has_course": any(row["course"] for row in rows)}


@register.inclusion_tag("components/score_bars.html")
def score_bars(groups: Sequence[bars.Group], heading: str = "") -> Context:
    """{% score_bars groups _("Criterion") %}: the same names on each scale, and all as a table."""
    rows = []
    for group in groups:
        told = ", ".join(f"{bar.name} {bar.text}" for bar in group.bars)
        sentence = _("%(title)s, on a scale from 0 to %(top)s: %(values)s.") % {
            "title": group.title,
            "top": group.top,
            "values": told,
        }
        rows.append({"group": group, "svg": _drawing(bars.draw(group, sentence))})
    names = [bar.name for bar in groups[0].bars] if groups else []
    return {"rows": rows, "names": names, "heading": heading}


@register.inclusion_tag("components/year_clock.html")
def year_clock(year_number: int, rings: Sequence[clock.Ring], today: date | None = None) -> Context:
    """{% year_clock 2026 rings today %}: promised against held, with the table of rings."""
    held = sum(ring.number("held") for ring in rings)
    missed = sum(ring.number("missed") for ring in rings)
    ahead = sum(ring.number("ahead") for ring in rings)
    due = held + missed
    sentence = _(
        "Clock of the year %(year)s: %(due)s promised meetings were due, %(held)s were held, "
        "%(missed)s did not take place, %(ahead)s lie ahead."
    ) % {"year": year_number, "due": due, "held": held, "missed": missed, "ahead": ahead}
    svg = clock.clock(
        rings,
        today if today is not None and today.year == year_number else None,
        [str(MONTHS_3[month]).capitalize() for month in range(1, 13)],
        _("%(held)s of %(due)s") % {"held": held, "due": due} if due else figure_text(0),
        _("due ones held") if due else _("due so far"),
        sentence,
    )
    rows = [
        {
            "name": ring.name,
            "promised": ring.number(*clock.STATES),
            "held": ring.number("held"),
            "missed": ring.number("missed"),
        }
        for ring in rings
    ]
    return {"svg": _drawing(svg), "rows": rows}


@register.simple_tag
def year_strip(
    year_number: int, sessions: Sequence[year.Session], today: date | None = None
) -> SafeString:
    """{% year_strip 2026 sessions today %}: the sessions of a year on one line."""
    held = ", ".join(moments.day_text(each.day) for each in sessions if each.held)
    planned = ", ".join(moments.day_text(each.day) for each in sessions if not each.held)
    parts = [_("Sessions of the year %(year)s.") % {"year": year_number}]
    if held:
        parts.append(_("Held: %(days)s.") % {"days": held})
    if planned:
        parts.append(_("Planned: %(days)s.") % {"days": planned})
    initials = [str(MONTHS[month])[0].upper() for month in range(1, 13)]
    return _drawing(year.strip(year_number, sessions, today, initials, _("today"), " ".join(parts)))


@register.inclusion_tag("components/pool_dots.html")
def pool_dots(chosen: int, total: int) -> Context:
    """{% pool_dots 5 240 %}: places among lots, with the chance in words."""
    view = pool.shown(chosen, total)
    title = _("%(chosen)s places, %(total)s lots") % {
        "chosen": figure_text(chosen),
        "total": figure_text(total),
    }
    if view.each > 1:
        note = _("Each ring stands for %(each)s lots.") % {"each": figure_text(view.each)}
    elif view.rings != total:
        note = _("One place for every %(rings)s lots.") % {"rings": figure_text(view.rings)}
    else:
        note = ""
    sentence = " ".join(part for part in (f"{title}.", note) if part)
    return {"title": title, "note": note, "svg": _drawing(pool.dots(chosen, total, sentence))}


@register.inclusion_tag("components/timeline.html")
def timeline(entries: Sequence[history.Entry]) -> Context:
    """{% timeline entries %}: axis and list; entries of figures.history.Entry."""
    return {"svg": _drawing(history.axis(entries)), "entries": entries}


@register.simple_tag
def consent_figure(agree: int, concern: int = 0, objection: int = 0) -> SafeString:
    """{% consent_figure 11 3 0 %}: one sign a voice; objections are serious, concerns are not."""
    voices = [
        votes.Voices(kind, number, words % {"n": number})
        for kind, number, words in (
            ("agree", agree, ngettext("%(n)s agrees", "%(n)s agree", agree)),
            (
                "concern",
                concern,
                ngettext("%(n)s slight concern", "%(n)s slight concerns", concern),
            ),
            (
                "objection",
                objection,
                ngettext("%(n)s serious objection", "%(n)s serious objections", objection),
            ),
        )
    ]
    return _decision(voices, _("Consent round"), None)


@register.simple_tag
def majority_figure(yes: int, no: int, abstain: int = 0, needed: int = 0) -> SafeString:
    """{% majority_figure 8 5 1 needed=7 %}: one sign a voice, a line where the majority begins."""
    voices = [
        votes.Voices("yes", yes, _("%(n)s yes") % {"n": yes}),
        votes.Voices("no", no, _("%(n)s no") % {"n": no}),
        votes.Voices(
            "abstain",
            abstain,
            ngettext("%(n)s abstention", "%(n)s abstentions", abstain) % {"n": abstain},
        ),
    ]
    of = _("needed: %(needed)s of %(valid)s") % {"needed": needed, "valid": yes + no}
    return _decision(voices, _("Vote"), votes.Threshold(needed, of) if needed else None)


def _decision(
    voices: Sequence[votes.Voices], title: str, threshold: votes.Threshold | None
) -> SafeString:
    said = [each.words for each in voices if each.number]
    if threshold is not None:
        said.append(threshold.words)
    sentence = f"{title}: {', '.join(said)}."
    wide = votes.rows(voices, 15, sentence, threshold, "only-w")
    narrow = votes.rows(voices, 8, sentence, threshold, "only-n")
    return _drawing(wide + narrow)
